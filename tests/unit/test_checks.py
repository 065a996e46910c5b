"""The writing checks, one by one: a text that each speaks about, and one that it leaves alone."""

from datetime import date
from typing import Any

import pytest

from models import geography, guide
from models.checks import ADVICE_A_STEP, PREVIEW, Finding, Level, findings, for_step, sensitive_words
from models.checks.inclusive import doublet
from models.checks.lexicon import lists, matches
from models.checks.people import surname_in
from models.checks.similarity import CLOSE, title_likeness
from models.checks.text import read, syllables
from models.content import FicheContent
from models.taxonomy import labels
from tests.factories import PICTURE, seed_content
from tests.people import ready_content
from tests.unit.test_demo_content import FICHES, _content

TODAY = date(2026, 9, 15)
PHOTO = {
    "media": PICTURE,
    "alt": "Trois voisins devant le four du village.",
    "credit": "X",
    "licence": "reseau",
    "consent": "personne",
}
LONG = "Les habitants du bas de la rue, qui n'avaient plus de car depuis janvier, ont demandé à la mairie "
VERY_LONG = (
    LONG
    + "de leur prêter la petite salle du premier étage pour y tenir chaque mois une réunion avec les conducteurs, les mécaniciens et tous ceux qui le voudraient."
)
SHORT = "Il pleut. Le car ne passe plus. On attend. Une voisine sort. Elle parle. On rit. Le soir vient. "
DENSE = (
    "Cette réorganisation institutionnelle considérable nécessitait indiscutablement l'approfondissement méthodique"
    " des préoccupations environnementales. "
) * 5
PARAGRAPH = "Les voisins du quartier ont parlé du car pendant une heure. " * 11
STAGE = {"when": "Mars 2024", "title": "L'essai", "text": "Trois voitures, douze trajets."}


def found(today: date | None = TODAY, *, seen: bool = True, **changes: Any) -> list[Finding]:
    content = FicheContent.model_validate(ready_content().model_dump() | changes)
    return findings(content, geography.communes(), today=today, seen_on_paper=seen)


def keys(**changes: Any) -> set[tuple[str, str, str]]:
    return {(each.check, each.path, each.key) for each in found(**changes)}


def constat(text: str) -> dict[str, Any]:
    return {"constat": {"text": text}}


def residents(text: str, **more: Any) -> dict[str, Any]:
    return {"residents": {"count": 12, "text": text, **more}}


def quote(**values: Any) -> dict[str, Any]:
    return {"voices": {"quotes": [{"text": "On parle dans la voiture.", "agreement": True, **values}]}}


def stages(*rows: dict[str, Any]) -> dict[str, Any]:
    return {
        "stages": [STAGE | row for row in rows],
        "implementation": {"means": "Un local", "partners": ["A"], "funders": ["B"]},
    }


def said(**values: Any) -> dict[str, Any]:
    return {
        "implementation": {
            "text": "Un récit.",
            "means": "Un local",
            "partners": ["A"],
            "funders": ["B"],
            **values,
        }
    }


def changed(**values: Any) -> dict[str, Any]:
    base = {"people": "Une voisine est revenue au marché.", "centre": "Le centre ouvre à huit heures."}
    return {"changes": base | values}


NOBODY = "En janvier, la ligne de car a fermé et plus rien ne passait dans le bourg, ni le matin ni le soir, pas même les jours de marché."
SUMMARY = "À Confolens, quinze habitants conduisent leurs voisins deux matins par semaine depuis mars 2024, et le car revient."
STAFF = "Le centre a écrit la règle. Nous avons cherché des voitures. L'équipe a tenu le tableau. Les voisins sont venus voir et ont choisi une heure."
HELPED = "Des parents sont venus chaque mardi avec leurs gâteaux, ils ont rangé les tables et tenu la caisse jusqu'au soir."
PEOPLE = "Les voisins ont écrit la règle. Trois parents ont cherché des voitures et choisi les jours. L'équipe a tenu le tableau, puis une habitante l'a repris."

