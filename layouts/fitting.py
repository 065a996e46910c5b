"""Fitting: choose the few measures that make a fiche fill its A4 pages, recto verso when it can.

Blocks are measured on an endless sheet, where nothing breaks them. From these heights follow how many blocks stand
beside the identity card, the density of the type (never below 9 points), the heights of the pictures and the air
between blocks. What is too long for two pages runs over on a third one at a comfortable density: text is never cut.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil, inf

import weasyprint

from .paper import BoxHeights, box_heights, card_runs_over
from .setting import Fit

Layout = Callable[[Fit, bool], weasyprint.Document]  # (measures, on the endless sheet?) -> laid out document

PAGE_ONE, PAGE_TWO = 284.0, 273.0  # usable heights, mm (see page.css)
DENSITY_MIN, DENSITY_MAX = 0.872, 1.13  # 10.4 pt × 0.872 = 9.07 pt
COMFORT = 0.95  # below, pictures shrink before the type does
GROWTH = 1.85  # height of text goes with density to this power (measured on the demo fiches)
AIR_MAX = 5.0  # mm added between two blocks at most
FLOW_DENSITY = 0.98
STABLE = 0.012  # two densities that need no new measure
BARE_LABEL = 14.0  # mm: a block of figures lower than that has a label only, which reads better in the text
COVER_STEP = 14.0  # mm taken from the cover when page one runs over by a few lines
BLANK_MAX = 45.0  # mm left white at the end of page one
PHOTO_MIN, PHOTO_NOMINAL, PHOTO_MAX = 31.0, 50.0, 96.0
# What a block's height becomes when it goes from the column beside the card to the whole width.
WIDENING = {"stages": 0.56, "voices": 0.66, "tips": 0.55, "figures": 0.6, "photos": 1.0, "changes": 0.72}
COLUMN = {"summary": 2.6, "figures": 1.9, "photos": 1.6}  # and when it goes to the card's own column


@dataclass(frozen=True)
class _Heights:
    """Heights in mm of the parts of a fiche, measured with `fit`."""

    fit: Fit
    every: tuple[str, ...]  # the blocks, in reading order
    head: float  # the cover without its picture, and the strip of facts
    card: float
    blocks: dict[str, float]
    foot: float
    photos: int  # how many pictures beside the cover
    picture: bool

    @property
    def cover_bounds(self) -> tuple[float, float, float]:
        """Smallest, nominal and largest height of the cover picture (or of the field of colour without one)."""
        return (52.0 if self.fit.title == 1 else 44.0, 84.0, 150.0) if self.picture else (16.0, 48.0, 150.0)

    def _block(self, name: str, where: str, density: float) -> float:
        """Estimated height of a block "column", "beside" the card or "across" the page, pictures left out."""
        height = self.blocks[name] - (self.rows(self.fit) * self.fit.photo_mm if name == "photos" else 0)
        height *= _growth(density, self.fit.density)
        measured = self.where(self.fit, name)
        return height * _width_factor(name, where) / _width_factor(name, measured)

    def where(self, fit: Fit, name: str) -> str:
        """Tell where a block stands: "column", "beside" the card, "across" the second page, "" if nowhere."""
        if name in fit.column:
            return "column"
        names = _in_flow(fit, self.every)
        return "" if name not in names else "beside" if names.index(name) < (fit.split or 0) else "across"

    def rows(self, fit: Fit) -> int:
        """Return how many rows of pictures there are (see paper.css)."""
        if not self.photos:
            return 0
        place = self.where(fit, "photos")
        if place == "column":
            return self.photos
        if place == "beside":
            return ceil(self.photos / min(2, self.photos))
        return ceil(self.photos / (1 if self.photos == 1 else 3 if self.photos in (3, 5) else 2))

    def card_height(self, fit: Fit) -> float:
        """Height of the column of the identity card."""
        bare = self.card - sum(self.blocks[name] + 6 * self.fit.density for name in self.fit.column)
        inside = sum(self._block(name, "column", fit.density) + 6 * fit.density for name in fit.column)
        pictures = self.rows(fit) * PHOTO_MIN if "photos" in fit.column else 0
        return bare * _growth(fit.density, self.fit.density) + inside + pictures

    def main(self, fit: Fit, *, beside: bool) -> float:
        """Height of the blocks beside the card, or of those across the page, with the smallest pictures, no air."""
        split = fit.split or 0
        names = _in_flow(fit, self.every)
        chosen = names[:split] if beside else names[split:]
        if not chosen:
            return 0.0
        gap = 4.8 * fit.density * fit.title
        total = sum(self._block(name, "beside" if beside else "across", fit.density) for name in chosen)
        total += gap * (len(chosen) - 1) + (7.0 * fit.density * fit.title if beside else 0)
        if self.foot and beside == (split == len(names)):
            total += self.foot + gap
        return total + (self.rows(fit) * PHOTO_MIN if "photos" in chosen else 0)

    def page_one(self, fit: Fit) -> float:
        """Height of page one without its cover picture."""
        return self.head + max(self.card_height(fit), self.main(fit, beside=True))

    def page_two(self, fit: Fit) -> float:
        """Height of page two."""
        return self.main(fit, beside=False)


def _growth(density: float, measured: float) -> float:
    """Return the factor on the height of text from one density to another."""
    return float((density / measured) ** GROWTH)


def _in_flow(fit: Fit, every: tuple[str, ...]) -> list[str]:
    return [name for name in every if name not in fit.column]


def _width_factor(name: str, where: str) -> float:
    """Height of a block relative to what it is beside the card."""
    if where == "across":
        return WIDENING.get(name, 0.7)
    return COLUMN.get(name, 2.6) if where == "column" else 1.0


def _measure(every: tuple[str, ...], fit: Fit, lay_out: Layout, picture: bool) -> _Heights:
    boxes: BoxHeights = box_heights(lay_out(fit, True))
    return _Heights(
        fit=fit,
        every=every,
        head=boxes.cover - fit.cover_mm,
        card=boxes.card,
        blocks=boxes.blocks,
        foot=boxes.foot,
        photos=boxes.children.get("photos", 0),
        picture=picture,
    )


def _density(heights: _Heights, fit: Fit, cover: float, photo_extra: float) -> float:
    """Return the largest density at which both pages hold with these pictures (0 if none does)."""
    place = heights.where(fit, "photos")
    extra = heights.rows(fit) * photo_extra

    def holds(density: float) -> bool:
        tried = replace(fit, density=density)
        one = heights.page_one(tried) + (extra if place == "beside" else 0)
        two = heights.page_two(tried) + (extra if place == "across" else 0)
        return cover + one <= PAGE_ONE and two <= PAGE_TWO

    low, high = DENSITY_MIN, DENSITY_MAX
    if holds(high):
        return high
    if not holds(low):
        return 0.0
    for _ in range(9):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _candidate(heights: _Heights, fit: Fit) -> tuple[float, Fit]:
    """Return a score (higher is better, -inf if two pages can't hold) and the measures for one distribution."""
    smallest, nominal, _ = heights.cover_bounds
    density = _density(heights, fit, nominal, PHOTO_NOMINAL - PHOTO_MIN)
    if density < COMFORT:
        density = min(COMFORT, _density(heights, fit, smallest, 0.0))
    if not density:
        return -inf, fit
    filled, blank = _fill(heights, replace(fit, density=density))
    alone = 30.0 if not fit.split else 0.0  # a first page with nothing beside the card
    return 100 * density - blank - alone + 0.04 * min(filled.cover_mm, nominal), filled


def _fill(heights: _Heights, fit: Fit) -> tuple[Fit, float]:
    """Give the room that is left to the pictures, then to the air; return the measures and the weighted blank left."""
    split, count = fit.split or 0, len(_in_flow(fit, heights.every))
    smallest, nominal, largest = heights.cover_bounds
    place, rows, photo = heights.where(fit, "photos"), max(1, heights.rows(fit)), PHOTO_MIN
    left_two = PAGE_TWO - heights.page_two(fit)
    if place == "across":
        photo = max(PHOTO_MIN, min(PHOTO_MAX, PHOTO_MIN + left_two / rows))
        left_two -= rows * (photo - PHOTO_MIN)
    gaps_two = count - split - 1 + bool(heights.foot)
    air2 = max(0.0, min(AIR_MAX, left_two / gaps_two)) if gaps_two > 0 else 0.0
    blank = 0.25 * max(0.0, left_two - air2 * gaps_two) if split < count else 0.0

    left_one = PAGE_ONE - heights.page_one(fit)
    if place == "beside":
        photo = max(PHOTO_MIN, min(PHOTO_NOMINAL + 10, PHOTO_MIN + (left_one - smallest) / rows / 2))
        left_one -= rows * (photo - PHOTO_MIN)
    if place == "column":
        room = PAGE_ONE - heights.head - heights.card_height(fit) - min(nominal, left_one) - 6
        photo = max(PHOTO_MIN, min(46.0, PHOTO_MIN + room / rows))
        left_one = PAGE_ONE - heights.head
        left_one -= max(heights.card_height(fit) + rows * (photo - PHOTO_MIN), heights.main(fit, beside=True))
    cover = max(smallest, min(largest, left_one))
    left_main = PAGE_ONE - cover - heights.head - heights.main(fit, beside=True)
    if place == "beside":
        left_main -= rows * (photo - PHOTO_MIN)
    gaps_one = split - 1 + bool(heights.foot and split == count)
    air1 = max(0.0, min(AIR_MAX, left_main / gaps_one)) if gaps_one > 0 else 0.0
    blank += max(0.0, left_main - air1 * max(gaps_one, 0)) * 0.5
    return (
        replace(fit, cover_mm=cover - 0.3, photo_mm=photo - 0.2, air1=air1 * 0.98, air2=air2 * 0.98),
        blank,
    )


def _distributions(heights: _Heights) -> list[Fit]:
    """Return the ways to place the blocks: in the column, beside the card, on the second page."""
    columns: list[tuple[str, ...]] = [()]
    for name in ("summary", "photos", "figures"):
        fits = {"photos": heights.photos <= 2, "figures": heights.blocks.get("figures", 0) > BARE_LABEL}
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


def _running_over(heights: _Heights) -> Fit:
    """Return the measures of a fiche that needs more than two pages: page one filled, the rest flows."""
    smallest, nominal, largest = heights.cover_bounds
    for density in (FLOW_DENSITY, 0.92, DENSITY_MIN):
        tried = [replace(each, density=density, air1=0.0, air2=0.0) for each in _distributions(heights)]
        tried = [each for each in tried if "photos" not in each.column]  # large pictures have no room there
        fitting = [each for each in tried if each.split and smallest + heights.page_one(each) <= PAGE_ONE]
        if fitting:
            fit = max(
                fitting, key=lambda each: ((each.split or 0) + len(each.column), heights.page_one(each))
            )
            cover = min(largest, PAGE_ONE - heights.page_one(fit)) - 1
            if PAGE_ONE - cover - heights.head - heights.main(fit, beside=True) > BLANK_MAX:
                break  # the next block is too long for page one: let the text flow under a card across the page
            return replace(fit, cover_mm=cover, photo_mm=PHOTO_NOMINAL + 8)
    return Fit(
        density=FLOW_DENSITY,
        cover_mm=min(nominal, 70.0),
        photo_mm=PHOTO_NOMINAL,
        split=0,
        flow=True,
        band=True,
    )


def best_fit(
    names: list[str], lay_out: Layout, *, picture: bool, guess: int
) -> tuple[Fit, weasyprint.Document]:
    """Return the measures and the document laid out with them.

    `names` are the blocks in reading order, `guess` how many probably stand beside the card. Two to five layouts.
    """
    every = tuple(names)
    if not names:
        fit = Fit(band=True, split=0, title=1.4)
        heights = _measure(every, fit, lay_out, picture)
        rest = heights.head + heights.card + heights.foot
        fit = replace(fit, cover_mm=max(16.0, PAGE_ONE - rest - 8))
        return fit, lay_out(fit, False)
    # First with large titles; when that doesn't hold, smaller ones give room to the text.
    for start in (
        Fit(split=guess, photo_mm=PHOTO_MIN, density=0.96),
        Fit(split=guess, photo_mm=PHOTO_MIN, density=0.9, title=0.84),
    ):
        found, heights = _search(every, start, lay_out, picture)
        held = found and _tightened(every, found, lay_out)
        if held:
            return held
    return _run_over(heights, lay_out)


def _search(every: tuple[str, ...], fit: Fit, lay_out: Layout, picture: bool) -> tuple[Fit | None, _Heights]:
    """Measure, choose, and measure again until the choice is stable (three times at most)."""
    for _ in range(3):
        heights = _measure(every, fit, lay_out, picture)
        found = _best(heights)
        if found is None:
            break
        same = (found.split, found.column) == (fit.split, fit.column)
        if same and abs(found.density - fit.density) < STABLE:
            break
        fit = found
    return found, heights


def _tightened(every: tuple[str, ...], fit: Fit, lay_out: Layout) -> tuple[Fit, weasyprint.Document] | None:
    """Lay out with the measures found, a little tighter each time a page runs over; None if it never holds."""
    wanted = 1 if fit.split == len(_in_flow(fit, every)) else 2
    for _ in range(3):
        document = lay_out(fit, False)
        if len(document.pages) <= wanted and not card_runs_over(document):
            return fit, document
        fit = replace(
            fit,
            density=max(DENSITY_MIN, fit.density * 0.985),
            cover_mm=max(40.0, fit.cover_mm - 3) if fit.cover_mm > 40 else fit.cover_mm,
            air1=fit.air1 * 0.5,
            air2=fit.air2 * 0.5,
        )
    return None


def _run_over(heights: _Heights, lay_out: Layout) -> tuple[Fit, weasyprint.Document]:
    """Lay out on as many pages as it takes."""
    over = _running_over(heights)
    document = lay_out(over, False)
    if card_runs_over(document):
        over = replace(over, flow=True, band=True, split=0, column=(), cover_mm=60.0)
        document = lay_out(over, False)
    elif len(document.pages) > 3 and over.split:
        # A line too many on page one pushes a page of its own: a lower cover picture takes it back.
        lower = replace(over, cover_mm=max(heights.cover_bounds[0], over.cover_mm - COVER_STEP))
        again = lay_out(lower, False)
        if len(again.pages) < len(document.pages):
            return lower, again
    return over, document
