"""Three-way merge of two versions of a fiche's content, so that two people (or two tabs) never erase each other.

What each side changed since their common base is kept. Fields merge one by one. The items of a list are followed
through moves, additions and removals. In one text, the passages that two people changed are merged sentence by sentence
as long as they did not touch the same one (`sentences`). Where both changed the same passage, both versions come back:
nobody's words are dropped.

A CRDT (pycrdt with Yjs in the browser) was considered for texts. It merges the same sentence typed twice letter by letter
into one that nobody wrote, cannot refuse a value, wants its own history stored beside the document and about 90 kB of
script in an editor that must stay light. A soft lock on the field being written, and this merge for the races that
remain, say the same thing in words that people understand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from pydantic import ValidationError

from models.content import FicheContent

Conflicts = dict[str, Any]

# Lists written in one control: their items are never changed, only added and removed.
CHOICES = frozenset(
    {"themes", "publics", "residents.initiative", "implementation.partners", "implementation.funders"}
)
SIMILAR = 0.5  # share of common words from which two items are taken for one that was rewritten
COMPARED = (
    40_000  # pairs of sentences at most: beyond (texts as long as a book's chapter), one change is seen
)
_BREAK = re.compile(r"(\n+|(?<=[.!?…»])\s+)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Merged:
    """The result. `conflicts` maps the path of each part changed on both sides to the other side's value."""

    content: FicheContent
    conflicts: Conflicts


def merge(base: FicheContent, mine: FicheContent, theirs: FicheContent) -> Merged:
    """Combine what `mine` and `theirs` changed since `base`; where both changed the same passage, keep `mine`.

    Paths of conflicts are those of the result.
    """
    conflicts: Conflicts = {}
    ours, others = mine.model_dump(mode="json"), theirs.model_dump(mode="json")
    merged = _merge(base.model_dump(mode="json"), ours, others, "", conflicts)
    _one_cover(merged, ours, others)
    while True:
        try:
            return Merged(FicheContent.model_validate(merged), conflicts)
        except ValidationError as error:
            # Together they are too many or too long: one side only, the other beside it.
            root = _root(error.errors()[0]["loc"])
            merged = _put(merged, root, _at(ours, root))
            conflicts = {
                path: value
                for path, value in conflicts.items()
                if path != root and not path.startswith(root + ".")
            }
            conflicts[root] = _at(others, root)


def merge_value(path: str, base: Any, mine: Any, theirs: Any) -> tuple[Any, Conflicts]:
    """Merge the JSON values of one field or list; see `merge`."""
    conflicts: Conflicts = {}
    return _merge(base, mine, theirs, path, conflicts), conflicts


def _merge(base: Any, mine: Any, theirs: Any, path: str, conflicts: Conflicts) -> Any:
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    if isinstance(mine, dict) and isinstance(theirs, dict) and isinstance(base, dict):
        keys = {**mine, **theirs}
        return {
            key: _merge(base.get(key), mine.get(key), theirs.get(key), f"{path}.{key}".lstrip("."), conflicts)
            for key in keys
        }
    if isinstance(mine, list) and isinstance(theirs, list):
        return _merge_lists(base if isinstance(base, list) else [], mine, theirs, path, conflicts)
    if isinstance(mine, str) and isinstance(theirs, str) and isinstance(base, str):
        together = merge_texts(base, mine, theirs)
        if together is not None:
            return together
    conflicts[path] = theirs
    return mine


# --- texts ----------------------------------------------------------------------------------------------------------


def sentences(text: str) -> list[str]:
    """Cut a text into sentences and what separates them; joined, they give the text again."""
    return [piece for piece in _BREAK.split(text) if piece]


def merge_texts(base: str, mine: str, theirs: str) -> str | None:
    """Return a text with the changes of both sides; None if they touch the same sentence or the same place."""
    start = sentences(base)
    ours, others = _changes(start, sentences(mine)), _changes(start, sentences(theirs))
    others = [change for change in others if change not in ours]
    if any(_clash(one, other) for one in ours for other in others):
        return None
    pieces, place = [], 0
    for low, high, new in sorted([*ours, *others], key=lambda change: change[:2]):
        pieces += start[place:low] + new
        place = high
    pieces += start[place:]
    together = "".join(pieces)
    return together if sentences(together) == pieces else None  # two sentences must not grow into one


Change = tuple[int, int, list[str]]  # from, to (positions in the base), what stands there instead


def _changes(base: list[str], side: list[str]) -> list[Change]:
    """Return what `side` changed; comparing takes the product of what is left between their common ends."""
    start = _alike_at_start(base, side)
    end = _alike_at_start(base[start:][::-1], side[start:][::-1])
    old, new = base[start : len(base) - end], side[start : len(side) - end]
    if len(old) * len(new) > COMPARED:
        return [(start, start + len(old), new)]
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(start + low, start + high, new[i:j]) for kind, low, high, i, j in found if kind != "equal"]


