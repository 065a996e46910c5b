"""Pictures: checked, turned upright, stripped of their metadata and stored in three sizes."""

import asyncio
import hashlib
import io
import secrets
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageFile, ImageOps

from app import permissions
from app.permissions import Actor
from models.content import Photo
from models.database import retried, transaction
from models.errors import Invalid, NotFound
from models.fiche import Fiche, Media, Revision

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 80_000_000  # a 50,000 × 50,000 image of one colour weighs a few kilobytes and fills the memory
MIN_SIDE = 320  # pixels
WIDTHS = (1654, 827, 400)  # pixels: 200 dpi on the width of an A4 page, on half of it, on a card
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
# What decoders raise on files that are no pictures or are damaged.
DAMAGED = (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, EOFError, struct.error, zlib.error)

_folder = Path("data/medias")


def configure(folder: Path) -> None:
    """Say where pictures are stored."""
    global _folder
    _folder = folder


def folder() -> Path:
    """Return the folder of stored pictures."""
    return _folder


async def store(
    *, actor: Actor, revision_id: int | None = None, centre_id: int | None = None, data: bytes
) -> Photo:
    """Store a picture for a draft (or, before the draft exists, for a structure); return it without its texts.

    Raises Invalid with code `too_big`, `not_a_picture`, `too_many_pixels` or `too_small`, NotAllowed, NotFound.
    """
    async with transaction() as session:
        if revision_id is not None:
            revision = await session.get(Revision, revision_id)
            if revision is None:
                raise NotFound
            fiche = await session.get_one(Fiche, revision.fiche_id)
            actor = await permissions.renew(session, actor)
            permissions.require(permissions.can_write(actor, fiche, revision), "write")
            centre_id = fiche.centre_id
        else:
            actor = await permissions.renew(session, actor)
            permissions.require(centre_id in actor.centre_ids, "write")
    photo = await asyncio.to_thread(encode, data, _folder)
    await retried(lambda: _record(actor, centre_id, photo))
    return photo


async def _record(actor: Actor, centre_id: int | None, photo: Photo) -> None:
    async with transaction() as session:
        if await session.get(Media, photo.media) is None:
            session.add(
                Media(
                    key=photo.media,
                    centre_id=centre_id,
                    account_id=actor.id,
                    width=photo.width,
                    height=photo.height,
                )
            )


def encode(data: bytes, folder: Path) -> Photo:
    """Check and re-encode a picture into `folder` (blocking); the key is drawn from its content. Raises Invalid."""
    if len(data) > MAX_BYTES:
        raise Invalid("too_big", "photos")
    # WeasyPrint, once imported, lets half a picture pass for a whole one.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        opened = Image.open(io.BytesIO(data), formats=FORMATS)  # reads the header only
        if opened.width * opened.height > MAX_PIXELS:
            raise Invalid("too_many_pixels", "photos")
        opened.draft("RGB", (WIDTHS[0] * 2, WIDTHS[0] * 2))  # JPEG decoders can halve while decoding
        opened.load()
        upright = _flatten(ImageOps.exif_transpose(opened))
    except Image.DecompressionBombError as error:
        raise Invalid("too_many_pixels", "photos") from error
    except DAMAGED as error:
        raise Invalid("not_a_picture", "photos") from error
    if min(upright.size) < MIN_SIDE:
        raise Invalid("too_small", "photos")
    key = hashlib.sha256(data).hexdigest()[:24]
    largest = _write(upright, key, folder)
    return Photo(media=key, width=largest[0], height=largest[1])


def _flatten(image: Image.Image) -> Image.Image:
    """Return the image in RGB, on white where it was transparent, without the notes that a save would keep."""
    if image.mode.startswith("I"):  # sixteen bits a pixel: a plain conversion would cut at 255
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    plain = image.convert("RGB")
    plain.info.clear()
    return plain


def _write(image: Image.Image, key: str, folder: Path) -> tuple[int, int]:
    """Write every size of a picture; return the pixels of the largest. Re-encoding leaves all metadata behind."""
    largest = (0, 0)
    for width in WIDTHS:
        size = (width, max(1, round(image.height * width / image.width)))
        if size[0] > image.width:  # never enlarge: the name says the slot, not the pixels
            size = image.size
        scaled = image.resize(size, Image.Resampling.LANCZOS) if size != image.size else image
        buffer = io.BytesIO()
        scaled.save(buffer, "JPEG", quality=QUALITY, optimize=True, progressive=True)
        target = folder / f"{key}-{width}.jpg"
        partial = (
            folder / f"{key}-{width}.{secrets.token_hex(4)}.part"
        )  # the same picture may come twice at once
        partial.write_bytes(buffer.getvalue())
        partial.replace(target)
        largest = max(largest, size)
    return largest
