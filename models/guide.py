"""The guide rédactionnel as typed data: eight steps, their fields, recommended lengths and messages."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data" / "guide.toml"


@dataclass(frozen=True)
class Step:
    """One of the eight steps."""

    number: int  # 1 to 8
    key: str
    title: str
    short: str
    minutes: int  # in speed writing
    consigne: str
    conseils: tuple[str, ...]
    example: str
    speed: str  # the speed-writing prompt
    fields: tuple[str, ...]  # paths in FicheContent


@dataclass(frozen=True)
class FieldGuide:
    """What is said of one field. Lengths are in words; None where nothing is recommended."""

    path: str
    label: str
    hint: str = ""
    min_words: int | None = None
    max_words: int | None = None


@cache
def _load() -> dict[str, Any]:
    with _DATA.open("rb") as file:
        return tomllib.load(file)


@cache
def steps() -> tuple[Step, ...]:
    """Return the eight steps in their order."""
    return tuple(_step(number, row) for number, row in enumerate(_load()["steps"], 1))


def _step(number: int, row: dict[str, Any]) -> Step:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    return Step(number=number, **values)


def step(key: str) -> Step:
    """Return the step called `key`; KeyError if there is none."""
    for candidate in steps():
        if candidate.key == key:
            return candidate
    raise KeyError(key)


def pattern(path: str) -> str:
    """Return `path` with its list positions replaced by `*`: `photos.2.alt` gives `photos.*.alt`."""
    return re.sub(r"(?<=\.)\d+(?=\.|$)", "*", path)


@cache
def field(path: str) -> FieldGuide:
    """Return the guide of the field at `path` (positions or `*` in lists); KeyError if unknown."""
    row = _load()["fields"][pattern(path)]
    return FieldGuide(path, row["label"], row.get("hint", ""), row.get("min"), row.get("max"))


def step_of(path: str) -> Step:
    """Return the step in which the field at `path` is written; KeyError if unknown."""
    for candidate in steps():
        if any(path == name or path.startswith(name + ".") for name in candidate.fields):
            return candidate
    raise KeyError(path)


def message(key: str) -> str:
    """Return the French sentence of a check; KeyError if unknown."""
    text: str = _load()["messages"][key]
    return text


def count_words(text: str) -> int:
    """Count words as a reader would: l'eau is two, porte-à-porte is one, lone punctuation is none."""
    return len(re.findall(r"[^\W_]+(?:[-‑.,/@][^\W_]+)*", text))
