"""Pictures of fiches: who may add or crop one, and how many are worked on at a time."""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import IO, TypeVar

from sqlalchemy import Text, cast
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import permissions
from app.permissions import Actor
from app.services import darkroom
from layouts.pictures import FORMATS, PRINT, WHOLE, WIDTHS, read_crop, stem
from models.columns import now
from models.content import FicheContent, Photo
from models.database import reading, retried, transaction
from models.errors import Invalid, NotFound
from models.fiche import Fiche, Media, Revision, Snapshot

MAX_BYTES = darkroom.MAX_BYTES
MAX_A_DAY = 150  # pictures of one account: a workshop sends fifty, a script would fill the disk
MAX_CROPS = 24  # of one picture; beyond, those that no fiche uses make room

_Result = TypeVar("_Result")
_folder = Path("data/medias")
_masters = Path("data/originaux")
# Two at a time, whatever comes in: the two cores stay free for those who type, and memory is bounded.
_workers = ThreadPoolExecutor(2, thread_name_prefix="pictures")


def configure(folder: Path, masters: Path | None = None) -> None:
    """Say where pictures are stored, and where their masters, which nobody is ever shown (by default beside)."""
    global _folder, _masters
    _folder, _masters = folder, masters or folder.parent / "originaux"
    _masters.mkdir(parents=True, exist_ok=True)


def folder() -> Path:
    """Return the folder of stored pictures."""
    return _folder


def masters() -> Path:
    """Return the folder of the masters."""
    return _masters


def missing(content: FicheContent) -> tuple[str, ...]:
    """Return the names of the files of a fiche's pictures that are not in the folder now."""
    names = (f"{stem(photo.media, photo.crop)}-{width}.jpg" for photo in content.photos for width in WIDTHS)
    return tuple(sorted(name for name in names if not (_folder / name).is_file()))


async def store(
    *,
    actor: Actor,
    revision_id: int | None = None,
    centre_id: int | None = None,
    data: bytes | IO[bytes],
) -> Photo:
    """Store a picture for a draft (or, before the draft exists, for a structure); return it without its texts.

    A file left on disk while others are worked on costs no memory. Raises Invalid (see `darkroom.develop`, and
    `too_many_today`), NotAllowed, NotFound.
    """
    async with transaction() as session:
        if revision_id is not None:
            actor, fiche, _ = await _writable(session, actor, revision_id)
            centre_id = fiche.centre_id
        else:
            actor = await permissions.renew(session, actor)
            permissions.require(centre_id in actor.centre_ids, "write")
        await _check_quota(session, actor)
    photo = await _work(lambda: darkroom.develop(data, _folder, _masters, str(centre_id)))
    await retried(lambda: _record(actor, centre_id, photo))
    return photo


async def crop(*, actor: Actor, revision_id: int, media: str, crop: str) -> Photo:
    """Cut a stored picture of a draft and return it as it is now to be shown (`crop`, `width`, `height`).

    `crop` is "left-top-width-height" in thousandths, "" for the whole picture. The draft itself is saved by the
    editor, like all that is written. Raises Invalid `crop_wrong`, `crop_too_small` or `crop_too_many`, NotAllowed,
    NotFound.
    """
    async with transaction() as session:
        _, fiche, revision = await _writable(session, actor, revision_id)
        row = await session.get(Media, media) if len(media) <= 80 and media.isascii() else None
        if row is None or media not in await _within_reach(session, fiche, revision.content.photos, {media}):
            raise NotFound
    wanted = read_crop(crop)
    if wanted is None and crop not in ("", f"0-0-{WHOLE}-{WHOLE}"):
        raise Invalid("crop_wrong", "photos")
    name = stem(media, crop)
    try:
        if wanted is None or darkroom.is_stored(name, _folder):
            width, height = await _work(lambda: darkroom.size_of(name, _folder))
        else:
            await _make_room(media)
            width, height = await _work(lambda: darkroom.cut(media, wanted, _folder, _masters))
    except FileNotFoundError as error:
        raise NotFound from error
    return Photo(media=media, crop=wanted.name if wanted else "", width=width, height=height)


async def prepare_print(content: FicheContent) -> None:
    """Store the cover of a fiche as large as a poster prints it, if its master has the pixels."""
    cover = content.cover
    if cover is not None:
        await _work(lambda: darkroom.enlarge(cover.media, read_crop(cover.crop), _folder, _masters))


async def vouched(
    session: AsyncSession, fiche: Fiche, content: FicheContent, before: FicheContent
) -> tuple[FicheContent, list[str]]:
    """Return `content` with the pictures that a draft of `fiche` may show, and the keys of those it may not.

    A browser says which picture it shows and how it is cut; the pixels are those of the stored files, and a cut that
    was never made shows the whole picture. What the draft showed `before` stays: another edition, a co-author of
    another structure, a version taken back.
    """
    fresh = [photo for photo in content.photos if _as_shown(photo) not in map(_as_shown, before.photos)]
    if not fresh:
        return content, []
    allowed = await _within_reach(session, fiche, before.photos, {photo.media for photo in fresh})
    photos, unknown = [], []
    for photo in content.photos:
        if photo not in fresh:
            photos.append(photo)
            continue
        true = await asyncio.to_thread(_as_stored, photo) if photo.media in allowed else None
        if true is None:
            unknown.append(photo.media)
        else:
            photos.append(true)
    return content.model_copy(update={"photos": photos}), unknown


