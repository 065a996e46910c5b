"""A native dialog over the page: what is put in it is shown until it is closed, and the focus returns where it was."""

from collections.abc import Callable
from typing import Any

from nicegui.element import Element


class Panel(Element, component="panel.js"):
    """`with panel:` puts elements in it."""

    def __init__(self, title: str, *, on_close: Callable[[], Any] | None = None) -> None:
        super().__init__()
        self._props["title"] = title
        if on_close is not None:
            self.on("closed", lambda: on_close(), args=[])

    def show(self) -> None:
        """Open it, over everything."""
        self.run_method("show")

    def close(self) -> None:
        """Close it."""
        self.run_method("close")
