"""Fitting: choose the few measures that make a fiche fill its A4 pages, recto verso when it can.

The figures of each gabarit stand in its manifest (`fit`), with the way it fills its pages. "column": blocks stand
beside the identity card on page one, or in its column, the others across page two. "bands": all go across, the card
closes the fiche. "flow": text runs from page to page (see flowing.py).

The heights to be expected (see outline.py) tell which sizes and places to try. From the heights of the blocks of the
fiche so laid out follow how many stand beside the identity card, the density of the type (never below 9 points), the
heights of the pictures and the air between blocks: each layout is a trial and a measure for the next one. One or two are
enough for most fiches. What is too long shows fewer pictures, then runs on over a third page: text is never cut.
"""

from dataclasses import replace
from math import inf

import weasyprint

from .flowing import again_on_two, on_more_pages, recto_verso
from .heights import Heights, expect, in_flow, read
from .manifest import FitRules
from .outline import FEWEST_PHOTOS, Fiche
from .paper import Layout, card_runs_over, page_rests
from .setting import Fit

# Points for the distribution that was measured, and for its density: the others are estimated.
KEPT, KEPT_TOO = 4.0, 1.5
FULL = 15.0  # mm left white at the end of each page at most, for a first trial to be the last
TRIES = 5  # layouts
ALIKE, ALIKE_DENSITY = 1.5, 0.006  # mm; differences that change nothing to the eye
PAGES = 2
MOVED = 6.0  # mm kept free where blocks go to other places


def _holds(heights: Heights, fit: Fit, density: float, cover: float, photo_extra: float) -> bool:
    """Tell whether both pages hold at a density with such pictures."""
    place, tried = heights.where(fit, "photos"), replace(fit, density=density)
    extra = heights.rows(fit) * photo_extra
    one = heights.page_one(tried) + (extra if place == "beside" else 0)
    two = heights.page_two(tried) + (extra if place == "across" else 0)
    return cover + one <= heights.room_one and two <= heights.room_two


def _density(heights: Heights, fit: Fit, cover: float, photo_extra: float) -> float:
    """Return the largest density at which both pages hold with these pictures (0 if none does)."""
    low, high = heights.least, heights.rules.density_max
    if _holds(heights, fit, high, cover, photo_extra):
        return high
    if not _holds(heights, fit, low, cover, photo_extra):
        return 0.0
    for _ in range(9):
        middle = (low + high) / 2
        low, high = (middle, high) if _holds(heights, fit, middle, cover, photo_extra) else (low, middle)
    return low


def _candidate(heights: Heights, fit: Fit) -> tuple[float, Fit]:
    """Return a score (higher is better, -inf if two pages can't hold) and the measures for one distribution."""
    rules, measured = heights.rules, heights.fit
    if not heights.guessed and not heights.same_places(fit):
        heights = replace(heights, spared=MOVED)
    smallest, nominal, _ = heights.cover_bounds
    density = _density(heights, fit, nominal, rules.photos.nominal - rules.photos.smallest)
    if density < rules.comfort:
        density = min(rules.comfort, _density(heights, fit, smallest, 0.0))
    if not density:
        return -inf, fit
    scored = [_scored(heights, replace(fit, density=density))]
    exact = heights.same_places(fit) and not heights.guessed
    if exact and _holds(heights, fit, measured.density, smallest, 0.0):
        scored.append(_scored(heights, replace(fit, density=measured.density)))
    return max(scored, key=lambda each: each[0])


def _scored(heights: Heights, fit: Fit) -> tuple[float, Fit]:
    filled, blank = _fill(heights, fit)
    alone = 30.0 if not fit.split else 0.0  # a first page with nothing beside the card
    same = heights.same_places(fit)
    kept = KEPT * same + KEPT_TOO * (same and fit.density == heights.fit.density)
    nominal = heights.cover_bounds[1]
    cover = 0.04 * min(filled.cover_mm, nominal) - 0.06 * max(0.0, filled.cover_mm - nominal)
    return 100 * fit.density - blank - alone + kept + cover, filled


