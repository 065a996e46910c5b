"""`/fiches/SLUG.pdf` and `/fiches/SLUG/PIECE`: the pieces of a public fiche, sent from their files."""

from pathlib import Path

from fastapi import FastAPI, Request
from starlette.responses import FileResponse, Response

from app.public.cache import has_it, send
from app.public.messages import absent, missing, unready
from app.public.site import Site
from app.services import pieces, press
from app.services.storehouse import Stored
from layouts import wording
from layouts.catalogue import FICHE, PIECES
from layouts.piece import Piece
from layouts.site import environment
from models.errors import LayoutFailed, NotFound


def register(app: FastAPI, public: Site) -> None:
    """Declare the routes."""

    async def answer(request: Request, slug: str, name: str) -> Response:
        try:
            stored = await pieces.get(slug, name)
        except NotFound:
            if await pieces.find(slug) is not None:
                return await missing(public, request)
            return send(request, await absent(slug))
        except LayoutFailed:
            return send(request, unready(request.url.path, int(pieces.RETRY_SECONDS)))
        # Asked again at each use, so that what is withdrawn is gone at once; the answer is then a 304.
        headers = {"ETag": stored.etag, "Cache-Control": "no-cache"}
        if has_it(request, stored.etag):
            return Response(status_code=304, headers=headers)
        kind = PIECES[name]
        return FileResponse(
            stored.path,
            media_type=kind.media_type,
            filename=file_name(kind, slug),
            headers=headers,
            content_disposition_type="inline" if kind.media_type.startswith("image/") else "attachment",
        )

    async def fiche(request: Request) -> Response:
        return await answer(request, request.path_params["slug"], FICHE.name)

    async def piece(request: Request) -> Response:
        return await answer(request, request.path_params["slug"], request.path_params["name"])

    app.add_route("/fiches/{slug}.pdf", fiche, ["GET"])
    app.add_route("/fiches/{slug}/{name}", piece, ["GET"])


def file_name(piece: Piece, slug: str) -> str:
    """Return the name that a downloaded piece bears in somebody's folder."""
    what = "" if piece.name == FICHE.name else f" – {Path(piece.name).stem}"
    return f"C’est possible – {slug}{what}{piece.suffix}"


def note(piece: Piece, stored: Stored | None) -> str:
    """Return what a link must say of a file: "PDF, 2 pages, 412 ko" (RGAA 13.3 and good practice)."""
    kind = piece.suffix.removeprefix(".").upper()
    if stored is None:
        return f"{kind} en préparation" if press.is_ahead() else f"{kind} fait à la demande"
    pages = [environment.plural(stored.pages, "page")] if stored.pages else []
    return ", ".join([kind, *pages, wording.weight(stored.size)])
