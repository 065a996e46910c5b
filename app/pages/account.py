"""`/compte`: who I am, the structures that I write for, where to go next."""

from contextlib import suppress

from fastapi import Request
from fastapi.responses import Response
from nicegui import ui

from app.pages.frame import enter, frame, work_page
from app.permissions import Actor
from app.services import accounts, memberships, preferences
from components.forms import choice, submit, text_input, tick, words
from models import geography
from models.errors import Invalid, NotFound
from models.taxonomy import AuthorKind, labels

PROBLEMS = {
    "name_missing": "Écrivez un nom ou un prénom.",
    "centre_name": "Donnez le nom de la structure, en entier.",
    "commune": "On ne retrouve pas cette commune. Essayez avec le code postal.",
}


def register() -> None:
    """Declare the page."""

    @work_page("/compte")
    async def page(request: Request) -> Response | None:
        actor = await enter(request)
        if isinstance(actor, Response):
            return actor
        lines = await accounts.memberships(actor=actor)
        centres = await accounts.list_centres()
        with (
            frame("Mon espace", actor, here="/compte"),
            ui.element("div").classes("stack stack-7 band account"),
        ):
            _welcome(actor)
            with ui.element("section").classes("stack").props("aria-labelledby=structures"):
                words("Mes structures", "h2").props("id=structures")
                _memberships(actor, lines)
                with ui.element("details").classes("card card-pad").props("open" if not lines else ""):
                    words("Ajouter une structure", "summary", "strong")
                    _join(actor, centres)
                    _create(actor)
            _name(actor)
            _preferences(actor, await preferences.of(actor=actor))
        return None


def _welcome(actor: Actor) -> None:
    links = [("/ecrire", "Mes fiches", "btn-primary")]
    if actor.on_committee:
        links.append(("/comite", "L’espace du comité", "btn-secondary"))
    links.append(("/statistiques", "Les statistiques", "btn-secondary"))
    if actor.is_admin:
        links.append(("/administration", "L’administration", "btn-secondary"))
    with ui.element("header").classes("stack"):
        words(f"Bonjour{_called(actor)} !", "h1")
        words(f"Votre adresse de connexion est {actor.email}.", "p", "lead")
        with ui.element("nav").classes("cluster").props('aria-label="Mon espace"'):
            for target, text, look in links:
                ui.link(text, target).classes(f"btn {look}")
            with (
                ui.element("form").props("method=post action=/deconnexion"),
                ui.element("button").classes("btn btn-quiet").props("type=submit"),
            ):
                words("Me déconnecter")


def _called(actor: Actor) -> str:
    return "" if actor.nameless else f" {actor.name}"


def _memberships(actor: Actor, lines: list[accounts.MembershipLine]) -> None:
    if not lines:
        words("Pour écrire une fiche, dites d’abord pour quelle structure vous écrivez.", "p", "notice")
        return
    with ui.element("ul").classes("people"):
        for line in lines:
            with ui.element("li").classes("person"):
                with ui.element("div"):
                    words(line.name, "p", "strong")
                    words(
                        "Vous écrivez ses fiches" if line.accepted else "Demande en attente de réponse",
                        "p",
                        "hint",
                    )
                _leaving(actor, line)


def _leaving(actor: Actor, line: accounts.MembershipLine) -> None:
    async def leave() -> None:
        with suppress(NotFound):
            await memberships.end(actor=actor, account_id=actor.id, centre_id=line.centre_id)
        ui.navigate.to("/compte")

    with ui.element("details").classes("second-thought"):
        with ui.element("summary"):
            words("Ne plus écrire pour elle…" if line.accepted else "Annuler ma demande…")
            words(f" {line.name}", classes="visually-hidden")
        if line.accepted:
            words(
                "Ses fiches lui restent, avec ce que vous y avez écrit. Pour revenir, il faudra le redemander.",
                "p",
            )
        submit("Oui, la quitter" if line.accepted else "Oui, l’annuler", leave, quiet=True).classes(
            "btn-small"
        )


def _join(actor: Actor, centres: list[tuple[int, str]]) -> None:
    with ui.element("div").classes("stack"):
        words("Elle est déjà dans la liste", "h3")
        chosen = choice(
            "Structure", {str(key): name for key, name in centres}, hint="Un administrateur confirmera."
        )

        async def ask() -> None:
            if not chosen.value:
                chosen.complain("Choisissez votre structure dans la liste.")
                return
            new = await accounts.join_centre(actor=actor, centre_id=int(chosen.value))
            ui.notify(
                "Demande envoyée. Vous aurez la réponse par courriel."
                if new
                else "Vous l’avez déjà demandée."
            )

        submit("Demander à écrire pour elle", ask, quiet=True)


def _create(actor: Actor) -> None:
    with ui.element("div").classes("stack"):
        words("Elle n’y est pas encore ?", "h3")
        name = text_input("Nom de la structure", autocomplete="organization")
        kind = choice("Type de structure", labels("structures"), value=AuthorKind.CENTRE)
        commune = text_input("Commune", hint="Un nom ou un code postal, par exemple « Amiens » ou « 80000 »")

        async def create() -> None:
            found = geography.find_communes(commune.value, limit=1)
            try:
                await accounts.create_centre(
                    actor=actor,
                    name=name.value,
                    kind=AuthorKind(kind.value or AuthorKind.CENTRE),
                    commune_code=found[0].code if found else "",
                )
            except Invalid as error:
                (commune if error.code == "commune" else name).complain(PROBLEMS[error.code])
                return
            ui.navigate.to("/ecrire")

        submit("Ajouter ma structure", create)


def _name(actor: Actor) -> None:
    with ui.element("section").classes("stack").props("aria-labelledby=nom"):
        words("Mon nom", "h2").props("id=nom")
        name = text_input(
            "Prénom ou fonction",
            value="" if actor.nameless else actor.name,
            hint="C’est ainsi que vous apparaissez aux autres membres.",
            autocomplete="given-name",
        )

        async def rename() -> None:
            try:
                await accounts.rename(actor=actor, name=name.value)
            except Invalid as error:
                name.complain(PROBLEMS[error.code])
                return
            ui.notify("C’est enregistré.")

        submit("Enregistrer", rename, quiet=True)


def _preferences(actor: Actor, chosen: preferences.Preferences) -> None:
    async def timer(on: bool) -> None:
        await preferences.choose(actor=actor, offers_timer=on)

    async def reminders(on: bool) -> None:
        await preferences.choose(actor=actor, reminded=on)

    with ui.element("section").classes("stack").props("aria-labelledby=reglages"):
        words("Mes réglages", "h2").props("id=reglages")
        tick(
            "Me proposer le minuteur de l’écriture rapide",
            value=chosen.offers_timer,
            hint="Il aide à avancer, il ne ferme jamais rien.",
            on_change=timer,
        )
        tick(
            "M’écrire quand une fiche commencée attend",
            value=chosen.reminded,
            hint="Un courriel après une semaine, un autre après un mois, pas plus.",
            on_change=reminders,
        )
