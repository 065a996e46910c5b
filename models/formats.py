"""The ways to write a fiche in one sitting (guide 4.3): alone, in pairs, in a workshop, and the course of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from models import guide


@dataclass(frozen=True)
class Part:
    """One stretch of a sitting: a step of the guide, or another moment (a break, reading aloud)."""

    title: str
    minutes: int
    step: guide.Step | None = None


@dataclass(frozen=True)
class Format:
    """A way to write. Its minutes follow those of the steps, which an administrator may change."""

    key: str
    title: str
    who: str
    lead: str
    unfolding: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def minutes(self) -> int:
        """How long it takes in all."""
        return sum(part.minutes for part in self.parts)

    @property
    def aloud(self) -> bool:
        """Whether the questions are asked aloud."""
        return self.key == "deux"


def formats() -> tuple[Format, ...]:
    """Return the ways to write, the simplest first."""
    return tuple(
        Format(
            key=row["key"],
            title=row["title"],
            who=row["who"],
            lead=row["lead"],
            unfolding=tuple(row["unfolding"]),
            parts=tuple(part for each in row["parts"] for part in _parts(each)),
        )
        for row in guide.format_rows()
    )


def format_called(key: str) -> Format:
    """Return a way to write; KeyError if there is none of that name."""
    for each in formats():
        if each.key == key:
            return each
    raise KeyError(key)


def _parts(row: dict[str, object]) -> list[Part]:
    minutes = row.get("minutes")
    if "steps" not in row:
        return [Part(str(row["title"]), int(str(minutes)))]
    steps = [guide.step(key) for key in row["steps"]]  # type: ignore[attr-defined]
    shares = [step.minutes for step in steps]
    if minutes is not None:
        shares = shared(int(str(minutes)), shares)
    return [Part(step.title, share, step) for step, share in zip(steps, shares, strict=True)]


def shared(total: int, weights: Sequence[int]) -> list[int]:
    """Cut `total` minutes in whole parts proportional to `weights`; the parts add up to `total`."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(share) for share in exact]
    # The largest remainders get the minutes that rounding down left.
    for index in sorted(range(len(exact)), key=lambda n: parts[n] - exact[n])[: total - sum(parts)]:
        parts[index] += 1
    return parts