def _fill(heights: Heights, fit: Fit) -> tuple[Fit, float]:
    """Give the room that is left to the pictures, then to the air; return the measures and the weighted blank left."""
    rules, photos = heights.rules, heights.rules.photos
    split, count = fit.split or 0, len(in_flow(fit, heights.every))
    smallest, nominal, largest = heights.cover_bounds
    place, rows, photo = heights.where(fit, "photos"), max(1, heights.rows(fit)), photos.smallest
    left_two = heights.room_two - heights.page_two(fit)
    if place == "across":
        photo = max(photos.smallest, min(photos.largest, photos.smallest + left_two / rows))
        left_two -= rows * (photo - photos.smallest)
    gaps_two = count - split - 1 + bool(heights.foot)
    air2 = max(0.0, min(rules.air_max, left_two / gaps_two)) if gaps_two > 0 else 0.0
    blank = 0.25 * max(0.0, left_two - air2 * gaps_two) if split < count else 0.0

    left_one = heights.room_one - heights.page_one(fit)
    if place == "beside":
        photo = max(
            photos.smallest, min(photos.beside_largest, photos.smallest + (left_one - smallest) / rows / 2)
        )
        left_one -= rows * (photo - photos.smallest)
    if place == "column":
        room = heights.room_one - heights.head - heights.card_height(fit) - min(nominal, left_one) - 6
        photo = max(photos.smallest, min(photos.column_largest, photos.smallest + room / rows))
        left_one = heights.room_one - heights.head
        left_one -= max(
            heights.card_height(fit) + rows * (photo - photos.smallest), heights.main(fit, beside=True)
        )
    cover = max(smallest, min(largest, left_one))
    left_main = heights.room_one - cover - heights.head - heights.main(fit, beside=True)
    if place == "beside":
        left_main -= rows * (photo - photos.smallest)
    gaps_one = split - 1 + bool(heights.foot and split == count)
    air1 = max(0.0, min(rules.air_max, left_main / gaps_one)) if gaps_one > 0 else 0.0
    blank += max(0.0, left_main - air1 * max(gaps_one, 0)) * 0.5
    return (
        replace(fit, cover_mm=cover, photo_mm=photo, air1=air1, air2=air2),
        blank,
    )


def _distributions(heights: Heights) -> list[Fit]:
    """Return the ways to place the blocks: in the column, beside the card, on the second page."""
    columns: list[tuple[str, ...]] = [()]
    for name in heights.rules.columns:
        fits = {
            "photos": heights.photos <= 2,
            "figures": heights.blocks.get("figures", 0) > heights.rules.bare_label,
        }
        if name in heights.every and fits.get(name, True):
            columns += [(*column, name) for column in columns]
    return [
        replace(heights.fit, column=column, split=split)
        for column in columns
        for split in range(len(heights.every) - len(column) + 1)
    ]


def _best(heights: Heights) -> Fit | None:
    """Return the best measures for two pages at most, None if they can't hold."""
    score, fit = max(
        (_candidate(heights, each) for each in _distributions(heights)), key=lambda each: each[0]
    )
    return None if score == -inf else fit


def best_fit(
    fiche: Fiche, lay_out: Layout, *, rules: FitRules, last: Fit | None = None, rough: bool = False
) -> tuple[Fit, weasyprint.Document]:
    """Return the measures and the document laid out with them; one or two layouts for most fiches.

    `last` are the measures of the same fiche a few words ago: they are tried first. `rough`: the last of three pages or
    more need not be full.
    """
    held = two_pages(fiche, lay_out, rules=rules, last=last)
    return held or on_more_pages(fiche, lay_out, rules=rules, last=last, rough=rough)


def two_pages(
    fiche: Fiche, lay_out: Layout, *, rules: FitRules, last: Fit | None = None
) -> tuple[Fit, weasyprint.Document] | None:
    """Return the measures and the document of a fiche that holds on two pages, with fewer pictures if it must be."""
    if not fiche.names and rules.way != "flow":
        return _nothing_written(fiche, lay_out, rules)
    again, way = (again_on_two, recto_verso) if rules.way == "flow" else (_again, _recto_verso)
    if last is not None and 0 < last.pages <= PAGES:
        held = again(fiche, last, lay_out, rules)
        if held:
            return held
    for photos in range(fiche.photos, min(fiche.photos, FEWEST_PHOTOS) - 1, -1):
        held = way(fiche, photos if photos < fiche.photos else None, lay_out, rules)
        if held:
            return held
    return None


