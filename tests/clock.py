"""Time travel: everything that has happened happened longer ago."""

from datetime import timedelta

from sqlalchemy import DateTime
from sqlmodel import SQLModel

from models.columns import UtcDateTime
from models.database import transaction

_DATES = (DateTime, UtcDateTime)


async def later(by: timedelta) -> None:
    """Let `by` go by: every date of every row moves into the past, on any database."""
    async with transaction() as session:
        for table in SQLModel.metadata.sorted_tables:
            keys = list(table.primary_key.columns)
            dates = [column for column in table.columns if isinstance(column.type, _DATES)]
            if not dates:
                continue
            for row in (await session.execute(table.select())).mappings().all():
                moved = {
                    column.name: row[column.name] - by for column in dates if row[column.name] is not None
                }
                if moved:
                    where = [key == row[key.name] for key in keys]
                    await session.execute(table.update().where(*where).values(moved))
