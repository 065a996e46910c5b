"""What differs between two versions of a fiche: field by field in the order of the guide, word by word in its texts."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import zip_longest
from typing import Any, Literal

from models import guide
from models.content import FicheContent

Kind = Literal["same", "removed", "added"]
SAME: Kind = "same"
REMOVED: Kind = "removed"
ADDED: Kind = "added"

# "l’" and "eau" are two tokens, "porte-à-porte" and "1 200" one each, every other sign is a token of its own.
_TOKEN = re.compile(r"\d+(?:[\u00a0\u202f.,]\d+)*%?|\w+(?:[-‑]\w+)*[’']?|[^\w\s]")
_SENTENCE = re.compile(r"[^.!?…\n]*[.!?…\n]+\s*|[^.!?…\n]+$")
_MOST = 25_000_000  # pairs of tokens: two texts of 25,000 characters are compared word by word
_ISLAND = 3  # letters: a shorter word alone between two rewritten passages belongs to them
_ALIKE = 0.4  # from 0 to 1: two items that share as many of their words are one item, rewritten


@dataclass(frozen=True)
class Piece:
    """A part of a text: in both versions, in the first only (removed) or in the second only (added)."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Item:
    """An item of a list that is not as it was. Positions count from 0; None on the side where it does not exist."""

    was: int | None
    now: int | None
    before: Any
    after: Any
    moved: bool = False
    pieces: tuple[Piece, ...] = ()  # of an item that is a text
    changes: tuple["Change", ...] = ()  # of an item that has fields


@dataclass(frozen=True)
class Change:
    """A field whose value differs, as JSON values. A text has `pieces`, a list has `items`."""

    path: str
    before: Any
    after: Any
    pieces: tuple[Piece, ...] = ()
    items: tuple[Item, ...] = ()