def _alike_at_start(one: list[str], other: list[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _clash(one: Change, other: Change) -> bool:
    """Whether two changes touch the same sentence, or add at the same place."""
    overlap = one[0] < other[1] and other[0] < one[1]
    return overlap or one[:2] == other[:2]


# --- lists ----------------------------------------------------------------------------------------------------------

Token = tuple[str, int]  # ("base", position in the base), ("mine", …) or ("theirs", …) for what was added


def _merge_lists(
    base: list[Any], mine: list[Any], theirs: list[Any], path: str, conflicts: Conflicts
) -> list[Any]:
    pair = _equal_items if path in CHOICES else _same_items
    in_mine, in_theirs = pair(base, mine), pair(base, theirs)
    my_order, their_order = _tokens("mine", mine, in_mine), _tokens("theirs", theirs, in_theirs)
    their_order = [_twin(token, my_order, mine, theirs) for token in their_order]
    merged: list[Any] = []
    for kind, number in _order(my_order, their_order):
        if kind == "mine":
            merged.append(mine[number])
        elif kind == "theirs":
            merged.append(theirs[number])
        elif number in in_mine and number in in_theirs:
            versions = base[number], mine[in_mine[number]], theirs[in_theirs[number]]
            merged.append(_merge(*versions, f"{path}.{len(merged)}", conflicts))
        else:
            # Removed by one side: gone, unless the other one was writing in it. A picture stays away all the same
            # (somebody may have asked for it), and the other version of the list is offered.
            left = mine[in_mine[number]] if number in in_mine else theirs[in_theirs[number]]
            if left != base[number] and not _is_picture(left):
                merged.append(left)
            elif left != base[number]:
                conflicts[path] = theirs if number in in_theirs else mine
    return merged


def _tokens(side: str, items: list[Any], pairs: dict[int, int]) -> list[Token]:
    known = {position: number for number, position in pairs.items()}
    return [("base", known[n]) if n in known else (side, n) for n in range(len(items))]


def _twin(token: Token, my_order: list[Token], mine: list[Any], theirs: list[Any]) -> Token:
    """Return the addition of mine that is the very same thing as this one of theirs (two blank items are two)."""
    item = theirs[token[1]] if token[0] == "theirs" else None
    same = [one for one in my_order if one[0] == "mine" and mine[one[1]] == item and _words(item)]
    return same[0] if same else token


def _order(mine: list[Token], theirs: list[Token]) -> Iterator[Token]:
    """Follow the side that moved items (mine if both did), each addition of the other after what it followed there."""
    kept = [number for kind, number in mine if kind == "base"]
    lead, other = (theirs, mine) if kept == sorted(kept) else (mine, theirs)
    placed = list(dict.fromkeys(lead))
    for position, token in enumerate(other):
        if token in placed:
            continue
        before = [placed.index(known) for known in other[:position] if known in placed]
        place = before[-1] + 1 if before else 0
        while place < len(placed) and placed[place][0] == "theirs" and token[0] == "mine":
            place += 1  # what is stored already comes first
        placed.insert(place, token)
    yield from placed


def _equal_items(base: list[Any], side: list[Any]) -> dict[int, int]:
    """Pair each item of the base with an equal one of the side, at the same position if possible."""
    pairs = {n: n for n, item in enumerate(base) if n < len(side) and side[n] == item}
    free = [n for n in range(len(side)) if n not in pairs]
    for number, item in enumerate(base):
        if number not in pairs:
            found = next((n for n in free if side[n] == item), None)
            if found is not None:
                pairs[number] = found
                free.remove(found)
    return pairs


def _same_items(base: list[Any], side: list[Any]) -> dict[int, int]:
    """Pair each item of the base with what it has become: equal, else alike, else rewritten at the same position."""
    pairs = _equal_items(base, side)

    def free() -> tuple[list[int], list[int]]:
        taken = set(pairs.values())
        return [n for n in range(len(base)) if n not in pairs], [
            n for n in range(len(side)) if n not in taken
        ]

    olds, news = free()
    scores = sorted(
        ((_alike(base[old], side[new]), -abs(old - new), old, new) for old in olds for new in news),
        reverse=True,
    )
    for score, _, old, new in scores:
        if score >= SIMILAR and old not in pairs and new not in pairs.values():
            pairs[old] = new
    olds, news = free()
    if len(base) == len(side):
        pairs |= {n: n for n in olds if n in news and not _other_picture(base[n], side[n])}
    return pairs


def _alike(old: Any, new: Any) -> float:
    """Return how likely two items are one thing, 0 to 1. A text that describes a picture never lands on another."""
    if isinstance(old, dict) and isinstance(new, dict) and _is_picture(old):
        return float(old["media"] == new.get("media"))
    one, other = _words(old), _words(new)
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _is_picture(item: Any) -> bool:
    return isinstance(item, dict) and "media" in item


def _other_picture(old: Any, new: Any) -> bool:
    return isinstance(old, dict) and isinstance(new, dict) and old.get("media") != new.get("media")


def _words(item: Any) -> set[str]:
    if isinstance(item, str):
        return set(_WORD.findall(item.lower()))
    return {word for value in item.values() for word in _words(value)} if isinstance(item, dict) else set()


# --- the document ---------------------------------------------------------------------------------------------------


def _one_cover(merged: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Two people chose two covers: mine stays."""
    covers = [photo for photo in merged["photos"] if photo["cover"]]
    chosen = [photo["media"] for photo in mine["photos"] if photo["cover"]]
    if len(covers) > max(1, len(chosen), sum(photo["cover"] for photo in theirs["photos"])):
        keep = next((photo for photo in covers if photo["media"] in chosen), covers[0])
        merged["photos"] = [photo | {"cover": photo is keep} for photo in merged["photos"]]


def _root(place: tuple[int | str, ...]) -> str:
    """Return the path of the field at `place`, or of the list that holds it."""
    first = next((n for n, key in enumerate(place) if isinstance(key, int)), len(place))
    return ".".join(str(key) for key in place[:first])


def _at(data: Any, path: str) -> Any:
    for key in path.split("."):
        data = data[key]
    return data


def _put(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    key, _, rest = path.partition(".")
    return data | {key: _put(data[key], rest, value) if rest else value}
