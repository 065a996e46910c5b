"""The pieces of published fiches made before anybody asks: after each change of what is public, and by a command."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import defer
from sqlmodel import col, select

from app import live
from app.services import pieces, publication, rendering, storehouse
from app.services.pieces import Public
from app.services.rendering import Urgency
from layouts import renderer
from layouts.catalogue import PIECES
from layouts.piece import NotOffered
from models.database import reading
from models.errors import LayoutFailed, NotFound
from models.fiche import Fiche, Revision

LOOK_AGAIN_SECONDS = 600.0  # at a fiche whose picture was missing

_log = logging.getLogger(__name__)
_ahead = True


def configure(*, ahead: bool) -> None:
    """Say whether a server makes pieces ahead; else each is made for the first who asks for it."""
    global _ahead
    _ahead = ahead


def is_ahead() -> bool:
    """Tell whether what is missing is made without being asked for."""
    return _ahead


@dataclass(frozen=True)
class Progress:
    """How far the pieces of a published fiche are."""

    made: int
    total: int
    failed: tuple[str, ...] = ()  # labels of those that could not be made
    given_up: bool = False  # some of these are not tried again by themselves
    ahead: bool = True  # those that are missing are made without being asked for

    @property
    def done(self) -> bool:
        """Whether nothing is to come by itself."""
        return not self.ahead or self.made + len(self.failed) >= self.total


async def progress(slug: str) -> Progress:
    """Return how many of the pieces of a published fiche are there; NotFound."""
    there = await pieces.shelf(slug)
    failed = [each for each in there if each.failure and each.stored is None]
    return Progress(
        made=sum(each.stored is not None for each in there),
        total=len(there),
        failed=tuple(each.piece.label for each in failed),
        given_up=any(each.failure and (each.failure.tries >= pieces.TRIES or not _ahead) for each in failed),
        ahead=_ahead,
    )


async def retry(slug: str) -> None:
    """Try once more, now, what could not be made of a published fiche; NotFound."""
    public = await pieces.find(slug)
    if public is None:
        raise NotFound
    for piece in PIECES.values():
        pieces.failures.pop(pieces.key_of(public, piece), None)
    live.publish(pieces.TOPIC, {"slug": slug})
    await _complete(public, Urgency.AHEAD)


@dataclass(frozen=True)
class _Fiche:
    """What is known of the pieces of a published fiche once they were looked after."""

    stamp: tuple[object, ...]  # what they were made from
    made: frozenset[str]  # names of the pieces
    keys: frozenset[str]  # of these, and of those that the fiche has nothing for
    whole: bool  # nothing failed, no picture was missing

    def holds(self, stamp: tuple[object, ...]) -> bool:
        """Tell whether there is nothing to do: the same fiche, all its files there."""
        return self.whole and self.stamp == stamp and all(map(storehouse.holds, self.keys))


_fiches: dict[str, _Fiche] = {}  # by slug


async def render_all(
    *,
    urgency: Urgency = Urgency.AHEAD,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> Mapping[str, int]:
    """Make every piece that is missing, the newest fiches first; return how many are there, by name of piece.

    `told` is called with (how many were looked after, how many there are). A piece that cannot be made is logged and
    does not keep the others waiting. Files that nothing names any more are erased. A fiche that has all its pieces is
    not read again until it changes: a publication costs the same whatever has been published before.
    """
    stamps = await _stamps()
    total, done = len(stamps) * len(PIECES), 0
    line = iter(stamps.items())

    def step(count: int) -> None:
        nonlocal done
        done += count
        told(done, total)

    async def work() -> None:
        for slug, stamp in line:
            known = _fiches.get(slug)
            if known is not None and await asyncio.to_thread(known.holds, stamp):
                step(len(PIECES))
                continue
            public = await pieces.find(slug)
            if public is None:  # archived meanwhile
                _fiches.pop(slug, None)
                step(len(PIECES))
            else:
                _fiches[slug] = replace(await _complete(public, urgency, step), stamp=stamp)

    at_once = 1 if urgency == Urgency.AHEAD else rendering.WORKERS
    await asyncio.gather(*(work() for _ in range(at_once)))
    for slug in _fiches.keys() - stamps.keys():
        del _fiches[slug]
    wanted = {key for each in _fiches.values() for key in each.keys}
    for key in pieces.failures.keys() - wanted:
        del pieces.failures[key]
    await asyncio.to_thread(storehouse.sweep, wanted)
    return {name: sum(name in each.made for each in _fiches.values()) for name in PIECES}


async def _stamps() -> dict[str, tuple[object, ...]]:
    """Return what tells whether the pieces of each published fiche are still right, by slug: one query, no content."""
    of_all = tuple((piece.name, piece.version) for piece in PIECES.values())
    async with reading() as session:
        rows = await session.exec(
            select(Fiche.slug, Revision)
            .join(Revision, col(Fiche.published_revision_id) == col(Revision.id))
            .options(defer(Revision.content))  # type: ignore[arg-type]
            .order_by(col(Fiche.first_published_at).desc())
        )
        return {slug: (*_stamp(each, slug), of_all) for slug, each in rows.all() if slug}


def _stamp(revision: Revision, slug: str) -> tuple[object, ...]:
    gabarit = renderer.manifest(revision.gabarit).version
    setting = publication.public_setting(revision, slug)
    return (revision.id, revision.version, repr(revision.fit), setting, gabarit)


async def _complete(
    public: Public, urgency: Urgency, step: Callable[[int], None] = lambda count: None
) -> _Fiche:
    """Make what is missing of a fiche; `step` is told of each piece that was looked after."""
    made, failed = set(), False
    for piece in PIECES.values():
        try:
            public, _ = await pieces.made(public, piece, urgency)
            made.add(piece.name)
        except NotOffered:
            pass
        except LayoutFailed as failure:
            failed = True
            _log.warning("%s of %s could not be laid out (%s)", piece.name, public.slug, failure.reason)
            live.publish(pieces.TOPIC, {"slug": public.slug})
        step(1)
    keys = {pieces.key_of(public, piece) for piece in PIECES.values()}
    if public.missing:
        keys |= {pieces.key_of(public, piece, public.missing) for piece in PIECES.values()}
    return _Fiche((), frozenset(made), frozenset(keys), whole=not (failed or public.missing))


async def keep() -> None:
    """For ever: after each change of what is public, make the pieces that are missing; failures are tried again, and
    so is, now and then, what had to do without a picture. Nothing where pieces are not made ahead."""
    while _ahead:
        version = publication.public_version()
        try:
            await render_all()
        except Exception:
            _log.exception("the published fiches could not be read")
        pause = None if all(each.whole for each in _fiches.values()) else LOOK_AGAIN_SECONDS
        if any(each.tries < pieces.TRIES for each in pieces.failures.values()):
            pause = pieces.RETRY_SECONDS
        await publication.changed_since(version, pause)