# (check, path, key), what triggers it, what does not.
CASES: list[tuple[tuple[str, str, str], dict[str, Any], dict[str, Any]]] = [
    (("C-01", "title", "title_missing"), {"title": " "}, {"title": "Quinze voisins prennent le volant"}),
    (
        ("C-01", "title", "title_void"),
        {"title": "Sans titre 3"},
        {"title": "Sans titre de séjour, mais pas sans voix"},
    ),
    (("C-01", "title", "title_void"), {"title": "Nouvelle fiche"}, {"title": "Le brouillon de Rosa"}),
    (
        ("C-01", "title", "title_brief"),
        {"title": "Récupération alimentaire"},
        {"title": "Récupérer le pain invendu"},
    ),
    (
        ("C-01", "title", "title_wordy"),
        {"title": "Un an de pain, de thé et de rires au pied de la tour"},
        {"title": "Un an de pain et de thé au pied des tours"},
    ),
    (
        ("C-01", "title", "title_capitals"),
        {"title": "QUINZE VOISINS AU VOLANT"},
        {"title": "Quinze voisins au VOLANT rouge"},
    ),
    (
        ("C-01", "title", "title_acronym"),
        {"title": "Le CLAS 2025"},
        {"title": "Le CLAS vu par les parents du quartier"},
    ),
    (("C-01", "title", "title_short"), {"title": "Le café"}, {"title": "Le café des retraitées rouvre"}),
    (
        ("C-01", "title", "title_long"),
        {"title": "Quinze voisins " * 6},
        {"title": "Quinze voisins conduisent ceux qui restent à pied"},
    ),
    (("C-03", "commune", "commune_missing"), {"commune": ""}, {"commune": "59350"}),
    (("C-03", "commune", "commune_unknown"), {"commune": "99999"}, {"commune": "16106"}),
    (
        ("C-04", "end", "dates_reversed"),
        {"start": "2025-03", "end": "2024"},
        {"start": "2024", "end": "2024-03"},
    ),
    (
        ("C-04", "status", "status_finished_later"),
        {"status": "terminee", "end": "2027-01"},
        {"status": "terminee", "end": "2026"},
    ),
    (
        ("C-04", "status", "status_running_ended"),
        {"status": "en-cours", "end": "2025"},
        {"status": "en-cours", "end": "2027"},
    ),
    (
        ("C-04", "status", "status_running_later"),
        {"status": "en-cours", "start": "2027", "end": ""},
        {"status": "en-cours", "start": "2026", "end": ""},
    ),
    (
        ("C-04", "status", "status_preparing_begun"),
        {"status": "en-preparation", "start": "2025", "end": ""},
        {"status": "en-preparation", "start": "2026-10", "end": ""},
    ),
    (("C-05", "themes", "themes_missing"), {"themes": []}, {"themes": ["mobilite"]}),
    (("C-05", "publics", "publics_missing"), {"publics": []}, {"publics": ["familles"]}),
    (("C-06", "constat.text", "story_missing"), constat("") | {"response": {"text": ""}}, constat("")),
    (("C-06", "constat.text", "too_short"), constat("Trop court."), constat("mot " * 80)),
    (("C-06", "constat.text", "too_long"), constat("mot " * 196), constat("mot " * 195)),
    (
        ("C-07", "constat.text", "no_actor_named"),
        constat(
            "En janvier, la ligne de car a fermé et plus rien ne passait dans le bourg, ni le matin ni le soir, pas même les jours de marché, alors le silence."
        )
        | {"response": {"text": ""}},
        constat(
            "En janvier, la ligne de car a fermé et plus rien ne passait dans le bourg, ni le matin ni le soir, pas même les jours de marché, a dit une retraitée."
        )
        | {"response": {"text": ""}},
    ),
    (
        ("C-07", "constat.text", "no_actor_named"),
        constat(
            NOBODY
            + " On m'a dit que notre association et la directrice du centre l'ont remarqué à la mairie."
        )
        | {"response": {"text": ""}},
        constat(NOBODY + " Une association de locataires l'a remarqué.") | {"response": {"text": ""}},
    ),
    (
        ("C-08", "constat.text", "no_time"),
        constat(
            "La ligne de car a fermé et des habitants ne pouvaient plus aller voir le médecin ni faire les courses, il fallait marcher ou demander un service à un voisin."
        ),
        constat(
            "En 2023, la ligne de car a fermé et des habitants ne pouvaient plus aller voir le médecin ni faire les courses, il fallait marcher ou demander un service."
        ),
    ),
    (
        ("C-09", "constat.text", "label"),
        constat("Ce sont des cas sociaux, dit-on."),
        constat("« Ce sont des cas sociaux », dit-on."),
    ),
    (("C-10", "residents.text", "too_short"), residents("Ils ont voté."), residents("mot " * 40)),
    (
        ("C-11", "residents.count", "no_resident"),
        residents("", count=None),
        residents("", count=None, count_unknown=True),
    ),
    (
        ("C-11", "residents.count", "count_both"),
        residents("", count=12, count_unknown=True),
        residents("", count=12),
    ),
    (("C-11", "residents.count", "zero_resident"), residents("", count=0), residents("", count=1)),
    (("C-12", "residents.text", "staff_subject"), residents(STAFF), residents(PEOPLE)),
    (
        ("C-13", "residents.text", "no_decision"),
        residents(
            "Des parents sont venus chaque mardi avec leurs gâteaux, ils ont rangé les tables et tenu la caisse jusqu'au soir, puis lavé les tasses ensemble dans la cour."
        ),
        residents(
            "Des parents sont venus chaque mardi avec leurs gâteaux, ils ont rangé les tables et tenu la caisse jusqu'au soir, puis voté le prix du café dans la cour."
        ),
    ),
    (
        ("C-13", "residents.text", "no_decision"),
        residents(HELPED + " Un élu est venu, on lui a demandé de l'aide pour organiser la fête."),
        residents(HELPED + " Un élu est venu : elles ont refusé son idée."),
    ),
    (("C-14", "stages", "stages_few"), stages({}, {}), stages({}, {}, {})),
    (("C-14", "stages", "stages_many"), stages(*[{}] * 7), stages(*[{}] * 6)),
    (
        ("C-14", "stages.1.when", "stage_undated"),
        stages({}, {"when": " "}, {}),
        stages({}, {"when": "Été 2024"}, {}),
    ),
    (
        ("C-14", "stages.0.when", "stage_vague"),
        stages({"when": "Au début"}, {}, {}),
        stages({"when": "Au printemps"}, {}, {}),
    ),
    (
        ("C-14", "stages.1.when", "stages_disordered"),
        stages({}, {"when": "Janvier 2024"}, {}),
        stages({"when": "2024"}, {"when": "Janvier 2024"}, {}),
    ),
    (
        ("C-14", "stages.1.when", "stages_disordered"),
        stages({"when": "10/2024"}, {"when": "03/2024"}, {"when": "2025-01"}),
        stages({"when": "Novembre 2024"}, {"when": "Hiver 2024-2025"}, {"when": "15 février 2025"}),
    ),
    (
        ("C-15", "stages.0.text", "stage_long"),
        stages({"text": "mot " * 61}, {}, {}),
        stages({"text": "mot " * 60}, {}, {}),
    ),
    (
        ("C-16", "implementation.partners", "partners_missing"),
        said(partners=[]),
        said(partners=[], no_partner=True),
    ),
    (
        ("C-16", "implementation.funders", "funders_missing"),
        said(funders=[]),
        said(funders=[], no_funder=True),
    ),
    (
        ("C-16", "implementation.partners", "partners_both"),
        said(no_partner=True),
        said(partners=[" "], no_partner=True),
    ),
    (
        ("C-16", "implementation.funders", "funders_both"),
        said(no_funder=True),
        said(funders=[], no_funder=True),
    ),
    (("C-16", "implementation.means", "means_missing"), said(means=""), said(means="", cost=300)),
    (("C-17", "changes.people", "no_effect"), {"changes": {}}, changed()),
    (("C-17", "changes.centre", "one_effect"), changed(centre=""), changed()),
    (
        ("C-18", "changes.people", "no_proof"),
        changed(
            people="Les gens se sentent mieux et parlent davantage entre eux quand ils se croisent dans les allées du bourg.",
            centre="Le centre est mieux connu de tous et il fait bon y venir.",
        ),
        changed(
            people="Les gens se sentent mieux et parlent davantage entre eux quand ils se croisent dans les allées du bourg.",
            centre="Le centre est mieux connu : quarante inscriptions de plus.",
        ),
    ),
    (
        ("C-19", "changes.people", "hollow"),
        changed(people="Du lien social."),
        changed(people="Du lien social : onze voisines qui ne se parlaient pas partagent un jardin."),
    ),
    (
        ("C-20", "changes.people", "figures_differ"),
        changed(
            people="On compte 410 trajets partagés.",
            figures=[{"value": "412", "label": "trajets partagés en un an"}],
        ),
        changed(
            people="On compte 412 trajets partagés.",
            figures=[{"value": "412", "label": "trajets partagés en un an"}],
        ),
    ),
    (("C-21", "voices.quotes", "no_quote"), {"voices": {"title": "Paroles"}}, quote()),
    (
        ("C-21", "voices.quotes.0.role", "no_resident_quote"),
        quote(name="Jean", role="directeur"),
        quote(name="Jean", role="voisin"),
    ),
    (("C-22", "voices.quotes.0.agreement", "quote_agreement"), quote(agreement=False), quote()),
    (("C-23", "voices.quotes.0.name", "surname"), quote(name="Jacques Rodde"), quote(name="Une Bretonne")),
    (
        ("C-23", "voices.quotes.0.name", "minor_named"),
        quote(name="Lina", role="12 ans"),
        quote(name="Une fille", role="12 ans"),
    ),
    (
        ("C-24", "voices.quotes.0.text", "sensitive"),
        quote(text="Avec mon cancer, je ne sortais plus."),
        quote(text="Avec mon chien, je ne sortais plus."),
    ),
    (
        ("C-25", "advice", "advice_few"),
        {"advice": ["Commencez petit."]},
        {"advice": ["Commencez petit.", "Riez."]},
    ),
    (
        ("C-25", "advice", "advice_many"),
        {"advice": ["Un.", "Deux.", "Trois.", "Quatre."]},
        {"advice": ["Un.", "Deux.", "Trois."]},
    ),
    (("C-25", "advice.1", "advice_long"), {"advice": ["Un.", "mot " * 26]}, {"advice": ["Un.", "mot " * 25]}),
    (
        ("C-26", "attention_points", "no_difficulty"),
        {"attention_points": [{}]},
        {"attention_points": [{"title": "L'assurance"}]},
    ),
    (("C-27", "further.contact", "no_contact"), {"further": {}}, {"further": {"phone": "01 02 03 04 05"}}),
    (
        ("C-27", "further.contact", "contact_named"),
        {"further": {"contact": "Mme Martineau"}},
        {"further": {"contact": "Référente familles"}},
    ),
    (
        ("C-27", "further.contact", "contact_named"),
        {"further": {"contact": "Paul Boulanger"}},
        {"further": {"contact": "Pôle Familles"}},
    ),
    (
        ("C-27", "further.mailbox", "mailbox_wrong"),
        {"further": {"mailbox": "accueil@tilleuls"}},
        {"further": {"mailbox": "accueil@tilleuls.example"}},
    ),
    (
        ("C-27", "further.mailbox", "mailbox_personal"),
        {"further": {"mailbox": "jeanne.martin@tilleuls.example"}},
        {"further": {"mailbox": "centre.social@orange.fr"}},
    ),
    (("C-28", "summary", "too_short"), {"summary": "Trop court pour dire."}, {"summary": "mot " * 30}),
    (
        ("C-28", "summary", "summary_actor"),
        {"summary": SUMMARY.replace("habitants", "véhicules").replace("voisins", "courses")},
        {"summary": SUMMARY},
    ),
    (
        ("C-28", "summary", "summary_place"),
        {"summary": SUMMARY.replace("À Confolens, ", ""), "card": {"name": "X"}},
        {"summary": SUMMARY},
    ),
    (("C-29", "photos.0.alt", "photo_alt"), {"photos": [PHOTO | {"alt": ""}]}, {"photos": [PHOTO]}),
    (("C-29", "photos.0.credit", "photo_credit"), {"photos": [PHOTO | {"credit": ""}]}, {"photos": [PHOTO]}),
    (
        ("C-29", "photos.0.licence", "photo_licence"),
        {"photos": [PHOTO | {"licence": None}]},
        {"photos": [PHOTO]},
    ),
    (
        ("C-29", "photos.0.consent", "photo_consent"),
        {"photos": [PHOTO | {"consent": None}]},
        {"photos": [PHOTO]},
    ),
    (
        ("C-29", "photos.0.consent_date", "photo_consent_details"),
        {"photos": [PHOTO | {"consent": "adultes"}]},
        {"photos": [PHOTO | {"consent": "evenement"}]},
    ),
    (
        ("C-29", "photos.0.alt", "alt_file_name"),
        {"photos": [PHOTO | {"alt": "IMG_2034.jpg"}]},
        {"photos": [PHOTO]},
    ),
    (
        ("C-29", "photos.0.alt", "alt_short"),
        {"photos": [PHOTO | {"alt": "Des voisins."}]},
        {"photos": [PHOTO]},
    ),
    (
        ("C-29", "photos.0.alt", "alt_long"),
        {"photos": [PHOTO | {"alt": "mot " * 26}]},
        {"photos": [PHOTO | {"alt": "mot " * 25}]},
    ),
    (
        ("C-29", "photos.0.caption", "caption_long"),
        {"photos": [PHOTO | {"caption": "mot " * 21}]},
        {"photos": [PHOTO | {"caption": "mot " * 20}]},
    ),
    (
        ("C-29", "photos.0.alt", "cover_small"),
        {"photos": [PHOTO | {"width": 1199}]},
        {"photos": [PHOTO | {"width": 1200}]},
    ),
    (("C-29", "photos", "no_photo"), {"photos": []}, {"photos": [PHOTO]}),
    (
        ("C-30", "summary", "summary_copied"),
        {"summary": SUMMARY} | constat(SUMMARY + " Depuis, la place revit."),
        {"summary": SUMMARY},
    ),
    (("C-31", PREVIEW, "not_seen_on_paper"), {"seen": False}, {"seen": True}),
    (
        ("L-1", "residents.text", "sentences_mean"),
        residents((LONG[:-1] + " et la petite salle. ") * 4),
        residents(SHORT * 3),
    ),
    (
        ("L-2", "constat.text", "sentence_long"),
        constat(VERY_LONG + " " + SHORT),
        constat(VERY_LONG[:90] + "."),
    ),
    (
        ("L-2", "residents.text", "sentence_long"),
        residents(LONG + "de leur prêter la petite salle du premier étage. Il pleut. On rit."),
        residents(LONG + "de leur prêter la petite salle du premier étage. " + SHORT),
    ),
    (
        ("L-2", "residents.text", "sentences_long"),
        residents((LONG + "de leur prêter enfin la petite salle du premier étage. ") * 2 + SHORT),
        residents(SHORT),
    ),
    (
        ("L-3", "constat.text", "acronym"),
        constat("La PMI du quartier a fermé."),
        constat("La protection maternelle et infantile (PMI) a fermé. La PMI rouvrira."),
    ),
    (
        ("L-3", "constat.text", "acronym_unknown"),
        constat("Le XQZ du quartier a fermé."),
        constat("Le RER et la SNCF, au XXe siècle, Louis XIV."),
    ),
    (
        ("L-3", "constat.text", "acronyms_many"),
        constat("La PMI, la MSA, le CCAS, le REAAP et le CLAS."),
        constat("La PMI, la MSA, le CCAS et le REAAP."),
    ),
    (
        ("L-3", "constat.text", "acronyms_many"),
        constat("La protection maternelle et infantile (PMI), la MSA, le CCAS, le REAAP et le CLAS."),
        constat("La protection maternelle et infantile (PMI), la MSA, le CCAS, le REAAP et un SMS."),
    ),
    (
        ("L-4", "constat.text", "jargon"),
        constat("C'est un levier."),
        constat("Il serre le levier de vitesse."),
    ),
    (
        ("L-5", "constat.text", "no_actor"),
        constat("Il a été décidé de rouvrir."),
        constat("La salle a été choisie par les parents."),
    ),
    (
        ("L-6", "constat.text", "paragraph_long"),
        constat(PARAGRAPH),
        constat(PARAGRAPH[:300] + "\n" + PARAGRAPH[300:]),
    ),
    (
        ("L-6", "constat.text", "paragraph_long"),
        constat("Un titre\n" + ("Mot " + "mot " * 60 + ". ") * 2),
        constat("mot " * 60 + ".\n" + "mot " * 60),
    ),
    (
        ("L-7", "constat.text", "capitals"),
        constat("VENEZ TOUS NOMBREUX samedi."),
        constat("La CAF et la MSA viennent."),
    ),
    (("L-7", "constat.text", "bangs"), constat("Quelle fête !!!"), constat("Quelle fête !")),
    (("L-7", "constat.text", "dots"), constat("Et puis… rien… alors… on rit."), constat("Et puis… rien.")),
    (("L-8", "residents.text", "dense"), residents(DENSE), residents(SHORT * 4)),
    (
        ("L-9", "constat.text", "inclusive"),
        constat("Les habitant·e·s votent."),
        constat("Un·e habitant·e vote."),
    ),
]


