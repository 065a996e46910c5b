"""`/ecrire/nouvelle` and `/ecrire/ID`: the guided editor, its form on one side and the fiche on the other."""

from fastapi import Request
from fastapi.responses import Response
from nicegui import ui

from app.pages.drafts import choose_centre, no_centre
from app.pages.drafts_shelf import AGAIN
from app.pages.editor_screen import EditorScreen
from app.pages.editor_state import EditorState
from app.pages.frame import enter, refused
from app.services import drafting
from layouts.site.environment import french_spaces as fr
from models import guide
from models.errors import Deleted, NotAllowed, NotFound, ProductError

NOT_YOURS = "Cette fiche est écrite par une autre structure. Si c’est la vôtre, demandez à la rejoindre depuis votre espace."
NOT_HERE = "Cette fiche n’existe pas, ou n’existe plus."
IN_THE_BIN = "Cette fiche est dans la corbeille : vous pouvez la remettre depuis « Mes fiches »."


def register() -> None:
    """Declare the pages."""

    @ui.page("/ecrire/nouvelle", title="Nouvelle fiche · C’est possible !")
    async def new(
        request: Request, structure: int | None = None, etape: str = "", seance: str = ""
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
        EditorScreen(EditorState(actor, structure, content), step=_step(etape)).build()
        return None

    @ui.page("/ecrire/{revision_id:int}")
    async def edit(request: Request, revision_id: int, etape: str = "", refaite: str = "") -> Response | None:
        actor = await enter(request)
        if isinstance(actor, Response):
            return actor
        try:
            draft = await drafting.load(actor=actor, revision_id=revision_id)
        except (NotAllowed, NotFound) as problem:
            refused(actor, _why(problem))
            return None
        arrival = fr(AGAIN) if refaite and draft.writable else ""
        EditorScreen(EditorState.of(actor, draft), step=_step(etape), draft=draft, arrival=arrival).build()
        return None


def _why(problem: ProductError) -> str:
    if isinstance(problem, NotAllowed):
        return NOT_YOURS
    return fr(IN_THE_BIN) if isinstance(problem, Deleted) else NOT_HERE


def _step(key: str) -> guide.Step:
    try:
        return guide.step(key)
    except KeyError:
        return guide.steps()[0]
