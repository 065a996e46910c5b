"""One measured figure and its goal."""

import operator
from dataclasses import dataclass
from typing import Any

_COMPARE = {"≤": operator.le, "≥": operator.ge}


@dataclass(frozen=True)
class Figure:
    """`goal` is written as "≤ 60" or "≥ 0.5"; "" for a figure that only gives the scale."""

    name: str
    value: float
    unit: str
    goal: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the value meets the goal; None without goal."""
        if not self.goal:
            return None
        sign, bound = self.goal.split()
        return bool(_COMPARE[sign](self.value, float(bound)))

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as JSON values."""
        return {
            "name": self.name,
            "value": round(self.value, 4),
            "unit": self.unit,
            "goal": self.goal,
            "reached": self.reached,
        }


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]