@pytest.mark.parametrize(
    ("wanted", "trigger", "quiet"), CASES, ids=[f"{case[0][0]} {case[0][2]}" for case in CASES]
)
def test_a_check_speaks_when_it_should_and_only_then(
    wanted: Any, trigger: dict[str, Any], quiet: dict[str, Any]
) -> None:
    assert wanted in keys(**trigger)
    assert wanted not in keys(**quiet)


def test_every_check_of_the_guide_is_told_here() -> None:
    """C-02 is a service's: see `tests/services/test_advice.py`."""
    told = {case[0][0] for case in CASES} | {"C-02"}
    assert told == {f"C-{n:02}" for n in range(1, 32)} | {f"L-{n}" for n in range(1, 10)}


def test_every_sentence_is_complete_and_every_place_exists() -> None:
    for wanted, trigger, _ in CASES:
        for each in found(**trigger):
            assert "{" not in each.message + each.suggestion, wanted
            assert each.label
            assert each.step in guide.steps()


BLOCKING = {
    "title_missing", "title_void", "author_missing", "commune_missing", "commune_unknown", "themes_missing", "publics_missing",
    "story_missing", "dates_reversed", "quote_agreement", "photo_alt", "photo_credit", "photo_licence", "photo_consent", "photo_consent_details",
}  # fmt: skip
REVIEW = {
    "too_short", "too_long", "no_effect", "no_resident", "zero_resident", "count_both", "partners_both", "funders_both",
}  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "trigger", "_"), CASES, ids=[f"{case[0][0]} {case[0][2]}" for case in CASES]
)
def test_only_what_the_guide_says_blocks(wanted: Any, trigger: dict[str, Any], _: Any) -> None:
    level = next(each.level for each in found(**trigger) if (each.check, each.path, each.key) == wanted)
    key = wanted[2]
    assert level is (Level.BLOCKING if key in BLOCKING else Level.REVIEW if key in REVIEW else Level.ADVICE)


