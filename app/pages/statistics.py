"""`/statistiques`: five figures in words, then charts with one message each, their tables and their downloads."""

from datetime import datetime
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from nicegui import app, ui

from app.auth.session import current_actor
from app.pages import statistics_words as said
from app.pages.frame import enter, frame, work_page
from app.pages.statistics_sections import Section, sections
from app.permissions import Actor
from app.services import statistics
from app.services.statistics import Overview
from components.charts import words


def register() -> None:
    """Declare the page and the download of its tables."""

    @work_page("/statistiques")
    async def page(request: Request) -> Response | None:
        actor = await enter(request)
        if isinstance(actor, Response):
            return actor
        period, found = await _asked(request, actor)
        with (
            frame("Statistiques", actor, here="/statistiques", styles=["statistics.css"]),
            ui.element("div").classes("stack stack-7 band stat"),
        ):
            ui.html(_opening(found), sanitize=False).classes("stat-part")
            if not sum(found.states.values()) and found.federation is None:
                ui.html(NOTHING_YET, sanitize=False).classes("stat-part")
                return None
            ui.html(_choices(found, period), sanitize=False).classes("stat-part")
            for name, cards in sections(found).items():
                ui.html(_part(name, cards, _query(period, found.federation)), sanitize=False).classes(
                    "stat-part"
                )
            if not found.published_in_period:
                ui.html(NOTHING_HERE, sanitize=False).classes("stat-part")
        return None

    @app.get("/statistiques/{name}.csv")
    async def download(request: Request, name: str) -> Response:
        actor = await current_actor(request)
        if actor is None:
            return RedirectResponse("/connexion?suite=/statistiques", status_code=303)
        _, found = await _asked(request, actor)
        tables = {each.key: each.table for part in sections(found).values() for each in part}
        if name not in tables:
            return PlainTextResponse("Ce tableau est vide ou n’existe pas.", 404)
        file = f"statistiques-{name}-{found.today.isoformat()}.csv"
        headers = {
            "Content-Disposition": f'attachment; filename="{file}"',
            "Cache-Control": "private, no-store",
        }
        return Response(tables[name].csv(), media_type="text/csv; charset=utf-8", headers=headers)


async def _asked(request: Request, actor: Actor) -> tuple[str, Overview]:
    """Read the choices of the address; what is not known there falls back to the usual ones."""
    period = request.query_params.get("periode", "")
    period = period if period in said.PERIODS else str(statistics.MONTHS)
    found = await statistics.overview(
        actor=actor,
        today=datetime.now(statistics.PARIS).date(),
        months=said.PERIODS[period],
        federation=request.query_params.get("federation") or None,
    )
    return period, found


def _query(period: str, federation: str | None) -> str:
    chosen = {"periode": period} | ({"federation": federation} if federation else {})
    return words(urlencode(chosen))


# --- HTML -----------------------------------------------------------------------------------------------------

NOTHING_YET = (
    '<div class="notice stack"><h2>Rien à compter pour l’instant</h2><p>'
    + words(
        "Les chiffres viendront avec les premières fiches : combien paraissent chaque mois, dans quels départements, "
        "sur quels thèmes, et combien de temps le comité met à répondre."
    )
    + '</p><p><a class="btn btn-primary" href="/ecrire">Écrire la première fiche</a></p></div>'
)
NOTHING_HERE = (
    '<div class="notice"><p>'
    + words(
        "Aucune fiche publiée ne répond à ce choix. Essayez une période plus longue ou toutes les fédérations."
    )
    + '</p><p><a href="/statistiques?periode=tout">Tout voir depuis le début</a></p></div>'
)


def _opening(found: Overview) -> str:
    what, where = said.sentence(found)
    chosen = next((place.name for place in found.federations if place.key == found.federation), "")
    figures = "".join(
        f'<li><strong class="stat-number">{number}</strong> <span>{words(text)}</span></li>'
        for number, text in (said.figures(found) if sum(found.states.values()) else ())
    )
    return (
        '<header class="stat-hero"><h1 class="stat-eyebrow">Statistiques'
        + (f" · {words(chosen)}" if chosen else "")
        + f'</h1><p class="stat-sentence"><strong>{words(what)}</strong> {words(where)}</p>'
        + (f'<ul class="stat-figures">{figures}</ul>' if figures else "")
        + f'<p class="stat-date">{words(said.as_of(found.today))}</p></header>'
    )


def _choices(found: Overview, period: str) -> str:
    periods = "".join(_option(key, said.PERIOD_NAMES[key], key == period) for key in said.PERIODS)
    federations = "".join(
        _option(place.key, f"{place.name} ({place.count})", place.key == found.federation)
        for place in sorted(found.federations, key=lambda place: (place.to_confirm, place.name))
    )
    return (
        '<form class="stat-choices" method="get" action="/statistiques">'
        f'<div class="field"><label for="periode">Période</label><select id="periode" name="periode">{periods}</select></div>'
        '<div class="field"><label for="federation">Fédération</label><select id="federation" name="federation">'
        f"{_option('', 'Toutes les fédérations', found.federation is None)}{federations}</select></div>"
        '<button class="btn btn-secondary" type="submit">Afficher</button></form>'
    )


def _option(key: str, text: str, chosen: bool) -> str:
    return f'<option value="{words(key)}"{" selected" if chosen else ""}>{words(text)}</option>'


def _part(name: str, content: list[Section], query: str) -> str:
    cards = "".join(_card(section, query) for section in content)
    return (
        f'<section class="stack stack-5"><h2>{words(name)}</h2><div class="stat-grid">{cards}</div></section>'
    )


def _card(section: Section, query: str) -> str:
    hidden = f'<span class="visually-hidden"> : {words(section.table.caption)}</span>'
    return (
        f'<article class="card card-pad stat-card stat-{section.key}" aria-labelledby="titre-{section.key}">'
        f'<h3 id="titre-{section.key}">{words(section.title)}</h3><p class="stat-note">{words(section.note)}</p>'
        f'<div class="stat-chart">{section.chart}</div>'
        f'<details class="stat-table"><summary>Voir le tableau{hidden}</summary>'
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{words(section.table.caption)}">'
        f"{section.table.html()}</div></details>"
        f'<a class="stat-download" href="/statistiques/{section.key}.csv?{query}" download>Télécharger en CSV{hidden}</a>'
        "</article>"
    )
