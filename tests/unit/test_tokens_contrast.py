"""The colours of the design system: text is readable, borders are seen (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

from layouts import contrast

TOKENS = Path(__file__).parents[2] / "layouts" / "tokens.css"
COLOURS = dict(
    re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", TOKENS.read_text(encoding="utf-8"), re.IGNORECASE)
)

TEXT = [
    (ink, ground)
    for ink, grounds in {
        "ink": "paper white mist sun sun-soft leaf-soft alert-soft",
        "teal": "paper white mist sun-soft leaf-soft",
        "teal-dark": "paper white mist sun sun-soft leaf-soft",
        "coral": "paper white",
        "coral-dark": "paper white mist sun-soft",
        "leaf": "paper white",
        "muted": "paper white mist",
        "alert": "paper white alert-soft",
        "white": "ink teal teal-dark coral coral-dark leaf alert",
        "paper": "ink teal teal-dark coral coral-dark leaf alert",
        "sun": "ink teal teal-dark",
        "mist": "ink teal teal-dark",
    }.items()
    for ground in grounds.split()
]
SEEN = [
    (line, ground)
    for line in ("edge", "teal", "coral", "leaf", "alert")
    for ground in ("paper", "white", "mist")
]


def _contrast(one: str, other: str) -> float:
    return contrast.ratio(contrast.from_hex(COLOURS[one]), contrast.from_hex(COLOURS[other]))


@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_readable(ink: str, ground: str) -> None:
    assert _contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("line", "ground"), SEEN)
def test_the_border_of_a_field_is_seen(line: str, ground: str) -> None:
    assert _contrast(line, ground) >= 3
