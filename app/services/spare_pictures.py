"""Pictures that no fiche shows any more, nor may show again: erased with their files."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Text, cast
from sqlmodel import col, select

from app.services import media
from models.columns import now
from models.database import reading, transaction
from models.fiche import Media, Revision, Snapshot

KEPT = timedelta(days=30)  # after its last upload: a picture taken out of a draft may be wanted again
_BATCH = 200  # documents read at a time: the server answers in between
_KEY = re.compile(r'"media":\s*"([0-9a-z-]+)"')


async def erase() -> int:
    """Erase the pictures stored more than thirty days ago that no revision, version or draft in the bin contains."""
    limit = now() - KEPT
    async with reading() as session:
        rows = await session.exec(select(Media.key).where(Media.created_at < limit))
        spare = set(rows.all())
    async for used in _used():
        spare -= used
        if not spare:
            return 0
    return sum([await _erase(key, limit) for key in sorted(spare)])


async def _used() -> AsyncIterator[set[str]]:
    """Yield the keys of pictures in every stored document, batch by batch."""
    for table in (Revision, Snapshot):
        last = 0
        while True:
            async with reading() as session:
                rows = await session.exec(
                    select(table.id, cast(col(table.content), Text), cast(col(table.unread), Text))
                    .where(col(table.id) > last)
                    .order_by(col(table.id))
                    .limit(_BATCH)
                )
                found = rows.all()
            if not found:
                break
            last = int(found[-1][0] or 0)
            yield {key for _, *texts in found for text in texts for key in _KEY.findall(text)}


async def _erase(key: str, limit: datetime) -> bool:
    async with transaction() as session:
        row = await session.get(Media, key, with_for_update=True)
        if row is None or row.created_at >= limit:  # sent again meanwhile
            return False
        await session.delete(row)
    await asyncio.to_thread(_remove, key, media.folder(), media.masters())
    return True


def _remove(key: str, folder: Path, masters: Path) -> None:
    """Remove the files of a picture and of its crops."""
    own = re.compile(rf"{re.escape(key)}(-c\d+-\d+-\d+-\d+)?-\d+\.(jpg|webp)")
    for file in folder.glob(f"{key}-*"):
        if own.fullmatch(file.name):
            file.unlink(missing_ok=True)
    (masters / f"{key}.jpg").unlink(missing_ok=True)
