"""The last look before the committee, and the thanks after it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nicegui.element import Element

from layouts.typography import french
from models.checks import Finding
from models.guide import Step


@dataclass(frozen=True)
class Point:
    """An answer to mend before the fiche is proposed, at a field; shaped like a finding of the checks."""

    path: str
    label: str
    message: str
    step: Step
    blocking: bool = True


class Proposal(Element, component="proposal.js"):
    """Lists what is missing, each point leading to its field; proposes; says what happens next."""

    def __init__(
        self,
        findings: Sequence[Finding | Point],
        recap: Sequence[tuple[str, str]],
        *,
        email: str,
        may_propose: bool = True,
        on_mend: Callable[[str], Any],
        on_propose: Callable[[], Any],
        on_back: Callable[[], Any],
    ) -> None:
        """`recap` has (name, text) lines; `on_mend` receives the path of a field. Without `may_propose`, the centre does the rest."""
        super().__init__()
        self._props["blocking"] = [_line(finding) for finding in findings if finding.blocking]
        self._props["advised"] = [_line(finding) for finding in findings if not finding.blocking]
        self._props["recap"] = list(recap)
        self._props["email"] = email
        self._props["mayPropose"] = may_propose
        self._props["sent"] = False
        self._props["failure"] = ""
        self.on("mend", lambda event: on_mend(str(event.args["path"])))
        self.on("propose", lambda: on_propose())
        self.on("back", lambda: on_back())

    def thank(self) -> None:
        """Show what happens next."""
        self._props["sent"] = True
        self.update()

    def fail(self, sentence: str) -> None:
        """Say why the fiche was not proposed."""
        self._props["failure"] = sentence
        self.update()


def _line(finding: Finding | Point) -> dict[str, Any]:
    return {
        "path": finding.path,
        "label": french(finding.label),
        "message": french(finding.message),
        "number": finding.step.number,
        "step_title": finding.step.title,
    }
