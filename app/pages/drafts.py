"""`/ecrire`: what I am writing, what the committee answered, what is published; and the start of a new fiche."""

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response
from nicegui import ui

from app.pages import drafts_shelf
from app.pages.drafts_pieces import Supports
from app.pages.editor_words import when
from app.pages.frame import enter, frame, work_page
from app.permissions import Actor
from app.services import drafting, shelf
from app.services.drafting import DraftCard
from components.forms import submit
from components.kept_words import KeptWords
from layouts.site.environment import french_spaces as fr
from layouts.site.environment import plural
from layouts.typography import french
from models import guide
from models.fiche import WRITABLE
from models.taxonomy import State, label

STEPS = len(guide.steps())
EXPLAINED = {
    State.DRAFT: "Votre équipe et les personnes que vous invitez sont seules à la voir.",
    State.PROPOSED: "Deux membres du comité la lisent. Réponse sous quinze jours.",
    State.TO_CLARIFY: "Le comité attend une précision, puis vous la proposez à nouveau.",
    State.PUBLISHED: "Tout le monde peut la lire.",
    State.DECLINED: "Elle n’a pas été retenue. Vous pouvez la retravailler.",
    State.ARCHIVED: "Elle n’est plus montrée.",
}


def register() -> None:
    """Declare the page."""

    @work_page("/ecrire")
    async def page(request: Request, jetee: int = 0, remise: int = 0) -> Response | None:
        actor = await enter(request)
        if isinstance(actor, Response):
            return actor
        cards = await drafting.list_mine(actor=actor)
        centres = await drafting.my_centres(actor=actor)
        thrown = await shelf.list_bin(actor=actor)
        writing = [card for card in cards if card.state in (*WRITABLE, State.PROPOSED)]
        others = [card for card in cards if card.state not in (*WRITABLE, State.PROPOSED)]
        with (
            frame("Mes fiches", actor, here="/ecrire", styles=["editor.css", "guidance.css"]),
            ui.element("div").classes("stack stack-7 band"),
        ):
            _welcome(bool(centres), bool(cards))
            drafts_shelf.said(actor, thrown, jetee, remise)
            KeptWords(actor.id)
            if writing:
                await _section("Reprendre", "reprendre", writing, actor, several=len(centres) > 1)
            if others:
                await _section("Publiées et rangées", "publiees", others, actor, several=len(centres) > 1)
            if thrown:
                drafts_shelf.bin_section(actor, thrown)
        return None


def _welcome(may_write: bool, has_some: bool) -> None:
    lead = (
        "Une heure suffit pour un premier jet, en huit étapes. Tout s’enregistre à mesure : arrêtez-vous quand vous voulez."
        if may_write
        else "Pour écrire, rejoignez d’abord votre structure : c’est elle qui signe la fiche."
    )
    target, text = (
        ("/ecrire/nouvelle", "Commencer une fiche") if may_write else ("/compte", "Rejoindre ma structure")
    )
    hour = '<a class="btn" href="/ecrire/en-une-heure">Écrire en une heure</a>' if may_write else ""
    title = "Mes fiches" if has_some else "Racontez ce que vous avez réussi ensemble"
    ui.html(
        f'<header class="drafts-head"><div class="stack"><h1>{title}</h1><p class="lead">{fr(lead)}</p></div>'
        f'<p class="drafts-start"><a class="btn btn-primary" href="{target}">{text}</a>{hour}</p></header>',
        sanitize=False,
    )


async def _section(title: str, name: str, cards: list[DraftCard], actor: Actor, *, several: bool) -> None:
    with ui.element("section").classes("stack").props(f"aria-labelledby={name}"):
        ui.html(f'<h2 id="{name}">{title}</h2>', sanitize=False)
        with ui.element("ul").classes("drafts"):
            for card in cards:
                with ui.element("li").classes(f"card draft draft-{card.state}"):
                    ui.html(_card(card, several=several), sanitize=False)
                    if card.state == State.PUBLISHED and card.published_slug:
                        await Supports(card.published_slug).build()
                    _actions(card, actor)


