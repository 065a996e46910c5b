"""What the panel "Relire cette étape" shows, as plain values: see `guided/advice.js`."""

from collections.abc import Sequence
from typing import Any

from layouts.typography import french
from models.checks import PREVIEW, Finding
from models.guide import Step


def panel(
    step: Step,
    in_the_way: Sequence[Finding],
    tips: Sequence[Finding],
    aside: Sequence[Finding],
    *,
    ease: str,
    begun: bool,
) -> dict[str, Any]:
    """Return the content of the panel for one step. `ease` says in words how the step reads; "" says nothing."""
    return {
        "step": step.key,
        "begun": begun,
        "ease": french(ease),
        "items": [*(_item(finding) for finding in in_the_way), *(_item(finding) for finding in tips)],
        "aside": [_item(finding) for finding in aside],
    }


def _item(finding: Finding) -> dict[str, Any]:
    return {
        "key": finding.ignore_key,
        "path": "" if finding.path == PREVIEW else finding.path,
        "level": finding.level.name.lower(),
        "label": french(finding.label),
        "message": french(finding.message),
        "suggestion": french(finding.suggestion),
        "question": finding.suggestion.endswith("?"),
        "spans": finding.spans,
        "link": finding.link,
    }