# ---- where exactly -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "text", "passages"),
    [
        ("L-4", "😀 Un levier, puis d’autres leviers, et une gouvernance.", ["levier", "leviers"]),
        (
            "L-5",
            "La salle a été réservée. Il a été décidé de rouvrir, et ont été mobilisés trois cars.",
            ["Il a été décidé", "ont été mobilisés"],
        ),
        (
            "C-09",
            "Des publics\u00a0fragiles et un public fragile.",
            ["publics\u00a0fragiles", "public fragile"],
        ),
        ("L-3", "Avec la Caf et la PMI. La PMI paie.", ["PMI"]),
        ("L-3", "Le CLIC du XVIe arrondissement.", ["CLIC"]),
        ("L-3", "Le quartier QPV-SNCF.", ["QPV"]),
        ("L-3", "Les REAAPs des SMS.", ["REAAPs"]),
        ("L-7", "Oui !! Non ?!", ["!!", "?!"]),
        ("L-9", "Tou·te·s les lecteur·rices lisent, un·e habitant·e aussi.", ["Tou·te·s", "lecteur·rices"]),
    ],
)
def test_passages_are_exact(check: str, text: str, passages: list[str]) -> None:
    own = [each for each in found(**constat(text)) if each.check == check and each.path == "constat.text"]
    assert [text[start:end] for start, end in own[0].spans] == passages


