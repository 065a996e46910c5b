"""The words that an administrator may change: their limits, the stored differences, the annotated examples."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import formats, guide
from models.guide_words import Example, difference, edited, flat, leaves, nested, on_top

SHIPPED = guide.shipped()


@pytest.mark.parametrize(
    ("leaf", "value", "problem"),
    [
        ("steps/origin/consigne", "", {"steps/origin/consigne": "empty"}),
        ("steps/origin/consigne", "a" * 241, {"steps/origin/consigne": "long:240"}),
        ("steps/origin/minutes", "dix", {"steps/origin/minutes": "number"}),
        ("steps/origin/minutes", "0", {"steps/origin/minutes": "low:1"}),
        ("steps/origin/minutes", "99", {"steps/origin/minutes": "high:30"}),
        ("steps/origin/conseils", [], {"steps/origin/conseils": "few:1"}),
        ("steps/origin/conseils", ["Un", " "], {"steps/origin/conseils/1": "empty"}),
        ("steps/origin/conseils", ["Un"] * 6, {"steps/origin/conseils": "many:5"}),
        ("steps/origin/example", {"text": "Un [mot", "notes": []}, {"steps/origin/example": "brackets"}),
        ("steps/origin/example", {"text": "Un [mot]", "notes": []}, {"steps/origin/example": "marks"}),
        (
            "steps/origin/example",
            {"text": "Un [mot]", "notes": [""]},
            {"steps/origin/example/notes/0": "empty"},
        ),
        ("fields/constat.text/label", " ", {"fields/constat.text/label": "empty"}),
        ("fields/constat.text/max", 79, {"fields/constat.text/max": "order"}),
        ("fields/constat.text/min", "0", {"fields/constat.text/min": "low:1"}),
        ("messages/title_missing", "Il manque {quoi}.", {"messages/title_missing": "places:"}),
        ("messages/title_missing", "Il manque {", {"messages/title_missing": "places:"}),
        ("steps/origin/fields", ["title"], {"steps/origin/fields": "unknown"}),
        ("fields/nowhere/label", "x", {"fields/nowhere/label": "unknown"}),
    ],
)
def test_what_is_not_fit_is_named_and_nothing_changes(leaf: str, value: Any, problem: dict[str, str]):
    assert edited(SHIPPED, {leaf: value}) == (SHIPPED, problem)


def test_what_is_pasted_is_put_in_order():
    words, problems = edited(
        SHIPPED, {"steps/origin/consigne": " Que se\npassait-il ?\x07 ", "steps/path/minutes": "12"}
    )
    assert problems == {}
    assert (words.steps["origin"].consigne, words.steps["path"].minutes) == ("Que se passait-il ?", 12)


def test_a_recommended_length_can_be_taken_away():
    words, _ = edited(SHIPPED, {"fields/constat.text/min": None, "fields/constat.text/max": 20})
    assert difference(SHIPPED, words) == {"fields": {"constat.text": {"min": None, "max": 20}}}
    assert on_top(SHIPPED, difference(SHIPPED, words)) == words


def test_a_later_release_adds_and_changes_what_nobody_touched():
    stored = difference(SHIPPED, edited(SHIPPED, {"steps/origin/consigne": "La nôtre"})[0])
    later = edited(SHIPPED, {"steps/origin/title": "Le début", "fields/title/hint": "Court"})[0]
    words = on_top(later, stored)
    assert (words.steps["origin"].consigne, words.steps["origin"].title) == ("La nôtre", "Le début")
    assert words.fields["title"].hint == "Court"


def test_half_a_pair_of_lengths_overtaken_by_a_release_gives_way():
    stored = {"fields": {"constat.text": {"max": 100}}}
    later = edited(SHIPPED, {"fields/constat.text/min": 110})[0]
    assert on_top(later, stored).fields["constat.text"] == later.fields["constat.text"]


@given(
    st.dictionaries(
        st.sampled_from(sorted(leaves(SHIPPED))),
        st.one_of(
            st.none(), st.integers(-5, 600), st.text(max_size=300), st.lists(st.text(max_size=20), max_size=7)
        ),
        max_size=12,
    )
)
def test_whatever_is_stored_gives_a_guide_and_comes_back_the_same(edits: dict[str, Any]):
    document = nested(edits)
    assert flat(document) == edits
    words = on_top(SHIPPED, document)
    assert on_top(SHIPPED, difference(SHIPPED, words)) == words


@pytest.mark.parametrize(
    "junk", [{}, {"steps": None}, {"steps": []}, {"steps": {"origin": "x"}}, {"messages": 3}]
)
def test_a_document_of_another_shape_is_the_shipped_guide(junk: dict[str, Any]):
    assert on_top(SHIPPED, junk) == SHIPPED


def test_what_is_tried_is_seen_in_the_block_only():
    words, _ = edited(SHIPPED, {"steps/origin/consigne": "À l’essai", "fields/title/label": "Le nom"})
    with guide.trying(words):
        assert guide.step("origin").consigne == "À l’essai"
        assert guide.field("title").label == "Le nom"
    assert guide.words() == SHIPPED


def test_passages_and_their_notes():
    example = Example(text="Un [mardi], [trois mères] attendent", notes=("Quand", "Qui"))
    assert example.passages == (("Un ", 0), ("mardi", 1), (", ", 0), ("trois mères", 2), (" attendent", 0))


@pytest.mark.parametrize("step", guide.steps(), ids=lambda step: step.key)
def test_each_shipped_example_has_two_to_four_notes(step: guide.Step):
    assert 2 <= len(step.example.notes) <= 4
    assert "".join(text for text, _ in step.example.passages) == step.example.text.replace("[", "").replace(
        "]", ""
    )
    assert 2 <= len(step.conseils) <= 3


def test_the_ways_to_write_last_what_the_guide_says():
    assert [(each.key, each.minutes) for each in formats.formats()] == [
        ("seul", 60),
        ("deux", 75),
        ("collectif", 150),
    ]
    alone = formats.format_called("seul")
    assert [part.minutes for part in alone.parts] == [5, 8, 8, 10, 10, 6, 7, 6]
    workshop = formats.format_called("collectif")
    assert sum(part.minutes for part in workshop.parts if part.step and part.step.number <= 5) == 65
    assert sum(part.minutes for part in workshop.parts if part.step and part.step.number > 5) == 20


def test_the_ways_to_write_follow_the_minutes_of_the_steps():
    with guide.trying(edited(SHIPPED, {"steps/path/minutes": 15})[0]):
        assert [each.minutes for each in formats.formats()] == [65, 80, 150]


@given(st.integers(0, 500), st.lists(st.integers(1, 30), min_size=1, max_size=8))
def test_shared_minutes_add_up(total: int, weights: list[int]):
    parts = formats.shared(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part - total * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True)
    )
