"""Fitting: choose the few measures that make a fiche fill its A4 pages, recto verso when it can.

The figures of each gabarit stand in its manifest (`fit`), with the way it fills its pages. "column": blocks stand
beside the identity card on page one, or in its column, the others across page two. "bands": all go across, the card
closes the fiche. "flow": text runs from page to page (see flowing.py).

The heights to be expected (see outline.py) tell which sizes and places to try. From the heights of the blocks of the
fiche so laid out follow how many stand beside the identity card, the density of the type (never below 9 points), the
heights of the pictures and the air between blocks: each layout is a trial and a measure for the next one. One or two are
enough for most fiches. What is too long shows fewer pictures, then runs on over a third page: text is never cut.
"""

from dataclasses import dataclass, replace
from math import inf

import weasyprint

from . import outline
from .flowing import again_on_two, on_more_pages, recto_verso
from .manifest import FitRules
from .outline import FEWEST_PHOTOS, Fiche
from .paper import BoxHeights, Layout, box_heights, card_runs_over, page_rests
from .setting import Fit

MARGIN = 1.4  # mm kept free on each page for what breaks and rounding take
# Points for the distribution that was measured, and for its density: the others are estimated.
KEPT, KEPT_TOO = 4.0, 1.5
LESS, MORE = 1.2, 2.6  # powers of density with which a few lines go or come
FULL = 15.0  # mm left white at the end of each page at most, for a first trial to be the last
TRIES = 5  # layouts
ALIKE, ALIKE_DENSITY = 1.5, 0.006  # mm; differences that change nothing to the eye
PAGES = 2
DOUBT = 0.02  # what is expected may be wrong by so much in density
MOVED = 6.0  # mm kept free where blocks go to other places
SPARED = 8.0  # mm kept free on each page for what is expected to be wrong
# Widths of the places, relative to the page: for a gabarit that has not been measured.
_WIDTHS = {"across": 1.0, "beside": 0.7, "column": 0.27}


@dataclass(frozen=True)
class _Heights:
    """Heights in mm of the parts of a fiche, measured with `fit`."""

    rules: FitRules
    fit: Fit
    fiche: Fiche
    head: float  # the cover without its picture, and the strip of facts
    card: float
    blocks: dict[str, float]
    foot: float
    least: float  # the smallest density
    guessed: bool = False  # expected, not measured
    spared: float = MARGIN  # mm kept free on each page

    @property
    def every(self) -> tuple[str, ...]:
        """The blocks, in reading order."""
        return self.fiche.names

    @property
    def photos(self) -> int:
        """How many pictures stand beside the cover."""
        return self.fiche.shown(self.fit)

    @property
    def room_one(self) -> float:
        """What page one holds, mm."""
        return self.rules.page_one - self.spared

    @property
    def room_two(self) -> float:
        """What page two holds, mm."""
        return self.rules.page_two - self.spared

    @property
    def cover_bounds(self) -> tuple[float, float, float]:
        """Smallest, nominal and largest height of the cover picture (or of the field of colour without one)."""
        if not self.fiche.picture:
            return self.rules.cover.plain
        smallest, nominal, largest = self.rules.cover.photo
        last = self.fit.title <= self.rules.starts[-1].title
        return (self.rules.cover.tight if last else smallest, nominal, largest)

    def _block(self, name: str, where: str, density: float) -> float:
        """Estimated height of a block "column", "beside" the card or "across" the page, pictures left out."""
        measured = self.where(self.fit, name)
        height = self.blocks[name] - (self.rows(self.fit) * self.fit.photo_mm if name == "photos" else 0)
        return height * self._growth(density) * self._ratio(name, where, measured)

    def _ratio(self, name: str, where: str, measured: str) -> float:
        """Return the factor on the height of a block that goes from one place to another."""
        if where == measured:
            return 1.0
        wanted, known = (
            self.fiche.expected.height(outline.key(name, each), self.fit.title) for each in (where, measured)
        )
        if wanted and known:
            return wanted / known
        return _WIDTHS[measured] / _WIDTHS[where]

    def _growth(self, density: float) -> float:
        """Return the factor on the height of text from the density measured to another.

        Lines break where they please: close to what was measured, the worst is taken.
        """
        ratio = density / self.fit.density
        close = abs(ratio - 1) < self.rules.stable and not self.guessed
        return float(ratio ** ((LESS if ratio < 1 else MORE) if close else self.rules.growth))

    def same_places(self, fit: Fit) -> bool:
        """Whether the blocks stand where they were measured."""
        return (fit.split, fit.column) == (self.fit.split, self.fit.column)

    def where(self, fit: Fit, name: str) -> str:
        """Tell where a block stands: "column", "beside" the card, "across" the second page, "" if nowhere."""
        return outline.place(name, fit, self.every)

    def rows(self, fit: Fit) -> int:
        """Return how many rows of pictures there are."""
        return self.rules.photos.rows(self.photos, self.where(fit, "photos"))

    def card_height(self, fit: Fit) -> float:
        """Height of the column of the identity card."""
        gap = self.rules.column_gap
        bare = self.card - sum(self.blocks[name] + gap * self.fit.density for name in self.fit.column)
        inside = sum(self._block(name, "column", fit.density) + gap * fit.density for name in fit.column)
        pictures = self.rows(fit) * self.rules.photos.smallest if "photos" in fit.column else 0
        return bare * self._growth(fit.density) + inside + pictures

    def main(self, fit: Fit, *, beside: bool) -> float:
        """Height of the blocks beside the card, or of those across the page, with the smallest pictures, no air."""
        split = fit.split or 0
        names = _in_flow(fit, self.every)
        chosen = names[:split] if beside else names[split:]
        if not chosen:
            return 0.0
        gap = self.rules.gap * fit.density * fit.title
        total = sum(self._block(name, "beside" if beside else "across", fit.density) for name in chosen)
        total += gap * (len(chosen) - 1) + (
            self.rules.main_padding * fit.density * fit.title if beside else 0
        )
        if self.foot and beside == (split == len(names)):
            total += self.foot + gap
        return total + (self.rows(fit) * self.rules.photos.smallest if "photos" in chosen else 0)

    def page_one(self, fit: Fit) -> float:
        """Height of page one without its cover picture."""
        return self.head + max(self.card_height(fit), self.main(fit, beside=True))

    def page_two(self, fit: Fit) -> float:
        """Height of page two."""
        return self.main(fit, beside=False)


