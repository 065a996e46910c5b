"""What is typed becomes content: numbers as people write them, what cannot be read kept out and named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from pydantic import BaseModel, ValidationError

from models import guide
from models.comparison import paired
from models.content import FicheContent

NUMBERS = frozenset({"card.founded", "card.budget", "implementation.cost", "residents.count"})
_EMPTY_IS_NONE = re.compile(r"(status|residents\.place|photos\.\d+\.(consent|licence))$")
_HOW_MANY = {
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
}
_ABOUT = (
    r"(?:environ|env\.?|à peu près|autour de|près de|presque|plus de|moins de|au moins|en|depuis|vers|~|≈)"
)
_UNIT = (  # what is counted changes nothing; "millions" or "k€" would
    r"(?:€|euros?|habitante?s?|habitant·es|personnes?|gens|participante?s?|bénévoles?|volontaires|membres|familles|"
    r"adultes|jeunes|enfants|femmes|hommes|voisine?s?|adhérente?s?)"
)
_FIGURES = re.compile(
    rf"(?:{_ABOUT} ?)?(?P<whole>\d{{1,3}}(?:[ .]\d{{3}}){{1,4}}|\d{{1,15}})(?:[.,](?P<cents>\d{{1,2}}))? ?(?:{_UNIT})?(?: environ)?",
    re.IGNORECASE,
)
_TENS = re.compile(
    rf"(?:{_ABOUT} )?une (?P<word>{'|'.join(_HOW_MANY)})(?: (?:de |d[’'])(?:{_UNIT}))?(?: environ)?",
    re.IGNORECASE,
)
_DAYS = ("consent_date", "consent_until")  # of a photo
_ROUNDS = 4  # an item without what it cannot do without shows only once its other faults are mended


@dataclass(frozen=True)
class Refusal:
    """A value that cannot be taken. `kind` is the type of the Pydantic error, or "day"; `limit` the bound it passes."""

    path: str
    kind: str
    limit: int | None = None
    of_text: bool = False  # the value is a text

    @property
    def too_long(self) -> bool:
        """Whether there is too much of it: letters of a text, items of a list."""
        return self.kind in ("string_too_long", "too_long")


def read(content: FicheContent, path: str, raw: Any) -> tuple[FicheContent, list[Refusal]]:
    """Return `content` with what was typed at `path`, a field or a list, and what of it could not be taken.

    What is refused keeps its former value (in a list: that of the same item, else none); everything else of the same
    list is taken. Unknown paths change nothing.
    """
    root = path.split(".")[0]
    data = {root: _plain(getattr(content, root))} if root in FicheContent.model_fields else {}
    if not _known(data, path):
        return content, []
    former = _get(data, path)
    _put(data, path, _read(path, raw))
    refused: dict[str, Refusal] = {}
    for _ in range(_ROUNDS):
        whole, found = _validated(content, data, path)
        if whole is not None:
            return whole, list(refused.values())
        refused = {each.path: each for each in found} | refused
        _mend(data, path, found, former)
    return content, list(refused.values())


def value_at(content: FicheContent, path: str) -> Any:
    """Return the JSON value at `path`; None if there is none."""
    node: Any = content
    for key in path.split("."):
        if isinstance(node, BaseModel):
            node = getattr(node, key) if key in type(node).model_fields else None
        elif isinstance(node, list) and key.isdigit() and int(key) < len(node):
            node = node[int(key)]
        else:
            return None
    return _plain(node)


def root_of(path: str) -> str:
    """Return the list that holds the field at `path`, or the path itself: a change in a list travels as the list."""
    return re.split(r"\.\d+(?:\.|$)", path)[0]


def _plain(node: Any) -> Any:
    if isinstance(node, BaseModel):
        return node.model_dump(mode="json")
    if isinstance(node, list):
        return [_plain(each) for each in node]
    return node.value if isinstance(node, Enum) else node


def _known(data: dict[str, Any], path: str) -> bool:
    """Whether `path` names a field of the guide or a list of such fields, in `data`."""
    try:
        guide.step_of(path)
    except KeyError:
        return False
    keys = path.split(".")
    parent = _get(data, ".".join(keys[:-1])) if len(keys) > 1 else data
    return isinstance(parent, dict) and keys[-1] in parent and not isinstance(parent[keys[-1]], dict)


def _read(path: str, raw: Any) -> Any:
    if path in NUMBERS:
        return _number(raw)
    if isinstance(raw, str) and raw == "" and _EMPTY_IS_NONE.search(path):
        return None
    if path == "photos" and isinstance(raw, list):
        return [
            {**item, **{name: item.get(name) or None for name in ("consent", "licence")}}
            if isinstance(item, dict)
            else item
            for item in raw
        ]
    return raw


def _number(raw: Any) -> Any:
    """Read "3 830 490", "3.830.490 €", "12,50", "environ 25 habitants" or "une vingtaine".

    What is no number, or more than one ("20-25", "3 millions"), comes back as it is, to be refused.
    """
    if not isinstance(raw, str):
        return raw
    text = " ".join(raw.split())
    if not text:
        return None
    if found := _TENS.fullmatch(text):
        return _HOW_MANY[found["word"].lower()]
    if found := _FIGURES.fullmatch(text):
        whole = re.sub(r"\D", "", found["whole"])
        return round(float(f"{whole}.{found['cents'] or 0}"))
    return raw


def _validated(
    content: FicheContent, data: dict[str, Any], path: str
) -> tuple[FicheContent | None, list[Refusal]]:
    """Return the document with the part in `data`, or what of the value at `path` keeps it from being one.

    The other parts are shared with `content`: a keystroke costs the reading of one part, not of all.
    """
    content = content.model_copy()
    try:
        for part, value in data.items():
            setattr(content, part, value)  # validated
    except ValidationError as error:
        return None, [_refusal(each) for each in error.errors()]
    days = _impossible_days(data) if path == "photos" else []
    return (None, days) if days else (content, [])


def _refusal(error: Any) -> Refusal:
    return Refusal(
        path=".".join(str(part) for part in error["loc"]),
        kind=error["type"],
        limit=(error.get("ctx") or {}).get("max_length"),
        of_text=isinstance(error["input"], str),
    )


def _impossible_days(data: Mapping[str, Any]) -> list[Refusal]:
    """Find the dates that no calendar has. The model lets them pass: fiches were stored with some before this was
    looked at, and must still open."""
    return [
        Refusal(f"photos.{number}.{name}", "day", of_text=True)
        for number, photo in enumerate(data["photos"])
        for name in _DAYS
        if photo.get(name) and not is_day(photo[name])
    ]


def is_day(text: str) -> bool:
    """Whether `text` is a date of the calendar, as YYYY-MM-DD."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


