"""`/ecrire/nouvelle` and `/ecrire/ID`: the guided editor, its form on one side and the fiche on the other."""

from contextlib import suppress

from fastapi import Request
from fastapi.responses import Response
from nicegui import ui

from app import live
from app.auth.session import login_topic
from app.pages.drafts import choose_centre, no_centre
from app.pages.drafts_shelf import AGAIN
from app.pages.editor_screen import EditorScreen
from app.pages.editor_state import EditorState
from app.pages.frame import enter, refused, work_page
from app.permissions import Actor
from app.services import company, drafting, preferences
from layouts.site.environment import french_spaces as fr
from models import guide
from models.errors import Deleted, NotAllowed, NotFound, ProductError

NOT_YOURS = "Cette fiche est écrite par une autre structure. Si c’est la vôtre, demandez à la rejoindre depuis votre espace."
NOT_HERE = "Cette fiche n’existe pas, ou n’existe plus."
IN_THE_BIN = "Cette fiche est dans la corbeille : vous pouvez la remettre depuis « Mes fiches »."


def register() -> None:
    """Declare the pages."""

    @work_page("/ecrire/nouvelle", title="Nouvelle fiche · C’est possible !")
    async def new(
        request: Request, structure: int | None = None, etape: str = "", champ: str = "", seance: str = ""
    ) -> Response | None:
        actor = await enter(request)
        if isinstance(actor, Response):
            return actor
        centres = dict(await drafting.my_centres(actor=actor))
        if not centres:
            no_centre(actor)
            return None
        if structure not in centres:
            if len(centres) > 1:
                choose_centre(actor, centres, sitting=seance)
                return None
            structure = next(iter(centres))
        content = await drafting.prefill(actor=actor, centre_id=structure)
        screen = EditorScreen(
            EditorState(actor, structure, content),
            step=_step(etape, champ),
            timer=(await preferences.of(actor=actor)).offers_timer,
        )
        screen.build()
        _until_log_out(request, screen)
        return None

    @work_page("/ecrire/{revision_id:int}")
    async def edit(
        request: Request, revision_id: int, etape: str = "", champ: str = "", refaite: str = ""
    ) -> Response | None:
        actor = await enter(request)
        if isinstance(actor, Response):
            return actor
        try:
            actor, draft = await _open(actor, revision_id)
        except (NotAllowed, NotFound) as problem:
            refused(actor, _why(problem))
            return None
        arrival = fr(AGAIN) if refaite and draft.writable else ""
        screen = EditorScreen(
            EditorState.of(actor, draft),
            step=_step(etape, champ),
            draft=draft,
            arrival=arrival,
            timer=(await preferences.of(actor=actor)).offers_timer,
        )
        screen.build()
        _until_log_out(request, screen)
        return None


def _why(problem: ProductError) -> str:
    if isinstance(problem, NotAllowed):
        return NOT_YOURS
    return fr(IN_THE_BIN) if isinstance(problem, Deleted) else NOT_HERE


async def _open(actor: Actor, revision_id: int) -> tuple[Actor, drafting.Draft]:
    """Load a draft; an invitation that waits for this person is accepted by opening it. NotAllowed, NotFound."""
    with suppress(NotAllowed):
        draft = await drafting.load(actor=actor, revision_id=revision_id)
        if draft.in_company:
            return actor, draft
    actor = await company.accept(actor=actor, revision_id=revision_id)
    return actor, await drafting.load(actor=actor, revision_id=revision_id)


def _step(key: str, field: str) -> guide.Step:
    """Return the step of the address; without one, that of its field; else the first."""
    for find, name in ((guide.step, key), (guide.step_of, field)):
        with suppress(KeyError):
            return find(name)
    return guide.steps()[0]


def _until_log_out(request: Request, screen: EditorScreen) -> None:
    """Let the page hear that its log-in has ended, in another tab of the same browser."""
    topic = login_topic(request)
    if not topic:
        return

    async def ended(news: live.Payload) -> None:
        if live.RESYNC in news:
            screen.guard.ask()
            return
        screen.guard.end()
        await screen.end()

    ui.context.client.on_delete(live.subscribe(topic, ended))
