"""Text that flows: a gabarit whose story runs from column to column and page to page (`way = "flow"` in its manifest).

All is measured once on an endless sheet. The density, the heights of the pictures and the air that make the whole as
high as two pages follow by calculation; each sheet laid out then tells what page breaks waste, until the last page is
full. The type never goes below the smallest density: what is longer takes a third or fourth page, filled the same way.
"""

from dataclasses import dataclass, replace
from math import ceil, inf

import weasyprint

from .manifest import FitRules, Start
from .paper import Layout, box_heights, page_rests, whole_height
from .setting import Fit

CLOSE = 5.0  # mm left on the last page: full enough
UNFILLED = 30.0  # mm that nothing can fill on page two: one page is better if it holds
MARGIN = 1.2  # mm kept for rounding
STEP = 5.0  # mm taken off at least when it runs over
TRIES = 6
MOST_PAGES = 12


@dataclass(frozen=True)
class _Measured:
    """The whole fiche on the endless sheet, mm."""

    rules: FitRules
    fit: Fit
    text: float  # height without the pictures
    rows: int  # of pictures beside the cover
    gaps: int  # places where air can be added
    picture: bool

    @property
    def cover_bounds(self) -> tuple[float, float, float]:
        """Smallest, nominal and largest height of the cover picture."""
        smallest, nominal, largest = self.rules.cover.photo if self.picture else self.rules.cover.plain
        if self.picture and self.fit.title <= self.rules.starts[-1].title:
            smallest = min(smallest, self.rules.cover.tight)
        return smallest, nominal, largest

    def height(self, fit: Fit) -> float:
        """Height of the whole with these measures."""
        return self._text(fit.density) + fit.cover_mm + self.rows * fit.photo_mm + self.gaps * fit.air1

    def _text(self, density: float) -> float:
        return self.text * float((density / self.fit.density) ** self.rules.growth)

    def _density(self, room: float) -> float:
        """Return the density at which the text is `room` mm high."""
        return self.fit.density * float((max(room, 1.0) / self.text) ** (1 / self.rules.growth))

    def settle(self, room: float, least: float) -> Fit | None:
        """Return the measures that make the whole `room` mm high (lower if all is at its largest); None if it can't
        be so low with a density of `least`."""
        photos, (smallest, nominal, largest) = self.rules.photos, self.cover_bounds
        density = self._density(room - nominal - self.rows * photos.nominal)
        if density >= self.rules.comfort:
            density = min(density, self.rules.density_max)
            free = room - self._text(density) - nominal - self.rows * photos.nominal
            spans = (largest - nominal, photos.largest - photos.nominal)
            cover, photo, free = self._shared(free, (nominal, photos.nominal), spans)
            air = min(self.rules.air_max, free / self.gaps) if self.gaps else 0.0
            return replace(self.fit, density=density, cover_mm=cover, photo_mm=photo, air1=air)
        density = self.rules.comfort
        free = room - self._text(density) - smallest - self.rows * photos.smallest
        if free < 0:
            density = self._density(room - smallest - self.rows * photos.smallest)
            if density < least:
                return None
            free = 0.0
        spans = (nominal - smallest, photos.nominal - photos.smallest)
        cover, photo, _ = self._shared(free, (smallest, photos.smallest), spans)
        return replace(self.fit, density=density, cover_mm=cover, photo_mm=photo, air1=0.0)

    def tightest(self, least: float) -> Fit:
        """Return the measures that take the least room."""
        smallest = self.cover_bounds[0]
        return replace(self.fit, density=least, cover_mm=smallest, photo_mm=self.rules.photos.smallest)

    def _shared(
        self, free: float, low: tuple[float, float], spans: tuple[float, float]
    ) -> tuple[float, float, float]:
        """Share `free` mm between the cover and the other pictures; return their heights and what is left."""
        whole = spans[0] + self.rows * spans[1]
        share = min(1.0, free / whole) if whole else 0.0
        return low[0] + share * spans[0], low[1] + share * spans[1], free - share * whole


def _measure(rules: FitRules, start: Start, lay_out: Layout, picture: bool) -> _Measured:
    fit = Fit(
        flow=rules.way != "flow",  # elsewhere blocks are told their page; here they run on
        density=start.density,
        title=start.title,
        cover_mm=rules.cover.photo[0] if picture else rules.cover.plain[0],
        photo_mm=rules.photos.smallest,
    )
    document = lay_out(fit, True)
    boxes = box_heights(document)
    photos, per_row = boxes.children.get("photos", 0), rules.photos.per_row_across
    rows = ceil(photos / per_row[min(photos, len(per_row)) - 1]) if photos else 0
    text = whole_height(document) - fit.cover_mm - rows * fit.photo_mm
    return _Measured(rules=rules, fit=fit, text=text, rows=rows, gaps=boxes.airy, picture=picture)


