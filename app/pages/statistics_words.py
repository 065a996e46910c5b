"""The sentences of the statistics: the first one, the figures under it, durations and lists in words."""

from collections.abc import Sequence
from datetime import date

from app.services.statistics import MONTHS, Overview
from components.charts import decimal
from layouts import wording
from layouts.site.environment import plural
from models.review import ANSWER_DAYS

PERIODS = {"12": 12, str(MONTHS): MONTHS, "tout": None}
PERIOD_NAMES = {"12": "12 derniers mois", str(MONTHS): f"{MONTHS} derniers mois", "tout": "Depuis le début"}


def in_days(days: float) -> str:
    """Return a duration in words: 8 jours, 1 jour et demi, une demi-journée."""
    whole, half = int(days), days % 1 >= 0.25
    if not whole:
        return "une demi-journée" if half else "moins d’un jour"
    return plural(whole, "jour") + (" et demi" if half else "")


def listed(names: Sequence[str]) -> str:
    """Return "Mobilité, Santé et Logement"."""
    return " et ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def lateness(found: Overview) -> str:
    """Say which answers took longer than promised, and which fiches still wait beyond it."""
    said = []
    if found.late_answers:
        took = "a pris" if found.late_answers == 1 else "ont pris"
        said.append(f"{plural(found.late_answers, 'réponse')} {took} plus de temps")
    if found.late_waiting:
        waits = "attend" if found.late_waiting == 1 else "attendent"
        said.append(f"{plural(found.late_waiting, 'fiche')} {waits} encore au-delà")
    kept = "toutes les réponses sont venues à temps"
    return f"Promesse du comité : une réponse sous {ANSWER_DAYS} jours ; {listed(said) if said else kept}."


def figures(found: Overview) -> list[tuple[str, str]]:
    """Return the figures under the first sentence: a number and what it counts."""
    said = []
    if found.federation is None:
        have = "a au moins une fiche" if found.federations_covered < 2 else "ont au moins une fiche"
        known = f"{'fédération' if found.federations_covered < 2 else 'fédérations'} sur {found.federations_known}"
        said.append((decimal(found.federations_covered), f"{known} {have}"))
    centre = "structure" if found.centres_published < 2 else "structures"
    have = "a publié" if found.centres_published < 2 else "ont publié"
    said.append((decimal(found.centres_published), f"{centre} sur {decimal(found.centres_known)} {have}"))
    late = (
        f", dont {decimal(found.late_waiting)} depuis plus de {ANSWER_DAYS} jours"
        if found.late_waiting
        else ""
    )
    waits = "fiche attend le comité" if found.waiting < 2 else "fiches attendent le comité"
    said.append((decimal(found.waiting), waits + late))
    if found.median_days is not None:
        unit = "jour" if found.median_days < 2 else "jours"
        said.append((decimal(found.median_days), f"{unit} ou moins pour répondre à une fiche sur deux"))
    return said


def sentence(found: Overview) -> tuple[str, str]:
    """Return the first sentence in two parts: what is published, and where."""
    if not found.published:
        return "Aucune fiche publiée", "pour l’instant"
    where = plural(found.departements_covered, "département")
    what = plural(found.published, "fiche publiée", "fiches publiées")
    return what, f"dans {where}" if found.departements_covered else ""


def as_of(today: date) -> str:
    """Return the date of the figures."""
    return f"Au {wording.day(today)}"
