"""Who may be recognised: a child named with an age or a class (C-23, I6), and functions that are not surnames (C-27)."""

import time
from typing import Any

import pytest

from models.checks import Finding, before_proposing, findings
from models.checks.minors import child_named, speaks_as_a_child
from models.checks.people import surname_in
from models.content import FicheContent
from tests.factories import PICTURE
from tests.people import ready_content


def named(**changes: Any) -> list[Finding]:
    content = FicheContent.model_validate(ready_content().model_dump() | changes)
    return [each for each in findings(content) if each.key == "minor_named"]


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Kévin, 9 ans, peint le mur", "Kévin, 9 ans"),
        ("Lina (CM2) au micro", "Lina (CM2"),
        ("Devant, Lina et Tom, onze ans, rient.", "Lina et Tom, onze ans"),
        ("Derrière eux, Zoé (cinq ans)", "Zoé (cinq ans"),
        ("Du haut de ses 9 ans, Kévin peint", "9 ans, Kévin"),
        ("Kévin peint le mur : il a 9 ans.", "Kévin peint le mur : il a 9 ans"),
        ("Le dessin de Kévin, 17ans", "Kévin, 17ans"),
        ("Tom, élève de 6e, tient le pinceau", "Tom, élève de 6e"),
        ("Fatou, 18 mois, dans les bras de sa mère", "Fatou, 18 mois"),
    ],
)
def test_a_child_named_with_an_age_or_a_class_is_seen(text: str, passage: str) -> None:
    span = child_named(text)
    assert span is not None
    assert text[slice(*span)] == passage


@pytest.mark.parametrize(
    "text",
    [
        "Des enfants de 9 ans peignent le mur",
        "Classe de CM2 de l'école Pasteur",
        "École Pasteur, CM2",
        "Spectacle (6 ans et plus)",
        "Les 10 ans du centre",
        "Paul, vingt-cinq ans, et Rose, soixante-dix ans",
        "Samia, habitante depuis 12 ans",
        "Il y a 10 ans, Rose ouvrait le café",
        "Karim, 10 ans de bénévolat",
        "Hélène, 12 ans plus tard",
        "Paul, 3e adjoint, au 5e étage",
        "Paul, en première ligne",
    ],
)
def test_adults_groups_and_lengths_of_time_are_no_children(text: str) -> None:
    assert child_named(text) is None


@pytest.mark.parametrize(
    "text", ["Zoé, 9 ans. " * 1600, "Zoé, " * 4000 + "9 ans", "Zoé-Lou'" * 2500 + " 9 ans"]
)
def test_a_text_as_long_as_a_field_may_be_is_read_at_once(text: str) -> None:
    """What stands far from an age is not searched again for each of them: 20,000 characters took hours."""
    started = time.process_time()
    child_named(text)
    assert time.process_time() - started < 2


@pytest.mark.parametrize("role", ["12 ans", "17ans", "neuf ans", "élève de CM2", "CM2", "5e", "en sixième"])
def test_the_role_of_a_first_name_may_say_a_child(role: str) -> None:
    assert speaks_as_a_child("Lina", role)
    assert not speaks_as_a_child("Une fille", role)


_YEARS = (
    "CP",
    "CE1",
    "CE2",
    "CM1",
    "CM2",
    "sixième",
    "cinquième",
    "quatrième",
    "troisième",
    "seconde",
    "première",
)


@pytest.mark.parametrize(
    "year", [*_YEARS, "maternelle", *(n + end for n in "3456" for end in ("e", "è", "ème", "ième"))]
)
def test_every_class_of_school_is_heard(year: str) -> None:
    assert child_named(f"Lina, en {year}, peint le mur.") == (0, len(f"Lina, en {year}"))


@pytest.mark.parametrize(
    "role",
    [
        "vingt-cinq ans",
        "dix-neuf ans",
        "soixante-dix ans",
        "habitante depuis 12 ans",
        "arrivée il y a 10 ans",
        "3e étage",
        "5e adjoint",
        "mère d'une fille de 9 ans",
    ],
)
def test_an_adult_with_a_number_is_no_child(role: str) -> None:
    assert not speaks_as_a_child("Lina", role)


def test_the_story_the_quotes_and_what_stands_beside_pictures_are_read_for_children() -> None:
    photo = {
        "media": PICTURE,
        "caption": "Kévin, 9 ans",
        "alt": "Kévin, 9 ans, peint",
        "credit": "Lina, 12 ans",
    }
    quotes = [{"text": "Mon fils Tom, 8 ans, veut revenir.", "agreement": True}]
    assert [
        each.path for each in named(photos=[photo], voices={"quotes": quotes}, summary="Zoé, 7 ans, a voté.")
    ] == [
        "voices.quotes.0.text",
        "photos.0.caption",
        "photos.0.alt",
        "photos.0.credit",
        "summary",
    ]


def test_the_last_look_warns_of_a_child_unless_it_was_set_aside() -> None:
    content = ready_content()
    content.voices.quotes[0].text = "Mon fils Tom, 8 ans, veut revenir."
    found = findings(content)
    warning = next(each for each in found if each.key == "minor_named")
    assert warning in before_proposing(found)
    assert warning not in before_proposing(found, {warning.ignore_key})


@pytest.mark.parametrize(
    "contact",
    [
        "Pôle Familles",
        "Référente Familles",
        "Accueil Jeunes",
        "Espace Public Numérique",
        "Directrice Adjointe",
    ],
)
def test_a_function_with_capitals_is_no_surname(contact: str) -> None:
    assert surname_in(contact) is None
