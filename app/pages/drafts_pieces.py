"""In "Mes fiches": what is made from a published fiche, and how far it is."""

from html import escape

from nicegui import context, ui

from app import live
from app.services import pieces, press
from app.services.press import Progress
from components.forms import submit
from layouts.site.environment import french_spaces as fr
from layouts.site.environment import plural
from models.errors import ProductError


class Supports:
    """The link to all that a fiche can be shown with; while something is being made, how much is there."""

    def __init__(self, slug: str) -> None:
        self._slug = slug
        self._place = ui.element("div").classes("draft-supports").props("role=status")

    async def build(self) -> None:
        """Show it, and follow what is made."""
        context.client.on_delete(live.subscribe(pieces.TOPIC, self._heard))
        await self._show()

    async def _heard(self, news: live.Payload) -> None:
        mine = news.get("slug") == self._slug or live.RESYNC in news
        if mine and not self._place.is_deleted:
            await self._show()

    async def _show(self) -> None:
        try:
            progress = await press.progress(self._slug)
        except ProductError:  # withdrawn meanwhile
            progress = Progress(0, 0)
        if self._place.is_deleted:
            return
        self._place.clear()
        with self._place:
            ui.html(_said(self._slug, progress), sanitize=False)
            if progress.given_up:
                submit("Réessayer", self._retry, quiet=True)

    async def _retry(self) -> None:
        try:
            await press.retry(self._slug)
        except ProductError:  # withdrawn meanwhile: the page says so
            await self._show()


def _said(slug: str, progress: Progress) -> str:
    if not progress.total:
        return ""
    link = f'<a href="/fiches/{slug}#supports">Affiche, images, diapositive, kit</a>'
    if progress.failed:
        names = ", ".join(progress.failed)
        reason = (
            f"Cela n’a pas pu être mis en page : {names}."
            if progress.given_up
            else f"Pas encore prêt : {names}. Un nouvel essai aura lieu."
        )
        return f"<p>{link}<br>{escape(fr(reason))}</p>"
    if progress.done:
        return f"<p>{link}</p>"
    made = plural(progress.made, "support prêt", "supports prêts")
    return (
        f'<p>{link}</p><p class="draft-progress"><progress max="{progress.total}" value="{progress.made}" '
        f'aria-hidden="true"></progress><span>{made} sur {progress.total}</span></p>'
    )
