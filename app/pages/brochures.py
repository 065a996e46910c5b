"""`/administration/brochures`: choose fiches, write a cover and an editorial, follow the binding, take the booklet."""

from collections.abc import Callable
from datetime import datetime
from html import escape

from fastapi import FastAPI, Request
from nicegui import ui
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from app.auth.session import current_actor
from app.pages.editor_words import PARIS
from app.pages.frame import admit, frame, work_page
from app.permissions import Actor, can_administer
from app.services import brochures, publication, search
from app.services.brochures import FichesFailed, Wanted
from app.services.storehouse import Stored
from components.forms import choice, submit, text_area, text_input, words
from layouts.booklet import GABARIT
from layouts.manifest import manifest
from layouts.site import environment
from layouts.site.environment import french_spaces as fr
from layouts.site.environment import plural
from layouts.typography import NBSP, french
from layouts.wording import weight
from models import geography
from models.errors import Invalid, LayoutFailed, NotAllowed, NotFound
from models.fiche import GalleryEntry
from models.taxonomy import labels

HOME = "/administration/brochures"
ORDERS: dict[str, tuple[str, Callable[[GalleryEntry], tuple[object, ...]] | None]] = {
    "recentes": ("Les plus récentes d’abord", None),
    "territoires": ("Par département", lambda entry: (entry.departement_code, geography.fold(entry.title))),
    "titres": ("Par titre", lambda entry: (geography.fold(entry.title),)),
}
PHASES = {
    "waiting": "Une autre brochure est en cours : la vôtre attend son tour",
    "fiches": "Mise en page des fiches",
    "pages": "Reliure des pages",
}
REASONS = {  # of LayoutFailed
    "time": "La reliure prenait trop de temps. Prenez moins de fiches, ou faites deux brochures.",
    "memory": "La reliure demandait trop de mémoire. Prenez moins de fiches, ou faites deux brochures.",
}
FAILED = "La brochure n’a pas pu être reliée. Réessayez dans une minute ; si cela recommence, prenez moins de fiches."
REFUSED = {  # by code of Invalid
    "title": "Donnez un titre à la brochure.",
    "fiches": f"Aucune fiche publiée ne convient, ou plus de {brochures.MOST}.",
}


def why_not(problem: Invalid | LayoutFailed) -> str:
    """Return the sentence that says why a booklet was not made."""
    if isinstance(problem, Invalid):
        return REFUSED[problem.code]
    if isinstance(problem, FichesFailed):
        titles = ", ".join(f"« {title or 'Fiche sans titre'} »" for title in problem.fiches.values())
        which = "Cette fiche n’a" if len(problem.fiches) == 1 else "Ces fiches n’ont"
        return f"{which} pas pu être mise{'' if len(problem.fiches) == 1 else 's'} en page : {titles}."
    return REASONS.get(problem.reason, FAILED)


def register() -> None:
    """Declare the page."""

    @work_page(HOME)
    async def page(request: Request) -> Response | None:
        actor = await admit(
            request, can_administer, "Les brochures se préparent par l’équipe de la fédération."
        )
        if not isinstance(actor, Actor):
            return actor
        with (
            frame("Brochures", actor, here="/administration", styles=["brochures.css"]),
            ui.element("div").classes("stack stack-6 band"),
        ):
            await _Maker(actor).build()
        return None


def register_files(app: FastAPI) -> None:
    """Declare the route of the finished booklets."""

    @app.get(HOME + "/{key}.pdf")
    async def booklet(request: Request, key: str) -> Response:
        actor = await current_actor(request)
        if actor is None:
            return Response(status_code=401)
        try:
            stored = await brochures.kept(actor=actor, key=key)
        except NotAllowed:
            return Response(status_code=403)
        except NotFound:
            raise HTTPException(404) from None  # our page says it kindly
        return FileResponse(
            stored.path,
            media_type="application/pdf",
            filename="C’est possible – brochure.pdf",
            headers={"ETag": stored.etag, "Cache-Control": "private, no-cache"},
        )


