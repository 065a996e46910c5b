"""What keeps a fiche from being proposed, and what is only said."""

from datetime import date
from typing import Any

import pytest

from models import geography, guide
from models.checks import Finding, Level, findings, in_the_way
from models.content import FicheContent
from tests.factories import PICTURE, full_content, seed_content
from tests.people import ready_content

PHOTO = {
    "media": PICTURE,
    "alt": "Trois voisins.",
    "credit": "Une bénévole",
    "licence": "reseau",
    "consent": "personne",
}
AGREED = {
    "consent": "adultes",
    "consent_date": "2025-03-01",
    "consent_until": "2030-03-01",
    "consent_uses": "Site et PDF",
    "consent_kept_at": "Classeur de l'accueil",
}


def _found(content: FicheContent, *, blocking: bool) -> set[tuple[str, str]]:
    return {
        (found.path, found.key)
        for found in findings(content, geography.communes())
        if found.blocking is blocking
    }


def test_a_complete_fiche_lacks_only_a_picture() -> None:
    content = ready_content()
    assert _found(content, blocking=True) == set()
    assert ("photos", "no_photo") in _found(content, blocking=False)


def test_a_blank_fiche_lacks_exactly_what_the_guide_demands() -> None:
    assert _found(FicheContent(), blocking=True) == {
        ("title", "title_missing"),
        ("card.name", "author_missing"),
        ("commune", "commune_missing"),
        ("themes", "themes_missing"),
        ("publics", "publics_missing"),
        ("constat.text", "story_missing"),
    }
    assert _found(FicheContent(), blocking=False) == {
        ("changes.people", "no_effect"),
        ("residents.count", "no_resident"),
        ("photos", "no_photo"),
    }


@pytest.mark.parametrize(
    ("changes", "path", "key"),
    [
        ({"title": "  "}, "title", "title_missing"),
        ({"title": "Sans titre"}, "title", "title_void"),
        ({"title": "sans titre 2"}, "title", "title_void"),
        ({"card": {}}, "card.name", "author_missing"),
        ({"commune": ""}, "commune", "commune_missing"),
        ({"commune": "99999"}, "commune", "commune_unknown"),
        ({"themes": []}, "themes", "themes_missing"),
        ({"publics": []}, "publics", "publics_missing"),
        ({"constat": {"text": " "}, "response": {"text": "\n"}}, "constat.text", "story_missing"),
        ({"start": "2025-03", "end": "2024-12"}, "end", "dates_reversed"),
        ({"start": "2025", "end": "2024-12"}, "end", "dates_reversed"),
        ({"voices": {"quotes": [{"text": "On y va."}]}}, "voices.quotes.0.agreement", "quote_agreement"),
        ({"photos": [PHOTO | {"alt": " "}]}, "photos.0.alt", "photo_alt"),
        ({"photos": [PHOTO, PHOTO | {"credit": ""}]}, "photos.1.credit", "photo_credit"),
        ({"photos": [PHOTO | {"licence": None}]}, "photos.0.licence", "photo_licence"),
        ({"photos": [PHOTO | {"consent": None}]}, "photos.0.consent", "photo_consent"),
        ({"photos": [PHOTO | {"consent": "adultes"}]}, "photos.0.consent_date", "photo_consent_details"),
        ({"photos": [PHOTO | {"consent": "mineurs"}]}, "photos.0.consent_date", "photo_consent_details"),
        (
            {"photos": [PHOTO | AGREED | {"consent_kept_at": ""}]},
            "photos.0.consent_kept_at",
            "photo_consent_details",
        ),
    ],
)
def test_a_missing_point_blocks_alone(changes: dict[str, Any], path: str, key: str) -> None:
    base = ready_content().model_dump()
    content = FicheContent.model_validate(base | changes)
    assert _found(content, blocking=True) == {(path, key)}


@pytest.mark.parametrize(
    "changes",
    [
        {"photos": [PHOTO]},
        {"photos": [PHOTO | AGREED]},
        {"photos": [PHOTO | {"consent": "evenement"}]},
        {"constat": {"text": ""}},
        {"response": {"text": ""}},
        {"start": "2024", "end": "2024-03"},
        {"start": "2024-03", "end": "2024"},
        {"start": "2024-03", "end": "2024-03"},
        {"start": "", "end": "2024"},
        {"voices": {"quotes": [{"name": "Une habitante"}]}},
        {"title": "L'an 2000"},
    ],
)
def test_what_is_enough_does_not_block(changes: dict[str, Any]) -> None:
    base = ready_content().model_dump()
    assert _found(FicheContent.model_validate(base | changes), blocking=True) == set()


