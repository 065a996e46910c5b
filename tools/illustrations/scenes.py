"""All the scenes, by name."""

from __future__ import annotations

from collections.abc import Callable

from tools.illustrations import (
    scenes_city,
    scenes_green,
    scenes_home,
    scenes_square,
    scenes_stage,
    scenes_table,
)
from tools.illustrations.sheet import Sheet

SCENES: dict[str, Callable[[], Sheet]] = {
    name.replace("_", "-"): draw
    for module in (scenes_city, scenes_green, scenes_home, scenes_square, scenes_stage, scenes_table)
    for name, draw in vars(module).items()
    if getattr(draw, "__module__", "") == module.__name__ and callable(draw) and not name.startswith("_")
}
