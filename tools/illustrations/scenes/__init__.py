"""All the scenes, by the name of their picture."""

from __future__ import annotations

from collections.abc import Callable

from tools.illustrations.scenes import (
    citizens,
    families,
    gardens,
    gatherings,
    homes,
    learning,
    making,
    outings,
    stages,
    streets,
    youth,
)
from tools.illustrations.sheet import Sheet

_MODULES = (citizens, families, gardens, gatherings, homes, learning, making, outings, stages, streets, youth)

SCENES: dict[str, Callable[[], Sheet]] = {
    name.replace("_", "-"): draw
    for module in _MODULES
    for name, draw in vars(module).items()
    if getattr(draw, "__module__", "") == module.__name__ and not name.startswith("_")
}
