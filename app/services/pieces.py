"""The pieces of published fiches: made once, kept under the fingerprint of what they are made from, made anew when
their gabarit changes, served while the fiche is public. `press` makes them ahead."""

import asyncio
import contextlib
import logging
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from sqlmodel import col, select

from app import live
from app.services import media, publication, rendering, storehouse
from app.services.rendering import Urgency
from app.services.storehouse import Stored
from layouts import renderer
from layouts.catalogue import PIECES
from layouts.piece import Made, NotOffered, Order, Piece
from models.content import FicheContent
from models.database import reading, transaction
from models.errors import LayoutFailed, NotFound
from models.fiche import Fiche, Revision

RETRY_SECONDS = (
    20.0  # a piece that failed is not tried again sooner: a page reloaded must not hold the workers
)
TRIES = 3  # ahead of time; somebody who asks for the piece has it tried again
TOPIC = "pieces"  # live news: {"slug": …}
_ABSENT = ".absent"  # an empty file in the place of a piece that the fiche has nothing for
_BATCH = 40  # fiches read at a time: the server answers in between

_SLUG = re.compile(r"[a-z0-9-]{1,120}")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Public:
    """A published revision, as pieces are made from it."""

    revision_id: int
    slug: str
    content: FicheContent
    setting: renderer.Setting
    fit: renderer.Fit | None
    missing: tuple[str, ...] = ()  # files of its pictures that were not there

    @cached_property
    def print(self) -> str:
        """The fingerprint of what all its pieces are made from."""
        version = renderer.manifest(self.setting.gabarit).version
        return storehouse.fingerprint(version, repr(self.setting), self.content.model_dump_json())


@dataclass(frozen=True)
class OnShelf:
    """A piece of a fiche, and its file if it is made."""

    piece: Piece
    stored: Stored | None
    failure: "Failure | None" = None  # of the last try


@dataclass(frozen=True)
class Failure:
    """A try that came to nothing. `reason` is that of LayoutFailed."""

    reason: str
    at: float  # monotonic, seconds
    tries: int


class _Seen:
    """What this process knows of the public pieces; forgotten when what is public changes."""

    def __init__(self) -> None:
        self.version = -1
        self.stored: dict[tuple[str, str], Stored] = {}


_seen = _Seen()
failures: dict[str, Failure] = {}  # by key


async def get(slug: str, name: str) -> Stored:
    """Return the file of a piece of a published fiche, made first if it is missing.

    NotFound when the fiche isn't public or has no such piece, LayoutFailed when it can't be made now.
    """
    known = _known().get((slug, name))
    if known is not None and known.path.exists():  # a newer version of the product may have swept it
        return known
    piece = PIECES.get(name)
    public = await find(slug)
    if piece is None or public is None:
        raise NotFound
    version = publication.public_version()
    stored = await make(public, piece)
    if publication.public_version() == version and not public.missing:
        _known()[slug, name] = stored
    return stored


async def make(public: Public, piece: Piece) -> Stored:
    """Return the file of a piece of a published revision, made first if it is missing; NotFound, LayoutFailed."""
    try:
        return (await made(public, piece, Urgency.WAITED))[1]
    except NotOffered:
        raise NotFound from None


async def shelf(slug: str) -> list[OnShelf]:
    """Return the pieces that a published fiche offers, made or not yet; NotFound."""
    public = await find(slug)
    if public is None:
        raise NotFound
    return shelf_of(public)


def shelf_of(public: Public) -> list[OnShelf]:
    """Return the pieces of a published revision, made or not yet, without what it has nothing for."""
    found = []
    for piece in PIECES.values():
        key = key_of(public, piece)
        if storehouse.find(key, _ABSENT):
            continue
        found.append(OnShelf(piece, _stored(public, piece), failures.get(key)))
    return found


def offered(revision: Revision, slug: str) -> dict[str, OnShelf]:
    """Return what a published revision offers, by name of piece: a page does not wait to say their sizes."""
    return {each.piece.name: each for each in shelf_of(_public(revision, slug))}


async def find(slug: str) -> Public | None:
    """Return the published revision at this address, None if the fiche isn't public."""
    return (await find_all([slug])).get(slug)


async def find_all(slugs: Sequence[str]) -> dict[str, Public]:
    """Return the published revisions at these addresses, by slug, without those that aren't public."""
    # PostgreSQL refuses a NUL byte with an error of its own.
    wanted = [slug for slug in slugs if _SLUG.fullmatch(slug)]
    found: dict[str, Public] = {}
    for start in range(0, len(wanted), _BATCH):
        async with reading() as session:
            rows = await session.exec(
                select(Fiche.slug, Revision)
                .join(Revision, col(Fiche.published_revision_id) == col(Revision.id))
                .where(col(Fiche.slug).in_(wanted[start : start + _BATCH]))
            )
            found |= {slug: _public(revision, slug) for slug, revision in rows.all() if slug}
    return found


def _public(revision: Revision, slug: str) -> Public:
    return Public(
        revision_id=revision.id or 0,
        slug=slug,
        content=revision.content,
        setting=publication.public_setting(revision, slug),
        fit=renderer.Fit.from_dict(revision.fit) if revision.fit else None,
        missing=media.missing(revision.content),
    )


