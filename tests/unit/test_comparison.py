"""Comparing two versions: nothing forgotten, nothing invented, told as a person would."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.comparison import (
    ADDED,
    REMOVED,
    SAME,
    Item,
    compare,
    compare_texts,
    paired,
    taken_back,
)
from models.content import FicheContent
from tests.factories import full_content, seed_content

FRENCH = st.lists(
    st.sampled_from(
        [
            "l’",
            "eau",
            "Eau",
            " ",
            " ",
            "\u00a0!",
            "\u202f;",
            "\n",
            "\n\n",
            "«\u00a0",
            "\u00a0»",
            "porte-à-porte",
            "1\u202f200",
            "de",
            ",",
            ".",
        ]
    ),
    max_size=40,
).map("".join)
TEXTS = FRENCH | st.text(max_size=60)


def sides(pieces: Any) -> tuple[str, str]:
    return (
        "".join(piece.text for piece in pieces if piece.kind != ADDED),
        "".join(piece.text for piece in pieces if piece.kind != REMOVED),
    )


def told(before: str, after: str) -> str:
    marks = {SAME: "{}", REMOVED: "[-{}]", ADDED: "[+{}]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in compare_texts(before, after))


@settings(max_examples=400, deadline=None)
@given(TEXTS, TEXTS)
def test_both_texts_come_back_to_the_letter(before: str, after: str) -> None:
    assert sides(compare_texts(before, after)) == (before, after)


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_pieces_are_neither_empty_nor_cut_in_two(before: str, after: str) -> None:
    pieces = compare_texts(before, after)
    assert all(piece.text for piece in pieces)
    kinds = [piece.kind for piece in pieces]
    assert all(one != other for one, other in pairwise(kinds))
    assert (kinds in ([], [SAME])) == (before == after)


def test_two_very_long_texts_are_compared_too() -> None:
    before = "".join(f"La phrase {number} revient souvent. " for number in range(5000))
    after = before.replace("souvent", "rarement", 1) + "Et une fin"
    pieces = compare_texts(before, after)
    assert sides(pieces) == (before, after)
    assert [(piece.kind, piece.text.strip()) for piece in pieces if piece.kind != SAME] == [
        (REMOVED, "souvent"),
        (ADDED, "rarement"),
        (ADDED, "Et une fin"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Quinze voisins conduisent.", "Vingt voisins conduisent.", "[-Quinze ][+Vingt ]voisins conduisent."),
        ("l’eau froide", "l’air froid", "l’[-eau froide][+air froid]"),
        ("Elle rit.", "Elle rit\u00a0!", "Elle rit[-.][+\u00a0!]"),
        ("Un four", "Un four neuf", "Un four[+ neuf]"),
        ("porte-à-porte", "porte à porte", "[-porte-à-porte][+porte à porte]"),
        ("1\u202f200 trajets", "1\u202f300 trajets", "[-1\u202f200 ][+1\u202f300 ]trajets"),
        ("Un.\n\nDeux.", "Un. Deux.", "Un.[-\n\n][+ ]Deux."),
        ("", "Tout est neuf.", "[+Tout est neuf.]"),
        ("Tout part.", "", "[-Tout part.]"),
        (
            "le vieux four du bourg",
            "la belle cave du village",
            "[-le vieux four du bourg][+la belle cave du village]",
        ),
    ],
)
def test_what_changed_is_told_by_words(before: str, after: str, shown: str) -> None:
    assert told(before, after) == shown


# --- whole fiches -------------------------------------------------------------------------------------------------

CONTENTS = st.builds(
    FicheContent,
    title=st.text(max_size=20),
    needs=st.lists(st.sampled_from(["Un four", "Un four neuf", "Du bois", "", "Voir du monde"]), max_size=5),
    stages=st.lists(
        st.fixed_dictionaries(
            {
                "when": st.sampled_from(["", "Mars"]),
                "title": st.sampled_from(["", "L’essai", "La panne"]),
                "text": FRENCH,
            }
        ),
        max_size=4,
    ),
    residents=st.fixed_dictionaries({"count": st.none() | st.integers(0, 9), "text": FRENCH}),
    status=st.sampled_from([None, "en-cours", "terminee"]),
    themes=st.lists(st.sampled_from(["mobilite", "logement", "sante"]), max_size=3),
    photos=st.lists(
        st.fixed_dictionaries(
            {"media": st.sampled_from(["photo-a-0001", "photo-b-0002"]), "alt": st.text(max_size=5)}
        ),
        max_size=4,
    ),
)


@settings(max_examples=150, deadline=None)
@given(CONTENTS, CONTENTS)
def test_taking_every_change_back_gives_the_first_version(before: FicheContent, after: FicheContent) -> None:
    content = after
    for change in compare(before, after):
        content = taken_back(content, before, change.path)
    assert content == before
    assert (compare(before, after) == []) == (before == after)


@settings(max_examples=150, deadline=None)
@given(CONTENTS, CONTENTS)
def test_every_item_of_both_lists_is_told_once(before: FicheContent, after: FicheContent) -> None:
    for change in compare(before, after):
        if not isinstance(change.before, list):
            continue
        pairs = paired(change.before, change.after)
        was, now = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        assert len(set(was)) == len(was)
        assert len(set(now)) == len(now)
        assert [item.was for item in change.items if item.now is None] == [
            place for place in range(len(change.before)) if place not in was
        ]
        assert [item.now for item in change.items if item.was is None] == [
            place for place in range(len(change.after)) if place not in now
        ]
        for item in change.items:
            if item.was is not None and item.now is not None:
                assert item.moved or item.before != item.after
                for inner in item.changes:
                    assert not inner.pieces or sides(inner.pieces) == (inner.before, inner.after)
        assert change.items


def items_of(field: str, before: FicheContent, after: FicheContent) -> tuple[Item, ...]:
    (change,) = compare(before, after)
    assert change.path == field
    return change.items


def test_a_stage_rewritten_moved_added_and_removed_is_told_as_such() -> None:
    before, after = full_content(), full_content()
    first, second, third = before.stages
    fresh = first.model_copy(
        update={"when": "Mai 2025", "title": "La fête", "text": "Tout le village danse."}
    )
    rewritten = third.model_copy(update={"text": "Les trajets se notent au mur de l'accueil."})
    after.stages = [rewritten, first, fresh]
    assert second not in after.stages
    items = items_of("stages", before, after)
    assert [(item.was, item.now, item.moved) for item in items] == [
        (1, None, False),
        (2, 0, True),
        (None, 2, False),
    ]
    assert [change.path for change in items[1].changes] == ["stages.0.text"]


def test_a_picture_is_known_by_its_file_even_if_all_its_words_change() -> None:
    before, after = full_content(), full_content()
    after.photos = [
        after.photos[1],
        after.photos[0].model_copy(update={"alt": "Autre chose", "caption": "", "focus_x": 0.1}),
    ]
    items = items_of("photos", before, after)
    assert [(item.was, item.now, item.moved) for item in items] == [(1, 0, True), (0, 1, False)]
    assert [change.path for change in items[1].changes] == [
        "photos.1.alt",
        "photos.1.caption",
        "photos.1.focus_x",
    ]


def test_an_item_added_blank_then_filled_is_one_item() -> None:
    before, after = FicheContent(needs=["Un four", ""]), FicheContent(needs=["Un four", "Du bois"])
    (item,) = items_of("needs", before, after)
    assert (item.was, item.now) == (1, 1)


def test_changes_come_in_the_order_of_the_guide() -> None:
    before, after = full_content(), seed_content()
    paths = [change.path for change in compare(before, after)]
    assert paths[:3] == ["title", "accroche", "commune"]
    assert (
        paths.index("constat.text") < paths.index("stages") < paths.index("summary") < paths.index("photos")
    )
    assert sum(change.path == "residents.text" for change in compare(before, after)) == 1


def test_what_the_guide_does_not_ask_for_is_compared_too() -> None:
    before, after = FicheContent(), FicheContent()
    after.card.commune = "59350"
    assert [change.path for change in compare(before, after)] == ["card.commune"]


def test_an_unknown_field_cannot_be_taken_back() -> None:
    with pytest.raises(KeyError):
        taken_back(FicheContent(), FicheContent(), "stages.0.text")
