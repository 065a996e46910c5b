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
    kept its length, in which case its items are merged one by one.
    """
    conflicts: dict[str, Any] = {}
    merged = _merge(base.model_dump(mode="json"), mine.model_dump(mode="json"), theirs.model_dump(mode="json"), "", conflicts)
    return Merged(FicheContent.model_validate(merged), conflicts)


def _merge(base: Any, mine: Any, theirs: Any, path: str, conflicts: dict[str, Any]) -> Any:
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
    if isinstance(mine, list) and isinstance(theirs, list) and isinstance(base, list):
        if len(mine) == len(theirs) == len(base):
            return [
                _merge(*versions, f"{path}.{number}", conflicts)
                for number, versions in enumerate(zip(base, mine, theirs, strict=True))
            ]
    conflicts[path] = theirs
    return mine