def test_a_long_sentence_is_shown_whole_and_alone() -> None:
    text = "Il pleut. " + VERY_LONG + " On rit."
    own = next(each for each in found(**constat(text)) if each.check == "L-2")
    assert [text[start:end] for start, end in own.spans] == [VERY_LONG]


def test_a_suggestion_says_other_words() -> None:
    by_key = {
        each.key: each
        for each in found(
            **constat("La PMI agit en direction des jeunes. Ce sont des assistés : des cas sociaux.")
        )
    }
    assert by_key["acronym"].suggestion == "protection maternelle et infantile (PMI)"
    assert by_key["jargon"].suggestion == "pour"
    assert by_key["label"].suggestion == "des familles qui traversent une période difficile"


# ---- what is shown ----------------------------------------------------------------------------------------------------------

JARGON = (
    "Dans le cadre de la CAF, un levier fédère les publics. La gouvernance est transversale. Il a été décidé de capitaliser."
    " Les problématiques sont partenariales, et les acteurs locaux mutualisent la citoyenneté active !!!"
)


def test_at_most_five_pieces_of_advice_the_most_useful_first_and_never_three_alike() -> None:
    everything = found(**constat(JARGON))
    _, tips, _ = for_step(everything, guide.step("origin"))
    assert len([each for each in everything if each.step.key == "origin"]) > 8
    assert len(tips) == ADVICE_A_STEP
    assert [each.rank for each in tips] == sorted((each.rank for each in tips), reverse=True)
    assert max([each.key for each in tips].count(each.key) for each in tips) == 2


