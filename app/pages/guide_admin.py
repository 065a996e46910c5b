"""`/administration/guide`: the words of the guide, step by step, its versions, and the way back to an earlier one."""

from html import escape
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from nicegui import ui

from app.pages.editor_words import when
from app.pages.frame import admit, frame, refused, work_page
from app.pages.guide_words import (
    lines,
    message_groups,
    named,
    problems_in_french,
    step_groups,
)
from app.permissions import Actor, can_administer
from app.services import guidance
from app.services.guidance import Change, VersionLine
from components.forms import submit, words
from components.guide_form import Group, GuideForm
from components.guided_fields import blocks
from components.guided_step import GuidedStep
from layouts.site.environment import french_spaces as fr
from layouts.site.environment import plural
from layouts.typography import french
from models import guide, guide_words
from models.comparison import ADDED, REMOVED, SAME, Kind, compare_texts
from models.content import FicheContent
from models.errors import Invalid, NotAllowed, NotFound, ProductError

HOME = "/administration/guide"
STYLES = ["editor.css", "guidance.css"]
ONLY = "Le guide se change par l’équipe de la fédération."


def register() -> None:
    """Declare the pages."""

    @work_page(HOME)
    async def home(request: Request) -> Response | None:
        actor = await admit(request, can_administer, ONLY)
        if isinstance(actor, Actor):
            await _home(actor)
            return None
        return actor

    @work_page(HOME + "/version/{version_id:int}")
    async def version(request: Request, version_id: int) -> Response | None:
        actor = await admit(request, can_administer, ONLY)
        if isinstance(actor, Actor):
            await _version(actor, version_id)
            return None
        return actor

    @work_page(HOME + "/verifications")
    async def messages(request: Request) -> Response | None:
        actor = await admit(request, can_administer, ONLY)
        if isinstance(actor, Actor):
            _desk(actor, "verifications", "Les phrases des vérifications", message_groups())
            return None
        return actor

    @work_page(HOME + "/etape/{key}")
    async def step(request: Request, key: str) -> Response | None:
        actor = await admit(request, can_administer, ONLY)
        if not isinstance(actor, Actor):
            return actor
        try:
            title = guide.step(key).title
        except KeyError:
            refused(actor, "Cette étape n’existe pas.")
            return None
        _desk(actor, key, title, step_groups(key), step_key=key)
        return None


# ---- the list


async def _home(actor: Actor) -> None:
    versions = await guidance.versions(actor=actor)
    with (
        frame("Le guide", actor, here="/administration", styles=STYLES),
        ui.element("div").classes("stack stack-7 band"),
    ):
        total = sum(step.minutes for step in guide.steps())
        ui.html(
            '<header class="stack"><p><a href="/administration">← Administration</a></p><h1>Le guide</h1><p class="lead">'
            + fr(
                "Les mots qui accompagnent chaque étape : la consigne, les conseils, l’exemple, les longueurs. Chaque changement "
                "fait une nouvelle version, et vous pouvez toujours revenir en arrière."
            )
            + "</p></header>",
            sanitize=False,
        )
        with ui.element("section").classes("stack").props("aria-labelledby=etapes"):
            ui.html(f'<h2 id="etapes">Les huit étapes, {total}{chr(160)}minutes en tout</h2>', sanitize=False)
            ui.html(_steps(), sanitize=False)
        with ui.element("section").classes("stack").props("aria-labelledby=versions"):
            ui.html('<h2 id="versions">Les versions</h2>', sanitize=False)
            _versions(actor, versions)


def _steps() -> str:
    cards = "".join(
        f'<li class="card card-pad guide-card"><p class="eyebrow">Étape {step.number} · {step.minutes}{chr(160)}min</p>'
        f'<h3><a href="{HOME}/etape/{step.key}">{escape(french(step.title))}</a></h3><p>{escape(french(step.consigne))}</p></li>'
        for step in guide.steps()
    )
    checks = (
        f'<li class="card card-soft card-pad guide-card"><h3><a href="{HOME}/verifications">Les phrases des vérifications</a></h3>'
        f"<p>{plural(len(guide.words().messages), 'phrase')} pour dire ce qui manque ou ce qui peut être mieux.</p></li>"
    )
    return f'<ul class="guide-cards">{cards}{checks}</ul>'


