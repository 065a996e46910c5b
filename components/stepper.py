"""The eight steps at the top of the editor."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from nicegui.element import Element

from models.guide import Step


class Stepper(Element, component="stepper.js"):
    """Says where one is and leads elsewhere."""

    def __init__(
        self,
        steps: Sequence[Step],
        *,
        current: str,
        remarked: Collection[str] = (),
        on_go: Callable[[str], Any],
    ) -> None:
        """Show `steps`; `remarked` are the keys of those with a remark of the committee."""
        super().__init__()
        self._props["steps"] = [
            {"key": step.key, "short": step.short, "number": step.number} for step in steps
        ]
        self._props["current"] = current
        self._props["done"] = []
        self._props["remarked"] = sorted(remarked)
        self._props["gaps"] = []
        self.on("go", lambda event: on_go(str(event.args)))

    def go(self, key: str) -> None:
        """Mark a step as the present one; any other key (such as the proposal) marks none."""
        self._props["current"] = key
        self.update()

    def tick(self, done: Collection[str]) -> None:
        """Tick the steps in which something is written."""
        if sorted(done) != self._props["done"]:
            self._props["done"] = sorted(done)
            self.update()

    def lack(self, steps: Collection[str]) -> None:
        """Mark the steps in which something keeps the fiche from being proposed."""
        if sorted(steps) != self._props["gaps"]:
            self._props["gaps"] = sorted(steps)
            self.update()