@pytest.mark.parametrize(
    ("changes", "path", "key"),
    [
        ({"title": "Le café"}, "title", "title_short"),
        ({"title": "Q" + "u" * 90}, "title", "title_long"),
        ({"title": "QUINZE VOISINS CONDUISENT LES AUTRES"}, "title", "title_capitals"),
        ({"changes": {}}, "changes.people", "no_effect"),
        ({"residents": {}}, "residents.count", "no_resident"),
        ({"photos": []}, "photos", "no_photo"),
        ({"constat": {"text": "Trop court."}}, "constat.text", "too_short"),
        ({"constat": {"text": "mot " * 196}}, "constat.text", "too_long"),
        ({"residents": {"count": 3, "text": "mot " * 181}}, "residents.text", "too_long"),
        ({"changes": {"people": "mot " * 19}}, "changes.people", "too_short"),
        ({"changes": {"centre": "mot " * 91}}, "changes.centre", "too_long"),
        ({"changes": {"territory": "mot " * 91}}, "changes.territory", "too_long"),
        ({"summary": "Court."}, "summary", "too_short"),
    ],
)
def test_a_doubtful_point_is_said_and_does_not_block(changes: dict[str, Any], path: str, key: str) -> None:
    base = ready_content().model_dump()
    content = FicheContent.model_validate(base | changes)
    assert (path, key) in _found(content, blocking=False)
    assert _found(content, blocking=True) == set()


def test_lengths_within_half_of_the_bounds_are_not_remarked() -> None:
    bounds = guide.field("constat.text")
    assert bounds.min_words is not None
    assert bounds.max_words is not None
    for words in (round(bounds.min_words * 0.5), bounds.max_words, int(bounds.max_words * 1.5)):
        content = ready_content(constat={"text": "mot " * words})
        assert [found for found in in_the_way(findings(content)) if found.path == "constat.text"] == []


def test_communes_are_checked_only_against_a_list() -> None:
    content = ready_content(commune="99999")
    assert [found for found in findings(content) if found.blocking] == []


def test_the_quotes_of_the_full_fiche_wait_for_the_agreement_of_the_people() -> None:
    paths = {path for path, key in _found(full_content(), blocking=True) if key == "quote_agreement"}
    assert paths == {"voices.quotes.0.agreement", "voices.quotes.1.agreement"}


def test_blocking_points_come_first_then_the_order_of_the_steps() -> None:
    found = findings(FicheContent())
    order = [(not finding.blocking, finding.step.number) for finding in found]
    assert order == sorted(order)


def test_every_finding_has_a_sentence_a_label_and_a_step() -> None:
    finding = Finding("C-29", "photos.3.alt", "photo_alt", Level.BLOCKING)
    assert finding.message == "Décrivez l’image en quelques mots."
    assert finding.label == guide.field("photos.*.alt").label
    assert finding.step.number == 8


def test_the_seed_fiche_may_be_proposed_as_it_is() -> None:
    assert _found(seed_content(), blocking=True) == set()


# ---- agreements for pictures -------------------------------------------------------------------------------------------


def _agreement(today: date | None = date(2026, 9, 15), **values: str) -> list[Finding]:
    content = FicheContent.model_validate(
        ready_content().model_dump() | {"photos": [PHOTO | AGREED | values]}
    )
    found = findings(content, geography.communes(), today=today)
    return [each for each in found if each.key.startswith("photo_consent")]


def test_what_an_agreement_lacks_is_named_and_leads_to_the_first_of_it() -> None:
    found = _agreement(consent_uses="", consent_kept_at=" ")
    assert [(each.path, each.blocking) for each in found] == [("photos.0.consent_uses", True)]
    assert "« Usages acceptés » et « Où l’accord signé est-il rangé ? »" in found[0].message
    assert "Date de l’accord" not in found[0].message


def test_an_agreement_that_is_over_keeps_the_fiche_back_from_the_day_after() -> None:
    found = _agreement(consent_until="2026-09-14")
    assert [(each.path, each.key, each.blocking) for each in found] == [
        ("photos.0.consent_until", "photo_consent_over", True)
    ]
    assert "14 septembre 2026" in found[0].message
    assert _agreement(consent_until="2026-09-15") == []
    assert _agreement(today=None, consent_until="2026-09-14") == []


def test_an_agreement_cannot_end_before_it_begins() -> None:
    found = _agreement(today=None, consent_date="2026-03-01", consent_until="2025-03-01")
    assert [(each.path, each.key, each.blocking) for each in found] == [
        ("photos.0.consent_until", "photo_consent_reversed", True)
    ]


def test_an_agreement_dated_of_a_day_to_come_is_to_be_looked_at_again() -> None:
    found = _agreement(consent_date="2027-01-02")
    assert [(each.key, each.level) for each in found] == [("photo_consent_later", Level.REVIEW)]


def test_a_day_that_no_calendar_holds_breaks_nothing() -> None:
    assert _agreement(consent_until="2030-02-31") == []


def test_pictures_without_written_agreement_have_no_end() -> None:
    assert _agreement(consent="evenement", consent_until="2020-01-01") == []
