"""What helps in a step, as values for the browser: consigne, conseils, annotated example, speed writing."""

from typing import Any

from layouts.typography import french
from models.formats import formats
from models.guide import Step
from models.guide_words import passages


def step_help(step: Step) -> dict[str, Any]:
    """Return the help of a step; the example as pieces of text with the number of their note (0: none)."""
    return {
        "minutes": step.minutes,
        "consigne": french(step.consigne),
        "conseils": [french(text) for text in step.conseils],
        "example": {
            "passages": [{"text": text, "note": note} for text, note in passages(french(step.example.text))],
            "notes": [french(note) for note in step.example.notes],
        },
        "speed": french(step.speed),
        "aloud": [french(question) for question in step.aloud],
    }


def sittings() -> list[dict[str, Any]]:
    """Return the ways to write in one sitting, with the minutes of each step.

    What follows the last step (reading aloud) is written into its minutes and told as `then`; breaks and rounds of a
    workshop are the business of the timer on the wall.
    """
    return [
        {
            "key": each.key,
            "title": french(each.title),
            "aloud": each.aloud,
            "parts": [
                {"key": part.step.key, "title": french(part.title), "minutes": part.minutes}
                for part in each.parts
                if part.step
            ],
            "then": [
                {"title": french(part.title), "minutes": part.minutes}
                for part in each.parts[-1:]
                if part.step is None and each.aloud
            ],
        }
        for each in formats()
    ]
