"""In "Mes fiches": throwing a draft away, the bin, writing a fiche again."""

from html import escape

from nicegui import ui

from app.pages.editor_words import PARIS, when
from app.permissions import Actor
from app.services import shelf
from app.services.drafting import DraftCard
from app.services.shelf import BinCard
from components.forms import submit
from layouts.site.environment import french_spaces as fr
from layouts.typography import french
from layouts.wording import day
from models.errors import Invalid, ProductError

GONE = "Ce brouillon n’est plus là, ou il est déjà chez le comité."
BLOCKED = {
    "other_open": "Une autre version de cette fiche est en cours. Proposez-la ou supprimez-la, puis remettez celle-ci.",
    "newer": "Une version plus récente de cette fiche a été publiée. Vous pouvez dupliquer celle-ci pour une nouvelle édition.",
}
AGAIN = (
    "Cette nouvelle fiche reprend vos textes et vos images. Les dates et les accords des citations sont à reprendre, "
    "comme les accords des personnes reconnaissables sur les images : on les avait donnés pour l’autre fiche."
)


def throw_away(card: DraftCard, actor: Actor) -> None:
    """The way to the bin, with its confirmation."""

    async def delete() -> None:
        try:
            await shelf.throw_away(actor=actor, revision_id=card.revision_id)
        except ProductError:
            ui.notify(fr(GONE))
            return
        ui.navigate.to(f"/ecrire?jetee={card.revision_id}")

    with ui.element("details").classes("second-thought"):
        with ui.element("summary"):
            ui.label("Supprimer…")
        ui.label(fr(f"Le brouillon va à la corbeille. Vous aurez {shelf.KEPT.days} jours pour le remettre."))
        submit("Mettre à la corbeille", delete, quiet=True).classes("btn-small")


def write_again(revision_id: int, actor: Actor) -> None:
    """The button that starts a new fiche from this one."""

    async def again() -> None:
        try:
            fresh = await shelf.write_again(actor=actor, revision_id=revision_id)
        except ProductError:
            ui.notify("Cette fiche ne peut pas être dupliquée depuis votre compte.")
            return
        ui.navigate.to(f"/ecrire/{fresh}?refaite=oui")

    submit("Dupliquer pour une nouvelle édition", again, quiet=True).classes("btn-small btn-quiet")


async def put_back(card: BinCard, actor: Actor) -> None:
    """Take a draft out of the bin and show it, or say why that cannot be."""
    try:
        await shelf.put_back(actor=actor, revision_id=card.revision_id)
    except Invalid as problem:
        ui.notify(fr(BLOCKED[problem.code]), multi_line=True, timeout=12_000)
    except ProductError:
        ui.notify("Ce brouillon n’est plus dans la corbeille.")
    else:
        ui.navigate.to(f"/ecrire?remise={card.revision_id}#fiche-{card.fiche_id}")


def said(actor: Actor, bin_: list[BinCard], thrown: int, back: int) -> None:
    """Say at the top of the page what has just been done, with the way to undo it."""
    card = next((each for each in bin_ if each.revision_id == thrown), None)
    if card is not None:
        with ui.element("div").classes("notice notice-ok shelf-said").props("role=status"):
            ui.label(fr(f"« {_title(card)} » est dans la corbeille jusqu’au {_until(card)}."))

            async def undo() -> None:
                await put_back(card, actor)

            submit("La remettre", undo, quiet=True).classes("btn-small")
    elif back:
        with ui.element("div").classes("notice notice-ok").props("role=status"):
            ui.label(fr("La fiche est revenue, comme vous l’aviez laissée."))


def bin_section(actor: Actor, bin_: list[BinCard]) -> None:
    """The section "Corbeille", closed until one asks for it."""
    with ui.element("details").classes("bin"):
        ui.html(
            f'<h2 id="corbeille">Corbeille <span class="chip chip-soft">{len(bin_)}</span></h2>',
            sanitize=False,
            tag="summary",
        )
        with ui.element("ul").classes("drafts"):
            for card in bin_:
                _line(card, actor)


def _line(card: BinCard, actor: Actor) -> None:
    async def back() -> None:
        await put_back(card, actor)

    title = escape(french(_title(card)))
    with ui.element("li").classes("card draft"):
        ui.html(
            f'<div class="draft-body"><h3>{title}</h3><p class="muted">Mise à la corbeille {when(card.deleted_at)}. '
            f"Effacée pour de bon le {_until(card)}.</p></div>",
            sanitize=False,
        )
        with ui.element("div").classes("draft-actions"):
            button = submit("Remettre", back, quiet=True).classes("btn-small")
            button.props["aria-label"] = f"Remettre{chr(0xA0)}: {_title(card)}"
            write_again(card.revision_id, actor)


def _title(card: BinCard) -> str:
    return card.title or "Fiche sans titre"


def _until(card: BinCard) -> str:
    return day(card.erased_at.astimezone(PARIS).date())
