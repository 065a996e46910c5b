"""Those who write with the centre: co-authors of a fiche, the federation's relays, requests for individual help."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UniqueConstraint

from models.columns import UtcDateTime, now


class Part(StrEnum):
    """Why somebody who is not of the centre writes in its fiche."""

    COAUTHOR = "coauteur"
    RELAY = "relais"


class Coauthor(SQLModel, table=True):
    """Somebody invited to write in a fiche, known by address until the invitation is accepted."""

    __table_args__ = (UniqueConstraint("fiche_id", "email"),)

    id: int | None = Field(default=None, primary_key=True)
    fiche_id: int = Field(foreign_key="fiche.id", index=True)
    email: str = Field(max_length=254, index=True)  # lower case
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    part: str = Part.COAUTHOR
    invited_by: int | None = Field(default=None, foreign_key="account.id")
    invited_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Relay(SQLModel, table=True):
    """A person whom a federation names to help its centres one by one."""

    federation_id: str = Field(primary_key=True, foreign_key="federation.id")
    account_id: int = Field(primary_key=True, foreign_key="account.id", index=True)


class HelpRequest(SQLModel, table=True):
    """A centre asks its federation's relay for help with a draft."""

    id: int | None = Field(default=None, primary_key=True)
    fiche_id: int = Field(foreign_key="fiche.id", index=True)
    account_id: int = Field(foreign_key="account.id")  # who asks
    federation_id: str | None = Field(default=None, foreign_key="federation.id", index=True)
    message: str = ""
    asked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    taken_by: int | None = Field(default=None, foreign_key="account.id")
    taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
