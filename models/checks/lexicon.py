"""Lists of words, found in a text in one pass: by stem, or as they are written when the entry begins with `=`."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from models.checks.finding import Span
from models.checks.numbers import numbers
from models.checks.text import Text, read

_DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True)
class Entry:
    """A line of a list: the words to look for, and what is said of them."""

    say: tuple[str, ...]
    instead: str = ""
    more: dict[str, str] = field(default_factory=dict, compare=False, hash=False)


@dataclass(frozen=True)
class Match:
    """An entry found in a text."""

    entry: Entry
    first: int  # position of its first word
    after: int
    span: Span


@cache
def lists() -> dict[str, tuple[Entry, ...]]:
    """Return every list by its name: those of `words.toml`, `jargon` and `acronyms`."""
    found: dict[str, tuple[Entry, ...]] = {}
    for name in ("words", "jargon", "acronyms"):
        with (_DATA / f"{name}.toml").open("rb") as file:
            for key, rows in tomllib.load(file).items():
                found[key] = tuple(_entry(row) for row in rows)
    return found


def _entry(row: Any) -> Entry:
    if isinstance(row, str):
        return Entry((row,))
    more = {key: value for key, value in row.items() if key not in ("say", "instead")}
    return Entry(tuple(row["say"]), row.get("instead", ""), more)


@dataclass(frozen=True)
class _Pattern:
    name: str  # of the list
    keys: tuple[str, ...]
    entry: Entry


# The patterns by their first word, or by their first two: half of a text is words such as "le" or "un", with which many
# patterns begin, and the second word leaves hardly any.
_Index = dict[str | tuple[str, ...], list[_Pattern]]

# Looked for in names and titles only: their words ("le", "en", "pour") stand everywhere in prose.
_OF_NAMES = frozenset(["not_names", "functions", "placeholders"])
_BY_CAPITALS = frozenset(["acronyms", "known"])  # see `language`


@cache
def _index(*, of_names: bool) -> tuple[_Index, _Index]:
    """Return the patterns to look for among the stems of a text, and those among its words."""
    by_stem: _Index = defaultdict(list)
    by_word: _Index = defaultdict(list)
    for name, entries in lists().items():
        if name in _BY_CAPITALS or (name in _OF_NAMES) is not of_names:
            continue
        for entry in entries:
            for said in entry.say:
                exact = said.startswith("=")
                text = Text(said.lstrip("="))
                keys = tuple(text.words if exact else text.stems)
                start = keys[0] if len(keys) == 1 else keys[:2]
                (by_word if exact else by_stem)[start].append(_Pattern(name, keys, entry))
    return dict(by_stem), dict(by_word)


@lru_cache(maxsize=1024)
def _matches(value: str, *, of_names: bool) -> dict[str, list[Match]]:
    text = read(value)
    found: dict[str, list[Match]] = defaultdict(list)
    for keys, index in zip((text.stems, text.words), _index(of_names=of_names), strict=True):
        for position, start in chain(enumerate(keys), enumerate(pairwise(keys))):
            if start not in index:
                continue
            for pattern in index[start]:
                after = position + len(pattern.keys)
                if tuple(keys[position:after]) == pattern.keys and text.together(position, after - 1):
                    span = (text.spans[position][0], text.spans[after - 1][1])
                    found[pattern.name].append(Match(pattern.entry, position, after, span))
    return {name: _longest(matches) for name, matches in found.items()}


def _longest(matches: list[Match]) -> list[Match]:
    """Where two overlap, keep the longer one: "levier de vitesse" hides "levier"."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda each: (each.first, -each.after)):
        if not kept or match.first >= kept[-1].after:
            kept.append(match)
        elif match.after - match.first > kept[-1].after - kept[-1].first:
            kept[-1] = match
    return kept


def matches(value: str, name: str) -> list[Match]:
    """Return where the entries of the list `name` stand in `value`, in order and without overlap."""
    return _matches(value, of_names=name in _OF_NAMES).get(name, [])


def has(value: str, *names: str) -> bool:
    """Whether a word of one of the lists stands in `value`."""
    return any(matches(value, name) for name in names)


def forget() -> None:
    """Forget the texts already read: for measuring."""
    for kept in (_matches, numbers, read):
        kept.cache_clear()
