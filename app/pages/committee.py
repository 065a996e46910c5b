"""`/comite`: what awaits me first; `/comite/ID`: read the fiche as it will appear, remark, vote, decide."""

from dataclasses import asdict

from fastapi import Request
from fastapi.responses import Response
from nicegui import context, ui

from app import live
from app.pages.committee_dossier import Reading
from app.pages.frame import admit, frame, refused, work_page
from app.permissions import Actor, can_review
from app.services import review
from app.services.review import ReviewCard
from layouts.site import environment
from models import geography
from models.columns import now
from models.errors import NotFound

RESERVED = (
    "L’espace du comité est réservé à ses membres. Vous pensez en être ? Écrivez à l’équipe de la fédération."
)


def register() -> None:
    """Declare the pages."""

    @work_page("/comite")
    async def table(request: Request) -> Response | None:
        actor = await admit(request, can_review, RESERVED)
        if not isinstance(actor, Actor):
            return actor
        with frame("Le comité", actor, here="/comite", styles=["committee.css"]):
            await _table(actor)
        return None

    @work_page("/comite/{revision_id}")
    async def dossier(request: Request, revision_id: int) -> Response | None:
        actor = await admit(request, can_review, RESERVED)
        if not isinstance(actor, Actor):
            return actor
        try:
            opened = await review.open_dossier(actor=actor, revision_id=revision_id)
        except NotFound:
            refused(actor, "Cette fiche n’est pas, ou n’est plus, sur la table du comité.")
            return None
        with frame(
            f"Lire : {opened.card.title}",
            actor,
            here="/comite",
            styles=["committee.css", "history.css"],
            wide=True,
        ):
            await Reading(actor, opened).build()
        return None


async def _table(actor: Actor) -> None:
    with ui.element("div").classes("stack stack-5 band"):
        ui.html(
            "<h1>Sur la table du comité</h1><p class='lead'>Deux lectures par fiche, dont une hors de la fédération du centre ; "
            "une réponse sous quinze jours.</p>",
            sanitize=False,
        ).classes("stack")
        cards = ui.html(_columns(await review.table(actor=actor)), sanitize=False)

    async def refresh(_: live.Payload) -> None:
        cards.content = _columns(await review.table(actor=actor))

    context.client.on_delete(live.subscribe("review", refresh))


def _columns(cards: list[ReviewCard]) -> str:
    to_read = [
        card for card in cards if card.can_vote and card.my_ballot is None and card.tally.outcome is None
    ]
    to_decide = [card for card in cards if card.can_vote and card.tally.outcome is not None]
    others = [card for card in cards if card not in to_read and card not in to_decide]
    columns = [
        ("lire", "À lire", to_read, "Lire et voter", "Vous avez tout lu. Merci !"),
        (
            "decider",
            "À décider",
            to_decide,
            "Annoncer la décision",
            "Aucune décision n’attend d’être annoncée.",
        ),
        ("attente", "En attente", others, "Relire", "Rien n’attend un autre avis."),
    ]
    return environment.render(
        "_review_cards.html",
        columns=[
            {
                "key": key,
                "title": title,
                "cards": [_view(card) for card in held],
                "action": action,
                "empty": empty,
            }
            for key, title, held, action, empty in columns
        ],
    )


def _view(card: ReviewCard) -> dict[str, object]:
    commune = geography.communes().get(card.commune_code)
    days = (card.due_at - now()).days
    delay = (
        f"Encore {days} jours" if days > 1 else "Dernier jour" if days >= 0 else f"En retard de {-days} jours"
    )
    votes = {0: "aucun vote", 1: "un vote"}.get(card.votes, f"{card.votes} votes")
    if card.tally.waiting_for == "third_opinion":
        votes += ", avis partagés : un avis de plus est attendu"
    elif card.tally.waiting_for == "outside":
        votes += ", il manque un avis d’une autre fédération"
    return asdict(card) | {
        "place": f"{commune.name} ({commune.departement_code})" if commune else "",
        "days_left": days,
        "delay": delay,
        "votes_text": votes,
    }
