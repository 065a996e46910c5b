"""Three-way merge of two versions of a fiche's content, so that two people (or two tabs) never erase each other."""

from dataclasses import dataclass
from typing import Any

from models.content import FicheContent


@dataclass(frozen=True)
class Merged:
    """The result. `conflicts` maps the path of each part changed on both sides to the other side's value."""

    content: FicheContent
    conflicts: dict[str, Any]


def merge(base: FicheContent, mine: FicheContent, theirs: FicheContent) -> Merged:
    """Combine what `mine` and `theirs` changed since `base`; where both changed the same part, keep `mine`.

    A part is a single field, at any depth of the named blocks; a list counts as one part unless both sides
    kept its length and order, in which case its items are merged one by one.
    """
    conflicts: dict[str, Any] = {}
    merged = _merge(
        base.model_dump(mode="json"),
        mine.model_dump(mode="json"),
        theirs.model_dump(mode="json"),
        "",
        conflicts,
    )
    return Merged(FicheContent.model_validate(merged), conflicts)


def _merge(base: Any, mine: Any, theirs: Any, path: str, conflicts: dict[str, Any]) -> Any:
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    if (
        isinstance(mine, dict)
        and isinstance(theirs, dict)
        and isinstance(base, dict)
        and _same_picture(mine, theirs)
    ):
        keys = {**mine, **theirs}
        return {
            key: _merge(base.get(key), mine.get(key), theirs.get(key), f"{path}.{key}".lstrip("."), conflicts)
            for key in keys
        }
    if isinstance(mine, list) and isinstance(theirs, list) and _aligned(base, mine, theirs):
        return [
            _merge(*versions, f"{path}.{number}", conflicts)
            for number, versions in enumerate(zip(base, mine, theirs, strict=True))
        ]
    conflicts[path] = theirs
    return mine


def _aligned(base: Any, mine: list[Any], theirs: list[Any]) -> bool:
    """Whether the same position is the same item on all sides."""
    same_length = isinstance(base, list) and len(mine) == len(theirs) == len(base)
    return same_length and not _moved(base, mine) and not _moved(base, theirs)


def _moved(base: list[Any], side: list[Any]) -> bool:
    """Whether `side` put the items of `base` in another order: positions then no longer say which item is which."""
    return side != base and all(item in base for item in side) and all(item in side for item in base)


def _same_picture(mine: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Whether both describe the same picture (or none): a text that describes one must not land on another."""
    return bool(mine.get("media") == theirs.get("media"))
