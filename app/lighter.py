"""Lighter files in the place of some of NiceGUI's: the part of Quasar that our pages use, and no fonts but ours."""

import logging
import re
from pathlib import Path

import nicegui
from fastapi import FastAPI
from starlette.responses import FileResponse, Response

STATIC = Path(nicegui.__file__).parent / "static"
QUASAR = Path(__file__).parent / "quasar"  # made by `tools/build_quasar.py`
SCRIPT = "quasar.umd.prod.js"
KEPT = "public, max-age=31536000, immutable"  # the version of NiceGUI is in the address

_log = logging.getLogger(__name__)


def version(script: Path) -> str:
    """Return the version of Quasar that the first line of a script tells, "" if none."""
    found = re.search(r"Quasar Framework v([\d.]+)", script.read_text(encoding="utf-8")[:300])
    return found[1] if found else ""


def register(app: FastAPI) -> None:
    """Declare the addresses of these files, before those of NiceGUI.

    After a new version of NiceGUI, its own Quasar is served until ours is built again: heavier, never broken.
    """
    folder = f"/_nicegui/{nicegui.__version__}/static"

    # Roboto and the icons of Material: nothing of ours shows them.
    @app.get(f"{folder}/fonts.css")
    async def fonts() -> Response:
        return Response("", media_type="text/css", headers={"Cache-Control": KEPT})

    if version(QUASAR / SCRIPT) != version(STATIC / SCRIPT):
        _log.warning("NiceGUI has another Quasar than app/quasar: run `python -m tools.build_quasar`")
        return
    for path in sorted([*QUASAR.glob("*.js"), *QUASAR.glob("*.css")]):
        app.add_api_route(f"{folder}/{path.name}", _server_of(path))


def _server_of(path: Path):  # type: ignore[no-untyped-def]  # noqa: ANN202
    async def serve() -> FileResponse:
        return FileResponse(path, headers={"Cache-Control": KEPT})

    return serve
