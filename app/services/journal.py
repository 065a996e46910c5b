"""The journal: one row an action, written in the transaction of the change."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from models.records import JournalEntry


def note(
    session: AsyncSession, action: str, *, account_id: int | None, fiche_id: int | None = None, **detail: Any
) -> None:
    """Add a row to the journal of what happens in this transaction."""
    session.add(JournalEntry(action=action, account_id=account_id, fiche_id=fiche_id, detail=detail))
