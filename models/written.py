"""What stands in the boxes of a fiche: its content and, beside it, the answers that could not be read yet.

A year "20x" or a text beyond the limit is no content, but somebody typed it: it is stored with the draft, shown again on
any device and to co-authors, and barred from the committee, until it can be read.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.content import FicheContent
from models.merge import Conflicts, merge, merge_value
from models.reading import Refusal, read, root_of, value_at

Unread = Mapping[str, Any]  # by path of a field or of a whole list: the JSON value as it was typed

MOST = 400_000  # characters of JSON kept of what could not be read, in one draft


@dataclass(frozen=True)
class Written:
    """The content of a draft and what could not be read of it."""

    content: FicheContent
    unread: Unread = field(default_factory=dict)

    def at(self, path: str) -> Any:
        """Return what the box or the list at `path` shows, as a JSON value."""
        return self.unread[path] if path in self.unread else value_at(self.content, path)

    def put(self, path: str, raw: Any) -> tuple["Written", list[Refusal]]:
        """Return this with `raw` in the box or the list at `path`, and what of it cannot be read.

        What cannot be read is kept in `unread`, unless there would be more than `MOST` of it.
        """
        content, refused = read(self.content, path, raw)
        unread = {known: value for known, value in self.unread.items() if known != path}
        if refused and len(json.dumps(unread | {path: raw})) <= MOST:
            unread[path] = raw
        return Written(content, unread), refused

    def refusals(self) -> list[Refusal]:
        """Return what cannot be read, field by field."""
        return [each for path, raw in self.unread.items() for each in read(self.content, path, raw)[1]]

    def document(self) -> dict[str, Any]:
        """Return all that the boxes show, as JSON values."""
        data = self.content.model_dump(mode="json")
        for path, raw in self.unread.items():
            *parents, last = path.split(".")
            node = data
            for key in parents:
                node = node[key]
            node[last] = raw
        return data


def merge_written(base: Written, mine: Written, theirs: Written) -> tuple[Written, Conflicts]:
    """Combine what `mine` and `theirs` changed since `base`, read or not; see `models.merge.merge`.

    Returns the result and, by path, the other side's version of what both changed.
    """
    merged = merge(base.content, mine.content, theirs.content)
    result, conflicts = Written(merged.content), merged.conflicts
    for path in sorted({*base.unread, *mine.unread, *theirs.unread}):
        value, clashes = merge_value(path, base.at(path), mine.at(path), theirs.at(path))
        result, _ = result.put(path, value)
        conflicts = {where: other for where, other in conflicts.items() if root_of(where) != path} | clashes
    return result, conflicts
