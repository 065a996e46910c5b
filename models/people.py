"""Who takes part: accounts, structures, federations and what links them."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UniqueConstraint

from models.columns import PydanticJson, UtcDateTime, now
from models.content import IdentityCard


class Role(StrEnum):
    """What an account may do beyond the drafts of its own structures."""

    CONTRIBUTOR = "contributor"
    COMMITTEE = "committee"
    ADMIN = "admin"


class Federation(SQLModel, table=True):
    """A federation, union or coordination; `to_confirm` marks what the national federation has not validated."""

    id: str = Field(primary_key=True, max_length=40)
    name: str
    slug: str = Field(unique=True)
    kind: str  # nationale, federation, union_regionale, a_confirmer, pseudo
    region: str = ""
    certainty: str = ""  # A, A-, B, C
    source: str = ""
    to_confirm: bool = False


class FederationDepartement(SQLModel, table=True):
    """A département belongs to a federation for a time: mergers happen. Open ends are None."""

    __table_args__ = (UniqueConstraint("federation_id", "departement_code", "valid_from"),)

    id: int | None = Field(default=None, primary_key=True)
    federation_id: str = Field(foreign_key="federation.id", index=True)
    departement_code: str = Field(max_length=3, index=True)
    certain: bool = True
    valid_from: date | None = None
    valid_until: date | None = None


class Centre(SQLModel, table=True):
    """A structure that writes: centre social, espace de vie sociale or federation."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    name: str
    kind: str
    commune_code: str = Field(default="", max_length=5)
    departement_code: str = Field(default="", max_length=3, index=True)
    federation_id: str | None = Field(default=None, foreign_key="federation.id", index=True)
    card: IdentityCard = Field(default_factory=IdentityCard, sa_type=PydanticJson(IdentityCard))
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Account(SQLModel, table=True):
    """A person, known by an e-mail address and the name that they want shown."""

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True, max_length=254)  # lower case
    name: str = ""
    role: str = Role.CONTRIBUTOR
    federation_id: str | None = Field(default=None, foreign_key="federation.id")  # of a committee member
    demo: bool = False  # may be entered by one click in demo mode
    active: bool = True
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    last_login_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    offers_timer: bool = True  # in the editor, for speed writing
    reminded: bool = True  # by mail, of drafts that were never proposed


class Membership(SQLModel, table=True):
    """An account writes for a structure; `accepted_at` is None while the request waits for an administrator."""

    __table_args__ = (UniqueConstraint("account_id", "centre_id"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    centre_id: int = Field(foreign_key="centre.id", index=True)
    requested_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LoginToken(SQLModel, table=True):
    """A single-use login link, hashed at rest."""

    digest: str = Field(primary_key=True, max_length=64)  # SHA-256 of the token, hexadecimal
    email: str = Field(index=True, max_length=254)
    next_path: str = "/compte"
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
