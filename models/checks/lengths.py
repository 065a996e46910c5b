"""Lengths, in words, against the bounds that the guide in force gives to each field (C-06, C-10, C-15, C-17, C-28 …).

Out of the bounds by more than half, a text of the story is to be looked at again (guide 4.4). Nearer than that it is
advice of low rank, said once for the whole step.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models import guide
from models.checks.finding import Finding, Level, advice
from models.checks.text import read
from models.content import FicheContent

TOLERANCE = 0.15  # above a bound: a few words more are nobody's trouble
SHORT = 0.25  # below one: fewer words are even less so
HALF = 0.5  # of a bound (guide 4.4)
NAMED = 3  # texts named in one sentence

# The check that speaks of each field, and whether the text is part of the story: it is then to be looked at again.
_CHECKS = {
    "accroche": ("C-01", False),
    "card.mission": ("C-01", False),
    "constat.text": ("C-06", True),
    "needs.*": ("C-06", False),
    "response.text": ("C-06", True),
    "residents.text": ("C-10", True),
    "implementation.text": ("C-14", True),
    "implementation.means": ("C-16", False),
    "implementation.steering": ("C-16", False),
    "stages.*.title": ("C-15", False),
    "stages.*.text": ("C-15", False),
    "changes.people": ("C-17", True),
    "changes.centre": ("C-17", True),
    "changes.territory": ("C-17", True),
    "changes.figures.*.label": ("C-20", False),
    "voices.quotes.*.text": ("C-21", True),
    "success_factors.*": ("C-25", False),
    "attention_points.*.title": ("C-26", False),
    "attention_points.*.text": ("C-26", False),
    "summary": ("C-28", True),
}
_STAGE, _QUOTE = (
    "stages.*.text",
    "voices.quotes.*.text",
)  # a long stage has its own sentence; a quote may be short


@dataclass(frozen=True)
class _Off:
    """A text out of its bounds."""

    path: str
    words: int
    bound: int
    text: str

    @property
    def long(self) -> bool:
        return self.words > self.bound

    @property
    def share(self) -> float:
        """How far from the bound, as a share of it."""
        return abs(self.words - self.bound) / self.bound


def findings(content: FicheContent) -> Iterator[Finding]:
    """Yield the texts far out of their bounds one by one, the others together, step by step."""
    nearer: dict[tuple[str, bool], list[_Off]] = {}
    for off in _off(content):
        pattern = guide.pattern(off.path)
        check, story = _CHECKS[pattern]
        if story and off.share > HALF:
            key = "too_long" if off.long else "too_short"
            yield advice(check, off.path, key, rank=50, level=Level.REVIEW, words=off.words, bound=off.bound)
        elif pattern == _STAGE and off.long and off.share > HALF:
            said = off.text[:60]
            yield advice(
                check, off.path, "stage_long", rank=48, passage=said, words=off.words, bound=off.bound
            )
        elif off.share > (TOLERANCE if off.long else SHORT):
            nearer.setdefault((guide.step_of(off.path).key, off.long), []).append(off)
    for (_, long), found in nearer.items():
        yield _together(found, long=long)


def _off(content: FicheContent) -> Iterator[_Off]:
    for pattern in _CHECKS:
        bounds = guide.field(pattern)
        least, most = 0 if pattern in (_STAGE, _QUOTE) else bounds.min_words or 0, bounds.max_words
        for path, text in _at(content, pattern.split("."), ""):
            words = read(text).length
            if 0 < words < least:
                yield _Off(path, words, least, text)
            elif most and words > most:
                yield _Off(path, words, most, text)


def _at(value: object, names: list[str], prefix: str) -> Iterator[tuple[str, str]]:
    """Yield the texts at a pattern below `value`, each with its path."""
    if not names:
        yield prefix[:-1], str(value)
    elif names[0] == "*":
        items: Iterable[object] = value if isinstance(value, list) else ()
        for number, item in enumerate(items):
            yield from _at(item, names[1:], f"{prefix}{number}.")
    else:
        yield from _at(getattr(value, names[0]), names[1:], f"{prefix}{names[0]}.")


def _together(found: list[_Off], *, long: bool) -> Finding:
    """One sentence for all the texts of a step that are a little long, or a little short, the farthest first."""
    ordered = sorted(found, key=lambda off: -off.share)
    first = ordered[0]
    side = "long" if long else "short"
    named = " ; ".join(
        f"« {_named(off.path)} », {off.words} mots pour {off.bound}" for off in ordered[:NAMED]
    )
    return advice(
        _CHECKS[guide.pattern(first.path)][0],
        first.path,
        f"a_little_{side}" if len(found) == 1 else f"several_{side}",
        rank=24 if long else 22,
        passage="|".join(off.path for off in found),
        words=first.words,
        bound=first.bound,
        texts=named,
    )


def _named(path: str) -> str:
    """The label of a field, with its place in a list: "Ce qui s’est passé (2)"."""
    position = next((name for name in path.split(".") if name.isdigit()), "")
    return guide.field(path).label + (f" ({int(position) + 1})" if position else "")
