"""The pieces of published fiches: made once, kept under the fingerprint of what they are made from, made anew when
their gabarit changes, served while the fiche is public."""

import asyncio
import contextlib
import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

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
from models.fiche import Fiche, GalleryEntry, Revision

RETRY_SECONDS = (
    20.0  # a piece that failed is not tried again sooner: a page reloaded must not hold the workers
)
TRIES = 3  # ahead of time; somebody who asks for the piece has it tried again
TOPIC = "pieces"  # live news: {"slug": …}
_ABSENT = ".absent"  # an empty file in the place of a piece that the fiche has nothing for

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


@dataclass(frozen=True)
class OnShelf:
    """A piece of a fiche, and its file if it is made."""

    piece: Piece
    stored: Stored | None
    failed: str = ""  # why the last try failed: a reason of LayoutFailed


@dataclass(frozen=True)
class _Failure:
    reason: str
    at: float  # monotonic, seconds
    tries: int


class _Seen:
    """What this process knows of the public pieces; forgotten when what is public changes."""

    def __init__(self) -> None:
        self.version = -1
        self.stored: dict[tuple[str, str], Stored] = {}


_seen = _Seen()
_failures: dict[str, _Failure] = {}  # by key


async def get(slug: str, name: str) -> Stored:
    """Return the file of a piece of a published fiche, made first if it is missing.

    NotFound when the fiche isn't public or has no such piece, LayoutFailed when it can't be made now.
    """
    known = _known().get((slug, name))
    if known is not None:
        return known
    piece = PIECES.get(name)
    public = await find(slug)
    if piece is None or public is None:
        raise NotFound
    version = publication.public_version()
    try:
        stored = await _made(public, piece, Urgency.WAITED)
    except NotOffered:
        raise NotFound from None
    if publication.public_version() == version:
        _known()[slug, name] = stored
    return stored


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
        key = _key(public, piece)
        if storehouse.find(key, _ABSENT):
            continue
        failure = _failures.get(key)
        found.append(OnShelf(piece, storehouse.find(key, piece.suffix), failure.reason if failure else ""))
    return found


def offered(revision: Revision, slug: str) -> dict[str, OnShelf]:
    """Return what a published revision offers, by name of piece: a page does not wait to say their sizes."""
    return {each.piece.name: each for each in shelf_of(_public(revision, slug))}


async def find(slug: str) -> Public | None:
    """Return the published revision at this address, None if the fiche isn't public."""
    if not _SLUG.fullmatch(slug):  # PostgreSQL refuses a NUL byte with an error of its own
        return None
    async with reading() as session:
        revision = await _published(session, slug)
    return _public(revision, slug) if revision else None


async def _published(session: AsyncSession, slug: str) -> Revision | None:
    rows = await session.exec(
        select(Revision)
        .join(Fiche, col(Fiche.published_revision_id) == col(Revision.id))
        .where(Fiche.slug == slug)
    )
    return rows.first()


def _public(revision: Revision, slug: str) -> Public:
    return Public(
        revision_id=revision.id or 0,
        slug=slug,
        content=revision.content,
        setting=publication.public_setting(revision, slug),
        fit=renderer.Fit.from_dict(revision.fit) if revision.fit else None,
    )


def _known() -> dict[tuple[str, str], Stored]:
    version = publication.public_version()
    if _seen.version != version:
        _seen.version = version
        _seen.stored.clear()
    return _seen.stored


# --- making -----------------------------------------------------------------------------------------------------------


def _key(public: Public, piece: Piece) -> str:
    """Return the fingerprint of all that a piece is made from."""
    return storehouse.fingerprint(
        piece.name,
        str(piece.version),
        renderer.manifest(public.setting.gabarit).version,
        repr(public.setting),
        public.content.model_dump_json(),
        repr(public.fit) if piece.fitted else "",
        *(_key(public, PIECES[name]) for name in piece.needs),
    )