def _known() -> dict[tuple[str, str], Stored]:
    version = publication.public_version()
    if _seen.version != version:
        _seen.version = version
        _seen.stored.clear()
    return _seen.stored


# --- making -----------------------------------------------------------------------------------------------------------


def key_of(public: Public, piece: Piece, missing: Sequence[str] = ()) -> str:
    """Return the fingerprint of all that a piece is made from; `missing` are the pictures that it had to do without."""
    return storehouse.fingerprint(
        piece.name,
        str(piece.version),
        public.print,
        repr(public.fit) if piece.fitted else "",
        *(key_of(public, PIECES[name]) for name in piece.needs),
        *missing,
    )


def _stored(public: Public, piece: Piece) -> Stored | None:
    """Return the file of a piece, else the one made without the pictures that are missing now, None without any."""
    found = storehouse.find(key_of(public, piece), piece.suffix)
    if found is None and public.missing:
        found = storehouse.find(key_of(public, piece, public.missing), piece.suffix)
    return found


async def made(public: Public, piece: Piece, urgency: Urgency) -> tuple[Public, Stored]:
    """Return a piece, made first if it is missing, after those that it needs, and the revision with the measures that
    were chosen meanwhile; NotOffered, LayoutFailed."""
    found = _stored(public, piece)
    if found:
        return public, found
    try:
        parts = await _parts(public, piece, urgency)
    except LayoutFailed as failure:  # what needs a piece that fails fails with it
        _note_failure(key_of(public, piece), failure.reason)
        raise
    # The measures of the sheets are chosen by one piece at a time: the next one finds them stored.
    async with storehouse.turn(f"{public.revision_id} {'fitted' if piece.fitted else piece.name}"):
        if piece.fitted or piece.needs:
            public = await _with_stored_fit(public)
        found = _stored(public, piece)
        if found:
            return public, found
        key = key_of(public, piece)
        if storehouse.find(key, _ABSENT):
            raise NotOffered
        _let_rest(key, urgency)
        await media.prepare_print(public.content)
        order = Order(public.content, public.setting, media.folder(), public.fit, parts)
        result = await _ordered(public, piece, order, key, urgency)
        public = await _keep_fit(public, piece, result)
        stored = await _keep(public, piece, result)
    live.publish(TOPIC, {"slug": public.slug})
    return public, stored


async def _ordered(public: Public, piece: Piece, order: Order, key: str, urgency: Urgency) -> Made:
    """Have a piece made by a worker; what comes of it is remembered under `key`."""
    try:
        made = await rendering.piece(piece, order, urgency)
    except NotOffered:
        await asyncio.to_thread(storehouse.keep, key, _ABSENT, b"")
        raise
    except LayoutFailed as failure:
        _note_failure(key, failure.reason)
        raise
    except Exception:
        _log.exception("%s of %s could not be laid out", piece.name, public.slug)
        _note_failure(key, "error")
        raise LayoutFailed("error") from None
    failures.pop(key, None)
    return made


async def _keep(public: Public, piece: Piece, made: Made) -> Stored:
    """Store a piece; one that had to do without a picture gives way to a whole one when the picture is back."""
    missing = sorted({*public.missing, *media.missing(public.content)})
    if missing:
        _log.warning("%s of %s was laid out without %s", piece.name, public.slug, ", ".join(missing))
    key = key_of(public, piece, missing)
    return await asyncio.to_thread(storehouse.keep, key, piece.suffix, made.data, pages=made.pages)


async def _parts(public: Public, piece: Piece, urgency: Urgency) -> dict[str, Path]:
    """Return the files of the pieces that `piece` needs, without those that the fiche has nothing for."""
    parts = {}
    for name in piece.needs:
        with contextlib.suppress(NotOffered):
            public, stored = await made(public, PIECES[name], urgency)
            parts[name] = stored.path
    return parts


def _let_rest(key: str, urgency: Urgency) -> None:
    failure = failures.get(key)
    if failure is None:
        return
    soon = time.monotonic() < failure.at + RETRY_SECONDS
    if soon or (urgency == Urgency.AHEAD and failure.tries >= TRIES):
        raise LayoutFailed(failure.reason)


def _note_failure(key: str, reason: str) -> None:
    before = failures.get(key)
    failures[key] = Failure(reason, time.monotonic(), before.tries + 1 if before else 1)


async def _with_stored_fit(public: Public) -> Public:
    async with reading() as session:
        revision = await session.get_one(Revision, public.revision_id)
    fit = renderer.Fit.from_dict(revision.fit) if revision.fit else None
    return replace(public, fit=fit)


async def _keep_fit(public: Public, piece: Piece, made: Made) -> Public:
    """Store the measures that a piece chose with the revision: the page never changes by itself."""
    if not piece.fitted or made.fit is None or made.fit == public.fit:
        return public
    async with transaction() as session:
        revision = await session.get_one(Revision, public.revision_id, with_for_update=True)
        revision.fit = made.fit.to_dict()
        session.add(revision)
    publication.bump()  # the page in the browser follows the order of the sheets
    return replace(public, fit=made.fit)
