"""What the statistics say: each section has one message, a chart, and the table that it is drawn from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.pages.statistics_words import in_days, lateness, listed
from app.services.statistics import Overview, Place
from components.charts import Plot, Row, Table, area, columns, decimal, rows
from layouts import wording
from layouts.site.environment import plural
from models import geography
from models.review import ANSWER_DAYS
from models.taxonomy import State, label

SHOWN = 12  # bars of a list; the table has them all
MAX_TICKS = 5
SHORT_MONTHS = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
STATES = {
    State.DRAFT: "En cours d’écriture",
    State.PROPOSED: "Proposées au comité",
    State.TO_CLARIFY: "À préciser par le centre",
    State.PUBLISHED: "Publiées",
    State.ARCHIVED: "Archivées",
    State.DECLINED: "Déclinées",
}


@dataclass(frozen=True)
class Section:
    """A message, its chart (HTML) and its table; `key` names the download."""

    key: str
    title: str
    note: str
    chart: str
    table: Table


def sections(found: Overview) -> dict[str, list[Section]]:
    """Return the sections of the page by part; parts without anything to say are left out."""
    parts: dict[str, list[Section]] = {}
    if found.by_month[-1].total:
        parts["Au fil des mois"] = [monthly(found), cumulated(found)]
    if found.published_in_period:
        places = [departements(found)]
        if found.federation is None:
            places += [regions(found), federations(found)]
        parts["Sur le territoire"] = places
        parts["De quoi parlent les fiches"] = [themes(found)]
    committee = [states(found)] if sum(found.states.values()) else []
    if found.answers:
        committee.append(delays(found))
    if committee:
        parts["De l’écriture à la réponse"] = committee
    return parts


# --- by month ------------------------------------------------------------------------------------------------


def _ticks(months: Sequence[str]) -> list[tuple[int, str, str]]:
    """Label few enough months to be read at 320 px, at equal distances from the last one."""
    step = max(1, -(-len(months) // MAX_TICKS))
    return [
        (rank, SHORT_MONTHS[int(month[5:]) - 1], month[:4])
        for rank, month in enumerate(months)
        if (len(months) - 1 - rank) % step == 0
    ]


def monthly(found: Overview) -> Section:
    """Fiches first published in each month."""
    months, counts = [each.month for each in found.by_month], [each.count for each in found.by_month]
    best = counts.index(max(counts))
    alone = counts[best] > 0 and counts.count(counts[best]) == 1
    table = Table(
        "Fiches parues pour la première fois, mois par mois",
        ("Mois", "Fiches parues"),
        tuple((wording.month(each.month), each.count) for each in found.by_month),
    )
    plot = Plot(
        name="graphique-mois",
        title=table.caption,
        description=f"{_monthly_message(found)}. Le détail est dans le tableau.",
        values=counts,
        hints=[
            f"{wording.month(month)} : {plural(count, 'fiche')}"
            for month, count in zip(months, counts, strict=True)
        ],
        ticks=_ticks(months),
        note=f"{counts[best]} en {wording.month(months[best])}" if alone else "",
        noted=best if alone else -1,
    )
    return Section(
        "mois", _monthly_message(found), "Nouvelles fiches, par mois de parution.", columns(plot), table
    )


def _monthly_message(found: Overview) -> str:
    counts = [each.count for each in found.by_month]
    if not sum(counts):
        return "Aucune fiche n’est parue sur cette période"
    year, before = sum(counts[-12:]), sum(counts[-24:-12])
    if len(counts) < 24:
        lasting = "ce mois-ci" if len(counts) == 1 else f"en {len(counts)} mois"
        return f"{plural(sum(counts), 'fiche parue', 'fiches parues')} {lasting}"
    change = abs(year - before)
    than = "autant que" if not change else f"{decimal(change)} de {'plus' if year > before else 'moins'} que"
    if not year:
        return "Aucune fiche n’est parue depuis douze mois"
    return f"{plural(year, 'fiche parue', 'fiches parues')} en douze mois, {than} les douze mois d’avant"


def cumulated(found: Overview) -> Section:
    """All fiches published since the beginning."""
    months, totals = [each.month for each in found.by_month], [each.total for each in found.by_month]
    table = Table(
        "Fiches parues depuis le début",
        ("Mois", "Fiches parues", "Depuis le début"),
        tuple((wording.month(each.month), each.count, each.total) for each in found.by_month),
    )
    plot = Plot(
        name="graphique-cumul",
        title=table.caption,
        description=f"{_cumulated_message(totals)}. Le détail est dans le tableau.",
        values=totals,
        hints=[
            f"{wording.month(month)} : {plural(total, 'fiche')} en tout"
            for month, total in zip(months, totals, strict=True)
        ],
        ticks=_ticks(months),
        note=decimal(totals[-1]),
        noted=len(totals) - 1,
    )
    archived = found.archived_since
    gone = f" {plural(archived, 'a été archivée', 'ont été archivées')} depuis." if archived > 0 else ""
    return Section(
        "cumul",
        _cumulated_message(totals),
        f"Fiches parues, additionnées mois après mois.{gone}",
        area(plot),
        table,
    )


def _cumulated_message(totals: Sequence[int]) -> str:
    halves = [rank for rank, total in enumerate(totals) if 0 < total <= totals[-1] / 2]
    if totals[-1] < 4 or not halves:
        return f"{plural(totals[-1], 'fiche parue', 'fiches parues')} depuis le début"
    months = len(totals) - 1 - halves[-1]
    lasting = "un mois" if months == 1 else "un an" if months == 12 else f"{months} mois"
    return f"La collection a doublé en {lasting} : {plural(totals[-1], 'fiche parue', 'fiches parues')} depuis le début"


# --- by place and theme ---------------------------------------------------------------------------------------


def departements(found: Overview) -> Section:
    """Fiches by département, each bar leading to the gallery."""
    places = found.by_departement
    lines = [(place.key, place.name, place.count) for place in places]
    if found.without_departement:
        lines.append(("", "Sans commune connue", found.without_departement))
    table = Table(
        "Fiches publiées par département",
        ("Département", "Code", "Fiches"),
        tuple((name, code, count) for code, name, count in lines),
    )
    bars = [
        Row(f"{name} ({code})" if code else name, count, f"/fiches?departement={code}" if code else "")
        for code, name, count in lines[:SHOWN]
    ]
    missing = found.departements_known - found.departements_covered
    waits = "attend sa première fiche" if missing == 1 else "attendent leur première fiche"
    note = "Chaque nom mène aux fiches." + (f" {plural(missing, 'département')} {waits}." if missing else "")
    return Section(
        "departements", _departements_message(places), _more(lines, "départements") + note, rows(bars), table
    )


def _departements_message(places: Sequence[Place]) -> str:
    if not places:
        return "Les fiches ne disent pas encore où elles se passent"
    first = [place for place in places if place.count == places[0].count]
    count = plural(places[0].count, "fiche")
    if len(places) > 1 and len(first) == len(places):
        return f"{len(places)} départements ont publié, {count} chacun"
    if len(places) == 1:
        return f"Tout se passe {geography.departements()[places[0].key].locative} : {count}"
    if len(first) > 3:
        return f"{len(first)} départements sont en tête, avec {count} chacun"
    where = listed([geography.departements()[place.key].locative for place in first])
    return f"C’est {where} qu’on publie le plus : {count}{' chacun' if len(first) > 1 else ''}"


def regions(found: Overview) -> Section:
    """Fiches by region."""
    places = found.by_region
    known = len({each.region for each in geography.departements().values()})
    table = Table(
        "Fiches publiées par région",
        ("Région", "Fiches"),
        tuple((place.name, place.count) for place in places),
    )
    first = [place.name for place in places if place.count == places[0].count]
    leading = f", {listed(first)} en tête" if 0 < len(first) < min(4, len(places)) else ""
    title = f"{plural(len(places), 'région')} sur {known} racontée{'s' if len(places) > 1 else ''}{leading}"
    chart = rows([Row(place.name, place.count) for place in places[:SHOWN]])
    return Section(
        "regions", title, _more(places, "régions") + "La somme de leurs départements.", chart, table
    )


def federations(found: Overview) -> Section:
    """Fiches by federation; the groups that stand for one to be confirmed are paler."""
    places = found.by_federation
    sure = [place for place in places if not place.to_confirm]
    table = Table(
        "Fiches publiées par fédération",
        ("Fédération", "Rattachement", "Fiches"),
        tuple(
            (_named(place), "à confirmer" if place.to_confirm else "établi", place.count) for place in places
        ),
    )
    if not sure:
        title = "Les fiches viennent de territoires sans fédération établie"
    else:
        have = "a publié" if len(sure) == 1 else "ont publié"
        title = f"{plural(len(sure), 'fédération')} sur {found.federations_known} {have}"
        first = [place for place in sure if place.count == sure[0].count]
        if len(first) == 1:
            title += f" ; la plus active : {first[0].name}"
    note = "La somme de leurs départements. Barres blanches : rattachement à confirmer."
    bars = [Row(_named(place), place.count, soft=place.to_confirm) for place in places[:SHOWN]]
    return Section("federations", title, _more(places, "territoires") + note, rows(bars), table)


def _named(place: Place) -> str:
    """Drop what the bar's colour and the table's column say already: "Corse : à confirmer"."""
    return re.split(r"\s:\s", place.name)[0]


def themes(found: Overview) -> Section:
    """Fiches by theme."""
    used = [(key, count) for key, count in found.by_theme.items() if count]
    missing = [label("theme_courts", key) for key, count in found.by_theme.items() if not count]
    table = Table(
        "Fiches publiées par thème",
        ("Thème", "Fiches"),
        tuple((label("themes", key), count) for key, count in found.by_theme.items()),
    )
    first = [f"« {label('theme_courts', key)} »" for key, count in used if count == used[0][1]]
    if not used:
        title = "Les fiches n’ont pas encore de thème"
    elif 1 < len(first) == len(used):
        title = f"{len(used)} thèmes racontés, {plural(used[0][1], 'fiche')} chacun"
    elif len(first) > 3:
        title = f"{len(first)} thèmes sont en tête, avec {plural(used[0][1], 'fiche')} chacun"
    else:
        return_ = "revient" if len(first) == 1 else "reviennent"
        each = " chacun" if len(first) > 1 else ""
        title = f"{listed(first)} {return_} le plus souvent : {plural(used[0][1], 'fiche')}{each}"
    gaps = (
        f" Pas encore de fiche sur : {listed(missing)}."
        if missing
        else " Tous les thèmes ont au moins une fiche."
    )
    note = "Une fiche a jusqu’à trois thèmes : la somme dépasse le nombre de fiches." + gaps
    bars = [Row(label("theme_courts", key), count, f"/fiches?theme={key}") for key, count in used]
    return Section("themes", title, note, rows(bars), table)


def _more(everything: Sequence[object], what: str) -> str:
    return (
        f"Les {SHOWN} premiers {what} ; les autres sont dans le tableau. " if len(everything) > SHOWN else ""
    )


# --- the committee --------------------------------------------------------------------------------------------


def states(found: Overview) -> Section:
    """Where fiches stand today."""
    waiting, writing = (
        found.states[State.PROPOSED],
        found.states[State.DRAFT] + found.states[State.TO_CLARIFY],
    )
    table = Table(
        "Fiches par état, aujourd’hui",
        ("État", "Fiches"),
        tuple((STATES[state], count) for state, count in found.states.items()),
    )
    attends = "attend" if waiting == 1 else "attendent"
    title = (
        f"{plural(waiting, 'fiche')} {attends} la réponse du comité"
        if waiting
        else "Aucune fiche n’attend le comité"
    )
    if writing:
        title += f", {decimal(writing)} {'s’écrit' if writing == 1 else 's’écrivent'} encore"
    note = "Aujourd’hui, quelle que soit la période."
    if found.in_revision:
        gets = (
            "a une nouvelle version en cours"
            if found.in_revision == 1
            else "ont une nouvelle version en cours"
        )
        note += f" {decimal(found.in_revision)} des fiches publiées {gets}."
    bars = [
        Row(STATES[state], count, soft=state is not State.PUBLISHED) for state, count in found.states.items()
    ]
    return Section("etats", title, note, rows(bars), table)


def delays(found: Overview) -> Section:
    """Median days from a first proposal to its answer, by month of the answer."""
    months = [each.month for each in found.delays]
    days = found.median_days_in_period or 0
    if found.answers == 1:
        title = f"La seule réponse a demandé {in_days(days)}"
    else:
        title = f"Une fiche sur deux a reçu sa réponse en {in_days(days)}" + (
            " ou moins" if days >= 1 else ""
        )
    table = Table(
        "De la proposition à la première réponse du comité",
        ("Mois de la réponse", "Réponses", "Délai médian, en jours"),
        tuple((wording.month(each.month), each.answers, each.days) for each in found.delays),
    )
    plot = Plot(
        name="graphique-delais",
        title=table.caption,
        description=f"{title}. Délai médian de chaque mois, en jours ; le détail est dans le tableau.",
        values=[each.days for each in found.delays],
        hints=[
            f"{wording.month(each.month)} : {in_days(each.days or 0)} ({plural(each.answers, 'réponse')})"
            for each in found.delays
        ],
        ticks=_ticks(months),
        limit=ANSWER_DAYS,
        limit_note=f"{ANSWER_DAYS} jours",
    )
    return Section(
        "delais", title, f"{lateness(found)} Délai médian par mois, en jours.", columns(plot), table
    )