def _in_flow(fit: Fit, every: tuple[str, ...]) -> list[str]:
    return [name for name in every if name not in fit.column]


def _read(fiche: Fiche, rules: FitRules, fit: Fit, document: weasyprint.Document) -> _Heights:
    """Read the heights of what is laid out, on an endless sheet or on pages."""
    boxes: BoxHeights = box_heights(document)
    closing = rules.way == "bands"  # the card closes the fiche: it goes with its foot
    return _Heights(
        rules=rules,
        fit=fit,
        fiche=fiche,
        head=boxes.cover - fit.cover_mm,
        card=0.0 if closing else boxes.card,
        blocks=boxes.blocks,
        foot=boxes.foot + (boxes.card if closing else 0.0),
        least=rules.density_min,
    )


def _expect(fiche: Fiche, rules: FitRules, fit: Fit) -> _Heights:
    """Return the heights to be expected, as if all blocks had been measured across the page at density 1."""
    height, closing = fiche.expected.height, rules.way == "bands"
    card = height(outline.CARD, fit.title)
    blocks = {name: height(outline.key(name, "across"), fit.title) for name in fiche.names}
    if "photos" in blocks:  # their captions
        blocks["photos"] *= fiche.shown(fit) / fiche.photos
    return _Heights(
        rules=rules,
        fit=replace(fit, density=1.0, split=0, photo_mm=0.0),
        fiche=fiche,
        head=height(outline.key(outline.COVER, "photo" if fiche.picture else "plain"), fit.title),
        card=0.0 if closing else card,
        blocks=blocks,
        foot=height(outline.END, fit.title) + (card if closing else 0.0),
        least=rules.density_min - DOUBT,
        guessed=True,
        spared=SPARED,
    )


def _holds(heights: _Heights, fit: Fit, density: float, cover: float, photo_extra: float) -> bool:
    """Tell whether both pages hold at a density with such pictures."""
    place, tried = heights.where(fit, "photos"), replace(fit, density=density)
    extra = heights.rows(fit) * photo_extra
    one = heights.page_one(tried) + (extra if place == "beside" else 0)
    two = heights.page_two(tried) + (extra if place == "across" else 0)
    return cover + one <= heights.room_one and two <= heights.room_two


def _density(heights: _Heights, fit: Fit, cover: float, photo_extra: float) -> float:
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


def _candidate(heights: _Heights, fit: Fit) -> tuple[float, Fit]:
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


def _scored(heights: _Heights, fit: Fit) -> tuple[float, Fit]:
    filled, blank = _fill(heights, fit)
    alone = 30.0 if not fit.split else 0.0  # a first page with nothing beside the card
    same = heights.same_places(fit)
    kept = KEPT * same + KEPT_TOO * (same and fit.density == heights.fit.density)
    nominal = heights.cover_bounds[1]
    cover = 0.04 * min(filled.cover_mm, nominal) - 0.06 * max(0.0, filled.cover_mm - nominal)
    return 100 * fit.density - blank - alone + kept + cover, filled


def _fill(heights: _Heights, fit: Fit) -> tuple[Fit, float]:
    """Give the room that is left to the pictures, then to the air; return the measures and the weighted blank left."""
    rules, photos = heights.rules, heights.rules.photos
    split, count = fit.split or 0, len(_in_flow(fit, heights.every))
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


def _distributions(heights: _Heights) -> list[Fit]:
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


def _best(heights: _Heights) -> Fit | None:
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
    heights = _read(fiche, rules, fit, lay_out(fit, True))
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
            guess = _best(_expect(fiche, rules, fit))
        else:
            guess = _best(_read(fiche, rules, fit, lay_out(fit, True)))
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
        heights = _read(fiche, rules, fit, document)
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
    wanted = 1 if fit.split == len(_in_flow(fit, fiche.names)) else PAGES
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
