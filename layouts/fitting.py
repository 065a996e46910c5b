"""Fitting: choose the few measures that make a fiche fill its A4 pages, recto verso when it can.

The figures of each gabarit stand in its manifest (`fit`), with the way it fills its pages. "column": blocks stand
beside the identity card on page one, or in its column, the others across page two. "bands": all go across, the card
closes the fiche. "flow": text runs from page to page (see flowing.py).

Blocks are measured on an endless sheet, where nothing breaks them. From these heights follow how many blocks stand
beside the identity card, the density of the type (never below 9 points), the heights of the pictures and the air
between blocks. What is too long for two pages runs over on a third one at a comfortable density: text is never cut.
"""

from dataclasses import dataclass, replace
from math import ceil, inf

import weasyprint

from .flowing import flowing_fit, on_more_pages
from .manifest import FitRules
from .paper import BoxHeights, Layout, box_heights, card_runs_over
from .setting import Fit


@dataclass(frozen=True)
class _Heights:
    """Heights in mm of the parts of a fiche, measured with `fit`."""

    rules: FitRules
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
        if not self.picture:
            return self.rules.cover.plain
        smallest, nominal, largest = self.rules.cover.photo
        last = self.fit.title <= self.rules.starts[-1].title
        return (self.rules.cover.tight if last else smallest, nominal, largest)

    def _block(self, name: str, where: str, density: float) -> float:
        """Estimated height of a block "column", "beside" the card or "across" the page, pictures left out."""
        height = self.blocks[name] - (self.rows(self.fit) * self.fit.photo_mm if name == "photos" else 0)
        height *= self._growth(density)
        measured = self.where(self.fit, name)
        return height * _width_factor(self.rules, name, where) / _width_factor(self.rules, name, measured)

    def _growth(self, density: float) -> float:
        """Return the factor on the height of text from the density measured to another."""
        return float((density / self.fit.density) ** self.rules.growth)

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
        rules = self.rules.photos
        per_row = rules.per_row_beside if place == "beside" else rules.per_row_across
        return ceil(self.photos / per_row[min(self.photos, len(per_row)) - 1])

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


def _width_factor(rules: FitRules, name: str, where: str) -> float:
    """Height of a block relative to what it is beside the card."""
    if where == "across":
        return rules.widening.get(name, rules.widening_other)
    return rules.narrowing.get(name, rules.narrowing_other) if where == "column" else 1.0