def test_blocking_points_and_points_to_review_stand_beside_the_five() -> None:
    in_the_way, tips, _ = for_step(found(title="", commune=""), guide.step("identity"))
    assert {each.key for each in in_the_way} == {"title_missing", "commune_missing"}
    assert all(each.level is Level.ADVICE for each in tips)


def test_advice_set_aside_leaves_room_and_comes_back_only_when_its_passage_changes() -> None:
    step = guide.step("origin")
    before = found(**constat("Voici un levier pour le car."))
    _, tips, _ = for_step(before, step)
    levier = next(each for each in tips if each.key == "jargon")
    aside = {levier.ignore_key}

    def shown(text: str) -> set[str]:
        return {
            each.values[0][1]
            for each in for_step(found(**constat(text)), step, aside)[1]
            if each.key == "jargon"
        }

    assert shown("Voici un levier pour le car.") == set()
    assert shown("Ce matin, voici un levier pour le car, dit-elle.") == set()
    assert shown("Voici des leviers pour le car.") == {"leviers"}
    assert for_step(before, step, aside)[2] == [levier]


def test_blocking_points_cannot_be_set_aside() -> None:
    everything = found(title="")
    in_the_way, _, aside = for_step(
        everything, guide.step("identity"), {each.ignore_key for each in everything}
    )
    assert [each.key for each in in_the_way] == ["title_missing"]
    assert all(each.level is Level.ADVICE for each in aside)


