"""The guide rédactionnel as typed data: eight steps, their fields, recommended lengths and messages.

`guide.toml` is the guide as shipped. `use` puts an administrator's version on top, for the whole process; `trying` does
so for a block only. Everybody else just asks: `steps()`, `field(path)`, `message(key)`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from models.guide_words import Example, GuideWords, on_top

_DATA = Path(__file__).parent / "data" / "guide.toml"
COUNTED = re.compile(r"[^\W_]+(?:[-‑.,/@·•⋅‧][^\W_]+)*")  # a word, for whoever counts
_POSITION = re.compile(r"\.\d+(?=\.|$)")


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
    example: Example
    speed: str  # the speed-writing prompt
    aloud: tuple[str, ...]  # questions to ask when one person tells and another writes
    fields: tuple[str, ...]  # paths in FicheContent


@dataclass(frozen=True)
class FieldGuide:
    """What is said of one field. Lengths are in words; None where nothing is recommended."""

    path: str
    label: str
    hint: str = ""
    min_words: int | None = None
    max_words: int | None = None


class Guide:
    """The guide in force: the shipped one, or the words that an administrator put on it."""

    def __init__(self, words: GuideWords) -> None:
        self.words = words

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The eight steps in their order; keys and fields are those of the code."""
        return tuple(
            Step(number=number, key=row["key"], fields=tuple(row["fields"]), **_said(self.words, row["key"]))
            for number, row in enumerate(_load()["steps"], 1)
        )

    @cached_property
    def step_by_field(self) -> dict[str, Step]:
        """The step in which each field is written; none of these fields holds another."""
        return {name: step for step in self.steps for name in step.fields}

    @cached_property
    def fields(self) -> dict[str, FieldGuide]:
        """Every field by its pattern."""
        return {
            path: FieldGuide(path, row.label, row.hint, row.min, row.max)
            for path, row in self.words.fields.items()
        }


def _said(words: GuideWords, key: str) -> dict[str, Any]:
    step = words.steps[key]
    return {name: getattr(step, name) for name in type(step).model_fields}


@cache
def _load() -> dict[str, Any]:
    with _DATA.open("rb") as file:
        return tomllib.load(file)


@cache
def shipped() -> GuideWords:
    """Return the words that come with the code."""
    data = _load()
    rows = {row["key"]: row for row in data["steps"]}
    return GuideWords.model_validate({"steps": rows, "fields": data["fields"], "messages": data["messages"]})


_in_force: Guide | None = None
_edition = 0
_tried: ContextVar[Guide | None] = ContextVar("tried", default=None)


def _guide() -> Guide:
    global _in_force
    if (tried := _tried.get()) is not None:
        return tried
    if _in_force is None:
        _in_force = Guide(shipped())
    return _in_force


def use(document: Mapping[str, Any] | None) -> None:
    """Put a stored document (what differs from the shipped guide) in force in this process; None: the shipped guide."""
    global _in_force, _edition
    _in_force = Guide(on_top(shipped(), document or {}))
    _edition += 1


def edition() -> int:
    """Return a number that changes whenever another guide comes into force here: for what keeps finished pages."""
    return _edition


@contextmanager
def trying(words: GuideWords) -> Iterator[None]:
    """Let what runs in the block, and nothing else, see these words: for the preview of a change."""
    token = _tried.set(Guide(words))
    try:
        yield
    finally:
        _tried.reset(token)


def words() -> GuideWords:
    """Return all that may be changed, as it stands."""
    return _guide().words


def steps() -> tuple[Step, ...]:
    """Return the eight steps in their order."""
    return _guide().steps


def step(key: str) -> Step:
    """Return the step called `key`; KeyError if there is none."""
    for candidate in steps():
        if candidate.key == key:
            return candidate
    raise KeyError(key)


def pattern(path: str) -> str:
    """Return `path` with its list positions replaced by `*`: `photos.2.alt` gives `photos.*.alt`."""
    return _POSITION.sub(".*", path)


def field(path: str) -> FieldGuide:
    """Return the guide of the field at `path` (positions or `*` in lists); KeyError if unknown."""
    return _guide().fields[pattern(path)]


def step_of(path: str) -> Step:
    """Return the step in which the field at `path` is written; KeyError if unknown."""
    homes, name = _guide().step_by_field, path
    while name not in homes:
        name, inside, _ = name.rpartition(".")
        if not inside:
            raise KeyError(path)
    return homes[name]


def message(key: str) -> str:
    """Return the French sentence of a check, its values still in braces; KeyError if unknown."""
    return _guide().words.messages[key]


def format_rows() -> list[dict[str, Any]]:
    """Return the ways to write in one sitting, as shipped (see `models.formats`)."""
    rows: list[dict[str, Any]] = _load()["formats"]
    return rows


def count_words(text: str) -> int:
    """Count words as the box's counter does: l'eau is two, porte-à-porte and habitant·e·s are one, lone punctuation none.

    The one count of the product: the browser's is in `components/guided/paths.js`, the same pattern.
    """
    return len(COUNTED.findall(text))