async def complete(name: str) -> bool:
    """Make the WebP called `name` if its JPEG is there (stored before WebP was, or brought back without it)."""
    return await _work(lambda: darkroom.to_webp(name, _folder))


async def _writable(session: AsyncSession, actor: Actor, revision_id: int) -> tuple[Actor, Fiche, Revision]:
    """Return the renewed actor, the fiche and the revision; NotFound, NotAllowed."""
    revision = await session.get(Revision, revision_id)
    if revision is None:
        raise NotFound
    fiche = await session.get_one(Fiche, revision.fiche_id)
    actor = await permissions.renew(session, actor)
    permissions.require(permissions.can_write(actor, fiche, revision), "write")
    return actor, fiche, revision


async def _within_reach(session: AsyncSession, fiche: Fiche, shown: list[Photo], keys: set[str]) -> set[str]:
    """Return those of `keys` that a draft may use: what it shows, what its structure stored, what belongs to nobody."""
    rows = await session.exec(
        select(Media.key).where(
            col(Media.key).in_(keys),
            (col(Media.centre_id) == fiche.centre_id) | col(Media.centre_id).is_(None),
        )
    )
    return set(rows.all()) | (keys & {photo.media for photo in shown})


def _as_shown(photo: Photo) -> tuple[str, str, int, int]:
    return photo.media, photo.crop, photo.width, photo.height


def _as_stored(photo: Photo) -> Photo | None:
    """Return a photo with its crop and pixels as they are stored; None if it is not stored."""
    wanted = read_crop(photo.crop)
    for crop in dict.fromkeys((wanted.name if wanted else "", "")):
        with contextlib.suppress(FileNotFoundError):
            width, height = darkroom.size_of(stem(photo.media, crop), _folder)
            return photo.model_copy(update={"crop": crop, "width": width, "height": height})
    return None


async def _check_quota(session: AsyncSession, actor: Actor) -> None:
    rows = await session.exec(
        select(func.count())
        .select_from(Media)
        .where(Media.account_id == actor.id, Media.created_at > now() - timedelta(days=1))
    )
    if rows.one() >= MAX_A_DAY:
        raise Invalid("too_many_today", "photos")


async def _record(actor: Actor, centre_id: int | None, photo: Photo) -> None:
    async with transaction() as session:
        known = await session.get(Media, photo.media, with_for_update=True)
        if known is not None:
            known.created_at = (
                now()
            )  # sent again: it is not among those that nobody wants (see `spare_pictures`)
            session.add(known)
        else:
            session.add(
                Media(
                    key=photo.media,
                    centre_id=centre_id,
                    account_id=actor.id,
                    width=photo.width,
                    height=photo.height,
                )
            )


async def _make_room(media: str) -> None:
    """Remove the crops of a picture that nothing uses once there are many; Invalid if all are used."""
    stems = await asyncio.to_thread(_crops_of, media)
    if len(stems) < MAX_CROPS:
        return
    used = await _used_stems(media)
    spare = [each for each in stems if each not in used]
    if not spare:
        raise Invalid("crop_too_many", "photos")
    # The freshest may be on somebody's screen and not yet saved.
    for each in spare[: len(stems) - MAX_CROPS + 1]:
        await asyncio.to_thread(_remove, each)


def _crops_of(media: str) -> list[str]:
    """Return the stems of the crops of a picture, the oldest first."""
    largest = f"-{WIDTHS[-1]}.jpg"
    found = _folder.glob(f"{media}-c*{largest}")
    return [each.name.removesuffix(largest) for each in sorted(found, key=lambda path: path.stat().st_mtime)]


def _remove(name: str) -> None:
    for width in (*WIDTHS, PRINT):
        for suffix in FORMATS:
            (_folder / f"{name}-{width}.{suffix}").unlink(missing_ok=True)


async def _used_stems(media: str) -> set[str]:
    """Return the stems of a picture that a revision shows or may show again (history)."""
    async with reading() as session:
        contents: list[FicheContent] = []
        for table in (Revision, Snapshot):
            rows = await session.exec(
                select(col(table.content)).where(cast(col(table.content), Text).contains(media))
            )
            contents += rows.all()
    return {
        stem(photo.media, photo.crop)
        for content in contents
        for photo in content.photos
        if photo.media == media
    }


async def _work(job: Callable[[], _Result]) -> _Result:
    return await asyncio.get_running_loop().run_in_executor(_workers, job)
