"""`/ecrire/ID/historique`: the versions of a draft, what changed between two of them, and the way back."""

from datetime import date, datetime, timedelta
from html import escape
from itertools import groupby
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import Response
from nicegui import ui

from app.pages.frame import enter, frame, refused, work_page
from app.permissions import Actor
from app.services import history
from app.services.history import History, Version
from components.changes import change_html, name_of
from components.forms import submit, words
from components.sheet import sheet
from layouts import renderer
from layouts.site.environment import french_spaces as fr
from layouts.site.environment import plural
from layouts.typography import french
from layouts.wording import day
from models import guide
from models.comparison import Change, compare
from models.errors import Deleted, NotAllowed, NotFound, ProductError

PARIS = ZoneInfo("Europe/Paris")
NOT_HERE = "Cette fiche n’existe pas, ou n’existe plus."
NOT_YOURS = "L’historique d’une fiche n’est ouvert qu’à celles et ceux qui l’écrivent."
IN_THE_BIN = (
    "Cette fiche est dans la corbeille. Remettez-la depuis « Mes fiches » pour retrouver son historique."
)
SINCE, BEFORE, SHEET = "depuis", "avant", "fiche"
VIEWS = {
    SINCE: "Ce qui a changé depuis",
    BEFORE: "Ce qu’elle apportait",
    SHEET: "La fiche à ce moment-là",
}
EXPLAINED = {
    SINCE: "Barré : enlevé depuis cette version. Souligné : ajouté depuis.",
    BEFORE: "Barré : enlevé par cette version. Souligné : ajouté par cette version.",
}

ALONE = (
    "Il n’y a pas encore d’autre version. Continuez à écrire : la fiche est gardée toutes les deux minutes environ, "
    "quand une autre personne prend la suite et à chaque proposition au comité."
)


def register() -> None:
    """Declare the page."""

    @work_page("/ecrire/{revision_id:int}/historique")
    async def page(
        request: Request, revision_id: int, version: int | None = None, vue: str = SINCE, revenue: str = ""
    ) -> Response | None:
        actor = await enter(request)
        if isinstance(actor, Response):
            return actor
        try:
            found = await history.versions(actor=actor, revision_id=revision_id)
            screen = Screen(actor, found, _chosen(found, version), vue if vue in VIEWS else SINCE)
        except (NotAllowed, NotFound) as problem:
            refused(actor, _why(problem))
            return None
        with frame(
            f"Historique : {found.title or 'fiche sans titre'}", actor, here="/ecrire", styles=["history.css"]
        ):
            await screen.build(back=bool(revenue))
        return None


def _why(problem: ProductError) -> str:
    if isinstance(problem, NotAllowed):
        return NOT_YOURS
    return fr(IN_THE_BIN) if isinstance(problem, Deleted) else NOT_HERE


def _chosen(found: History, version: int | None) -> Version | None:
    """Return the version asked for, the newest kept one by default; None if nothing was kept."""
    kept = found.versions[1:]
    if version is None:
        return kept[0] if kept else None
    for each in kept:
        if each.id == version:
            return each
    raise NotFound