def compare(before: FicheContent, after: FicheContent) -> list[Change]:
    """Return the fields that differ, in the order of the guide's steps; an empty list if the two are equal."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    found = []
    for path in _paths():
        first, second = value_at(old, path), value_at(new, path)
        if first != second:
            found.append(_change(path, first, second))
    return found


def compare_texts(before: str, after: str) -> tuple[Piece, ...]:
    """Compare two texts word by word.

    The pieces that are not `added`, joined, are `before` to the letter; those that are not `removed` are `after`.
    """
    if before == after:
        return (Piece(SAME, before),) if before else ()
    return tuple(_joined(_words(before, after)))


def taken_back(content: FicheContent, source: FicheContent, path: str) -> FicheContent:
    """Return `content` with the field at `path` (as given by `compare`) as it is in `source`; KeyError if unknown."""
    if path not in _paths():
        raise KeyError(path)
    data = content.model_dump(mode="json")
    *parents, last = path.split(".")
    node = data
    for key in parents:
        node = node[key]
    node[last] = value_at(source.model_dump(mode="json"), path)
    return FicheContent.model_validate(data)


def value_at(data: Any, path: str) -> Any:
    """Return the value at a dotted path of named parts in a JSON document."""
    for key in path.split("."):
        data = data[key]
    return data


@cache
def _paths() -> tuple[str, ...]:
    """Every field: those of the guide in its order, then what the guide does not ask for."""
    known = tuple(dict.fromkeys(path for step in guide.steps() for path in step.fields))
    others = tuple(path for path in _leaves(FicheContent().model_dump(mode="json")) if path not in known)
    return known + others


def _leaves(data: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield prefix + key


def _change(path: str, before: Any, after: Any) -> Change:
    if isinstance(before, list) and isinstance(after, list):
        return Change(path, before, after, items=tuple(_items(path, before, after)))
    if isinstance(before, str) and isinstance(after, str):
        return Change(path, before, after, pieces=compare_texts(before, after))
    return Change(path, before, after)


def taken_away(before: Any, after: Any) -> int:
    """Return how many characters of the JSON value `before` are no more in `after`; moving an item takes nothing away.

    Quick rather than exact (it is asked at every save): of a text, what stood between the unchanged start and end.
    """
    if before == after:
        return 0
    if isinstance(before, dict) and isinstance(after, dict):
        return sum(taken_away(value, after.get(key)) for key, value in before.items())
    if isinstance(before, list) and isinstance(after, list):
        gone = [item for item in before if item not in after]
        came = [item for item in after if item not in before]
        return sum(taken_away(*pair) for pair in zip_longest(gone, came[: len(gone)]))
    if isinstance(before, str):
        other = after if isinstance(after, str) else ""
        head = _common(before, other)
        return len(before) - head - _common(before[head:][::-1], other[head:][::-1])
    if isinstance(before, dict | list):
        return sum(
            taken_away(value, None) for value in (before.values() if isinstance(before, dict) else before)
        )
    return 0


def _common(one: Sequence[Any], other: Sequence[Any]) -> int:
    """Return how far two sequences are the same from their start."""
    least = min(len(one), len(other))
    return next((place for place in range(least) if one[place] != other[place]), least)


# --- lists ------------------------------------------------------------------------------------------------------


def _items(path: str, before: list[Any], after: list[Any]) -> Iterator[Item]:
    """Yield the items that are not as they were: in their present order, those that went away at their old place."""
    pairs = paired(before, after)
    now_of = dict(pairs)
    was_of = {now: was for was, now in pairs}
    still = set(_in_order([was_of[now] for now in sorted(was_of)]))
    gone = [was for was in range(len(before)) if was not in now_of]
    for now, value in enumerate(after):
        was = was_of.get(now)
        if was is None:
            yield Item(None, now, None, value)
            continue
        while gone and gone[0] < was:
            yield Item(gone[0], None, before[gone.pop(0)], None)
        moved = was not in still
        if moved or before[was] != value:
            yield _item(path, was, now, before[was], value, moved)
    for was in gone:
        yield Item(was, None, before[was], None)


def _item(path: str, was: int, now: int, before: Any, after: Any, moved: bool) -> Item:
    if isinstance(before, dict):
        changes = tuple(
            _change(f"{path}.{now}.{key}", before[key], after[key])
            for key in after
            if before[key] != after[key]
        )
        return Item(was, now, before, after, moved, changes=changes)
    pieces = compare_texts(before, after) if before != after else ()
    return Item(was, now, before, after, moved, pieces=pieces)


def paired(before: Sequence[Any], after: Sequence[Any]) -> list[tuple[int, int]]:
    """Say which item became which, as (position before, position after): equal ones first, then the most alike."""
    left, right = dict(enumerate(before)), dict(enumerate(after))
    pairs = []

    def pair(was: int, now: int) -> None:
        pairs.append((was, now))
        del left[was], right[now]

    for was in range(len(before)):
        same = [now for now, value in right.items() if value == before[was]]
        if same:
            pair(was, was if was in same else same[0])
    scores = sorted(
        (
            (-_likeness(old, new), abs(was - now), was, now)
            for was, old in left.items()
            for now, new in right.items()
        ),
    )
    for score, _, was, now in scores:
        if -score >= _ALIKE and was in left and now in right:
            pair(was, now)
    for place in [place for place in left if place in right]:
        if not _texts(left[place]) or not _texts(right[place]):  # an item just added, then filled
            pair(place, place)
    return sorted(pairs)


def _likeness(one: Any, other: Any) -> float:
    """From 0 to 1: how far two items are the same one. A picture is known by its file, the rest by its words."""
    if isinstance(one, dict) and "media" in one:
        return 1.0 if isinstance(other, dict) and one["media"] == other.get("media") else 0.0
    first, second = _bag(one), _bag(other)
    least = min(first.total(), second.total())
    if not least:
        return 0.0
    common = (first & second).total()
    share = 2 * common / (first.total() + second.total())
    return max(share, common / least * 0.9 if least > 1 else 0.0)


def _bag(item: Any) -> Counter[str]:
    return Counter(token.lower() for text in _texts(item) for token in re.findall(r"\w+", text))


def _texts(item: Any) -> list[str]:
    if isinstance(item, dict):
        return [value for value in item.values() if isinstance(value, str) and value.strip()]
    return [item] if isinstance(item, str) and item.strip() else []


def _in_order(values: Sequence[int]) -> list[int]:
    """Return a longest increasing subsequence: the items that kept their order, the others moved."""
    tops: list[int] = []  # the smallest end of an increasing run of each length
    ends: list[int] = []  # its place in `values`
    before: list[int] = []
    for place, value in enumerate(values):
        length = bisect_left(tops, value)
        before.append(ends[length - 1] if length else -1)
        if length == len(tops):
            tops.append(value)
            ends.append(place)
        else:
            tops[length], ends[length] = value, place
    found = []
    place = ends[-1] if ends else -1
    while place >= 0:
        found.append(values[place])
        place = before[place]
    return found[::-1]


# --- words ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Word:
    """A token and the spaces that follow it."""

    text: str
    spaces: str = ""


def _split(text: str) -> list[_Word]:
    """Cut a text into tokens; joined with their spaces they are the text. Spaces at the start follow an empty token."""
    starts = [match.start() for match in _TOKEN.finditer(text)]
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
    found = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        token = text[start:end]
        bare = token.rstrip()
        found.append(_Word(bare, token[len(bare) :]))
    return found


def _words(before: str, after: str) -> Iterator[Piece]:
    old, new = _split(before), _split(after)
    if len(old) * len(new) > _MOST:
        yield from _by_sentence(before, after)
        return
    for same, first, second in _tidied(list(_runs([w.text for w in old], [w.text for w in new])), old, new):
        left, right = old[slice(*first)], new[slice(*second)]
        if same:
            for one, other in zip(left, right, strict=True):
                yield Piece(SAME, one.text)
                yield from _spaces(one.spaces, other.spaces)
        else:
            yield Piece(REMOVED, "".join(word.text + word.spaces for word in left))
            yield Piece(ADDED, "".join(word.text + word.spaces for word in right))


def _by_sentence(before: str, after: str) -> Iterator[Piece]:
    """Very long texts: whole sentences first, then the words of those that changed."""
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    for same, first, second in _runs(old, new):
        left, right = "".join(old[slice(*first)]), "".join(new[slice(*second)])
        if same:
            yield Piece(SAME, left)
        elif len(left) < len(before) and len(right) < len(after):
            yield from _words(left, right)
        else:
            yield Piece(REMOVED, left)
            yield Piece(ADDED, right)


def _spaces(one: str, other: str) -> Iterator[Piece]:
    if one == other:
        yield Piece(SAME, one)
    else:
        yield Piece(REMOVED, one)
        yield Piece(ADDED, other)


Span = tuple[int, int]
Run = tuple[bool, Span, Span]  # whether it is the same, where in the first, where in the second


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """Yield the runs of two sequences, in order, equal and different ones in turn."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    if head:
        yield True, (0, head), (0, head)
    matcher = SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield tag == "equal", (head + a, head + b), (head + c, head + d)
    if tail:
        yield True, (len(old) - tail, len(old)), (len(new) - tail, len(new))


