"""Fiches and their revisions: the states of a revision and the transitions between them."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, Index, SQLModel, UniqueConstraint, text

from models.columns import PlainJson, PydanticJson, UtcDateTime, now
from models.content import FicheContent
from models.errors import IllegalTransition
from models.taxonomy import State

TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PROPOSED}),
    State.PROPOSED: frozenset({State.TO_CLARIFY, State.PUBLISHED, State.DECLINED}),
    State.TO_CLARIFY: frozenset({State.PROPOSED}),
    State.PUBLISHED: frozenset({State.ARCHIVED}),
    State.ARCHIVED: frozenset(),
    State.DECLINED: frozenset(),
}
WRITABLE = frozenset({State.DRAFT, State.TO_CLARIFY})
_OPEN = "state IN ('brouillon', 'proposee', 'a-preciser') AND deleted_at IS NULL"


class Fiche(SQLModel, table=True):
    """What a structure tells, through its revisions. The public sees `published_revision_id`, frozen."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str | None = Field(default=None, unique=True, max_length=120)  # given at the first publication
    centre_id: int = Field(foreign_key="centre.id", index=True)
    created_by: int | None = Field(default=None, foreign_key="account.id", index=True)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    published_revision_id: int | None = None
    first_published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Revision(SQLModel, table=True):
    """One version of the content, from draft to publication. `version` counts its saves (optimistic lock)."""

    __table_args__ = (
        UniqueConstraint("fiche_id", "number"),
        # One revision at most is being written or read at a time, whatever races.
        Index(
            "ix_revision_open",
            "fiche_id",
            unique=True,
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    fiche_id: int = Field(foreign_key="fiche.id", index=True)
    number: int = 1
    state: str = Field(default=State.DRAFT, index=True)
    version: int = 1
    content: FicheContent = Field(sa_type=PydanticJson(FicheContent))
    unread: dict[str, Any] = Field(
        default_factory=dict, sa_type=PlainJson
    )  # what was typed and is no content yet (see `models.written`)
    gabarit: str = "reperes"
    palette: str = "lagune"
    fit: dict[str, Any] | None = Field(
        default=None, sa_type=PlainJson
    )  # how the pages were filled, chosen once
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    updated_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    saved_by: int | None = None  # the account that saved the present content
    proposed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # archived or declined
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # thrown away, may still come back
    ignored: list[str] = Field(default_factory=list, sa_type=PlainJson)  # advice that the authors set aside
    seen_on_paper: bool = False  # its sheets were looked at once (check C-31)

    def move(self, wanted: State) -> None:
        """Change the state; IllegalTransition if the present one does not lead there."""
        if wanted not in TRANSITIONS[State(self.state)]:
            raise IllegalTransition(self.state, wanted)
        self.state = wanted


class Snapshot(SQLModel, table=True):
    """A saved version of a revision, kept for its history; thinned with age."""

    __table_args__ = (UniqueConstraint("revision_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id", index=True)
    version: int
    content: FicheContent = Field(sa_type=PydanticJson(FicheContent))
    unread: dict[str, Any] = Field(default_factory=dict, sa_type=PlainJson)
    gabarit: str
    palette: str
    account_id: int | None = Field(default=None, foreign_key="account.id")  # who saved it
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Media(SQLModel, table=True):
    """A stored picture: files `<key>-<width>.jpg` in the media folder."""

    key: str = Field(primary_key=True, max_length=80)
    centre_id: int | None = Field(default=None, foreign_key="centre.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    width: int  # pixels, largest size
    height: int
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class GalleryEntry(SQLModel, table=True):
    """What the gallery, the map and the feeds read of a published fiche: written once, at publication."""

    fiche_id: int = Field(primary_key=True, foreign_key="fiche.id")
    revision_id: int = Field(foreign_key="revision.id")
    slug: str = Field(unique=True, max_length=120)
    title: str
    accroche: str = ""
    centre_id: int = Field(index=True)
    centre_name: str
    centre_slug: str
    commune: str = ""  # name, as printed
    commune_code: str = Field(default="", max_length=5)
    departement_code: str = Field(default="", max_length=3, index=True)
    federation_id: str | None = Field(default=None, index=True)
    palette: str = "lagune"
    cover_key: str | None = None
    cover_alt: str = ""
    cover_focus: str = "50% 50%"  # CSS object-position
    published_at: datetime = Field(sa_type=UtcDateTime, index=True)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    search_text: str = ""  # lower case, without accents


class GalleryTerm(SQLModel, table=True):
    """A theme or a public of a published fiche, for filtering."""

    fiche_id: int = Field(primary_key=True, foreign_key="galleryentry.fiche_id")
    kind: str = Field(primary_key=True, max_length=10)  # theme, public
    term: str = Field(primary_key=True, max_length=60, index=True)
