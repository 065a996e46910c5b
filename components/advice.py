"""What the panel "Relire cette étape" shows, as plain values: see `guided/advice.js`."""

from collections.abc import Sequence
from typing import Any

from layouts.typography import french
from models.checks import PREVIEW, Finding
from models.content import FicheContent
from models.guide import Step

_DO = ("dites", "nommez")  # how a suggestion begins that says what to do; the others are words to take


def panel(
    content: FicheContent,
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
        "items": [_item(finding, content) for finding in (*in_the_way, *tips)],
        "aside": [_item(finding, content) for finding in aside],
    }


def _instead(suggestion: str) -> str:
    return suggestion[:1].upper() + suggestion[1:] if suggestion.startswith(_DO) else suggestion


def _item(finding: Finding, content: FicheContent) -> dict[str, Any]:
    text = _value(content, finding.path)
    return {
        "key": finding.ignore_key,
        "path": "" if finding.path == PREVIEW else finding.path,
        "level": finding.level.name.lower(),
        "label": french(finding.label),
        "message": french(finding.message),
        "suggestion": french(_instead(finding.suggestion)),
        "words": finding.suggestion[:1].islower() and not finding.suggestion.startswith(_DO),
        "passages": [{"start": start, "end": end, "quote": text[start:end]} for start, end in finding.spans],
        "link": finding.link,
    }


def _value(content: FicheContent, path: str) -> str:
    value: Any = content
    for name in path.split("."):
        value = value[int(name)] if name.isdigit() else getattr(value, name, "")
    return value if isinstance(value, str) else ""