def _measure(rules: FitRules, every: tuple[str, ...], fit: Fit, lay_out: Layout, picture: bool) -> _Heights:
    boxes: BoxHeights = box_heights(lay_out(fit, True))
    closing = rules.way == "bands"  # the card closes the fiche: it goes with its foot
    return _Heights(
        rules=rules,
        fit=fit,
        every=every,
        head=boxes.cover - fit.cover_mm,
        card=0.0 if closing else boxes.card,
        blocks=boxes.blocks,
        foot=boxes.foot + (boxes.card if closing else 0.0),
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
        return cover + one <= heights.rules.page_one and two <= heights.rules.page_two

    low, high = heights.rules.density_min, heights.rules.density_max
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
    rules = heights.rules
    smallest, nominal, _ = heights.cover_bounds
    density = _density(heights, fit, nominal, rules.photos.nominal - rules.photos.smallest)
    if density < rules.comfort:
        density = min(rules.comfort, _density(heights, fit, smallest, 0.0))
    if not density:
        return -inf, fit
    filled, blank = _fill(heights, replace(fit, density=density))
    alone = 30.0 if not fit.split else 0.0  # a first page with nothing beside the card
    return 100 * density - blank - alone + 0.04 * min(filled.cover_mm, nominal), filled


def _fill(heights: _Heights, fit: Fit) -> tuple[Fit, float]:
    """Give the room that is left to the pictures, then to the air; return the measures and the weighted blank left."""
    rules, photos = heights.rules, heights.rules.photos
    split, count = fit.split or 0, len(_in_flow(fit, heights.every))
    smallest, nominal, largest = heights.cover_bounds
    place, rows, photo = heights.where(fit, "photos"), max(1, heights.rows(fit)), photos.smallest
    left_two = rules.page_two - heights.page_two(fit)
    if place == "across":
        photo = max(photos.smallest, min(photos.largest, photos.smallest + left_two / rows))
        left_two -= rows * (photo - photos.smallest)
    gaps_two = count - split - 1 + bool(heights.foot)
    air2 = max(0.0, min(rules.air_max, left_two / gaps_two)) if gaps_two > 0 else 0.0
    blank = 0.25 * max(0.0, left_two - air2 * gaps_two) if split < count else 0.0

    left_one = rules.page_one - heights.page_one(fit)
    if place == "beside":
        photo = max(
            photos.smallest, min(photos.beside_largest, photos.smallest + (left_one - smallest) / rows / 2)
        )
        left_one -= rows * (photo - photos.smallest)
    if place == "column":
        room = rules.page_one - heights.head - heights.card_height(fit) - min(nominal, left_one) - 6
        photo = max(photos.smallest, min(photos.column_largest, photos.smallest + room / rows))
        left_one = rules.page_one - heights.head
        left_one -= max(
            heights.card_height(fit) + rows * (photo - photos.smallest), heights.main(fit, beside=True)
        )
    cover = max(smallest, min(largest, left_one))
    left_main = rules.page_one - cover - heights.head - heights.main(fit, beside=True)
    if place == "beside":
        left_main -= rows * (photo - photos.smallest)
    gaps_one = split - 1 + bool(heights.foot and split == count)
    air1 = max(0.0, min(rules.air_max, left_main / gaps_one)) if gaps_one > 0 else 0.0
    blank += max(0.0, left_main - air1 * max(gaps_one, 0)) * 0.5
    return (
        replace(fit, cover_mm=cover - 0.3, photo_mm=photo - 0.2, air1=air1 * 0.98, air2=air2 * 0.98),
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


def _running_over(heights: _Heights) -> Fit:
    """Return the measures of a fiche that needs more than two pages: page one filled, the rest flows."""
    rules = heights.rules
    smallest, nominal, largest = heights.cover_bounds
    for density in (rules.flow_density, 0.92, rules.density_min):
        tried = [replace(each, density=density, air1=0.0, air2=0.0) for each in _distributions(heights)]
        tried = [each for each in tried if "photos" not in each.column]  # large pictures have no room there
        fitting = [
            each for each in tried if each.split and smallest + heights.page_one(each) <= rules.page_one
        ]
        if fitting:
            fit = max(
                fitting, key=lambda each: ((each.split or 0) + len(each.column), heights.page_one(each))
            )
            cover = min(largest, rules.page_one - heights.page_one(fit)) - 1
            if rules.page_one - cover - heights.head - heights.main(fit, beside=True) > rules.blank_max:
                break  # the next block is too long for page one: let the text flow under a card across the page
            return replace(fit, cover_mm=cover, photo_mm=rules.photos.flowing)
    return Fit(
        density=rules.flow_density,
        cover_mm=min(nominal, 70.0),
        photo_mm=rules.photos.nominal,
        split=0,
        flow=True,
        band=True,
    )


def best_fit(
    names: list[str], lay_out: Layout, *, rules: FitRules, picture: bool, guess: int
) -> tuple[Fit, weasyprint.Document]:
    """Return the measures and the document laid out with them.

    `names` are the blocks in reading order, `guess` how many probably stand beside the card. Two to five layouts.
    """
    if rules.way == "flow":
        return flowing_fit(lay_out, rules=rules, picture=picture)
    every = tuple(names)
    if not names:
        fit = Fit(band=True, split=0, title=1.4)
        heights = _measure(rules, every, fit, lay_out, picture)
        rest = heights.head + heights.card + heights.foot
        fit = replace(fit, cover_mm=max(rules.cover.plain[0], rules.page_one - rest - 8))
        return fit, lay_out(fit, False)
    # First with large titles; when that doesn't hold, smaller ones give room to the text.
    for each in rules.starts:
        start = Fit(split=guess, photo_mm=rules.photos.smallest, density=each.density, title=each.title)
        found, heights = _search(rules, every, start, lay_out, picture)
        held = found and _tightened(rules, every, found, lay_out)
        if held:
            return held
    if rules.way == "bands":
        return on_more_pages(lay_out, rules=rules, picture=picture)
    return _run_over(heights, lay_out)


def _search(
    rules: FitRules, every: tuple[str, ...], fit: Fit, lay_out: Layout, picture: bool
) -> tuple[Fit | None, _Heights]:
    """Measure, choose, and measure again until the choice is stable (three times at most)."""
    for _ in range(3):
        heights = _measure(rules, every, fit, lay_out, picture)
        found = _best(heights)
        if found is None:
            break
        same = (found.split, found.column) == (fit.split, fit.column)
        if same and abs(found.density - fit.density) < rules.stable:
            break
        fit = found
    return found, heights


def _tightened(
    rules: FitRules, every: tuple[str, ...], fit: Fit, lay_out: Layout
) -> tuple[Fit, weasyprint.Document] | None:
    """Lay out with the measures found, a little tighter each time a page runs over; None if it never holds."""
    wanted = 1 if fit.split == len(_in_flow(fit, every)) else 2
    for _ in range(3):
        document = lay_out(fit, False)
        if len(document.pages) <= wanted and not card_runs_over(document):
            return fit, document
        fit = replace(
            fit,
            density=max(rules.density_min, fit.density * 0.985),
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
        lower = replace(over, cover_mm=max(heights.cover_bounds[0], over.cover_mm - heights.rules.cover_step))
        again = lay_out(lower, False)
        if len(again.pages) < len(document.pages):
            return lower, again
    return over, document
