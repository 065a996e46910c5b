"""Booklets of published fiches: chosen as in the gallery, made in the background, their progress told."""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from app import permissions
from app.permissions import Actor
from app.services import media, pieces, rendering, search, storehouse
from app.services.storehouse import Stored
from layouts import binding, booklet
from layouts.catalogue import FICHE
from models.database import reading
from models.errors import Invalid, LayoutFailed, NotFound
from models.fiche import GalleryEntry

MOST = 300  # fiches
TIME_LIMIT = 600.0  # seconds for the binding of `MOST` fiches
AREA = "brochures"  # of the store of files
_KEY = re.compile(r"[0-9a-f]{32}")

Told = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Wanted:
    """What the team asks for: the words of a booklet and its fiches, by their slugs, in order."""

    title: str
    slugs: tuple[str, ...]
    made: date
    subtitle: str = ""
    editorial: str = ""
    signed: str = ""
    palette: str = "lagune"
    address: str = ""
    publisher: str = ""


async def choose(query: search.Query) -> list[GalleryEntry]:
    """Return the published fiches that fit a search, the newest first."""
    async with reading() as session:
        return await search.matching(session, query, MOST)


async def federations_of(entries: Sequence[GalleryEntry]) -> dict[str, str]:
    """Return the names of the federations of some fiches, by id."""
    there = {entry.federation_id for entry in entries}
    async with reading() as session:
        known = await search.federations(session)
    return {key: federation.name for key, federation in known.items() if key in there}


async def keep(*, actor: Actor, wanted: Wanted, told: Told = lambda what, done, total: None) -> Stored:
    """Make a booklet and keep its file for a day; the same one asked again is there at once.

    Raises NotAllowed, and what `make` raises.
    """
    await _require(actor)
    async with storehouse.turn("brochure"):
        key = await _key(wanted)
        found = storehouse.find(key, ".pdf", AREA)
        if found is None:
            data = await make(wanted, told)
            await asyncio.to_thread(storehouse.sweep, (), AREA)
            found = await asyncio.to_thread(storehouse.keep, key, ".pdf", data, AREA)
    return found


async def kept(*, actor: Actor, key: str) -> Stored:
    """Return a booklet made before; NotAllowed, NotFound."""
    await _require(actor)
    found = storehouse.find(key, ".pdf", AREA) if _KEY.fullmatch(key) else None
    if found is None:
        raise NotFound
    return found


async def _require(actor: Actor) -> None:
    async with reading() as session:
        actor = await permissions.renew(session, actor)
    permissions.require(permissions.can_administer(actor), "administer")


async def _key(wanted: Wanted) -> str:
    """Return the fingerprint of what a booklet is made from."""
    found = [await pieces.find(slug) for slug in wanted.slugs]
    # The measures of the sheets follow from the rest, and are stored while the booklet is made.
    there = [replace(public, fit=None) if public else None for public in found]
    return storehouse.fingerprint(repr(wanted), *map(repr, there))


async def make(wanted: Wanted, told: Told = lambda what, done, total: None) -> bytes:
    """Return a booklet as PDF. Fiches that are no longer public are left out.

    `told` is called with ("fiches", fiches laid out, fiches), then ("pages", pages bound, pages). Raises
    Invalid("title") without a title, ("fiches") without any public fiche or with too many, LayoutFailed.
    """
    if not wanted.title.strip():
        raise Invalid("title")
    if not 0 < len(wanted.slugs) <= MOST:
        raise Invalid("fiches")
    entries = await _entries(wanted.slugs, told)
    if not entries:
        raise Invalid("fiches")
    book = booklet.Booklet(
        title=wanted.title.strip(),
        entries=entries,
        made=wanted.made,
        subtitle=wanted.subtitle,
        editorial=wanted.editorial,
        signed=wanted.signed,
        palette=wanted.palette,
        address=wanted.address,
        publisher=wanted.publisher,
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        job = await rendering.run(_prepare, book, folder, media.folder(), limit=TIME_LIMIT)
        await _bind(job, told)
        return await asyncio.to_thread((folder / booklet.RESULT).read_bytes)


async def _entries(slugs: Sequence[str], told: Told) -> list[booklet.Entry]:
    """Return the fiches that are public, each with its PDF; as many are laid out at once as there are workers."""
    found: list[booklet.Entry | None] = [None] * len(slugs)
    line, done = iter(enumerate(slugs)), 0

    async def work() -> None:
        nonlocal done
        for rank, slug in line:
            public = await pieces.find(slug)
            if public is not None:
                found[rank] = booklet.entry(public.content, (await pieces.get(slug, FICHE.name)).path)
            done += 1
            told("fiches", done, len(slugs))

    await asyncio.gather(*(work() for _ in range(rendering.WORKERS)))
    return [each for each in found if each is not None]


def _prepare(book: booklet.Booklet, folder: Path, media_dir: Path) -> Path:
    return booklet.prepare(book, folder, media=media_dir)


async def _bind(job: Path, told: Told) -> None:
    """Bind in a process of its own; it is stopped when its time is over or nobody waits for it any more."""
    process = await asyncio.create_subprocess_exec(
        *binding.command(job), stdout=asyncio.subprocess.PIPE, cwd=binding.HERE
    )
    try:
        async with asyncio.timeout(TIME_LIMIT):
            while process.stdout and (line := await process.stdout.readline()):
                done, total = line.split()
                told("pages", int(done), int(total))
            await process.wait()
    except TimeoutError:
        raise LayoutFailed("time") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise LayoutFailed("crash")
