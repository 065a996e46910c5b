"""`/administration`: requests to write for a structure, and what accounts may do."""

from contextlib import suppress
from functools import partial

from fastapi import Request
from fastapi.responses import Response
from nicegui import ui

from app.pages.frame import admit, frame, work_page
from app.permissions import Actor, can_administer
from app.services import accounts, help_requests, memberships
from components.forms import choice, submit, text_input, words
from layouts.site.environment import french_spaces
from layouts.wording import day
from models.errors import Invalid, NotFound
from models.people import Role

ROLES = {
    Role.CONTRIBUTOR: "Écrit des fiches",
    Role.COMMITTEE: "Membre du comité",
    Role.ADMIN: "Administration",
}
TOOLS = (
    (
        "Le guide",
        "Les consignes, les conseils, les exemples et les longueurs que voient les centres.",
        "Changer le guide",
        "/administration/guide",
    ),
    (
        "Les gabarits",
        "Les mises en page proposées aux centres, et comment en écrire une autre.",
        "Voir les gabarits",
        "/administration/gabarits",
    ),
    (
        "Les brochures",
        "Des fiches choisies, reliées avec une couverture, un éditorial, une carte et un index.",
        "Relier une brochure",
        "/administration/brochures",
    ),
)
RELAY_PROBLEMS = {
    "email": "Cette adresse électronique semble incomplète. Exemple : prenom@exemple.fr",
    "already": "Cette personne est déjà relais de cette fédération.",
}


def register() -> None:
    """Declare the page."""

    @work_page("/administration")
    async def page(request: Request) -> Response | None:
        actor = await admit(
            request, can_administer, "L’administration est réservée à l’équipe de la fédération."
        )
        if not isinstance(actor, Actor):
            return actor
        with (
            frame("Administration", actor, here="/administration"),
            ui.element("div").classes("stack stack-7 band"),
        ):
            words("Administration", "h1")
            _tools()
            for part in (_requests, _relays, _accounts):
                with ui.element("section").classes("stack"):
                    await part(actor)
        return None


def _tools() -> None:
    with ui.element("ul").classes("grid-cards tools"):
        for title, said, action, target in TOOLS:
            with ui.element("li").classes("card card-pad stack tool"):
                words(title, "h2")
                words(said, "p", "muted")
                ui.link(action, target).classes("btn btn-secondary btn-small")


async def _requests(actor: Actor) -> None:
    words("Demandes d’écriture", "h2")
    requests = await accounts.list_requests(actor=actor)
    if not requests:
        words("Aucune demande n’attend de réponse.", "p", "muted")
    for line in requests:
        with ui.element("div").classes("card card-pad cluster account-line") as card:
            ui.label(
                f"{line.email} demande à écrire pour {line.centre_name} (le {day(line.requested_at.date())})."
            )
            with ui.element("div").classes("cluster"):
                for text, accept in (("Accepter", True), ("Refuser", False)):

                    async def answer(
                        request: int = line.id, accept: bool = accept, card: ui.element = card
                    ) -> None:
                        await accounts.answer_request(actor=actor, request_id=request, accept=accept)
                        card.delete()

                    submit(text, answer, quiet=not accept)


async def _relays(actor: Actor) -> None:
    words("Relais des fédérations", "h2").props("id=relais")
    words(
        "Ils aident les centres de leur fédération à écrire, un par un. Sans relais, les demandes vous arrivent.",
        "p",
        "muted",
    )
    ui.link("Voir les demandes d’aide", "/aide-individuelle").classes("btn btn-secondary")
    place = ui.element("div").classes("stack")
    lines, federations = await help_requests.relays(actor=actor)

    def show(lines: list[help_requests.RelayLine]) -> None:
        place.clear()
        with place:
            for line in lines:
                with ui.element("div").classes("card card-pad cluster cluster-between account-line"):
                    with ui.element("div"):
                        words(line.name or line.email, "p", "strong")
                        words(f"{line.federation} · {line.email}", "p", "muted small")
                    submit("Retirer", partial(remove, line), quiet=True)

    async def remove(line: help_requests.RelayLine) -> None:
        with suppress(NotFound):
            await help_requests.remove_relay(
                actor=actor, federation_id=line.federation_id, account_id=line.account_id
            )
        show((await help_requests.relays(actor=actor))[0])

    show(lines)
    with ui.element("details").classes("card card-pad"):
        words("Nommer un relais", "summary", "strong")
        with ui.element("div").classes("stack"):
            federation = choice("Fédération", dict(federations))
            address = text_input(
                "Adresse électronique",
                hint="Un compte est ouvert si elle n’en a pas encore.",
                autocomplete="off",
            )

            async def name() -> None:
                if not federation.value:
                    federation.complain("Choisissez la fédération dans la liste.")
                    return
                try:
                    await help_requests.name_relay(
                        actor=actor, federation_id=federation.value, email=address.value
                    )
                except Invalid as problem:
                    address.complain(RELAY_PROBLEMS[problem.code])
                    return
                show((await help_requests.relays(actor=actor))[0])
                ui.notify(french_spaces(f"C’est fait : {address.value.strip()} reçoit un courriel."))

            submit("Nommer", name)


async def _accounts(actor: Actor) -> None:
    words("Comptes", "h2")
    for line in await accounts.list_accounts(actor=actor):
        with ui.element("div").classes("card card-pad cluster cluster-between account-line"):
            with ui.element("div"):
                words(line.name or line.email, "p", "strong")
                words(" · ".join([line.email, *(name for _, name in line.centres)]), "p", "muted small")
                _ending(actor, line)
            role = choice(
                f"Rôle de {line.name or line.email}",
                {str(k): v for k, v in ROLES.items()},
                value=line.role,
                label_seen=False,
            )

            async def change(account: int = line.id, field: choice = role) -> None:
                try:
                    await accounts.set_role(actor=actor, account_id=account, role=Role(field.value))
                except Invalid:
                    field.complain("Vous ne pouvez pas retirer votre propre rôle.")
                    return
                ui.notify("C’est enregistré.")

            role.on_change(change)


def _ending(actor: Actor, line: accounts.AccountLine) -> None:
    """End somebody's writing for a structure: they have left it."""
    if not line.centres:
        return
    with ui.element("details").classes("second-thought"):
        with ui.element("summary"):
            words("Retirer d’une structure…")
            words(f" {line.name or line.email}", classes="visually-hidden")
        words("Les fiches restent à la structure. La personne est prévenue par courriel.", "p", "small")
        for centre_id, name in line.centres:

            async def end(centre: int = centre_id) -> None:
                with suppress(NotFound):
                    await memberships.end(actor=actor, account_id=line.id, centre_id=centre)
                ui.navigate.to("/administration")

            submit(f"Oui, retirer de {name}", end, quiet=True).classes("btn-small")
