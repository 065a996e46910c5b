"""`POST /ecrire/photos`: a picture for a draft, bounded while it is read."""

from collections.abc import AsyncGenerator

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from app.auth.session import current_actor
from app.services import media
from models.errors import Invalid, NotAllowed, NotFound

ENVELOPE = 64 * 1024  # bytes around the picture in a multipart body
SENTENCES = {
    "too_big": "Cette image dépasse 20 Mo. Enregistrez-la en plus petit, puis réessayez.",
    "not_a_picture": "Ce fichier n’est pas une image JPEG, PNG ou WebP. Choisissez-en une autre.",
    "too_small": "Cette image est trop petite : il lui faut au moins 320 pixels de côté.",
    "too_many_pixels": "Cette image a trop de pixels. Enregistrez-la en plus petit, puis réessayez.",
    "logged_out": "Votre session est terminée. Connectez-vous dans un autre onglet, puis réessayez.",
    "not_allowed": "Cette fiche ne peut plus recevoir d’image.",
    "unreadable": "L’image n’est pas arrivée entière. Réessayez.",
}


class _TooBig(Exception):
    pass


def register(app: FastAPI) -> None:
    """Declare the route."""

    @app.post("/ecrire/photos")
    async def upload(request: Request, revision: int) -> JSONResponse:
        actor = await current_actor(request)
        if actor is None:
            return _refusal("logged_out", 401)
        try:
            data = await _read(request)
            photo = await media.store(actor=actor, revision_id=revision, data=data)
        except _TooBig:
            return _refusal("too_big", 413)
        except Invalid as problem:
            return _refusal(problem.code, 422)
        except (NotAllowed, NotFound):
            return _refusal("not_allowed", 403)
        except (MultiPartException, KeyError, ValueError):
            return _refusal("unreadable", 400)
        return JSONResponse({"media": photo.media, "width": photo.width, "height": photo.height})


async def _read(request: Request) -> bytes:
    """Return the bytes of the field "file"; ValueError if there is none."""
    form = await MultiPartParser(request.headers, _bounded(request), max_files=1, max_fields=2).parse()
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise ValueError("no file")
        return await file.read()
    finally:
        await form.close()


async def _bounded(request: Request) -> AsyncGenerator[bytes, None]:
    """Read the body, no further than a picture may weigh: a length announced in a header proves nothing."""
    total = 0
    async for chunk in request.stream():
        total += len(chunk)
        if total > media.MAX_BYTES + ENVELOPE:
            raise _TooBig
        yield chunk


def _refusal(code: str, status: int) -> JSONResponse:
    sentence = SENTENCES.get(code, SENTENCES["unreadable"])
    return JSONResponse({"error": sentence}, status_code=status)