def test_a_blank_fiche_is_not_told_what_it_has_not_begun() -> None:
    assert {each.key for each in findings(FicheContent()) if each.level is Level.ADVICE} == {"no_photo"}


@pytest.mark.parametrize("name", ["themes", "theme_courts", "publics", "initiatives", "places"])
def test_our_own_words_are_not_held_against_anybody(name: str) -> None:
    ours = labels(name).values()
    own = found(**constat("\n".join(ours)), needs=list(ours)[:6])
    assert [each.values for each in own if each.key in ("jargon", "label")] == []


@pytest.mark.parametrize(
    "text",
    [
        "L'heure a été choisie après un sondage dans la cour.",
        "La rivière monte au niveau de l'eau du quai, en direction de la gare.",
        "Une captation vidéo du spectacle. Les abeilles ont essaimé.",
        "Les oiseaux migrent, la délinquance baisse.",
        "OUI, au RDC, il y a le WIFI.",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    spoken = {"no_actor", "jargon", "label", "acronym_unknown"}
    assert [each.message for each in found(**constat(text)) if each.key in spoken] == []


@pytest.mark.parametrize("text", ["Je fais de la voile.", "Les murs étaient noirs.", "On ne juge personne."])
def test_ordinary_words_are_not_private(text: str) -> None:
    content = ready_content()
    content.voices.quotes[0].text = text
    assert sensitive_words(content) == []


def test_a_heading_of_ours_is_no_jargon_and_the_same_words_in_a_sentence_are() -> None:
    def spoken(text: str) -> list[str]:
        return [each.values[0][1] for each in found(**constat(text)) if each.key == "jargon"]

    assert spoken("Pour le territoire\nLa mise en œuvre : les parents ouvrent.") == []
    assert spoken("La mise en œuvre des ateliers.") == ["La mise en œuvre"]


def test_the_paragraph_is_not_cut_inside_what_somebody_says() -> None:
    text = "mot " * 50 + ". « Oui. " + "mot " * 40 + ". Non. » " + "Rires " + "mot " * 40 + "."
    own = next(each for each in found(**constat(text)) if each.check == "L-6")
    assert dict(own.values)["sentence"] == "Rires mot mot mot mot"


def test_quotes_are_left_as_they_were_said() -> None:
    own = found(
        **quote(
            text="Le levier, c'est la CAF !!! Ils ont été mobilisés en direction des publics…", name="Lina"
        )
    )
    assert [
        each.key for each in own if each.path.startswith("voices.quotes.0") and each.level is Level.ADVICE
    ] == []


# ---- good texts ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, row in FICHES.items()
        if row["state"] == "publiee" and name != "c-est-possible-plateforme"
    ],
)
def test_a_good_fiche_gets_little_advice(name: str) -> None:
    content = _content(name)
    everything = findings(content, geography.communes(), today=TODAY)
    told = [
        [each for each in for_step(everything, step)[1] if each.key != "no_photo"] for step in guide.steps()
    ]
    assert max(len(tips) for tips in told) <= 3, [(each.path, each.message) for tips in told for each in tips]
    assert sum(len(tips) for tips in told) <= 5, [(each.path, each.message) for tips in told for each in tips]


def test_good_fiches_together_get_less_than_one_and_a_half_pieces_of_advice_each() -> None:
    good = [
        name
        for name, row in FICHES.items()
        if row["state"] == "publiee" and name != "c-est-possible-plateforme"
    ]
    told = [
        each
        for name in good
        for each in findings(_content(name), geography.communes(), today=TODAY)
        if each.level is Level.ADVICE and each.key != "no_photo"
    ]
    assert len(told) / len(good) < 1.5


def test_the_seed_is_told_what_a_reader_would_ask() -> None:
    said = {each.key for each in findings(seed_content(), geography.communes(), today=TODAY)}
    assert {"no_actor_named", "no_time", "no_actor", "jargon", "surname", "no_contact"} <= said


def test_the_committee_sees_each_sensitive_word_and_its_kind() -> None:
    content = ready_content()
    content.voices.quotes[0].text = "En prison, puis au chômage."
    content.photos = []
    assert [(word.path, word.word, word.about) for word in sensitive_words(content)] == [
        ("voices.quotes.0.text", "prison", "justice"),
        ("voices.quotes.0.text", "chômage", "revenus"),
    ]