def _versions(actor: Actor, versions: list[VersionLine]) -> None:
    if not versions:
        words("Le guide est celui d’origine : personne ne l’a encore changé.", "p", "muted")
        return
    with ui.element("ol").classes("guide-versions"):
        for line in versions:
            with ui.element("li").classes("card card-pad"):
                ui.html(_version_line(line), sanitize=False)
                if not line.in_force:
                    _back(actor, line.id, f"Revenir à la version {line.id}")
        with ui.element("li").classes("card card-soft card-pad"):
            ui.html(
                "<div><p><strong>Le guide d’origine</strong></p><p class='muted small'>Celui qui est livré avec le site.</p></div>",
                sanitize=False,
            )
            if guide.words() != guide.shipped():
                _back(actor, guidance.SHIPPED, "Revenir au guide d’origine")


def _version_line(line: VersionLine) -> str:
    chip = '<span class="chip chip-soft">En service</span>' if line.in_force else ""
    changed = plural(line.changes, "changement") if line.changes else "Aucun changement visible"
    note = f"<p>{escape(french(line.note))}</p>" if line.note else ""
    return (
        f'<div class="stack stack-2"><p class="cluster"><a href="{HOME}/version/{line.id}"><strong>Version {line.id}</strong></a>{chip}</p>{note}'
        f'<p class="muted small">{escape(line.author) or "Compte fermé"}, {when(line.at)} · {changed}</p></div>'
    )


def _back(actor: Actor, version_id: int, text: str) -> None:
    async def back() -> None:
        try:
            await guidance.restore(actor=actor, version_id=version_id)
        except Invalid:
            ui.notify("Le guide est déjà celui-là.")
            return
        except ProductError:
            ui.notify(fr("Cette version n’est plus là, ou votre compte ne permet plus de changer le guide."))
            return
        ui.navigate.to(HOME)

    with ui.element("details").classes("guide-back"):
        with ui.element("summary"):
            words(text + "…")
        words("Une nouvelle version reprendra ces phrases. Rien n’est effacé.", "p", "small")
        submit("Oui, revenir à ces phrases", back, quiet=True).classes("btn-small").props(
            f'aria-label="{text}"'
        )


# ---- one version


async def _version(actor: Actor, version_id: int) -> None:
    try:
        detail = await guidance.version(actor=actor, version_id=version_id)
    except NotFound:
        refused(actor, "Cette version n’existe pas.")
        return
    line = detail.line
    with (
        frame(f"Version {line.id} du guide", actor, here="/administration", styles=STYLES),
        ui.element("div").classes("stack stack-5 band guide-narrow"),
    ):
        note = f'<p class="lead">{escape(french(line.note))}</p>' if line.note else ""
        ui.html(
            f'<header class="stack"><p><a href="{HOME}">← Le guide</a></p><h1>Version {line.id}</h1>{note}'
            f'<p class="muted">{escape(line.author) or "Compte fermé"}, {when(line.at)}. '
            f"{'Comparée au guide d’origine' if line.id == 1 else 'Comparée à la version d’avant'}{chr(160)}: "
            f"{plural(len(detail.changes), 'changement')}.</p></header>",
            sanitize=False,
        )
        ui.html(
            '<ul class="guide-changes">' + "".join(_change(each) for each in detail.changes) + "</ul>",
            sanitize=False,
        )
        if not line.in_force:
            _back(actor, line.id, f"Revenir à la version {line.id}")


_TAGS = {REMOVED: "del", ADDED: "ins", SAME: "span"}


def _change(change: Change) -> str:
    before, after = "\n".join(lines(change.before)), "\n".join(lines(change.after))
    pieces = "".join(
        f"<{_TAGS[piece.kind]}>{_spoken(piece.kind)}{escape(piece.text)}</{_TAGS[piece.kind]}>"
        for piece in compare_texts(before, after)
    )
    return f'<li class="card card-pad"><h2>{escape(named(change.leaf))}</h2><p class="guide-difference">{pieces}</p></li>'


def _spoken(kind: Kind) -> str:
    said = {REMOVED: "retiré", ADDED: "ajouté"}.get(kind)
    return f'<span class="visually-hidden"> [{said}{chr(160)}:] </span>' if said else ""


# ---- the desk