def _nothing_written(fiche: Fiche, lay_out: Layout, rules: FitRules) -> tuple[Fit, weasyprint.Document]:
    """Return one page: the cover takes what the identity card leaves."""
    fit = Fit(band=True, split=0, title=1.4)
    heights = read(fiche, rules, fit, lay_out(fit, True))
    rest = heights.head + heights.card + heights.foot
    fit = replace(fit, cover_mm=max(rules.cover.plain[0], rules.page_one - rest - 8))
    return fit, lay_out(fit, False)


def _recto_verso(
    fiche: Fiche, photos: int | None, lay_out: Layout, rules: FitRules
) -> tuple[Fit, weasyprint.Document] | None:
    """Lay out on two pages with so many pictures, None if it never holds.

    First with large titles; when that doesn't hold, smaller ones give room to the text.
    """
    for start in rules.starts:
        fit = Fit(title=start.title, density=start.density, photo_mm=rules.photos.smallest, photos=photos)
        if fiche.expected.known:
            guess = _best(expect(fiche, rules, fit))
        else:
            guess = _best(read(fiche, rules, fit, lay_out(fit, True)))
        if guess is None:
            continue
        guess = replace(guess, density=max(guess.density, rules.density_min))
        held = _tried(fiche, guess, lay_out, rules)
        if held:
            return held
    return None


def _tried(
    fiche: Fiche, fit: Fit, lay_out: Layout, rules: FitRules
) -> tuple[Fit, weasyprint.Document] | None:
    """Lay out, measure what came of it, and lay out again with what follows, until it holds and is full."""
    best: tuple[Fit, weasyprint.Document] | None = None
    for _ in range(TRIES):
        document = lay_out(fit, False)
        heights = read(fiche, rules, fit, document)
        held, found = _holds_really(fiche, fit, document), _best(heights)
        if held:
            if found is None or _full(fit, document) or _alike(fit, found):
                return fit, document
            best = min(best or (fit, document), (fit, document), key=lambda each: max(page_rests(each[1])))
        if found is None:
            break
        fit = found if held or not _alike(fit, found) else _tighter(fit, rules)
    return best


def _again(
    fiche: Fiche, last: Fit, lay_out: Layout, rules: FitRules
) -> tuple[Fit, weasyprint.Document] | None:
    """Lay out with the measures of a moment ago; None unless it still holds and is full."""
    document = lay_out(last, False)
    return (last, document) if _holds_really(fiche, last, document) and _full(last, document) else None


def _holds_really(fiche: Fiche, fit: Fit, document: weasyprint.Document) -> bool:
    wanted = 1 if fit.split == len(in_flow(fit, fiche.names)) else PAGES
    return len(document.pages) <= wanted and not card_runs_over(document)


def _full(fit: Fit, document: weasyprint.Document) -> bool:
    """Whether little is left white on each page."""
    return len(document.pages) == PAGES and max(page_rests(document)) <= FULL


def _alike(fit: Fit, other: Fit) -> bool:
    """Whether two sets of measures give much the same pages."""
    heights = ("cover_mm", "photo_mm", "air1", "air2")
    close = all(abs(getattr(fit, each) - getattr(other, each)) <= ALIKE for each in heights)
    same = (fit.split, fit.column) == (other.split, other.column)
    return same and close and abs(fit.density - other.density) <= ALIKE_DENSITY


def _tighter(fit: Fit, rules: FitRules) -> Fit:
    return replace(
        fit,
        density=max(rules.density_min, fit.density * 0.985),
        cover_mm=max(40.0, fit.cover_mm - 3) if fit.cover_mm > 40 else fit.cover_mm,
        air1=fit.air1 * 0.5,
        air2=fit.air2 * 0.5,
    )
