"""The sentences of the statistics: computed, and right in French whatever the figures."""

from dataclasses import replace
from datetime import date

import pytest

from app.pages.statistics_sections import sections
from app.pages.statistics_words import figures, in_days, listed, sentence
from app.services.statistics import MonthCount, MonthDelay, Overview, Place
from models.taxonomy import State, labels

NONE = Overview(
    today=date(2026, 6, 15),
    months=12,
    federation=None,
    federations=(),
    published=0,
    departements_covered=0,
    departements_known=101,
    federations_covered=0,
    federations_known=35,
    centres_published=0,
    centres_known=0,
    states=dict.fromkeys(State, 0),
    in_revision=0,
    waiting=0,
    late_waiting=0,
    median_days=None,
    by_month=tuple(MonthCount(f"2026-{month:02d}", 0, 0) for month in range(1, 13)),
    by_departement=(),
    by_federation=(),
    by_region=(),
    by_theme=dict.fromkeys(labels("themes"), 0),
    without_departement=0,
    answers=0,
    median_days_in_period=None,
    late_answers=0,
    delays=(),
)
NORTH, SOMME = Place("59", "Nord", 5), Place("80", "Somme", 5)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def titles(found: Overview) -> dict[str, str]:
    return {each.key: plain(each.title) for part in sections(found).values() for each in part}


def test_nothing_published_has_no_chart_and_no_division_by_zero() -> None:
    assert sections(NONE) == {}
    assert sentence(NONE) == ("Aucune fiche publiée", "pour l’instant")
    assert [text for _, text in figures(NONE)] == [
        "fédération sur 35 a au moins une fiche",
        "structure sur 0 a publié",
        "fiche attend le comité",
    ]


def test_one_is_singular() -> None:
    one = replace(NONE, published=1, departements_covered=1, waiting=1, late_waiting=1, median_days=1.0)
    assert [plain(part) for part in sentence(one)] == ["1 fiche publiée", "dans 1 département"]
    assert figures(one)[2] == ("1", "fiche attend le comité, dont 1 depuis plus de 15 jours")
    assert figures(one)[3] == ("1", "jour ou moins pour répondre à une fiche sur deux")


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ((NORTH,), "Tout se passe dans le Nord : 5 fiches"),
        ((NORTH, Place("02", "Aisne", 1)), "C’est dans le Nord qu’on publie le plus : 5 fiches"),
        (
            (NORTH, SOMME, Place("02", "Aisne", 1)),
            "C’est dans le Nord et dans la Somme qu’on publie le plus : 5 fiches chacun",
        ),
        ((NORTH, SOMME), "2 départements ont publié, 5 fiches chacun"),
    ],
)
def test_the_leading_departements_are_named(places: tuple[Place, ...], message: str) -> None:
    found = replace(NONE, by_departement=places, published=10)
    assert titles(found)["departements"] == message


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "moins d’un jour"),
        (0.5, "une demi-journée"),
        (1, "1 jour"),
        (1.5, "1 jour et demi"),
        (8, "8 jours"),
    ],
)
def test_durations_in_words(days: float, text: str) -> None:
    assert plain(in_days(days)) == text


def test_lists_in_words() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a et b",
        "a, b et c",
    ]


def test_the_delay_and_its_promise() -> None:
    found = replace(
        NONE,
        states=NONE.states | {State.PUBLISHED: 2, State.PROPOSED: 1},
        answers=2,
        median_days_in_period=8.0,
        late_answers=1,
        late_waiting=2,
        delays=(MonthDelay("2026-05", 2, 8.0), MonthDelay("2026-06", 0, None)),
    )
    told = sections(found)["De l’écriture à la réponse"]
    assert [plain(each.title) for each in told] == [
        "1 fiche attend la réponse du comité",
        "Une fiche sur deux a reçu sa réponse en 8 jours ou moins",
    ]
    assert plain(told[1].note).startswith(
        "Promesse du comité : une réponse sous 15 jours ; "
        "1 réponse a pris plus de temps et 2 fiches attendent encore au-delà."
    )
    assert told[1].table.rows == (("mai 2026", 2, 8.0), ("juin 2026", 0, None))


def test_every_chart_has_its_table_with_as_many_columns_as_its_head() -> None:
    found = replace(
        NONE,
        published=5,
        by_month=tuple(replace(each, count=1, total=9) for each in NONE.by_month),
        by_departement=(NORTH,),
        by_region=(Place("Hauts-de-France", "Hauts-de-France", 5),),
        by_federation=(Place("picardie", "Picardie : à confirmer", 5, to_confirm=True),),
    )
    shown = [each for part in sections(found).values() for each in part]
    assert [each.key for each in shown] == [
        "mois",
        "cumul",
        "departements",
        "regions",
        "federations",
        "themes",
    ]
    for each in shown:
        assert {len(row) for row in each.table.rows} == {len(each.table.head)}
    assert shown[4].table.rows == (("Picardie", "à confirmer", 5),)
