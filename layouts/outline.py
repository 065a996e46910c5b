"""What can be known of a fiche before it is laid out: how much text each of its parts holds, and how high that makes it.

The heights come from a table of the gabarit, `heights.toml`, written by `tools/measure_gabarit.py` from some two hundred
fiches laid out. They are a few per cent off: enough to choose at once the sizes and the places that are worth measuring.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import html

from .manifest import GABARITS
from .setting import Fit

COVER, CARD, END, WHOLE = "cover", "card", "end", "whole"
FEWEST_PHOTOS = 1  # shown beside the cover, however long the text
_HEADINGS = frozenset({"h1", "h2", "h3", "strong"})
_PIECES = frozenset({"p", "li", "h1", "h2", "h3", "figure"})
_UNSEEN = str.maketrans("", "", "\u00ad\u200b")


@dataclass(frozen=True)
class Part:
    """What a part of a fiche holds: characters, those of its headings, paragraphs and items."""

    characters: int = 0
    headings: int = 0
    pieces: int = 0

    def __add__(self, other: "Part") -> "Part":
        """Return what two parts hold together."""
        return Part(
            self.characters + other.characters, self.headings + other.headings, self.pieces + other.pieces
        )

    def features(self, title: float) -> tuple[float, ...]:
        """Return what the height of a part is made of, at a factor on titles."""
        return (1.0, title, self.characters / 100, self.headings / 10 * title, float(self.pieces))


def outline(fragment: str) -> dict[str, Part]:
    """Return the parts of an article: its blocks by name, COVER with the strip of facts, CARD without blocks, END, WHOLE."""
    found: dict[str, Part] = {}
    for element in html.fragment_fromstring(fragment).iter():
        name = _named(element)
        if name:
            found[name] = found.get(name, Part()) + _held(element)
    found[WHOLE] = sum(found.values(), Part())
    return found


def _named(element: Any) -> str:
    classes = (element.get("class") or "").split()
    if "f-block" in classes:
        return str(element.get("data-part"))
    return next(
        (
            name
            for mark, name in (("f-cover", COVER), ("f-strip", COVER), ("f-card", CARD), ("f-end", END))
            if mark in classes
        ),
        "",
    )


def _held(element: Any, heading: bool = False) -> Part:
    """Count what an element holds, the blocks inside it left out."""
    if element.tag == "svg":
        return Part()
    heading = heading or element.tag in _HEADINGS
    part = _written(element.text, heading) + Part(pieces=int(element.tag in _PIECES))
    for child in element:
        if not _named(child) and isinstance(child.tag, str):
            part += _held(child, heading)
        part += _written(child.tail, heading)
    return part


def _written(text: str | None, heading: bool) -> Part:
    count = len((text or "").translate(_UNSEEN).strip())
    return Part(count, count if heading else 0)


def place(name: str, fit: Fit, names: list[str] | tuple[str, ...]) -> str:
    """Tell where a block stands: "column", "beside" the card, "across" the page, "" if nowhere."""
    if name in fit.column:
        return "column"
    flowing = [each for each in names if each not in fit.column]
    return "" if name not in flowing else "beside" if flowing.index(name) < (fit.split or 0) else "across"


def key(name: str, where: str) -> str:
    """Return the row of the table for a part and its place."""
    return f"{where}.{name}"


@cache
def _table(gabarit: str) -> dict[str, list[float]]:
    path = Path(GABARITS) / gabarit / "heights.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@dataclass(frozen=True)
class Expected:
    """The heights to be expected of the parts of one fiche, in mm at density 1, pictures left out."""

    gabarit: str
    parts: dict[str, Part]

    @property
    def known(self) -> bool:
        """Whether the gabarit has been measured."""
        return bool(_table(self.gabarit))

    def height(self, row: str, title: float) -> float:
        """Return the height of a part in its place (see `key`), with a factor on titles; 0 where nothing is known."""
        weights, part = _table(self.gabarit).get(row), self.parts.get(row.split(".")[-1])
        if weights is None or part is None:
            return 0.0
        return max(0.0, sum(a * b for a, b in zip(part.features(title), weights, strict=True)))


@dataclass(frozen=True)
class Fiche:
    """What is to be fitted: its blocks in reading order, its pictures, the heights to be expected."""

    names: tuple[str, ...]
    picture: bool  # on the cover
    photos: int  # beside the cover
    expected: Expected

    def shown(self, fit: Fit) -> int:
        """Return how many pictures stand beside the cover."""
        return self.photos if fit.photos is None else min(fit.photos, self.photos)
