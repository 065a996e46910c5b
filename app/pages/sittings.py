"""`/ecrire/en-une-heure`: the ways to write a fiche in one sitting, explained, and the way into each."""

from html import escape
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import Response
from nicegui import ui

from app.pages.frame import enter, frame, work_page
from layouts.site.environment import french_spaces as fr
from layouts.typography import french
from layouts.wording import duration
from models import guide
from models.formats import Format, formats

NBSP = "\u00a0"


def register() -> None:
    """Declare the page."""

    @work_page("/ecrire/en-une-heure")
    async def page(
        request: Request, fiche: int | None = None, structure: int | None = None, etape: str = ""
    ) -> Response | None:
        actor = await enter(request)
        if isinstance(actor, Response):
            return actor
        place, query = f"/ecrire/{fiche}" if fiche else "/ecrire/nouvelle", {}
        if structure and not fiche:
            query["structure"] = str(structure)
        if etape in {step.key for step in guide.steps()}:
            query["etape"] = etape
        with (
            frame("Écrire en une séance", actor, here="/ecrire", styles=["editor.css", "guidance.css"]),
            ui.element("div").classes("stack stack-7 band"),
        ):
            ui.html(_page(place, query), sanitize=False)
        return None


def _page(place: str, query: dict[str, str]) -> str:
    cards = "".join(_card(each, f"{place}?{urlencode({**query, 'seance': each.key})}") for each in formats())
    lead = fr(
        "Le minuteur aide à avancer, il n’arrête rien : vous pouvez le mettre en pause, le rallonger ou l’éteindre. "
        "Tout s’enregistre à mesure, vous finirez un autre jour si vous préférez."
    )
    question = fr("Comment voulez-vous écrire ?")
    return (
        f'<header class="stack"><p><a href="/ecrire">← Mes fiches</a></p><h1>{question}</h1><p class="lead">{lead}</p></header>'
        f'<ul class="sittings">{cards}</ul>'
    )


def _card(each: Format, target: str) -> str:
    unfolding = "".join(f"<li>{escape(french(text))}</li>" for text in each.unfolding)
    more = _questions() if each.aloud else _course(each)
    wall = (
        f'<a class="btn" href="/ecriture-rapide?format={each.key}">Le minuteur à projeter</a>'
        if any(part.step is None for part in each.parts)
        else ""
    )
    return (
        f'<li class="card card-pad sitting"><p class="eyebrow">{duration(each.minutes)}</p><h2>{escape(french(each.title))}</h2>'
        f'<p><strong>{escape(french(each.who))}.</strong> {escape(french(each.lead))}</p><ul class="sitting-course">{unfolding}</ul>{more}'
        f'<p class="actions"><a class="btn btn-primary" href="{escape(target)}">Commencer<span class="visually-hidden">{NBSP}: {escape(french(each.title))}</span></a>{wall}</p></li>'
    )


def _course(each: Format) -> str:
    lines = "".join(
        f"<li><span>{escape(french(part.title))}</span> <span>{part.minutes}{NBSP}min</span></li>"
        for part in each.parts
    )
    return f'<details><summary>Le déroulé, minute par minute</summary><ol class="sitting-parts">{lines}</ol></details>'


def _questions() -> str:
    steps = "".join(
        f"<li><strong>{escape(french(step.title))}</strong><ul>"
        + "".join(f"<li>{escape(french(question))}</li>" for question in step.aloud)
        + "</ul></li>"
        for step in guide.steps()
        if step.aloud
    )
    return f'<details><summary>Les questions à poser à voix haute</summary><ol class="sitting-questions">{steps}</ol></details>'
