"""Text that flows: a gabarit whose story runs from column to column and page to page (`way = "flow"` in its manifest).

The density, the heights of the pictures and the air that make the whole as high as two pages follow by calculation from
the height to be expected (see outline.py); the sheets so laid out tell the true one and what page breaks waste, until the
last page is full. The type never goes below the smallest density: what is longer takes a third or fourth page, filled the same way.
"""

from dataclasses import dataclass, replace
from math import inf

import weasyprint

from . import outline
from .manifest import FitRules, Start
from .outline import Fiche
from .paper import Layout, box_heights, page_rests, whole_height
from .setting import Fit

CLOSE = 16.0  # mm left on the last page: full enough
UNFILLED = 30.0  # mm that nothing can fill on page two: one page is better if it holds
ROUNDING = 1.2  # mm
OUTSIDE = 0.2  # mm below the end of a page: what is drawn at the side of a line may pass it
STEP = 8.0  # mm taken off at least when it runs over
TRIES = 6
DOUBT = 0.05  # what is expected may be wrong by so much in height
SPARED = 4.0  # mm left free where the height is only expected
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
    guessed: bool = False  # expected, not measured

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


def _start(fiche: Fiche, rules: FitRules, start: Start, photos: int | None) -> Fit:
    # Elsewhere than in a gabarit that flows, blocks are told their page and the card its column; here all run on.
    astray = rules.way != "flow"
    return Fit(
        flow=astray,
        band=rules.way == "column",
        split=0 if rules.way == "column" else None,
        density=start.density,
        title=start.title,
        cover_mm=rules.cover.photo[0] if fiche.picture else rules.cover.plain[0],
        photo_mm=rules.photos.smallest,
        photos=photos,
    )


def _measure(fiche: Fiche, rules: FitRules, fit: Fit, lay_out: Layout) -> _Measured:
    document = lay_out(fit, True)
    rows = rules.photos.rows(fiche.shown(fit), "across")
    text = whole_height(document) - fit.cover_mm - rows * fit.photo_mm
    gaps = box_heights(document).airy
    return _Measured(rules=rules, fit=fit, text=text, rows=rows, gaps=gaps, picture=fiche.picture)


def _expect(fiche: Fiche, rules: FitRules, fit: Fit) -> _Measured | None:
    """Return the height to be expected of the whole, None where nothing is known."""
    text = fiche.expected.height(outline.WHOLE, fit.title) * (1 - DOUBT)
    rows = rules.photos.rows(fiche.shown(fit), "across")
    if not text:
        return None
    fit = replace(fit, density=1.0)
    return _Measured(rules=rules, fit=fit, text=text, rows=rows, gaps=0, picture=fiche.picture, guessed=True)


def _read(measured: _Measured, fit: Fit, document: weasyprint.Document) -> _Measured:
    """Return the true height of the whole, read from the pages it was laid out on with `fit`."""
    rests, gaps = page_rests(document), box_heights(document).airy
    text = _room(measured.rules, len(rests)) - sum(rests)
    text -= fit.cover_mm + measured.rows * fit.photo_mm + gaps * fit.air1
    return replace(measured, fit=replace(fit, air2=0.0), text=text, gaps=gaps, guessed=False)


def _room(rules: FitRules, pages: int) -> float:
    return rules.page_one + (pages - 1) * rules.page_two


@dataclass
class _Made:
    fit: Fit
    document: weasyprint.Document
    blank: float  # mm left on the last page


def _fill(
    measured: _Measured, pages: int, lay_out: Layout, least: float, *, rough: bool = False
) -> _Made | None:
    """Lay out on `pages` pages at most, the last one as full as can be unless `rough`; None if it doesn't hold."""
    rules, best, waste, step = measured.rules, None, measured.rules.waste, STEP
    free = 2 * STEP if rough else 0.0  # what is typed next holds as well
    too_little, enough = -inf, inf  # wastes at which it ran over, at which it held
    for _ in range(TRIES):
        guessed = measured.guessed
        room = _room(rules, pages) - waste - free - (DOUBT * measured.text + SPARED if guessed else 0.0)
        settled = measured.settle(room, least)
        fit = settled or measured.tightest(least)
        document = lay_out(fit, False)
        rests = page_rests(document)
        if guessed:
            measured = _read(measured, fit, document)
        over = len(rests) > pages or min(rests) < -OUTSIDE
        if not over:
            enough = inf if guessed else min(enough, waste)
            blank = rests[-1] + (pages - len(rests)) * rules.page_two
            if best is None or blank < best.blank:
                best = _Made(fit, document, blank)
            unfilled = _room(rules, pages) - waste - measured.height(fit)  # all is at its largest
            if rough or blank - max(0.0, unfilled if settled and not guessed else 0.0) <= CLOSE:
                break
        elif settled is None:
            break
        elif not guessed:
            too_little = max(too_little, waste)
        # What it takes beside its height: the white before page breaks, but not where it runs over.
        taken = _room(rules, len(rests)) - sum(rests) + sum(rests[: pages - 1])
        found = taken - measured.height(fit) + ROUNDING
        if guessed:
            waste = found
            continue
        if over:  # a line less in each column: small steps change nothing
            found, step = max(found, waste + step), 2 * step
        if not too_little < found < enough:
            found = (too_little + enough) / 2 if enough - too_little < inf else waste + step
        if best and abs(found - waste) < CLOSE / 4:  # little is left to win
            break
        waste = found
    return _polished(best, rules, lay_out) if best and best.blank > CLOSE and not rough else best