async def _made(public: Public, piece: Piece, urgency: Urgency) -> Stored:
    """Return a piece, made first if it is missing, after those that it needs; NotOffered, LayoutFailed."""
    parts = await _parts(public, piece, urgency)
    # The measures of the sheets are chosen by one piece at a time: the next one finds them stored.
    async with storehouse.turn(f"{public.revision_id} {'fitted' if piece.fitted else piece.name}"):
        if piece.fitted or piece.needs:
            public = await _with_stored_fit(public)
        key = _key(public, piece)
        found = storehouse.find(key, piece.suffix)
        if found:
            return found
        if storehouse.find(key, _ABSENT):
            raise NotOffered
        _let_rest(key, urgency)
        await media.prepare_print(public.content)
        try:
            order = Order(public.content, public.setting, media.folder(), public.fit, parts)
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
        _failures.pop(key, None)
        public = await _keep_fit(public, piece, made)
        stored = await asyncio.to_thread(storehouse.keep, _key(public, piece), piece.suffix, made.data)
    live.publish(TOPIC, {"slug": public.slug})
    return stored


async def _parts(public: Public, piece: Piece, urgency: Urgency) -> dict[str, Path]:
    """Return the files of the pieces that `piece` needs, without those that the fiche has nothing for."""
    parts = {}
    for name in piece.needs:
        with contextlib.suppress(NotOffered):
            parts[name] = (await _made(public, PIECES[name], urgency)).path
    return parts


def _let_rest(key: str, urgency: Urgency) -> None:
    failure = _failures.get(key)
    if failure is None:
        return
    soon = time.monotonic() < failure.at + RETRY_SECONDS
    if soon or (urgency == Urgency.AHEAD and failure.tries >= TRIES):
        raise LayoutFailed(failure.reason)


def _note_failure(key: str, reason: str) -> None:
    before = _failures.get(key)
    _failures[key] = _Failure(reason, time.monotonic(), before.tries + 1 if before else 1)


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


# --- ahead of time ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How far the pieces of a published fiche are."""

    made: int
    total: int
    failed: tuple[str, ...] = ()  # labels of those that could not be made

    @property
    def done(self) -> bool:
        """Whether nothing is to come by itself."""
        return self.made + len(self.failed) >= self.total


async def progress(slug: str) -> Progress:
    """Return how many of the pieces made at publication are there; NotFound."""
    pieces = [each for each in await shelf(slug) if each.piece.early]
    return Progress(
        made=sum(each.stored is not None for each in pieces),
        total=len(pieces),
        failed=tuple(each.piece.label for each in pieces if each.failed and each.stored is None),
    )


async def render_all(
    *,
    urgency: Urgency = Urgency.AHEAD,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> Mapping[str, int]:
    """Make every piece that is missing, the newest fiches first; return how many are there, by name of piece.

    `told` is called with (how many were looked after, how many there are). A piece that cannot be made is logged and
    does not keep the others waiting. Files that nothing names any more are erased.
    """
    async with reading() as session:
        slugs = (
            await session.exec(select(GalleryEntry.slug).order_by(col(GalleryEntry.published_at).desc()))
        ).all()
    early = [piece for piece in PIECES.values() if piece.early]
    counts = {piece.name: 0 for piece in early}
    wanted: set[str] = set()
    total, done = len(slugs) * len(early), 0
    line = iter([(slug, piece) for slug in slugs for piece in early])

    async def work() -> None:
        nonlocal done
        for slug, piece in line:
            counts[piece.name] += await _ahead(slug, piece, urgency, wanted)
            done += 1
            told(done, total)

    at_once = 1 if urgency == Urgency.AHEAD else rendering.WORKERS
    await asyncio.gather(*(work() for _ in range(at_once)))
    for key in _failures.keys() - wanted:
        del _failures[key]
    await asyncio.to_thread(storehouse.sweep, wanted)
    return counts


async def _ahead(slug: str, piece: Piece, urgency: Urgency, wanted: set[str]) -> bool:
    """Make one piece of one fiche if it is still public; add the keys that the fiche uses to `wanted`."""
    public = await find(slug)
    if public is None:  # archived meanwhile
        return False
    try:
        await _made(public, piece, urgency)
    except NotOffered:
        made = False
    except LayoutFailed as failure:
        _log.warning("%s of %s could not be laid out (%s)", piece.name, slug, failure.reason)
        live.publish(TOPIC, {"slug": slug})
        made = False
    else:
        made = True
    now_public = await find(slug)
    if now_public is not None:
        wanted.update(_key(now_public, each) for each in PIECES.values())
    return made


async def keep() -> None:
    """For ever: after each change of what is public, make the pieces that are missing; failures are tried again."""
    while True:
        version = publication.public_version()
        try:
            await render_all()
        except Exception:
            _log.exception("the published fiches could not be read")
        pause = RETRY_SECONDS if any(each.tries < TRIES for each in _failures.values()) else None
        await publication.changed_since(version, pause)
