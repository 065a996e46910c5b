"""`POST /ecrire/photos`: a picture for a draft, bounded while it is read; `…/cadrage`: what is kept of it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, StringConstraints
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from app.auth.session import current_actor
from app.services import media
from models.content import Photo
from models.errors import Invalid, NotAllowed, NotFound

ENVELOPE = 64 * 1024  # bytes around the picture in a multipart body
_N = "\u00a0"
_CHOOSE = "Choisissez une photo JPEG, PNG, WebP ou HEIC."
SENTENCES = {
    "too_big": f"Cette image dépasse 20{_N}Mo. Enregistrez-la en plus petit, puis ajoutez-la à nouveau.",
    "not_a_picture": f"Ce fichier n’est pas une image. {_CHOOSE}",
    "damaged": "Cette image est abîmée ou incomplète. Ouvrez-la sur votre appareil, enregistrez-la à nouveau,"
    " puis ajoutez cette copie.",
    "svg": "Un dessin SVG ne peut pas être ajouté. Enregistrez-le en PNG, puis ajoutez cette copie.",
    "gif": f"Une image GIF ne peut pas être ajoutée. {_CHOOSE}",
    "pdf": f"Ce fichier est un PDF, pas une image. {_CHOOSE}",
    "other_picture": "Ce format d’image n’est pas accepté. Enregistrez-la en JPEG, puis ajoutez cette copie.",
    "foreign": f"Ce fichier contient autre chose qu’une photo{_N}: un programme, une page ou une archive."
    " Ouvrez la photo sur votre appareil, enregistrez-en une copie en JPEG, puis ajoutez cette copie.",
    "video": f"Ce fichier est une vidéo. {_CHOOSE}",
    "archive": f"Ce fichier contient d’autres fichiers{_N}: ouvrez-le, puis ajoutez les photos une à une.",
    "too_small": f"Cette image est trop petite{_N}: il lui faut au moins 320 pixels de côté."
    " Cherchez l’original, souvent plus grand.",
    "too_many_pixels": "Cette image a trop de pixels. Enregistrez-la en plus petit (4"
    f"{_N}000 pixels de large suffisent), puis ajoutez-la à nouveau.",
    "too_stretched": "Cette image est trop étirée. Recadrez-la sur votre appareil, puis ajoutez-la à nouveau.",
    "too_many_today": "Vous avez ajouté beaucoup d’images aujourd’hui. Continuez demain, vos textes sont gardés.",
    "crop_too_small": f"Ce cadre est trop petit pour cette image{_N}: élargissez-le un peu.",
    "crop_too_many": f"Cette image a déjà servi avec beaucoup de cadrages{_N}: reprenez l’un d’eux, ou gardez-la entière.",
    "crop_wrong": "Ce cadrage n’est pas lisible. Reprenez toute l’image, puis recommencez.",
    "logged_out": "Votre session est terminée. Connectez-vous dans un autre onglet, puis réessayez.",
    "not_allowed": "Cette fiche ne peut plus recevoir d’image.",
    "unreadable": "L’image n’est pas arrivée entière. Réessayez.",
}
# What may work the next time with the same file.
PASSING = {"logged_out", "unreadable"}


class _TooBig(Exception):
    pass


class CropWish(BaseModel):
    """What the crop tool sends."""

    revision: int
    media: Annotated[str, StringConstraints(max_length=80)]
    crop: Annotated[str, StringConstraints(max_length=30)]


def register(app: FastAPI) -> None:
    """Declare the routes."""

    @app.post("/ecrire/photos")
    async def upload(request: Request, revision: int) -> JSONResponse:
        actor = await current_actor(request)
        if actor is None:
            return _refusal("logged_out", 401)
        try:
            async with _received(request) as file:
                photo = await media.store(actor=actor, revision_id=revision, data=file.file)
        except _TooBig:
            return _refusal("too_big", 413)
        except Invalid as problem:
            return _refusal(problem.code, 422)
        except (NotAllowed, NotFound):
            return _refusal("not_allowed", 403)
        except (MultiPartException, KeyError, ValueError):
            return _refusal("unreadable", 400)
        return _shown(photo)

    @app.post("/ecrire/photos/cadrage")
    async def crop(request: Request, wish: CropWish) -> JSONResponse:
        actor = await current_actor(request)
        if actor is None:
            return _refusal("logged_out", 401)
        try:
            photo = await media.crop(actor=actor, revision_id=wish.revision, media=wish.media, crop=wish.crop)
        except Invalid as problem:
            return _refusal(problem.code, 422)
        except (NotAllowed, NotFound):
            return _refusal("not_allowed", 403)
        return _shown(photo)


@asynccontextmanager
async def _received(request: Request) -> AsyncGenerator[UploadFile, None]:
    """Give the field "file", on disk beyond a megabyte; ValueError if there is none."""
    form = await MultiPartParser(request.headers, _bounded(request), max_files=1, max_fields=2).parse()
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise ValueError("no file")
        yield file
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


def _shown(photo: Photo) -> JSONResponse:
    return JSONResponse(
        {"media": photo.media, "crop": photo.crop, "width": photo.width, "height": photo.height}
    )


def _refusal(code: str, status: int) -> JSONResponse:
    code = code if code in SENTENCES else "unreadable"
    return JSONResponse({"error": SENTENCES[code], "again": code in PASSING}, status_code=status)