class _Maker:
    """The form, the list of fiches, and what comes of it."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._entries: list[GalleryEntry] = []
        self._left_out: set[str] = set()  # slugs
        self._query = search.Query()
        self._shown: tuple[str, int, int] = ("", 0, 0)

    async def build(self) -> None:
        """Show it."""
        everything = await brochures.choose(search.Query())
        words("Relier une brochure", "h1")
        if not everything:
            words("Aucune fiche n’est encore publiée : il n’y a rien à relier.", "p", "lead")
            return
        words(
            "Choisissez des fiches publiées, donnez un titre : couverture, sommaire, carte, fiches en vis-à-vis et index se font seuls.",
            "p",
            "lead",
        )
        codes = {entry.departement_code for entry in everything}
        with ui.element("div").classes("booklet-form"):
            with ui.element("section").classes("stack").props("aria-labelledby=couverture"):
                ui.html('<h2 id="couverture">La couverture et l’éditorial</h2>', sanitize=False)
                self._title = text_input("Titre", hint="Quelques mots, en grand sur la couverture.")
                self._subtitle = text_input("Sous-titre (facultatif)")
                self._palette = choice(
                    "Couleurs",
                    {key: each["label"] for key, each in manifest(GABARIT).palettes.items()},
                    value="lagune",
                )
                self._editorial = text_area(
                    "Éditorial (facultatif)", rows=8, hint="Une ligne vide sépare les paragraphes."
                )
                self._signed = text_input("Signature de l’éditorial (facultatif)")
            with ui.element("section").classes("stack").props("aria-labelledby=fiches"):
                ui.html('<h2 id="fiches">Les fiches</h2>', sanitize=False)
                self._theme = choice("Thème", {"tous": "Tous les thèmes"} | labels("themes"), value="tous")
                departements = {
                    code: f"{each.name} ({code})"
                    for code, each in geography.departements().items()
                    if code in codes
                }
                self._departement = choice(
                    "Département", {"tous": "Tous les départements"} | departements, value="tous"
                )
                self._federation = choice(
                    "Fédération",
                    {"toutes": "Toutes les fédérations"} | await brochures.federations_of(everything),
                    value="toutes",
                )
                self._order = choice(
                    "Ordre", {key: text for key, (text, _) in ORDERS.items()}, value="recentes"
                )
                self._list = ui.element("div").classes("stack stack-2")
        self._said = ui.element("div").classes("stack stack-2").props("role=status")
        submit("Relier la brochure", self._make)
        for each in (self._theme, self._departement, self._federation, self._order):
            each.on_change(self._choose)
        await self._choose()

    async def _choose(self) -> None:
        def value(field: choice) -> str | None:
            return field.value if field.value not in ("", "tous", "toutes") else None

        query = search.Query(
            theme=value(self._theme), departement=value(self._departement), federation=value(self._federation)
        )
        self._query = query
        found = await brochures.choose(query)
        if query is not self._query:  # another choice was made meanwhile
            return
        self._entries = found
        rank = ORDERS.get(self._order.value, ORDERS["recentes"])[1]
        if rank is not None:
            self._entries.sort(key=rank)
        self._list.clear()
        with self._list:
            self._count = words(self._counted(), "p", "strong").props("role=status")
            with ui.element("ul").classes("booklet-list"):
                for entry in self._entries:
                    self._line(entry)

    def _line(self, entry: GalleryEntry) -> None:
        with ui.element("li"), ui.element("label").classes("booklet-line"):
            box = ui.element("input").props("type=checkbox")
            if entry.slug not in self._left_out:
                box.props("checked")
            where = f" · {entry.commune}" if entry.commune else ""
            ui.html(
                f'{escape(french(entry.title))} <span class="muted small">{escape(french(entry.centre_name + where))}</span>',
                tag="span",
                sanitize=False,
            )

        def changed(event: object) -> None:
            if getattr(event, "args", True):
                self._left_out.discard(entry.slug)
            else:
                self._left_out.add(entry.slug)
            self._count.content = escape(fr(self._counted()))

        box.on("change", changed, js_handler="(e) => emit(e.target.checked)")

    def _counted(self) -> str:
        count = len(self._chosen())
        most = (
            f" (au plus {brochures.MOST} : les plus récentes)" if len(self._entries) == brochures.MOST else ""
        )
        return f"{plural(count, 'fiche choisie', 'fiches choisies')} sur {len(self._entries)}{most}"

    def _chosen(self) -> list[str]:
        return [entry.slug for entry in self._entries if entry.slug not in self._left_out]

    async def _make(self) -> None:
        wanted = Wanted(
            title=self._title.value.strip(),
            slugs=tuple(self._chosen()),
            made=datetime.now(PARIS).date(),
            subtitle=self._subtitle.value.strip(),
            editorial=self._editorial.value,
            signed=self._signed.value.strip(),
            palette=self._palette.value,
            address=publication.address(),
            publisher=environment.publisher(),
        )
        if not wanted.title:
            self._title.complain("Donnez un titre à la brochure : il est sur la couverture.")
            return
        if not wanted.slugs:
            self._warn("Cochez au moins une fiche.")
            return
        self._say("<p>La brochure se prépare…</p>")
        try:
            stored = await brochures.keep(actor=self._actor, wanted=wanted, told=self._told)
        except FichesFailed as failure:
            self._left_out |= failure.fiches.keys()
            await self._choose()
            self._warn(f"{why_not(failure)} {_unticked(len(failure.fiches))}")
        except (LayoutFailed, Invalid) as problem:
            self._warn(why_not(problem))
        except NotAllowed:
            self._warn("Votre compte ne permet plus de relier des brochures.")
        else:
            self._say(_ready(stored))

    def _told(self, what: str, done: int, total: int) -> None:
        phase, last, _ = self._shown
        if what == phase and total and done < total and done - last < max(1, total // 40):
            return
        self._shown = (what, done, total)
        if not total:
            self._say(f"<p>{fr(PHASES[what])}…</p>")
            return
        self._say(
            f"<p>{PHASES[what]}{NBSP}: {done} sur {total}</p>"
            f'<progress max="{total}" value="{done}" aria-hidden="true"></progress>'
        )

    def _warn(self, sentence: str) -> None:
        self._say(f'<p class="notice notice-warn">{escape(fr(sentence))}</p>')

    def _say(self, html: str) -> None:
        if self._said.is_deleted:  # the person left: the booklet is kept all the same
            return
        self._said.clear()
        with self._said:
            ui.html(html, sanitize=False)


def _unticked(count: int) -> str:
    return (
        "Elle est décochée : reliez sans elle, ou cochez-la à nouveau dans une minute pour réessayer."
        if count == 1
        else "Elles sont décochées : reliez sans elles, ou cochez-les à nouveau dans une minute pour réessayer."
    )


def _ready(stored: Stored) -> str:
    return (
        '<p class="notice notice-ok">La brochure est prête. '
        f'<a href="{HOME}/{stored.key}.pdf" download>Télécharger la brochure (PDF, {plural(stored.pages, "page")}, {weight(stored.size)})</a></p>'
    )
