"""The bar of the editor: the title, what is saved, the way to the committee."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from nicegui.element import Element


class EditorBar(Element, component="editor_bar.js", esm={"cp-guided": "guided"}):
    """Shows the state of saving; the browser itself notices a lost connection."""

    def __init__(
        self,
        title: str,
        *,
        saved_at: datetime | None,
        writable: bool,
        may_propose: bool = True,
        on_propose: Callable[[], Any],
    ) -> None:
        super().__init__()
        self._props["title"] = title
        self._props["state"] = "saved" if writable else "locked"
        self._props["at"] = saved_at.replace(second=0, microsecond=0).isoformat() if saved_at else ""
        self._props["writable"] = writable
        self._props["history"] = ""
        self._props["mayPropose"] = may_propose
        self.on("propose", lambda: on_propose())

    def name(self, title: str) -> None:
        """Show another title."""
        if title != self._props["title"]:
            self._props["title"] = title
            self.update()

    def lead_to_history(self, revision_id: int | None) -> None:
        """Link to the history of the draft, once there is a draft."""
        if revision_id is not None:
            self._props["history"] = f"/ecrire/{revision_id}/historique"
            self.update()

    def saving(self) -> None:
        """Say that something other than a text is on its way to the database: for texts, the browser knows."""
        if self._props["state"] != "saving":
            self._say("saving")

    def failed(self) -> None:
        """Say that the last save failed and will be tried again."""
        self._say("failed")

    def saved(self, at: datetime) -> None:
        """Say when the last save happened; only minutes are shown, only they travel."""
        minute = at.replace(second=0, microsecond=0).isoformat()
        if (self._props["at"], self._props["state"]) != (minute, "saved"):
            self._props["at"] = minute
            self._say("saved")

    def lock(self) -> None:
        """Show that nothing more can be written."""
        self._props["writable"] = False
        self._say("locked")

    def _say(self, state: str) -> None:
        self._props["state"] = state
        self.update()
