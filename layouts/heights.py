"""What the parts of a fiche measure, as laid out once or as to be expected, and what they would take in other places or
at another density."""

from dataclasses import dataclass, replace

import weasyprint

from . import outline
from .manifest import FitRules
from .outline import Fiche
from .paper import BoxHeights, box_heights
from .setting import Fit

MARGIN = 1.4  # mm kept free on each page for what breaks and rounding take
LESS, MORE = 1.2, 2.6  # powers of density with which a few lines go or come
DOUBT = 0.02  # what is expected may be wrong by so much in density
SPARED = 8.0  # mm kept free on each page for what is expected to be wrong
# Widths of the places, relative to the page: for a gabarit that has not been measured.
_WIDTHS = {"across": 1.0, "beside": 0.7, "column": 0.27}


@dataclass(frozen=True)
class Heights:
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
        names = in_flow(fit, self.every)
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


def in_flow(fit: Fit, every: tuple[str, ...]) -> list[str]:
    """Return the blocks that stand outside the column of the identity card, in reading order."""
    return [name for name in every if name not in fit.column]


def read(fiche: Fiche, rules: FitRules, fit: Fit, document: weasyprint.Document) -> Heights:
    """Read the heights of what is laid out, on an endless sheet or on pages."""
    boxes: BoxHeights = box_heights(document)
    closing = rules.way == "bands"  # the card closes the fiche: it goes with its foot
    return Heights(
        rules=rules,
        fit=fit,
        fiche=fiche,
        head=boxes.cover - fit.cover_mm,
        card=0.0 if closing else boxes.card,
        blocks=boxes.blocks,
        foot=boxes.foot + (boxes.card if closing else 0.0),
        least=rules.density_min,
    )


def expect(fiche: Fiche, rules: FitRules, fit: Fit) -> Heights:
    """Return the heights to be expected, as if all blocks had been measured across the page at density 1."""
    height, closing = fiche.expected.height, rules.way == "bands"
    card = height(outline.CARD, fit.title)
    blocks = {name: height(outline.key(name, "across"), fit.title) for name in fiche.names}
    if "photos" in blocks:  # their captions
        blocks["photos"] *= fiche.shown(fit) / fiche.photos
    return Heights(
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
