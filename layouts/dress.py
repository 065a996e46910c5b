"""What dresses a piece in the colours and the letters of a gabarit, and the size of type that holds in a box."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from . import lettering
from .manifest import Face, manifest
from .markup import focus_css, font_faces


@dataclass(frozen=True)
class Held:
    """A text made to hold in a box, pixels."""

    text: str
    size: int
    height: float
    width: int
    cut: bool = False

    @property
    def style(self) -> str:
        """The size of its type, and a width that makes lines of equal length."""
        return f"font-size:{self.size}px;max-width:{self.width + 4}px"


def _hold(
    text: str, *, face: str, width: float, height: float, largest: int, smallest: int, line: float
) -> Held:
    """Choose the largest type at which `text`, typeset already, holds in a box; cut it when none does."""

    def tried(words: str) -> lettering.Lettering:
        return lettering.fit(
            words, face=face, width=width, height=height, largest=largest, smallest=smallest, line=line
        )

    found = tried(text)
    if found.height <= height + 0.01:
        return Held(text, found.size, found.height, found.width)
    words = re.split(r"(?<=[ \u200b])", text)
    low, high = 0, len(words)  # the most words that hold
    while low < high:
        middle = (low + high + 1) // 2
        lines = lettering.count_lines(_cut(words[:middle]), face, em=width / smallest)
        low, high = (middle, high) if 0 < lines * smallest * line <= height else (low, middle - 1)
    kept = _cut(words[:low])
    lines = max(1, lettering.count_lines(kept, face, em=width / smallest))
    return Held(kept, smallest, lines * smallest * line, int(width), cut=True)


def _cut(words: Sequence[str]) -> str:
    return "".join(words).rstrip(" \u00a0\u202f\u200b,;:.!?") + "…"


def fit(
    gabarit: str,
    text: str,
    face: str,
    width: float,
    height: float,
    largest: int,
    smallest: int,
    line: float = 1.1,
) -> Held:
    """Return `text` in the largest type with which it holds in a box; `face` is "head", "text" or "strong"."""
    return _hold(
        text,
        face=getattr(faces(gabarit), face),
        width=width,
        height=height,
        largest=largest,
        smallest=smallest,
        line=line,
    )


@dataclass(frozen=True)
class Faces:
    """The faces of a gabarit's type, by what they are for: files of `fonts`, without suffix."""

    head: str
    text: str
    strong: str
    properties: tuple[tuple[str, str], ...]  # the same for style sheets: families and weights


@cache
def faces(gabarit: str) -> Faces:
    """Return the face of titles (the first of the manifest, at its heaviest) and that of text (its last family)."""
    fonts = manifest(gabarit).fonts
    upright = [face for face in fonts if "normal" in face.styles]
    head = upright[0]
    text = [face for face in upright if face.family == upright[-1].family]
    heavy = max(head.weights)
    plain = _nearest(text, 400)
    strong = _nearest(text, 700)
    properties = {
        "--p-head": f'"{head.family}","DejaVu Sans",sans-serif',
        "--p-heavy": str(heavy),
        "--p-text": f'"{text[0].family}","DejaVu Sans",sans-serif',
        "--p-plain": str(plain[1]),
        "--p-strong": str(strong[1]),
    }
    return Faces(
        head=f"{head.file}-{heavy}-normal",
        text=f"{plain[0]}-{plain[1]}-normal",
        strong=f"{strong[0]}-{strong[1]}-normal",
        properties=tuple(properties.items()),
    )


def _nearest(fonts: list[Face], weight: int) -> tuple[str, int]:
    return min(
        ((face.file, each) for face in fonts for each in face.weights),
        key=lambda pair: abs(pair[1] - weight),
    )


def dress(gabarit: str, scope: str = "piece", *, base: str = "font:", suffix: str = "ttf") -> list[str]:
    """Return the style sheets that give a piece the type and the colours of a gabarit.

    `scope` is the class of the element that wears them; `base` and `suffix` say where the fonts are.
    """
    owner = manifest(gabarit)
    colours = (owner.palette_css() + focus_css()).replace(".fiche", f".{scope}")
    own = "".join(f"{name}:{value};" for name, value in faces(gabarit).properties)
    return [
        font_faces(gabarit, base, suffix),
        colours,
        f".{scope}{{{own}--f-paper:{owner.paper}}}",
    ]


def settle(css: str, gabarit: str, palette: str) -> str:
    """Return `css` with values in place of the properties of `dress`: rules of `@page` see no property."""
    for name, value in faces(gabarit).properties:
        css = css.replace(f"var({name})", value)
    return manifest(gabarit).painted(css, palette)
