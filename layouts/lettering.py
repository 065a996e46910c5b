"""How wide letters are: the size of type at which a text fills its box, known without laying anything out.

A poster is shown at each keystroke: its type is chosen from the advance widths of the font files, not by trial.
"""

import re
from dataclasses import dataclass
from functools import cache

from fontTools.ttLib import TTFont

from .manifest import FONTS

_BREAKS = re.compile("(?<=[ \u200b-])")  # a line may break after a space, a zero-width space, a hyphen
_SLACK = 1.015  # rounding of layout engines, kerning that adds


@dataclass(frozen=True)
class Lettering:
    """Type chosen for a box. `size`, `height` and `width` in mm; `css` holds the classes that set size and width."""

    size: int
    lines: int
    height: float
    width: int  # the narrowest, by steps of 5 mm, that takes no more lines: lines of equal length

    @property
    def css(self) -> str:
        """The classes that set this size and this width (see `poster`)."""
        return f"p-fs{self.size} p-w{self.width}"


@cache
def _advances(face: str) -> tuple[dict[int, float], float]:
    """Return the widths of characters, in em, and that of an unknown one."""
    font = TTFont(FONTS / f"{face}.ttf", lazy=True)
    em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
    widths = {code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}
    return widths, 1.0


def width(text: str, face: str) -> float:
    """Return the width of `text` on one line, in em. `face` is a file of `fonts` without its suffix."""
    widths, unknown = _advances(face)
    return sum(0.0 if char in "\u00ad\u200b" else widths.get(ord(char), unknown) for char in text)


def count_lines(text: str, face: str, *, em: float) -> int:
    """Return how many lines `text` takes in `em` times its size; 0 if a part that can't be broken is wider."""
    lines, left = 1, em
    for part in _BREAKS.split(text):
        full, bare = width(part, face) * _SLACK, width(part.rstrip(" "), face) * _SLACK
        if bare > em:
            return 0
        if bare > left:
            lines, left = lines + 1, em
        left -= full
    return lines


def fit(
    text: str, *, face: str, width: float, height: float, largest: int, smallest: int, line: float = 1.1
) -> Lettering:
    """Return the largest type, in whole mm, at which `text` holds in a box of `width` x `height` mm.

    `line` is the height of a line, in em. What doesn't hold even at `smallest` is given that size: choose it so that
    the longest text that the model accepts holds.
    """
    for size in range(largest, smallest - 1, -1):
        lines = count_lines(text, face, em=width / size)
        if lines and lines * size * line <= height:
            break
    lines = max(1, count_lines(text, face, em=width / size))
    narrow = int(width // 5) * 5
    while narrow > 5 and count_lines(text, face, em=(narrow - 5) / size) == lines:
        narrow -= 5
    return Lettering(size, lines, lines * size * line, narrow)
