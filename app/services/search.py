"""Finding published fiches: the gallery's search with its counts, and the other lists that visitors see.

Everything reads GalleryEntry and GalleryTerm, written at publication, and works alike on SQLite and PostgreSQL.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.fiche import Fiche, GalleryEntry, GalleryTerm, Revision
from models.people import Centre, Federation

PAGE_SIZE = 24
MAX_WORDS = 8  # a longer search is cut: each word is one more pass over the text
MAX_POINTS = 2_000
FACETS = ("theme", "public", "federation", "departement")

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})


def normalise(text: str) -> str:
    """Return `text` in lower case, without accents or punctuation, words separated by one space."""
    bare = unicodedata.normalize(
        "NFKD", text.lower().translate(_LIGATURES).replace("\u00ad", "").replace("\u200b", "")
    )
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in bare if not unicodedata.combining(c))))


# Words too common to tell anything: they'd make "la place du marché" miss "une place au marché".
_EMPTY_WORDS = frozenset(
    normalise(
        "a ai au aux avec ce ces d dans de des du elle en est et eux il ils je l la le les leur lui ma mes mon n ne nos "
        "notre nous on ou par pas pour qu que qui s sa se ses son sur ta te tes toi ton tu un une vos votre vous y"
    ).split()
)


def stem(word: str) -> str:
    """Drop a French plural from a normalised word: jardins, bateaux, sociaux."""
    if len(word) > 5 and word.endswith("aux") and not word.endswith("eaux"):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def search_words(text: str) -> list[str]:
    """Return the stems that a search for `text` demands, without the empty words (unless there is nothing else)."""
    words = list(dict.fromkeys(normalise(text).split()))
    telling = [word for word in words if word not in _EMPTY_WORDS] or words
    return [stem(word) for word in telling[:MAX_WORDS]]


@dataclass(frozen=True)
class Query:
    """What is looked for. Keys of the closed lists, département code, federation id; None where all are wanted."""

    words: str = ""
    theme: str | None = None
    public: str | None = None
    federation: str | None = None
    departement: str | None = None
    page: int = 1

    def filters(self) -> dict[str, str]:
        """Return the chosen filters, the words not included, by name."""
        chosen = {name: getattr(self, name) for name in FACETS}
        return {name: value for name, value in chosen.items() if value}

    def without(self, name: str) -> "Query":
        """Return the same search, first page, with one filter (or "words") taken away."""
        changes: dict[str, Any] = {name: "" if name == "words" else None, "page": 1}
        return replace(self, **changes)


@dataclass(frozen=True)
class Point:
    """One fiche on the map."""

    slug: str
    title: str
    commune: str
    commune_code: str
    departement_code: str


@dataclass(frozen=True)
class Results:
    """One page of results, with what surrounds it."""

    query: Query
    entries: list[GalleryEntry]
    total: int
    # For each filter, how many fiches each of its values would give, the other filters kept.
    counts: dict[str, dict[str, int]]
    points: list[Point]
    themes: dict[int, list[str]] = field(default_factory=dict)  # theme keys of the entries shown, by fiche id

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-self.total // PAGE_SIZE))


def _has_term(kind: str, term: str) -> ColumnElement[bool]:
    wanted = select(GalleryTerm.fiche_id).where(GalleryTerm.kind == kind, GalleryTerm.term == term)
    return col(GalleryEntry.fiche_id).in_(wanted)


def _conditions(query: Query, without: str = "") -> list[ColumnElement[bool]]:
    # `contains(autoescape)` escapes % and _ of what people type; both sides are already lower case.
    found = [
        col(GalleryEntry.search_text).contains(word, autoescape=True) for word in search_words(query.words)
    ]
    for kind in ("theme", "public"):
        value = getattr(query, kind)
        if value and without != kind:
            found.append(_has_term(kind, value))
    if query.federation and without != "federation":
        found.append(col(GalleryEntry.federation_id) == query.federation)
    if query.departement and without != "departement":
        found.append(col(GalleryEntry.departement_code) == query.departement)
    return found


async def _count_terms(session: AsyncSession, kind: str, query: Query) -> dict[str, int]:
    rows = await session.exec(
        select(GalleryTerm.term, func.count())
        .join(GalleryEntry, col(GalleryEntry.fiche_id) == col(GalleryTerm.fiche_id))
        .where(GalleryTerm.kind == kind, *_conditions(query, kind))
        .group_by(GalleryTerm.term)
    )
    return dict(rows.all())


async def _count_column(session: AsyncSession, name: str, column: Any, query: Query) -> dict[str, int]:
    rows = await session.exec(select(column, func.count()).where(*_conditions(query, name)).group_by(column))
    return {key: number for key, number in rows.all() if key}


async def themes_of(session: AsyncSession, entries: Sequence[GalleryEntry]) -> dict[int, list[str]]:
    """Return the theme keys of each entry, by fiche id."""
    ids = [entry.fiche_id for entry in entries]
    rows = await session.exec(
        select(GalleryTerm.fiche_id, GalleryTerm.term)
        .where(GalleryTerm.kind == "theme", col(GalleryTerm.fiche_id).in_(ids))
        .order_by(GalleryTerm.term)
    )
    found: dict[int, list[str]] = {}
    for fiche_id, term in rows.all():
        found.setdefault(fiche_id, []).append(term)
    return found


async def search(session: AsyncSession, query: Query) -> Results:
    """Return the fiches that fit `query`, newest first, with the counts of every filter. Always eight statements."""
    conditions = _conditions(query)
    total = (await session.exec(select(func.count()).select_from(GalleryEntry).where(*conditions))).one()
    newest = (col(GalleryEntry.published_at).desc(), col(GalleryEntry.fiche_id).desc())
    page = min(max(query.page, 1), max(1, -(-total // PAGE_SIZE)))
    found = await session.exec(
        select(GalleryEntry)
        .where(*conditions)
        .order_by(*newest)
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )
    entries = list(found.all())
    places = await session.exec(
        select(  # type: ignore[call-overload]  # SQLModel types four columns at most
            GalleryEntry.slug,
            GalleryEntry.title,
            GalleryEntry.commune,
            GalleryEntry.commune_code,
            GalleryEntry.departement_code,
        )
        .where(*conditions)
        .order_by(*newest)
        .limit(MAX_POINTS)
    )
    counts = {
        "theme": await _count_terms(session, "theme", query),
        "public": await _count_terms(session, "public", query),
        "federation": await _count_column(session, "federation", GalleryEntry.federation_id, query),
        "departement": await _count_column(session, "departement", GalleryEntry.departement_code, query),
    }
    return Results(
        query=replace(query, page=page),
        entries=entries,
        total=total,
        counts=counts,
        points=[Point(*row) for row in places.all()],
        themes=await themes_of(session, entries),
    )


async def matching(session: AsyncSession, query: Query, limit: int) -> list[GalleryEntry]:
    """Return the fiches that fit `query`, newest first, on no page."""
    rows = await session.exec(
        select(GalleryEntry)
        .where(*_conditions(query))
        .order_by(col(GalleryEntry.published_at).desc(), col(GalleryEntry.fiche_id).desc())
        .limit(limit)
    )
    return list(rows.all())


async def federations(session: AsyncSession) -> dict[str, Federation]:
    """Return all federations by id."""
    rows = await session.exec(select(Federation).order_by(Federation.name))
    return {federation.id: federation for federation in rows.all()}


async def latest(session: AsyncSession, limit: int) -> list[GalleryEntry]:
    """Return the fiches published last."""
    rows = await session.exec(
        select(GalleryEntry)
        .order_by(col(GalleryEntry.published_at).desc(), col(GalleryEntry.fiche_id).desc())
        .limit(limit)
    )
    return list(rows.all())


async def centre_count(session: AsyncSession) -> int:
    """Return how many structures have published."""
    return (await session.exec(select(func.count(func.distinct(GalleryEntry.centre_id))))).one()


async def of_centre(session: AsyncSession, centre_id: int) -> list[GalleryEntry]:
    """Return the fiches of one structure, newest first."""
    rows = await session.exec(
        select(GalleryEntry)
        .where(GalleryEntry.centre_id == centre_id)
        .order_by(col(GalleryEntry.published_at).desc(), col(GalleryEntry.fiche_id).desc())
    )
    return list(rows.all())


async def cousins(session: AsyncSession, entry: GalleryEntry, limit: int = 3) -> list[GalleryEntry]:
    """Return fiches that share themes with `entry` and come from another structure: most themes in common first,
    other départements before the same one, then the newest."""
    mine = select(GalleryTerm.term).where(GalleryTerm.fiche_id == entry.fiche_id, GalleryTerm.kind == "theme")
    shared = (
        select(GalleryTerm.fiche_id, func.count().label("common"))
        .where(GalleryTerm.kind == "theme", col(GalleryTerm.term).in_(mine))
        .group_by(col(GalleryTerm.fiche_id))
        .subquery()
    )
    rows = await session.exec(
        select(GalleryEntry)
        .join(shared, shared.c.fiche_id == col(GalleryEntry.fiche_id))
        .where(GalleryEntry.centre_id != entry.centre_id)
        .order_by(
            col(GalleryEntry.departement_code) == entry.departement_code,
            shared.c.common.desc(),
            col(GalleryEntry.published_at).desc(),
        )
        .limit(limit)
    )
    return list(rows.all())


async def entry_and_revision(session: AsyncSession, slug: str) -> tuple[GalleryEntry, Revision] | None:
    """Return what the public sees of the fiche at `slug`, None if nothing is published there."""
    rows = await session.exec(
        select(GalleryEntry, Revision)
        .join(Revision, col(Revision.id) == col(GalleryEntry.revision_id))
        .where(GalleryEntry.slug == slug)
    )
    return rows.first()


async def was_published(session: AsyncSession, slug: str) -> bool:
    """Whether a fiche once had this address: it is then gone, not unknown."""
    return (await session.exec(select(Fiche.id).where(Fiche.slug == slug))).first() is not None


async def centre_at(session: AsyncSession, slug: str) -> Centre | None:
    """Return the structure at `slug`."""
    return (await session.exec(select(Centre).where(Centre.slug == slug))).first()


async def addresses(session: AsyncSession) -> list[tuple[str, Any, str]]:
    """Return (slug, last change, slug of the structure) of every published fiche, for the site map."""
    rows = await session.exec(
        select(GalleryEntry.slug, GalleryEntry.updated_at, GalleryEntry.centre_slug).order_by(
            GalleryEntry.slug
        )
    )
    return [(slug, updated, centre) for slug, updated, centre in rows.all()]
