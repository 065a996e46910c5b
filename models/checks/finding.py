"""What a check finds: where, how serious, in which words, and how useful it is to say it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

from models import guide

Span = tuple[int, int]  # start and end, in characters of the field's value

PREVIEW = "preview"  # stands for a path where a finding concerns the look of the whole fiche
_PREVIEW_STEP = "finish"


class Level(IntEnum):
    """How serious: what blocks a proposal, what should be looked at again, what is only advice (guide 4.4)."""

    BLOCKING = 1
    REVIEW = 2
    ADVICE = 3


@dataclass(frozen=True)
class Finding:
    """Something missing, doubtful or better said otherwise, at a field."""

    check: str  # as the guide numbers it: "C-07", "L-4"
    path: str  # in FicheContent, e.g. "photos.0.alt"
    key: str  # of the sentence in the guide
    level: Level
    values: tuple[tuple[str, str], ...] = ()  # what the sentence says in its braces
    spans: tuple[Span, ...] = ()  # the passages concerned
    passage: str = ""  # what they say: advice that was set aside comes back when this changes
    suggestion: str = ""  # other words for the passage
    link: str = ""  # an address to look at
    rank: int = field(
        default=50, compare=False
    )  # usefulness, 0 to 100: the most useful advice is shown first

    @property
    def blocking(self) -> bool:
        """Whether the fiche cannot be proposed with it."""
        return self.level is Level.BLOCKING

    @property
    def message(self) -> str:
        """The French sentence."""
        return guide.message(self.key).format(**dict(self.values))

    @property
    def label(self) -> str:
        """The exact label of the field."""
        return guide.message("label_preview") if self.path == PREVIEW else guide.field(self.path).label

    @property
    def step(self) -> guide.Step:
        """The step in which to mend it."""
        return guide.step(_PREVIEW_STEP) if self.path == PREVIEW else guide.step_of(self.path)

    @cached_property
    def ignore_key(self) -> str:
        """Name of this advice among those set aside: it changes when the passage changes, not when it moves."""
        print_ = hashlib.sha256(f"{self.key}|{self.passage}".encode()).hexdigest()[:12]
        return f"{self.check}|{guide.pattern(self.path)}|{print_}"


def advice(
    check: str,
    path: str,
    key: str,
    *,
    rank: int,
    text: str = "",
    spans: Sequence[Span] = (),
    passage: str = "",
    suggestion: str = "",
    link: str = "",
    level: Level = Level.ADVICE,
    **values: object,
) -> Finding:
    """Return a finding; the passage is what `spans` cover in `text` unless given."""
    said = passage or "…".join(dict.fromkeys(text[start:end] for start, end in spans)).casefold()
    return Finding(
        check,
        path,
        key,
        level,
        tuple((name, str(value)) for name, value in values.items()),
        tuple(spans),
        said,
        suggestion,
        link,
        rank,
    )
