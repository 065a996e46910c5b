"""Who writes the fiche with me: names and places in a line under the bar of the editor, and two doors beside."""

from collections.abc import Callable, Sequence
from typing import Any

from nicegui.element import Element


class CompanyStrip(Element, component="company.js"):
    """Says who is here; opens "Écrire à plusieurs" and "Demander de l’aide"."""

    def __init__(self, *, helps: bool, on_company: Callable[[], Any], on_help: Callable[[], Any]) -> None:
        """`helps`: whether asking for help is offered."""
        super().__init__()
        self._props["mates"] = []
        self._props["helps"] = helps
        self.on("company", lambda: on_company(), args=[])
        self.on("help", lambda: on_help(), args=[])

    def show(self, mates: Sequence[tuple[str, str, bool]]) -> None:
        """Show the others: (name, field where they are or "", whether they type)."""
        self._props["mates"] = [
            {"name": name, "place": place, "typing": typing} for name, place, typing in mates
        ]
        self.update()
