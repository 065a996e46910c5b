"""`/administration/gabarits`: the gabarits that are installed, with samples, and how to write one."""

import re
from functools import cache
from pathlib import Path

from fastapi import FastAPI, Request
from nicegui import ui
from starlette.responses import Response

from app.auth.session import current_actor
from app.pages.frame import admit, frame, work_page
from app.permissions import Actor, can_administer
from app.services import samples
from layouts import renderer
from layouts.site.environment import environment, french_spaces
from models.errors import LayoutFailed, NotAllowed, NotFound

HOME = "/administration/gabarits"
# One text, for the page and for those who read the files.
GUIDE = Path(__file__).parents[2] / "docs" / "gabarits.md"
_CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)


def register() -> None:
    """Declare the page."""

    @work_page(HOME)
    async def page(request: Request) -> Response | None:
        actor = await admit(request, can_administer, "Les gabarits se voient par l’équipe de la fédération.")
        if not isinstance(actor, Actor):
            return actor
        with (
            frame("Les gabarits", actor, here="/administration", styles=["guidance.css", "gabarits.css"]),
            ui.element("div").classes("stack stack-7 band"),
        ):
            ui.html(_installed(), sanitize=False).classes("stack stack-7")
            ui.markdown(_guide(), extras=["tables", "fenced-code-blocks"], sanitize=False).classes(
                "gabarit-guide"
            )
        return None


def register_pictures(app: FastAPI) -> None:
    """Declare the route of the samples."""

    @app.get(HOME + "/{gabarit}/{palette}/{page}.jpg")
    async def sample(request: Request, gabarit: str, palette: str, page: int) -> Response:
        actor = await current_actor(request)
        if actor is None:
            return Response(status_code=401)
        try:
            data = await samples.picture(actor=actor, gabarit=gabarit, palette=palette, page=max(0, page - 1))
        except NotAllowed:
            return Response(status_code=403)
        except NotFound:
            return Response(status_code=404)
        except LayoutFailed:
            return Response(status_code=503)
        return Response(
            data, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=86400, immutable"}
        )


def _installed() -> str:
    """Return the gabarits that are installed, with samples."""
    template = environment().get_template("_gabarits.html")
    return template.render(gabarits=renderer.list_gabarits(), home=HOME)


@cache
def _guide() -> str:
    """Return the guide as Markdown, its headings one level lower (the page has a title), its spaces those of French."""
    text = re.sub(r"^#", "##", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    parts = _CODE.split(text)  # every second one is code, left as it is
    return "".join(part if rank % 2 else french_spaces(part) for rank, part in enumerate(parts))
