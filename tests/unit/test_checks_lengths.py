"""Lengths follow the guide in force; the key figures are those of the text (C-20)."""

from typing import Any

import pytest

from models import guide
from models.checks import Finding, Level, findings
from models.content import FicheContent
from models.guide_words import edited
from tests.factories import PICTURE
from tests.people import ready_content

LENGTHS = {
    "too_short",
    "too_long",
    "a_little_short",
    "a_little_long",
    "several_short",
    "several_long",
    "stage_long",
}
RIGHT = {"constat": {"text": "mot " * 100}, "needs": [], "response": {"text": "mot " * 40}}


def found(**changes: Any) -> list[Finding]:
    return findings(FicheContent.model_validate(ready_content().model_dump() | changes))


def lengths(**changes: Any) -> list[Finding]:
    roots = set(changes)
    return [each for each in found(**changes) if each.key in LENGTHS and each.path.split(".")[0] in roots]


@pytest.mark.parametrize(
    ("changes", "path", "key", "level"),
    [
        ({"accroche": "mot " * 36}, "accroche", "a_little_long", Level.ADVICE),
        ({"constat": {"text": "mot " * 155}}, "constat.text", "a_little_long", Level.ADVICE),
        ({"constat": {"text": "mot " * 200}}, "constat.text", "too_long", Level.REVIEW),
        ({"response": {"text": "mot " * 20}}, "response.text", "a_little_short", Level.ADVICE),
        ({"response": {"text": "mot " * 130}}, "response.text", "too_long", Level.REVIEW),
        (
            {"voices": {"quotes": [{"text": "mot " * 70}]}},
            "voices.quotes.0.text",
            "a_little_long",
            Level.ADVICE,
        ),
        ({"voices": {"quotes": [{"text": "mot " * 200}]}}, "voices.quotes.0.text", "too_long", Level.REVIEW),
        ({"stages": [{"text": "mot " * 50}]}, "stages.0.text", "a_little_long", Level.ADVICE),
        ({"success_factors": ["", "mot " * 60]}, "success_factors.1", "a_little_long", Level.ADVICE),
        (
            {"attention_points": [{"text": "mot " * 80}]},
            "attention_points.0.text",
            "a_little_long",
            Level.ADVICE,
        ),
    ],
)
def test_a_length_out_of_the_guide_is_said(
    changes: dict[str, Any], path: str, key: str, level: Level
) -> None:
    told = lengths(**(RIGHT if path.startswith(("constat", "response")) else {}) | changes)
    assert [(each.path, each.key, each.level) for each in told if each.path == path] == [(path, key, level)]


@pytest.mark.parametrize(
    "changes",
    [
        RIGHT,
        {"constat": {"text": "mot " * 70}},
        {"constat": {"text": "mot " * 145}},
        {"voices": {"quotes": [{"text": "On y va."}]}},
        {"stages": [{"text": "Trois voitures."}]},
    ],
)
def test_a_few_words_more_or_less_are_nobodys_trouble(changes: dict[str, Any]) -> None:
    assert lengths(**RIGHT | changes) == []


def test_several_texts_of_a_step_are_told_in_one_sentence_the_farthest_first() -> None:
    told = lengths(stages=[{"text": "mot " * 48}, {"text": "mot " * 55}])
    assert [(each.path, each.key) for each in told] == [("stages.1.text", "several_long")]
    assert (
        "« Ce qui s’est passé (2) », 55 mots pour 40 ; « Ce qui s’est passé (1) », 48 mots pour 40"
        in told[0].message
    )


PHOTO = {"media": PICTURE, "alt": "mot " * 12, "caption": "mot " * 12, "width": 1000}


@pytest.mark.parametrize(
    ("field", "bound", "changes", "key"),
    [
        ("advice.*", 10, {"advice": ["mot " * 12, "Riez."]}, "advice_long"),
        ("photos.*.alt", 10, {"photos": [PHOTO]}, "alt_long"),
        ("photos.*.caption", 10, {"photos": [PHOTO]}, "caption_long"),
        ("stages.*.text", 10, {"stages": [{"text": "mot " * 16}]}, "stage_long"),
        ("constat.text", 10, {"constat": {"text": "mot " * 16}}, "too_long"),
        ("title", 4, {"title": "Quinze voisins conduisent les autres"}, "title_wordy"),
    ],
)
def test_the_bounds_and_their_numbers_are_those_of_the_guide_in_force(
    field: str, bound: int, changes: dict[str, Any], key: str
) -> None:
    assert key not in {each.key for each in found(**changes)}
    words, problems = edited(guide.words(), {f"fields/{field}/min": None, f"fields/{field}/max": bound})
    assert problems == {}
    with guide.trying(words):
        told = next(each for each in found(**changes) if each.key == key)
        assert str(bound) in told.message


def test_a_length_that_the_guide_no_longer_gives_is_not_checked() -> None:
    words, _ = edited(guide.words(), {"fields/advice.*/max": None, "fields/constat.text/max": None})
    with guide.trying(words):
        keys = {each.key for each in found(advice=["mot " * 90, "Riez."], constat={"text": "mot " * 400})}
    assert not keys & {"advice_long", "too_long"}


# ---- C-20 -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "label", "said"),
    [
        ("On compte 41 trajets partagés.", "412", "trajets partagés", "41 trajets partagés"),
        ("Quinze habitants conduisent.", "12", "habitants", "Quinze habitants"),
        ("Pour 89 % des parents, c'est mieux.", "92 %", "de parents contents", None),
        ("Pour 89 % des parents, c'est mieux.", "92 %", "des parents", "89 % des parents"),
        ("On compte 1 200 trajets.", "1 300", "trajets", "1 200 trajets"),
        ("On compte 1 200 trajets.", "1\u202f200", "trajets", None),
        ("Douze habitants conduisent.", "12", "habitants", None),
        ("Le premier mois, 9 trajets.", "412", "trajets", None),
        ("Deux parents ont écrit.", "3", "parents", None),
        ("Ils sont 90 parents.", "92 %", "parents", None),
        ("On compte 41 trajets, puis 412 trajets.", "412", "trajets", None),
    ],
)
def test_a_figure_and_the_text_that_counts_the_same_thing(
    text: str, value: str, label: str, said: str | None
) -> None:
    base = ready_content()
    base.changes.figures = []
    base.changes.people = text
    base.summary = base.residents.text = base.title = base.accroche = ""
    content = FicheContent.model_validate(
        base.model_dump() | {"changes": {"people": text, "figures": [{"value": value, "label": label}]}}
    )
    told = [dict(each.values)["said"] for each in findings(content) if each.key == "figures_differ"]
    assert told == ([said] if said else [])