def _tidied(runs: list[Run], old: Sequence[_Word], new: Sequence[_Word]) -> Iterator[Run]:
    """Join rewritten passages that only a comma or a very short word separates: that reads better."""
    kept: list[Run] = []
    for place, run in enumerate(runs):
        if kept and not kept[-1][0] and not (run[0] and not _is_island(runs, place, old)):
            before = kept.pop()
            kept.append((False, (before[1][0], run[1][1]), (before[2][0], run[2][1])))
        else:
            kept.append(run)
    yield from kept


def _is_island(runs: list[Run], place: int, old: Sequence[_Word]) -> bool:
    if place in (0, len(runs) - 1):
        return False
    around = [end - start for _, *spans in (runs[place - 1], runs[place + 1]) for start, end in spans]
    if not all(around) or sum(around) < 6:
        return False  # something was only added or only removed there, or a word or two
    start, end = runs[place][1]
    words = old[start:end]
    letters = sum(map(str.isalnum, "".join(word.text for word in words)))
    return letters <= _ISLAND and not any("\n" in word.spaces for word in words)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours: between two passages that stayed, all that went, then all that came."""
    waiting: dict[Kind, str] = {SAME: "", REMOVED: "", ADDED: ""}
    for piece in pieces:
        other_kinds = (REMOVED, ADDED) if piece.kind == SAME else (SAME,)
        if piece.text and any(waiting[kind] for kind in other_kinds):
            yield from _flushed(waiting)
        waiting[piece.kind] += piece.text
    yield from _flushed(waiting)


def _flushed(waiting: dict[Kind, str]) -> Iterator[Piece]:
    for kind, text in waiting.items():
        if text:
            yield Piece(kind, text)
            waiting[kind] = ""
