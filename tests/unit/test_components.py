"""The pieces of the editor: what they are built from, and how what is typed becomes content."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.pages.editor_input import ADDRESS, SENTENCES, sentences
from components.changes import in_words
from components.fiche_preview import difference
from components.guided_fields import blocks
from models import guide
from models.checks import begun_steps
from models.content import FicheContent, Photo
from models.reading import read
from tests.factories import full_content


def apply(content: FicheContent, path: str, raw: Any) -> tuple[FicheContent, dict[str, str]]:
    """What is typed, read, with the sentences beside the fields."""
    after, refused = read(content, path, raw)
    return after, sentences(refused)


def written_paths(step: guide.Step) -> Iterator[str]:
    """The paths of the fields that a step shows, `*` standing for a position."""
    for block in blocks(step.key):
        for field in block["fields"]:
            yield field["path"]
            for item in (*field.get("fields", ()), *field.get("consent_fields", ())):
                yield f"{field['path']}.*.{item['path']}"


@pytest.mark.parametrize("step", guide.steps(), ids=lambda step: step.key)
def test_each_step_shows_every_field_of_the_guide(step: guide.Step):
    shown = set(written_paths(step))
    assert set(step.fields) <= shown
    assert {guide.step_of(path).key for path in shown} == {step.key}


def test_every_field_says_its_label():
    for step in guide.steps():
        for block in blocks(step.key):
            assert all(field["label"] for field in block["fields"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "abc"),
        ("abc", ""),
        ("abc", "abc"),
        ("<p>un</p>", "<p>un deux</p>"),
        ("aaaa", "aa"),
        ("début fin", "début milieu fin"),
    ],
)
def test_a_difference_rebuilds_the_new_text(old: str, new: str):
    start, drop, text = difference(old, new)
    assert old[:start] + text + old[start + drop :] == new


def test_one_more_letter_travels_alone():
    assert difference("<p>Un bus</p>" * 500, "<p>Un bus</p>" * 300 + "x" + "<p>Un bus</p>" * 200)[1:] == (
        0,
        "x",
    )


@pytest.mark.parametrize(
    ("path", "raw", "value"),
    [
        ("card.budget", "3 830 490", 3_830_490),
        ("card.budget", "3\u202f830\u202f490\u00a0€", 3_830_490),
        ("implementation.cost", "1.250 euros", 1250),
        ("implementation.cost", "1250,40", 1250),
        ("residents.count", "", None),
        ("residents.count", "environ 25", 25),
        ("residents.count", "25 habitants", 25),
        ("residents.count", "Une vingtaine d’habitants", 20),
        ("residents.count", "une centaine", 100),
        ("implementation.cost", "près de 3 000 euros", 3000),
        ("card.founded", "en 1987", 1987),
        ("status", "", None),
        ("status", "en-cours", "en-cours"),
        ("start", "2024-03", "2024-03"),
        ("title", "Quinze voisins", "Quinze voisins"),
        ("needs", ["Se déplacer", ""], ["Se déplacer", ""]),
    ],
)
def test_what_is_typed_becomes_content(path: str, raw: Any, value: Any):
    content, problems = apply(FicheContent(), path, raw)
    found: Any = content.model_dump(mode="json")
    for key in path.split("."):
        found = found[key]
    assert (found, problems) == (value, {})


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("start", "20x4"),
        ("start", "-03"),
        ("card.budget", "beaucoup"),
        ("card.budget", "3 millions"),
        ("card.budget", "38 k€"),
        ("card.founded", "12"),
        ("residents.count", "20-25"),
        ("residents.count", "entre 20 et 25"),
    ],
)
def test_a_wrong_value_is_explained_and_the_former_one_stays(path: str, raw: str):
    before = full_content()
    content, problems = apply(before, path, raw)
    assert (content, problems) == (before, {path: SENTENCES[path]})


def test_an_unsafe_link_is_refused_and_the_rest_of_its_list_is_kept():
    raw = [
        {"label": "Notre film", "url": "javascript:alert(1)"},
        {"label": "Blog", "url": "https://blog.example"},
    ]
    content, problems = apply(FicheContent(), "further.links", raw)
    assert [(link.label, link.url) for link in content.further.links] == [
        ("Notre film", ""),
        ("Blog", "https://blog.example"),
    ]
    assert problems == {"further.links.0.url": ADDRESS}


def test_a_text_too_long_says_how_long_it_may_be():
    _, problems = apply(FicheContent(), "title", "a" * 401)
    assert "400 caractères au plus" in problems["title"]


def test_a_fourth_theme_is_not_taken():
    content, _ = apply(FicheContent(), "themes", ["mobilite", "logement", "jeunesse"])
    after, problems = apply(content, "themes", ["mobilite", "logement", "jeunesse", "sante"])
    assert after.themes == content.themes
    assert list(problems) == ["themes"]


@pytest.mark.parametrize(
    "path", ["schema_version", "card", "nowhere", "title.x", "photos.0", "constat.other", ""]
)
def test_a_path_that_is_no_field_changes_nothing(path: str):
    assert apply(FicheContent(), path, "x") == (FicheContent(), {})


def test_a_photo_without_a_stored_picture_is_dropped():
    good = Photo(media="a" * 24).model_dump(mode="json")
    content, problems = apply(
        FicheContent(), "photos", [{**good, "consent": ""}, {**good, "media": "../../etc"}]
    )
    assert [photo.media for photo in content.photos] == ["a" * 24]
    assert list(problems) == ["photos.1.media"]


def test_a_refused_answer_never_takes_that_of_its_neighbour():
    content, _ = apply(
        FicheContent(),
        "further.links",
        [{"label": "Le film", "url": "https://film.example"}, {"label": "Nous écrire", "url": ""}],
    )
    content, problems = apply(
        content, "further.links", [{"label": "Nous écrire", "url": "mailto:a@b.example"}]
    )
    assert [(link.label, link.url) for link in content.further.links] == [("Nous écrire", "")]
    assert problems == {"further.links.0.url": ADDRESS}


def test_refused_words_leave_those_of_their_own_quote_not_those_of_another_person():
    quotes = [
        {"text": "Nous étions douze.", "name": "Awa", "role": "habitante", "agreement": True},
        {"text": "Le bus est revenu.", "name": "Malik", "role": "bénévole", "agreement": True},
    ]
    content, _ = apply(FicheContent(), "voices.quotes", quotes)
    content, problems = apply(content, "voices.quotes", [quotes[1] | {"text": "Le bus est revenu. " * 2000}])
    assert [(quote.text, quote.name) for quote in content.voices.quotes] == [("Le bus est revenu.", "Malik")]
    assert list(problems) == ["voices.quotes.0.text"]


def test_an_item_grown_too_long_leaves_its_former_words_not_a_hole():
    content, _ = apply(FicheContent(), "advice", ["Commencer petit.", "Prendre son temps."])
    content, problems = apply(content, "advice", ["Prendre son temps. " * 2000, "Commencer petit."])
    assert content.advice == ["Prendre son temps.", "Commencer petit."]
    assert "20\u202f000 caractères au plus" in problems["advice.0"]


def test_a_date_that_no_calendar_has_is_refused():
    photo = Photo(media="a" * 24, consent="adultes").model_dump(mode="json")
    content, problems = apply(FicheContent(), "photos", [{**photo, "consent_date": "2024-02-30"}])
    assert content.photos[0].consent_date == ""
    assert problems == {"photos.0.consent_date": SENTENCES["photos.*.consent_date"]}


def test_an_impossible_date_stored_long_ago_is_shown_as_it_was_typed():
    assert in_words("photos.0.consent_date", "2024-02-30") == "2024-02-30"
    assert in_words("photos.0.consent_date", "2024-02-29") == "29\u00a0février 2024"


def test_the_prefilled_card_is_no_step_begun():
    assert begun_steps(FicheContent(card=full_content().card, commune="80021")) == set()
    assert begun_steps(full_content()) == {step.key for step in guide.steps()}
