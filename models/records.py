"""What happened and what is to be sent: the journal and the outbox, written in the transaction of the change."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from models.columns import PlainJson, UtcDateTime, now


class JournalEntry(SQLModel, table=True):
    """One action: who did what to which fiche."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    action: str = Field(max_length=40)
    fiche_id: int | None = Field(default=None, foreign_key="fiche.id", index=True)
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=PlainJson)


class GuideVersion(SQLModel, table=True):
    """The guide as an administrator left it. The newest is in force; without any, the guide that comes with the code."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    note: str = ""  # what was changed and why, in the administrator's words
    content: dict[str, Any] = Field(default_factory=dict, sa_type=PlainJson)


class OutgoingMail(SQLModel, table=True):
    """A mail to send. `sent_at` stays None until a server has taken it, or for good without a server."""

    id: int | None = Field(default=None, primary_key=True)
    to: str = Field(max_length=254)
    subject: str
    text: str
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int = 0
    next_try_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    last_error: str = ""
