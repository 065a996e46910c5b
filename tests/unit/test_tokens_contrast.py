"""The colours of the design system: text is readable, borders are seen (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

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


def _luminance(colour: str) -> float:
    def linear(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(COLOURS[colour][start : start + 2], 16)) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_would_be_21() -> None:
    COLOURS.update(_black="#000000", _white="#ffffff")
    assert round(_contrast("_black", "_white"), 2) == 21


@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_readable(ink: str, ground: str) -> None:
    assert _contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("line", "ground"), SEEN)
def test_the_border_of_a_field_is_seen(line: str, ground: str) -> None:
    assert _contrast(line, ground) >= 3