# ---- the tools --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Il pleut. On sort.", 2),
        ("Mme. Rose et M. Paul sont là. Ils rient.", 2),
        ("Il est 18 h 12. « On y va ? » dit-elle.", 2),
        ("« Assez ! » La dame rit.", 2),
        ("Une liste\n- un\n- deux", 3),
        ("Voir p. 12 et n°. 3 ici", 1),
        ("", 0),
        ("… !", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(read(text).sentences) == count


@pytest.mark.parametrize(
    "value",
    [
        "L'équipe d’aujourd'hui n'a qu'un porte-à-porte.",
        "Les habitant·e·s ont payé 3,5 € le 1/2. Ah !\nOui",
        "",
    ],
)
def test_the_checks_count_the_words_that_the_box_counts(value: str) -> None:
    text = read(value)
    assert text.length == sum(each.words for each in text.sentences) == guide.count_words(value)


def test_syllables_are_counted_as_a_reader_hears_them() -> None:
    assert [syllables(word) for word in ("table", "école", "idée", "maison", "chat", "2024")] == [
        1,
        2,
        2,
        2,
        1,
        4,
    ]


@pytest.mark.parametrize(
    ("word", "both"),
    [
        ("habitant·e·s", "habitantes et habitants"),
        ("lecteur·rices", "lectrices et lecteurs"),
        ("acteur·trice", "actrice ou acteur"),
        ("tou·te·s", "toutes et tous"),
        ("heureux·se", "heureuse ou heureux"),
        ("vendeur·euse·s", "vendeuses et vendeurs"),
        ("citoyen·ne·s", "citoyennes et citoyens"),
        ("sportif·ve·s", "sportives et sportifs"),
        ("conseiller·e·s", "conseillères et conseillers"),
        ("infirmier·ière·s", "infirmières et infirmiers"),
        ("actif·e·s", "actives et actifs"),
        ("heureux·e", "heureuse ou heureux"),
        ("gardien·e", "gardienne ou gardien"),
        ("européen·e·s", "européennes et européens"),
        ("tous·tes", "toutes et tous"),
        ("copain·e·s", "copines et copains"),
        ("voisin·e·s", "voisines et voisins"),
        ("professionnel·e·s", "professionnelles et professionnels"),
        ("municipal·e·s", "municipales et municipaux"),
        ("nouveau·elle·s", "nouvelles et nouveaux"),
        ("il·elle", "elle ou il"),
        ("auteur·e·s", ""),
        ("inquiet·e·s", ""),
        ("ami·xyz", ""),
    ],
)
def test_both_forms_of_a_word_with_middle_dots(word: str, both: str) -> None:
    assert doublet(word) == both


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Jacques Rodde", "Rodde"),
        ("Jacques Rodde, habitant", "Rodde"),
        ("Mme Martin", "Martin"),
        ("Marie-Claire", None),
        ("Une habitante", None),
        ("Samia B.", None),
        ("Un Lillois", None),
        ("Anne de La Tour", None),
    ],
)
def test_surnames(name: str, surname: str | None) -> None:
    span = surname_in(name)
    assert (name[slice(*span)] if span else None) == surname


@pytest.mark.parametrize(
    ("one", "other", "close"),
    [
        ("Quinze voisins conduisent les autres", "Les quinze voisins conduisent les autres", True),
        ("Le café de quatre heures", "Café de 4 heures", True),
        ("Des voisins rouvrent le lavoir", "Les habitants rouvrent le lavoir", False),
        ("Le jardin partagé", "Le four partagé", False),
        ("", "", False),
    ],
)
def test_titles_that_are_close(one: str, other: str, close: bool) -> None:
    assert (title_likeness(one, other) >= CLOSE) is close


def test_the_longest_entry_wins() -> None:
    assert [match.entry.say[0] for match in matches("levier de vitesse", "plain")] == ["levier de vitesse"]
    assert [match.span for match in matches("mise en place des jardins", "jargon")] == [(0, 17)]


# ---- the lists --------------------------------------------------------------------------------------------------------------------------


def test_the_lists_are_long_enough_and_say_something_of_each_entry() -> None:
    words = lists()
    assert len(words["jargon"]) >= 60
    assert len(words["acronyms"]) >= 40
    for name in ("jargon", "acronyms", "labels", "hollow", "sensitive"):
        assert all(entry.instead.strip() for entry in words[name]), name
    assert all(entry.instead.endswith("?") or "." in entry.instead for entry in words["hollow"])


def test_no_list_holds_an_entry_twice() -> None:
    for name, entries in lists().items():
        said = [word for entry in entries for word in entry.say]
        assert sorted({word for word in said if said.count(word) > 1}) == [], name


def test_the_acronyms_of_the_guide_are_known() -> None:
    wanted = {"CAF", "QPV", "EVS", "ACF", "REAAP", "CLAS", "ALSH", "FCSF", "URIOPSS", "CCAS", "PMI"}
    assert wanted <= {entry.say[0] for entry in lists()["acronyms"]}