class Screen:
    """One look at the history."""

    def __init__(self, actor: Actor, found: History, chosen: Version | None, view: str) -> None:
        self.actor, self.found, self.chosen, self.view = actor, found, chosen, view

    async def build(self, *, back: bool) -> None:
        """Lay the screen out."""
        title = escape(french(self.found.title)) or "Fiche sans titre pour l’instant"
        with ui.element("div").classes("history band"):
            ui.html(
                f'<p><a class="btn btn-quiet btn-small" href="/ecrire/{self.found.revision_id}">← Retour à la fiche</a></p>'
                f'<h1>Historique</h1><p class="lead">{title}</p>',
                sanitize=False,
            ).classes("history-head")
            if back:
                sentence = fr(
                    "C’est fait : la fiche a repris ce que vous avez choisi. Ce qui s’y trouvait avant reste dans la liste."
                )
                ui.html(f'<p class="notice notice-ok" role="status">{sentence}</p>', sanitize=False)
            if self.chosen is None:
                ui.html(f'<p class="notice">{fr(ALONE)}</p>', sanitize=False)
                return
            with ui.element("div").classes("history-panes"):
                ui.html(self._list(), sanitize=False).classes("history-list")
                with ui.element("section").classes("history-version").props("aria-labelledby=version"):
                    await self._version(self.chosen)

    # ---- the list

    def _list(self) -> str:
        days = []
        for moment, group in groupby(
            self.found.versions, lambda version: version.at.astimezone(PARIS).date()
        ):
            lines = "".join(self._line(version) for version in group)
            days.append(f"<h3>{day_said(moment)}</h3><ol>{lines}</ol>")
        return f'<nav aria-labelledby="versions"><h2 id="versions">Les versions</h2>{"".join(days)}</nav>'

    def _line(self, version: Version) -> str:
        at = f"{version.at.astimezone(PARIS):%H:%M}"
        author = f", {escape(version.author)}" if version.author else ""
        marks = "".join(
            f' <span class="chip chip-soft">{mark}</span>'
            for mark, shown in (
                ("maintenant", version.id is None),
                ("proposée au comité", version.proposed),
                ("la première", version.first),
            )
            if shown
        )
        if version.id is None:
            return f'<li><span class="line">{at}{author}{marks}</span></li>'
        here = ' aria-current="page"' if self.chosen and version.id == self.chosen.id else ""
        return f'<li><a class="line" href="{self._address(version.id, self.view)}"{here}>{at}{author}{marks}</a></li>'

    def _address(self, version: int | None, view: str) -> str:
        query = {"version": str(version), "vue": view}
        return escape(f"/ecrire/{self.found.revision_id}/historique?{urlencode(query)}")

    # ---- one version

    async def _version(self, version: Version) -> None:
        ui.html(f'<h2 id="version">Version {said(version.at)}</h2>{self._views(version)}', sanitize=False)
        if self.view == SHEET:
            await self._sheet(version)
        else:
            await self._comparison(version)

    def _views(self, version: Version) -> str:
        shown = [view for view in VIEWS if view != BEFORE or not version.first]
        links = "".join(
            f'<li><a class="chip{" chip-on" if view == self.view else ""}" href="{self._address(version.id, view)}"'
            f"{' aria-current=true' if view == self.view else ''}>{VIEWS[view]}</a></li>"
            for view in shown
        )
        return f'<nav aria-label="Ce que l’on regarde"><ul class="history-views">{links}</ul></nav>'

    async def _sheet(self, version: Version) -> None:
        self._way_back(version)
        look = await history.look(actor=self.actor, revision_id=self.found.revision_id, version=version.id)
        setting = renderer.Setting(gabarit=look.gabarit, palette=look.palette, placeholder=True)
        document = renderer.document(look.content, setting, screen=True)
        sheet(document, f"La fiche, version {said(version.at)}").classes("history-sheet")

    async def _comparison(self, version: Version) -> None:
        changes = await self._changes(version)
        if self.view == SINCE:
            self._way_back(version)
        if not changes:
            words(
                "Les textes et les images sont les mêmes ; seules les couleurs ou la mise en page ont pu changer.",
                "p",
                "notice",
            )
            return
        legend = f'<p class="muted history-legend">{fr(EXPLAINED[self.view])} {plural(len(changes), "passage")}.</p>'
        ui.html(legend, sanitize=False)
        step = None
        for change in changes:
            now = _step(change)
            if now != step:
                words(now, "h3", "change-step")
                step = now
            with ui.element("section").classes("change"):
                ui.html(
                    f"<h4>{escape(name_of(change.path))}</h4>{change_html(change)}", sanitize=False
                ).classes("change-body")
                if self.view == SINCE and self.found.writable:
                    self._take_back(version, change)

    async def _changes(self, version: Version) -> list[Change]:
        look = history.look
        shown = await look(actor=self.actor, revision_id=self.found.revision_id, version=version.id)
        if self.view == SINCE:
            present = await look(actor=self.actor, revision_id=self.found.revision_id, version=None)
            return compare(shown.content, present.content)
        place = self.found.versions.index(version)
        if place + 1 == len(self.found.versions):
            return []
        earlier = self.found.versions[place + 1]
        before = await look(actor=self.actor, revision_id=self.found.revision_id, version=earlier.id)
        return compare(before.content, shown.content)

    # ---- the way back

    def _way_back(self, version: Version) -> None:
        if not self.found.writable:
            words(
                "Cette fiche ne peut pas être modifiée pour l’instant : son historique se lit seulement.",
                "p",
                "muted",
            )
            return

        async def back() -> None:
            await self._restore(version, None)

        with ui.element("div").classes("history-back"):
            submit("Revenir à cette version", back)
            words("Rien ne se perd : ce qui est écrit maintenant reste dans la liste.", "p", "muted")

    def _take_back(self, version: Version, change: Change) -> None:
        async def take() -> None:
            await self._restore(version, change.path)

        button = submit("Reprendre ce passage", take, quiet=True).classes("btn-small")
        button.props["aria-label"] = f"Reprendre ce passage{chr(0xA0)}: {name_of(change.path)}"

    async def _restore(self, version: Version, path: str | None) -> None:
        try:
            await history.restore(
                actor=self.actor, revision_id=self.found.revision_id, version=version.id or 0, path=path
            )
        except ProductError as problem:
            gone = isinstance(problem, Deleted)
            ui.notify(
                fr(
                    IN_THE_BIN
                    if gone
                    else "Cela n’a pas pu se faire : cette fiche ou cette version n’est plus ouverte. Rechargez la page."
                )
            )
            return
        ui.navigate.to(f"/ecrire/{self.found.revision_id}/historique?revenue=oui")


def day_said(moment: date) -> str:
    """Return a day as people say it: "Aujourd’hui", "Hier", "12 mars 2026"."""
    today = datetime.now(PARIS).date()
    if moment == today:
        return "Aujourd’hui"
    return "Hier" if moment == today - timedelta(days=1) else day(moment)


def said(at: datetime) -> str:
    """Return "du 12 mars 2026 à 14:02", "d’aujourd’hui à 14:02"."""
    local = at.astimezone(PARIS)
    when = {"Aujourd’hui": "d’aujourd’hui", "Hier": "d’hier"}.get(
        day_said(local.date()), f"du {day(local.date())}"
    )
    return f"{when} à {local:%H:%M}"


def _step(change: Change) -> str:
    try:
        step = guide.step_of(change.path)
    except KeyError:
        return "Autre"
    return f"{step.number}. {step.title}"
