"""Booklets of published fiches: chosen as in the gallery, made in the background, their progress told."""

import asyncio
import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import col, select

from app import permissions
from app.permissions import Actor
from app.services import media, pieces, rendering, search, storehouse
from app.services.pieces import Public
from app.services.storehouse import Stored
from layouts import binding, booklet, limits
from layouts.catalogue import FICHE
from models.database import reading
from models.errors import Invalid, LayoutFailed, NotFound
from models.fiche import Fiche, GalleryEntry

MOST = 300  # fiches
TIME_LIMIT = 600.0  # seconds for each of the two processes that make a booklet of `MOST` fiches
AREA = "brochures"  # of the store of files
_KEY = re.compile(r"[0-9a-f]{32}")

Told = Callable[[str, int, int], None]


class FichesFailed(LayoutFailed):
    """Some fiches of a booklet could not be laid out: `fiches` are their titles, by slug."""

    def __init__(self, fiches: Mapping[str, str]) -> None:
        super().__init__("error")
        self.fiches = dict(fiches)


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

    One is made at a time: `told` hears ("waiting", 0, 0) when another one is being made. Raises NotAllowed, and what
    `make` raises.
    """
    await _require(actor)
    turn = storehouse.turn("brochure")
    if turn.locked():
        told("waiting", 0, 0)
    async with turn:
        fiches = await _find(wanted.slugs)
        key = storehouse.fingerprint(repr(wanted), *(_print(each) for each in fiches))
        found = storehouse.find(key, ".pdf", AREA)
        if found is None:
            await sweep()
            with TemporaryDirectory() as name:
                pages = await _make(wanted, fiches, Path(name), told)
                made = Path(name) / booklet.RESULT
                about = json.dumps({each.slug: each.revision_id for each in fiches if each})
                found = await asyncio.to_thread(
                    storehouse.keep, key, ".pdf", made, AREA, pages=pages, about=about
                )
    return found


async def kept(*, actor: Actor, key: str) -> Stored:
    """Return a booklet made before; NotAllowed, NotFound (also when a fiche in it is no longer public as it was)."""
    await _require(actor)
    found = storehouse.find(key, ".pdf", AREA) if _KEY.fullmatch(key) else None
    if found is None or not await _still_public(json.loads(storehouse.about(found) or "{}")):
        raise NotFound
    return found


async def sweep() -> int:
    """Erase the booklets that have been kept for a day; return how many files went."""
    return await asyncio.to_thread(storehouse.sweep, (), AREA)


async def _still_public(revisions: dict[str, int]) -> bool:
    async with reading() as session:
        rows = await session.exec(
            select(Fiche.slug, Fiche.published_revision_id).where(col(Fiche.slug).in_(revisions))
        )
        return bool(revisions) and dict(rows.all()) == revisions


async def _find(slugs: Sequence[str]) -> list[Public | None]:
    """Return the fiches of a booklet in its order, None for one that is not public; Invalid("fiches")."""
    if not 0 < len(slugs) <= MOST:
        raise Invalid("fiches")
    found = await pieces.find_all(slugs)
    return [found.get(slug) for slug in slugs]


def _print(fiche: Public | None) -> str:
    # The measures of the sheets follow from the rest, and are stored while the booklet is made.
    return pieces.key_of(replace(fiche, fit=None), FICHE) if fiche else ""


async def _require(actor: Actor) -> None:
    async with reading() as session:
        actor = await permissions.renew(session, actor)
    permissions.require(permissions.can_administer(actor), "administer")


async def make(wanted: Wanted, result: Path, told: Told = lambda what, done, total: None) -> int:
    """Write a booklet as PDF into the file `result`; return its number of pages. Fiches no longer public are left out.

    `told` is called with ("fiches", fiches laid out, fiches), then ("pages", pages bound, pages). Raises
    Invalid("title") without a title, ("fiches") without any public fiche or with too many, FichesFailed with the
    fiches that could not be laid out, LayoutFailed.
    """
    with TemporaryDirectory() as name:
        pages = await _make(wanted, await _find(wanted.slugs), Path(name), told)
        await asyncio.to_thread(shutil.copyfile, Path(name) / booklet.RESULT, result)
    return pages


async def _make(wanted: Wanted, fiches: Sequence[Public | None], folder: Path, told: Told) -> int:
    if not wanted.title.strip():
        raise Invalid("title")
    entries = await _entries(fiches, told)
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
    return await _lay_out_and_bind(book, folder, told)


async def _entries(fiches: Sequence[Public | None], told: Told) -> list[booklet.Entry]:
    """Return the fiches, each with its PDF; as many are laid out at once as there are workers. FichesFailed."""
    found: list[booklet.Entry | None] = [None] * len(fiches)
    failed: dict[str, str] = {}
    line, done = iter(enumerate(fiches)), 0

    async def work() -> None:
        nonlocal done
        for rank, public in line:
            if public is not None:
                try:
                    file = (await pieces.make(public, FICHE)).path
                    found[rank] = booklet.entry(public.content, file)
                except LayoutFailed:
                    failed[public.slug] = public.content.title.strip()
            done += 1
            told("fiches", done, len(fiches))

    await asyncio.gather(*(work() for _ in range(rendering.WORKERS)))
    if failed:
        raise FichesFailed(failed)
    return [each for each in found if each is not None]


async def _lay_out_and_bind(book: booklet.Booklet, folder: Path, told: Told) -> int:
    """Make a booklet in `folder`, by two processes of which the first is gone when the second begins; return its number
    of pages."""
    asked, pages = folder / "brochure.json", 0

    def heard(line: bytes) -> None:
        nonlocal pages
        pages, total = map(int, line.split())
        told("pages", pages, total)

    await asyncio.to_thread(book.write, asked)
    await _run(booklet.command(asked, media.folder().resolve()))
    await _run(binding.command(folder / booklet.JOB), heard)
    return pages


async def _run(command: Sequence[str], heard: Callable[[bytes], None] = lambda line: None) -> None:
    """Run a process to its end; `heard` is given each line that it says. It is stopped when its time is over or nobody
    waits."""
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, cwd=binding.HERE)
    try:
        async with asyncio.timeout(TIME_LIMIT):
            while process.stdout and (line := await process.stdout.readline()):
                heard(line)
            await process.wait()
    except TimeoutError:
        raise LayoutFailed("time") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise LayoutFailed("memory" if process.returncode == limits.OUT_OF_MEMORY else "crash")