def _room(rules: FitRules, pages: int) -> float:
    return rules.page_one + (pages - 1) * rules.page_two


@dataclass
class _Made:
    fit: Fit
    document: weasyprint.Document
    blank: float  # mm left on the last page


def _fill(measured: _Measured, pages: int, lay_out: Layout, least: float) -> _Made | None:
    """Lay out on `pages` pages at most, the last one as full as can be; None if it doesn't hold."""
    rules, best, waste = measured.rules, None, MARGIN
    too_little, enough = -inf, inf  # wastes at which it ran over, at which it held
    for attempt in range(TRIES):
        settled = measured.settle(_room(rules, pages) - waste, least)
        if attempt >= TRIES // 2 and best is None:  # does it hold at all?
            settled = None
        fit = settled or measured.tightest(least)
        document = lay_out(fit, False)
        rests = page_rests(document)
        if len(rests) <= pages:
            enough = min(enough, waste)
            blank = rests[-1] + (pages - len(rests)) * rules.page_two
            if best is None or blank < best.blank:
                best = _Made(fit, document, blank)
            unfilled = _room(rules, pages) - waste - measured.height(fit)  # all is at its largest
            if blank - max(0.0, unfilled) <= CLOSE:
                break
        elif settled is None:
            break
        else:
            too_little = max(too_little, waste)
        # What it takes beside its height: the white before page breaks, but not where it runs over.
        taken = _room(rules, len(rests)) - sum(rests) + sum(rests[: pages - 1])
        found = taken - measured.height(fit) + MARGIN
        if len(rests) > pages:  # a line less in each column: smaller steps change nothing
            found = max(found, waste + STEP)
        if not too_little < found < enough:
            found = (too_little + enough) / 2 if enough - too_little < inf else waste + STEP
        waste = found
    return _polished(best, rules, lay_out) if best else None


def _polished(made: _Made, rules: FitRules, lay_out: Layout) -> _Made:
    """Give what is left on the first page to the cover, on the last one to the air between its blocks."""
    rests = page_rests(made.document)
    largest = (rules.cover.photo if made.fit.cover_mm >= rules.cover.photo[0] else rules.cover.plain)[2]
    # What is before the last page flows: a higher cover pushes the text into a blank further on.
    before = max(rests[:-1], default=0.0)
    grown = min(max(0.0, before - MARGIN), max(0.0, largest - made.fit.cover_mm))
    gaps = box_heights(made.document, last_only=True).airy
    air = min(rules.air_max, max(0.0, rests[-1] - MARGIN) / gaps) if gaps else 0.0
    for cover, air2 in ((grown if grown > CLOSE else 0.0, air), (0.0, air)):
        if cover or air2 * gaps > CLOSE / 2:
            fit = replace(made.fit, cover_mm=made.fit.cover_mm + cover, air2=air2)
            document = lay_out(fit, False)
            rest = page_rests(document)
            if len(rest) == len(rests) and max(rest) <= max(rests):
                return _Made(fit, document, rest[-1])
    return made


def flowing_fit(lay_out: Layout, *, rules: FitRules, picture: bool) -> tuple[Fit, weasyprint.Document]:
    """Return the measures and the document laid out with them: two full pages, one when there is little, else more."""
    last = rules.starts[-1]
    for start in rules.starts:
        measured = _measure(rules, start, lay_out, picture)
        # Smaller titles come before smaller type.
        least = rules.density_min if start is last else rules.comfort
        fit = measured.settle(_room(rules, 2), least)
        if fit is None:
            continue
        if _room(rules, 2) - measured.height(fit) > UNFILLED:
            alone = _fill(measured, 1, lay_out, rules.comfort)
            if alone:
                return alone.fit, alone.document
        made = _fill(measured, 2, lay_out, least)
        if made:
            return made.fit, made.document
    return on_more_pages(lay_out, rules=rules, picture=picture)


def on_more_pages(lay_out: Layout, *, rules: FitRules, picture: bool) -> tuple[Fit, weasyprint.Document]:
    """Return the measures and the document of a fiche too long for two pages: as many as it takes, all full."""
    measures = [_measure(rules, start, lay_out, picture) for start in (rules.starts[0], rules.starts[-1])]
    for pages in range(3, MOST_PAGES):
        for measured in measures:
            if measured.settle(_room(rules, pages), rules.comfort) is None:
                continue
            made = _fill(measured, pages, lay_out, rules.comfort)
            if made:
                return made.fit, made.document
    fit = replace(measures[0].fit, density=rules.flow_density, photo_mm=rules.photos.flowing, flow=True)
    return fit, lay_out(fit, False)
