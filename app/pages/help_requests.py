"""`/aide-individuelle`: the requests for help that a relay may take, has taken or has closed."""

from collections.abc import Awaitable, Callable
from html import escape

from fastapi import Request
from fastapi.responses import Response
from nicegui import ui

from app.pages.editor_words import when
from app.pages.frame import admit, frame, work_page
from app.permissions import Actor
from app.services import help_requests
from app.services.help_requests import HelpLine
from components.forms import submit, words
from layouts.site.environment import french_spaces as fr
from layouts.typography import french
from models.errors import Invalid, ProductError

NOT_YOURS = "L’aide individuelle est tenue par les relais que les fédérations ont choisis. L’équipe de la fédération peut vous y ajouter."
TAKEN = "Quelqu’un vient de s’en occuper : merci quand même !"
GONE = "Cette demande n’attend plus."


def register() -> None:
    """Declare the page."""

    @work_page("/aide-individuelle")
    async def page(request: Request) -> Response | None:
        actor = await admit(request, lambda each: each.is_relay or each.is_admin, NOT_YOURS)
        if not isinstance(actor, Actor):
            return actor
        with (
            frame("Aide individuelle", actor, here="/aide-individuelle", styles=["company.css"]),
            ui.element("div").classes("stack stack-7 band"),
        ):
            ui.html(
                fr(
                    "<h1>Aide individuelle</h1><p class='lead'>Des équipes demandent un coup de main pour écrire leur fiche. "
                    "Quand vous en prenez une, vous pouvez écrire avec elles ; c’est le centre qui propose.</p>"
                ),
                sanitize=False,
            ).classes("stack")
            news = words("", "p", "visually-hidden").props("role=status tabindex=-1")
            board = ui.element("div").classes("stack stack-7")
            await _Board(actor, board, news).fill()
        return None


class _Board:
    """The requests, shown again after each action."""

    def __init__(self, actor: Actor, place: ui.element, news: ui.html) -> None:
        self.actor, self.place, self.news = actor, place, news

    async def fill(self) -> None:
        try:
            lines = await help_requests.listing(actor=self.actor)
        except ProductError:
            return ui.navigate.reload()
        self.place.clear()
        with self.place:
            self._section("En attente", [line for line in lines if not line.taken_by and not line.closed_at])
            self._section("En cours", [line for line in lines if line.taken_by and not line.closed_at])
            self._section("Terminées", [line for line in lines if line.closed_at])

    def _section(self, title: str, lines: list[HelpLine]) -> None:
        if not lines and title != "En attente":
            return
        with ui.element("section").classes("stack").props(f'aria-label="{title}"'):
            words(f"{title} ({len(lines)})" if lines else title, "h2")
            if not lines:
                words(
                    "Personne n’attend en ce moment. Vous recevrez un courriel à la prochaine demande.",
                    "p",
                    "muted",
                )
            with ui.element("ul").classes("requests"):
                for line in lines:
                    with ui.element("li").classes("card card-pad request"):
                        ui.html(_told(line), sanitize=False).classes("stack stack-2 request-told")
                        self._actions(line)

    def _actions(self, line: HelpLine) -> None:
        with ui.element("div").classes("request-actions"):
            if line.closed_at:
                return
            if not line.taken_by:
                submit("Je m’en occupe", lambda: self._take(line))
            elif line.mine:
                if line.revision_id is not None:
                    ui.link("Écrire avec le centre", f"/ecrire/{line.revision_id}").classes("btn btn-primary")
                submit(
                    "C’est terminé",
                    self._then(help_requests.close, line, "Aide terminée. Merci !"),
                    quiet=True,
                )
                submit(
                    "Laisser à quelqu’un d’autre",
                    self._then(help_requests.give_back, line, "La demande attend de nouveau."),
                    quiet=True,
                ).classes("btn-quiet")

    async def _take(self, line: HelpLine) -> None:
        try:
            revision_id = await help_requests.take(actor=self.actor, request_id=line.id)
        except ProductError as problem:
            await self._say(TAKEN if isinstance(problem, Invalid) else GONE)
            return
        ui.navigate.to(f"/ecrire/{revision_id}")

    def _then(
        self, action: Callable[..., Awaitable[None]], line: HelpLine, said: str
    ) -> Callable[[], Awaitable[None]]:
        async def act() -> None:
            try:
                await action(actor=self.actor, request_id=line.id)
            except ProductError:
                await self._say(GONE)
                return
            await self._say(said)

        return act

    async def _say(self, sentence: str) -> None:
        await self.fill()
        self.news.content = escape(french(sentence), quote=False)
        self.news.classes(replace="notice notice-ok")


def _told(line: HelpLine) -> str:
    title = escape(french(line.title)) or "Fiche sans titre pour l’instant"
    where = " · ".join(part for part in (line.centre_name, line.federation) if part)
    message = f'<blockquote class="request-words">{escape(line.message)}</blockquote>' if line.message else ""
    helper = ""
    if line.taken_by and not line.mine:
        helper = (
            f"<p>{escape(line.taken_by)} s’en occupe.</p>"
            if not line.closed_at
            else f"<p>Aide de {escape(line.taken_by)}.</p>"
        )
    return (
        f'<h3>{title}</h3><p class="muted">{escape(where)}</p>'
        f"<p>{escape(line.asked_by)} a demandé de l’aide {when(line.asked_at)}.</p>{message}{helper}"
    )