def _polished(made: _Made, rules: FitRules, lay_out: Layout) -> _Made:
    """Give what is left on the first page to the cover, on the last one to the air between its blocks."""
    rests = page_rests(made.document)
    largest = (rules.cover.photo if made.fit.cover_mm >= rules.cover.photo[0] else rules.cover.plain)[2]
    # What is before the last page flows: a higher cover pushes the text into a blank further on.
    before = max(rests[:-1], default=0.0)
    grown = min(max(0.0, before - ROUNDING), max(0.0, largest - made.fit.cover_mm))
    gaps = box_heights(made.document, last_only=True).airy
    air = min(rules.air_max, max(0.0, rests[-1] - ROUNDING) / gaps) if gaps else 0.0
    for cover, air2 in ((grown if grown > CLOSE else 0.0, air), (0.0, air)):
        if cover or air2 * gaps > CLOSE / 2:
            fit = replace(made.fit, cover_mm=made.fit.cover_mm + cover, air2=air2)
            document = lay_out(fit, False)
            rest = page_rests(document)
            if len(rest) == len(rests) and max(rest) <= max(rests):
                return _Made(fit, document, rest[-1])
    return made


def recto_verso(
    fiche: Fiche, photos: int | None, lay_out: Layout, rules: FitRules
) -> tuple[Fit, weasyprint.Document] | None:
    """Lay out with so many pictures on two full pages, one when there is little; None if it doesn't hold."""
    last = rules.starts[-1]
    for start in rules.starts:
        # Smaller titles come before smaller type.
        least = rules.density_min if start is last else rules.comfort
        fit = _start(fiche, rules, start, photos)
        measured = _expect(fiche, rules, fit)
        guess = measured.settle(_room(rules, 2), least) if measured else fit
        if guess is None:
            continue
        if measured is None or _room(rules, 2) - measured.height(guess) > UNFILLED / 2:
            measured = _measure(fiche, rules, replace(fit, density=guess.density), lay_out)
        settled = measured.settle(_room(rules, 2), least)
        if settled is None:
            continue
        if _room(rules, 2) - measured.height(settled) > UNFILLED:
            alone = _fill(measured, 1, lay_out, rules.comfort)
            if alone:
                return alone.fit, alone.document
        made = _fill(measured, 2, lay_out, least)
        if made:
            return made.fit, made.document
    return None


def again_on_two(
    fiche: Fiche, last: Fit, lay_out: Layout, rules: FitRules
) -> tuple[Fit, weasyprint.Document] | None:
    """Lay out with the measures of a moment ago, a little tighter if a page more is begun; None if much has changed."""
    made = _once_more(fiche, last, lay_out, rules, rules.density_min, CLOSE)
    return (made.fit, made.document) if made else None


def on_more_pages(
    fiche: Fiche, lay_out: Layout, *, rules: FitRules, last: Fit | None = None, rough: bool = False
) -> tuple[Fit, weasyprint.Document]:
    """Return the measures and the document of a fiche too long for two pages: as many as it takes, all full.

    `last` are the measures of the same fiche a few words ago: they are tried first. `rough`: the last page may be less full.
    """
    least = (rules.comfort + rules.density_min) / 2
    if last is not None and last.pages > 2:
        made = _once_more(fiche, last, lay_out, rules, least, 4 * CLOSE)
        if made:
            return made.fit, made.document
    wholes = [
        _expect(fiche, rules, fit) or _measure(fiche, rules, fit, lay_out)
        for fit in (_start(fiche, rules, start, None) for start in (rules.starts[0], rules.starts[-1]))
    ]
    for pages in range(3, MOST_PAGES):
        for whole in wholes:
            if whole.settle(_room(rules, pages), least) is None:
                continue
            made = _fill(whole, pages, lay_out, least, rough=rough)
            if made:
                return made.fit, made.document
    fit = replace(wholes[0].fit, density=rules.flow_density, photo_mm=rules.photos.flowing)
    return fit, lay_out(fit, False)


def _once_more(
    fiche: Fiche, last: Fit, lay_out: Layout, rules: FitRules, least: float, close: float
) -> _Made | None:
    """Lay out with the measures of a moment ago, a little tighter if a page more is begun; None if more than `close` mm
    are left white now, or if it doesn't hold."""
    document = lay_out(last, False)
    rests = page_rests(document)
    if len(rests) == last.pages and min(rests) >= -OUTSIDE:
        return _Made(last, document, rests[-1]) if rests[-1] <= close else None
    if len(rests) < last.pages:
        return None
    rows = rules.photos.rows(fiche.shown(last), "across")
    before = _Measured(rules=rules, fit=last, text=0.0, rows=rows, gaps=0, picture=fiche.picture)
    measured, room = _read(before, last, document), _room(rules, last.pages) - sum(rests[: last.pages - 1])
    for spared in (STEP, 2 * STEP, 4 * STEP):  # what is typed next holds as well
        fit = measured.settle(room - spared, least) or measured.tightest(least)
        document = lay_out(fit, False)
        rests = page_rests(document)
        if len(rests) <= last.pages and min(rests) >= -OUTSIDE:
            return _Made(fit, document, rests[-1])
    return None
