"""Proof-reading of laid out sheets: what a careful eye would refuse, told in French for the person who draws a gabarit.

Nothing is guessed from the style sheets: the boxes are read where the layout engine put them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import weasyprint
from weasyprint.formatting_structure import boxes

from models.content import FicheContent

from . import paper, sheets
from .markup import article
from .setting import Fit, Setting

TYPE_MIN = 9.0  # points
FULL = 45.0  # mm left white at the end of a page that is called full
HALF = 110.0  # mm: half a page
RECTO_VERSO = 2
_MM = 25.4 / 96
_SLIP = 1.5  # pixels: rounding of the engine
_HEADINGS = frozenset({"h2", "h3"})


@dataclass(frozen=True)
class Proof:
    """What was seen on the sheets of a fiche. `problems` are French sentences; empty when nothing is to be mended."""

    pages: int
    blanks: tuple[float, ...]  # mm left white at the end of each page
    smallest: float  # points
    fit: Fit
    problems: tuple[str, ...] = ()

    @property
    def full(self) -> bool:
        """Whether it fills exactly two pages."""
        return self.pages == RECTO_VERSO and max(self.blanks) <= FULL


@dataclass
class _Words:
    """A piece of text where it stands, pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    clips: list[Any] = field(default_factory=list)  # boxes that hide what passes their edge

    def over(self, other: "_Words") -> bool:
        """Tell whether the letters of two pieces lie over each other."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 2 * _SLIP and min(self.bottom, other.bottom) - max(self.top, other.top) > _SLIP


def prove(content: FicheContent, setting: Setting, fetcher: paper.OwnFetcher) -> Proof:
    """Lay a fiche out and read its sheets; some seconds of processor: not in the event loop."""
    with paper.LAYOUT_LOCK:
        fit, document = sheets.lay_out(content, setting, fetcher, {})
    return read(document, fit, article(content, setting, fit))


def read(document: weasyprint.Document, fit: Fit, fragment: str) -> Proof:
    """Read sheets that are laid out; `fragment` is the article they come from."""
    problems: list[str] = []
    if paper.lost_text(document, fragment):
        problems.append("Du texte manque sur le papier.")
    sizes: set[float] = set()
    for number, page in enumerate(document.pages, start=1):
        words = list(_words(page))
        sizes |= paper.type_sizes(page)
        problems += [f"Page {number} : {each}" for each in (*_outside(page, words), *_stacked(words))]
        if number < len(document.pages):
            problems += [f"Page {number} : {each}" for each in _orphan(page)]
    smallest = min(sizes, default=TYPE_MIN)
    if smallest < TYPE_MIN - 0.01:
        problems.append(f"Un texte est en {smallest:.1f} points : jamais moins de neuf.".replace(".", ",", 1))
    return Proof(
        pages=len(document.pages),
        blanks=tuple(round(rest, 1) for rest in paper.page_rests(document)),
        smallest=smallest,
        fit=fit,
        problems=tuple(problems),
    )


def read_sheet(document: weasyprint.Document) -> list[str]:
    """Read a piece of one sheet: return what a careful eye would refuse, in French."""
    if len(document.pages) != 1:
        return [f"{len(document.pages)} pages au lieu d’une."]
    words = list(_words(document.pages[0]))
    return [*_outside(document.pages[0], words), *_stacked(words)]


def _words(page: Any) -> Iterator[_Words]:
    """Yield the pieces of text that are shown on a page."""
    for child in page._page_box.children:
        if not isinstance(child, boxes.MarginBox):
            yield from _inside(child, [])


def _inside(box: Any, clips: list[Any]) -> Iterator[_Words]:
    box = getattr(box, "_box", box)
    classes = paper.classes_of(box)
    if "f-hide" in classes or box.style["visibility"] == "hidden":
        return
    if isinstance(box, boxes.TextBox):
        if box.text.strip():
            size, baseline = box.style["font_size"], box.position_y + box.baseline
            yield _Words(
                text=box.text.strip(),
                left=box.position_x,
                top=baseline - 0.7 * size,  # a box is higher than its letters
                right=box.position_x + box.width,
                bottom=baseline + 0.15 * size,
                clips=clips,
            )
        return
    if isinstance(box, boxes.BlockLevelBox) and box.style["overflow"] == "hidden":
        if not box.height:  # a heading for those who listen
            return
        clips = [*clips, box]
    if box.style["transform"]:  # tilted: where its letters stand is not read from its boxes
        return
    for child in getattr(box, "children", ()):
        yield from _inside(child, clips)


def _outside(page: Any, words: list[_Words]) -> Iterator[str]:
    """Yield what is said of text past the edge of the page, or cut."""
    sheet = page._page_box
    bottom = sheet.position_y + sheet.margin_height() - sheet.margin_bottom
    for each in words:
        if (
            each.left < -_SLIP
            or each.right > page.width + _SLIP
            or each.bottom > bottom + _SLIP
            or each.top < -_SLIP
        ):
            yield f"« {each.text[:40]} » sort de la page."
        elif any(_cut(each, clip) for clip in each.clips):
            yield f"« {each.text[:40]} » est coupé."


def _cut(words: _Words, clip: Any) -> bool:
    left, top = clip.border_box_x(), clip.border_box_y()
    middle = (words.top + words.bottom) / 2
    return bool(
        words.right > left + clip.border_width() + _SLIP
        or words.left < left - _SLIP
        or not top - _SLIP <= middle <= top + clip.border_height() + _SLIP
    )


def _stacked(words: list[_Words]) -> Iterator[str]:
    """Yield what is said of pieces of text that lie over each other."""
    ordered = sorted(words, key=lambda each: each.top)
    for rank, one in enumerate(ordered):
        for other in ordered[rank + 1 :]:
            if other.top >= one.bottom:
                break
            if one.over(other):
                yield f"« {one.text[:30]} » et « {other.text[:30]} » se chevauchent."


def _orphan(page: Any) -> Iterator[str]:
    """Yield what is said of a heading left at the end of a page, its text on the next one."""
    lines = [
        (box, heading)
        for top in page._page_box.children
        if not isinstance(top, boxes.MarginBox)
        for box, heading in _lines(top, "")
    ]
    if lines and lines[-1][1]:
        text = "".join(each.text for each in paper.walk(lines[-1][0]) if isinstance(each, boxes.TextBox))
        yield f"le titre « {text[:40]} » est seul en bas de page."


def _lines(box: Any, heading: str) -> Iterator[tuple[Any, str]]:
    box = getattr(box, "_box", box)
    if "f-hide" in paper.classes_of(box):
        return
    heading = heading or (box.element_tag if box.element_tag in _HEADINGS else "")
    if isinstance(box, boxes.LineBox):
        yield box, heading
        return
    for child in getattr(box, "children", ()):
        yield from _lines(child, heading)