# --- mending --------------------------------------------------------------------------------------------------------


def _mend(data: dict[str, Any], path: str, found: list[Refusal], former: Any) -> None:
    """Put something that can be read in the place of what was refused of the value at `path`."""
    inside = [each for each in found if each.path.startswith(path + ".")]
    if len(inside) < len(found):  # the value itself, or a list with too many items
        _put(data, path, former)
        return
    items = list(_get(data, path))  # what was typed stays as it was
    known = {now: former[was] for was, now in paired(former, items)}
    hopeless = {_mend_item(items, each, path, known) for each in inside}
    _put(data, path, [item for number, item in enumerate(items) if number not in hopeless])


def _mend_item(items: list[Any], refusal: Refusal, path: str, known: Mapping[int, Any]) -> int | None:
    """Mend one item of a list; return its position when it can only be left out. `known` are former items."""
    position, _, name = refusal.path.removeprefix(path + ".").partition(".")
    number = int(position)
    item, before = items[number], known.get(number)
    if not name:
        if not (refusal.of_text and refusal.too_long):
            return number
        items[number] = before if isinstance(before, str) else ""
    elif name not in item:
        return number  # it lacks something that it cannot do without
    elif refusal.kind != "day" and isinstance(before, dict) and before.get(name) != item[name]:
        items[number] = item | {name: before[name]} if name in before else _without(item, name)
    else:
        items[number] = _without(item, name)  # the model's default stands
    return None


def _without(item: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != name}


def _get(data: Any, path: str) -> Any:
    for key in path.split("."):
        if isinstance(data, dict):
            data = data.get(key)
        elif isinstance(data, list) and key.isdigit() and int(key) < len(data):
            data = data[int(key)]
        else:
            return None
    return data


def _put(data: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    node = _get(data, ".".join(parents)) if parents else data
    node[last] = value