def _card(card: DraftCard, *, several: bool) -> str:
    title = escape(french(card.title)) or "Fiche sans titre pour l’instant"
    dots = "".join(f'<i class="{"on" if n < card.filled_steps else ""}"></i>' for n in range(STEPS))
    message = (
        f'<blockquote class="notice notice-warn"><p><strong>Le message du comité</strong></p><p>{escape(french(card.message))}</p></blockquote>'
        if card.message and card.state in (State.TO_CLARIFY, State.DECLINED)
        else ""
    )
    progress = (
        f'<p class="draft-progress"><span aria-hidden="true">{dots}</span>'
        f"{plural(card.filled_steps, 'étape commencée', 'étapes commencées')} sur {STEPS}</p>"
        if card.state in WRITABLE
        else ""
    )
    centre = f"<span>{escape(card.centre_name)}</span>" if several or not card.own else ""
    company = f'<p class="draft-company">{escape(fr(card.company))}</p>' if card.company else ""
    return (
        f'<div class="draft-body" id="fiche-{card.fiche_id}">'
        f'<p class="draft-state"><span class="chip chip-soft">{label("etats", card.state)}</span>{centre}</p>'
        f'<h3><a href="{_address(card)}">{title}</a></h3>'
        f'<p class="muted">Enregistrée {when(card.updated_at)}. {_explained(card)}</p>{company}{progress}{message}</div>'
    )


def _explained(card: DraftCard) -> str:
    if card.state == State.DRAFT and not card.own:
        return ""
    return EXPLAINED[State(card.state)]


def _address(card: DraftCard) -> str:
    if card.state == State.PUBLISHED and card.published_slug:
        return f"/fiches/{card.published_slug}"
    return f"/ecrire/{card.revision_id}"


def _actions(card: DraftCard, actor: Actor) -> None:
    async def revise() -> None:
        draft = await drafting.start_revision(actor=actor, fiche_id=card.fiche_id)
        ui.navigate.to(f"/ecrire/{draft.revision_id}")

    with ui.element("div").classes("draft-actions"):
        if card.state in WRITABLE:
            ui.link("Continuer", f"/ecrire/{card.revision_id}").classes("btn btn-secondary btn-small")
        elif card.state == State.PROPOSED:
            ui.link("Relire", f"/ecrire/{card.revision_id}").classes("btn btn-small")
        elif card.own:
            submit("Proposer une nouvelle version", revise, quiet=True).classes("btn-small")
        if card.state in (*WRITABLE, State.PROPOSED) and card.published_slug:
            ui.link("Voir la version publiée", f"/fiches/{card.published_slug}").classes(
                "btn btn-quiet btn-small"
            )
        if card.own:
            drafts_shelf.write_again(card.revision_id, actor)
        if card.own and card.state == State.DRAFT:
            drafts_shelf.throw_away(card, actor)


def choose_centre(actor: Actor, centres: Mapping[int, str], *, sitting: str = "") -> None:
    """Ask for which structure the new fiche is written; `sitting` is the way to write that was chosen, if any."""
    more = f"&amp;seance={quote(sitting)}" if sitting else ""
    links = "".join(
        f'<li><a class="btn btn-wide" href="/ecrire/nouvelle?structure={number}{more}">{escape(name)}</a></li>'
        for number, name in centres.items()
    )
    with (
        frame("Nouvelle fiche", actor, here="/ecrire", styles=["editor.css"]),
        ui.element("div").classes("stack band centres"),
    ):
        question = fr("Pour quelle structure écrivez-vous ?")
        ui.html(
            f'<h1>{question}</h1><p class="lead">Sa carte d’identité sera remplie d’avance.</p><ul class="stack">{links}</ul>',
            sanitize=False,
        )


def no_centre(actor: Actor) -> None:
    """Explain that a fiche is signed by a structure."""
    with (
        frame("Nouvelle fiche", actor, here="/ecrire", styles=["editor.css"]),
        ui.element("div").classes("stack band centres"),
    ):
        ui.html(
            "<h1>Rejoignez d’abord votre structure</h1><p class='lead'>Une fiche est signée par un centre social, un espace de vie "
            "sociale ou une fédération. Choisissez le vôtre : son équipe vous ouvre la porte, et vous pourrez écrire.</p>"
            '<p><a class="btn btn-primary" href="/compte">Choisir ma structure</a></p>'.replace(
                " :", "\u00a0:"
            ),
            sanitize=False,
        )
