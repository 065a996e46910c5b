"""The banner that says that nobody is logged in any more, and leads to the log-in and back."""

from collections.abc import Callable
from typing import Any

from nicegui.element import Element


class SessionGuard(Element, component="session_guard.js", esm={"cp-guided": "guided"}):
    """Asks from time to time whether the person is still logged in; shows a banner when not."""

    def __init__(self, account_id: int, *, on_end: Callable[[], Any]) -> None:
        """`on_end` is called once, when the browser finds that its session belongs to nobody or to somebody else."""
        super().__init__()
        self._props["account"] = account_id
        self.on("end", lambda: on_end())

    def ask(self) -> None:
        """Let the browser look now whether its session goes on."""
        self.run_method("ask")

    def end(self) -> None:
        """Show the banner: the person has logged out elsewhere."""
        self.run_method("end")
