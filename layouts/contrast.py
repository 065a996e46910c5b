"""Contrast of text, as WCAG 2 reckons it, read from sheets as they are laid out: every text on what is behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import weasyprint
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes

from . import paper

READABLE = 4.5  # AA, for text of any size

Rgb = tuple[float, float, float]  # 0 to 1
_WHITE: Rgb = (1.0, 1.0, 1.0)


@dataclass(frozen=True)
class Meeting:
    """A text and what is behind it."""

    text: str
    colour: Rgb
    ground: Rgb

    @property
    def ratio(self) -> float:
        """Contrast, 1 to 21."""
        return ratio(self.colour, self.ground)


def from_hex(colour: str) -> Rgb:
    """Return the colour written "#rrggbb"."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def ratio(one: Rgb, other: Rgb) -> float:
    """Return the contrast of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def meetings(document: weasyprint.Document) -> set[Meeting]:
    """Return every text of the sheets with the colour behind it (one text for each pair of colours)."""
    found: dict[tuple[Rgb, Rgb], Meeting] = {}
    for page in document.pages:
        ground = _over(page._page_box, _WHITE)
        for text, colour, behind in _walk(page._page_box, ground):
            found.setdefault((colour, behind), Meeting(text[:60], colour, behind))
    return set(found.values())


def _walk(box: Any, ground: Rgb) -> Iterator[tuple[str, Rgb, Rgb]]:
    box = getattr(box, "_box", box)
    if "f-hide" in paper.classes_of(box):
        return
    if not isinstance(box, boxes.PageBox):
        ground = _over(box, ground)
    if isinstance(box, boxes.TextBox):
        if box.text.strip():
            yield box.text.strip(), _blend(box.style["color"], ground), ground
        return
    for child in getattr(box, "children", ()):
        yield from _walk(child, ground)


def _over(box: Any, ground: Rgb) -> Rgb:
    return _blend(get_color(box.style, "background_color"), ground)


def _blend(colour: Any, ground: Rgb) -> Rgb:
    parts = colour.to("srgb")
    red, green, blue = (
        above * parts.alpha + under * (1 - parts.alpha)
        for above, under in zip(parts.coordinates, ground, strict=True)
    )
    return red, green, blue