def _desk(actor: Actor, name: str, title: str, groups: list[Group], *, step_key: str = "") -> None:
    """Boxes on one side; on the other, for a step, what a centre will see."""
    with frame(title, actor, here="/administration", styles=STYLES):
        ui.html(_desk_head(title, step_key), sanitize=False).classes("band guide-head")
        with ui.element("div").classes("guide-desk" if step_key else "guide-narrow"):
            Desk(actor, name, groups, step_key).build()


def _desk_head(title: str, step_key: str) -> str:
    number = (
        f'<p class="eyebrow">Étape {guide.step(step_key).number} sur {len(guide.steps())}</p>'
        if step_key
        else ""
    )
    return f'<p><a href="{HOME}">← Le guide</a></p>{number}<h1>{escape(french(title))}</h1>'


class Desk:
    """The form of one page and its preview."""

    def __init__(self, actor: Actor, name: str, groups: list[Group], step_key: str) -> None:
        self.actor, self.name, self.groups, self.step_key = actor, name, groups, step_key

    def build(self) -> None:
        """Lay the form out, and the preview of a step."""
        leaves = {control.leaf for group in self.groups for control in group.controls}
        self.form = GuideForm(
            self.name,
            self.groups,
            values=_only(leaves, guide.words()),
            shipped=_only(leaves, guide.shipped()),
            on_change=self.preview,
            on_save=self.save,
        )
        self.leaves = leaves
        if self.step_key:
            with ui.element("section").classes("guide-preview").props("aria-labelledby=apercu"):
                ui.html('<h2 id="apercu">Ce que verra un centre</h2>', sanitize=False)
                with ui.element("div").classes("editor guide-sheet"):
                    self.shown = _preview_form()
            self.preview({})

    def preview(self, edits: dict[str, Any]) -> None:
        """Show the step with these words; those that are not fit are left aside until they are."""
        if not self.step_key:
            return
        tried = guide_words.on_top(guide.words(), guide_words.nested(edits))
        with guide.trying(tried):
            self.shown.show(
                guide.step(self.step_key),
                blocks(self.step_key, card_open=True),
                previous=None,
                following=None,
                count=len(guide.steps()),
            )

    async def save(self, edits: dict[str, Any], seen: dict[str, Any], note: str) -> None:
        """Publish a version, or say beside the boxes what keeps it from being one."""
        try:
            number = await guidance.save(actor=self.actor, edits=edits, seen=seen, note=note)
        except guidance.Refused as refusal:
            count = len(refusal.problems)
            self.form.refuse(
                problems_in_french(refusal.problems),
                fr(
                    "Une phrase est à revoir : rien n’est perdu."
                    if count == 1
                    else f"{count} phrases sont à revoir : rien n’est perdu."
                ),
            )
        except guidance.ChangedMeanwhile as theirs:
            self.form.meanwhile(
                theirs.values,
                fr("Quelqu’un d’autre vient de changer la même phrase : choisissez, puis enregistrez."),
            )
        except Invalid as problem:
            sentence = (
                f"C’est trop long : {guidance.NOTE_LENGTH} caractères au plus."
                if problem.code == "note_long"
                else "Rien n’a changé : il n’y a pas de nouvelle version à faire."
            )
            self.form.refuse({"note": fr(sentence)} if problem.code == "note_long" else {}, fr(sentence))
        except NotAllowed:
            self.form.refuse(
                {}, fr("Votre compte ne permet plus de changer le guide. Gardez une copie de vos phrases.")
            )
        else:
            self.form.saved(
                _only(self.leaves, guide.words()),
                fr(
                    f"C’est enregistré : version {number}. Les centres la voient dès qu’ils ouvrent une fiche."
                ),
            )
            self.preview({})


def _only(leaves: set[str], said: guide_words.GuideWords) -> dict[str, Any]:
    return {leaf: value for leaf, value in guide_words.leaves(said).items() if leaf in leaves}


def _preview_form() -> GuidedStep:
    """A step that nobody writes in."""

    def nothing(*_: Any) -> None:
        return None

    return GuidedStep(
        FicheContent().model_dump(mode="json"),
        draft_key="apercu-du-guide",
        revision_id=None,
        writable=False,
        on_edit=nothing,
        on_flush=nothing,
        on_go=nothing,
        on_ask=nothing,
        on_ensure=nothing,
    )
