"""The guide as administrators change it: read, publish a version, compare, come back to an earlier one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import permissions
from app.permissions import Actor
from app.services import journal
from models import database, guide
from models.content import clean
from models.database import reading, transaction
from models.errors import Invalid, NotFound, ProductError
from models.guide_words import GuideWords, Leaf, difference, edited, leaves, on_top
from models.people import Account
from models.records import GuideVersion

NOTE_LENGTH = 300
_LOCK = 0x6775696465  # a number for PostgreSQL: "guide"
SHIPPED = 0  # the "version" that comes with the code

_loaded: tuple[database.Database, int] | None = None  # what this process shows


class Refused(ProductError):
    """Some words are not fit: `problems` are codes by address (see `guide_words.edited`)."""

    def __init__(self, problems: dict[Leaf, str]) -> None:
        super().__init__(f"the guide was refused: {problems}")
        self.problems = problems


class ChangedMeanwhile(ProductError):
    """Somebody else changed the same sentences since the page was opened: `values` are theirs, by address."""

    def __init__(self, values: dict[Leaf, Any]) -> None:
        super().__init__(f"changed meanwhile: {sorted(values)}")
        self.values = values


@dataclass(frozen=True)
class VersionLine:
    """A version as the list shows it. `changes` counts the sentences that differ from the version before."""

    id: int
    at: datetime
    author: str
    note: str
    changes: int
    in_force: bool


@dataclass(frozen=True)
class Change:
    """One sentence that differs between two versions."""

    leaf: Leaf
    before: Any
    after: Any


@dataclass(frozen=True)
class VersionDetail:
    """A version beside the one before it (the shipped guide for the first)."""

    line: VersionLine
    changes: tuple[Change, ...]


async def refresh(*, anew: bool = False) -> None:
    """Show the newest version in this process: one small query when nothing is new. `anew`: read it in any case."""
    global _loaded
    async with reading() as session:
        newest = (await session.exec(select(func.max(col(GuideVersion.id))))).one() or SHIPPED
        if not anew and _loaded is not None and _loaded == (database.current(), newest):
            return
        row = await session.get(GuideVersion, newest) if newest else None
    guide.use(row.content if row else None)
    _loaded = (database.current(), newest)


async def save(*, actor: Actor, edits: Mapping[Leaf, Any], seen: Mapping[Leaf, Any], note: str) -> int:
    """Publish a version with these words changed and return its number.

    `seen` holds what the page showed in place of each edit. Raises Refused for words that are not fit, ChangedMeanwhile
    when somebody changed the same ones, Invalid("note_long") and Invalid("nothing") when nothing differs.
    """
    note = clean(note).strip()
    if len(note) > NOTE_LENGTH:
        raise Invalid("note_long", "note")
    async with transaction() as session:
        actor = await _administrator(session, actor)
        words = await _newest(session)
        present = leaves(words)
        theirs = {
            leaf: present[leaf]
            for leaf in edits
            if leaf in present and leaf in seen and _differ(leaf, present, seen, edits)
        }
        if theirs:
            raise ChangedMeanwhile(theirs)
        changed, problems = edited(words, edits)
        if problems:
            raise Refused(problems)
        if changed == words:
            raise Invalid("nothing", "note")
        version = await _store(session, actor, changed, note)
    await refresh()
    return version


def _differ(
    leaf: Leaf, present: Mapping[Leaf, Any], seen: Mapping[Leaf, Any], edits: Mapping[Leaf, Any]
) -> bool:
    return bool(present[leaf] != seen[leaf] and present[leaf] != edits[leaf])


async def restore(*, actor: Actor, version_id: int) -> int:
    """Publish again the words of a version, SHIPPED for the guide of origin; NotFound if there is none such."""
    async with transaction() as session:
        actor = await _administrator(session, actor)
        if version_id == SHIPPED:
            words, note = guide.shipped(), "Retour au guide d’origine"
        else:
            row = await session.get(GuideVersion, version_id)
            if row is None:
                raise NotFound
            words, note = on_top(guide.shipped(), row.content), f"Retour à la version {version_id}"
        if words == await _newest(session):
            raise Invalid("nothing", "version")
        version = await _store(session, actor, words, note)
    await refresh()
    return version


async def versions(*, actor: Actor) -> list[VersionLine]:
    """Return every version, the newest first; NotAllowed but for administrators."""
    permissions.require(permissions.can_administer(actor), "administer")
    async with reading() as session:
        return [line for line, _, _ in reversed(await _history(session))]


async def version(*, actor: Actor, version_id: int) -> VersionDetail:
    """Return what a version changed in the one before it; NotFound, NotAllowed but for administrators."""
    permissions.require(permissions.can_administer(actor), "administer")
    async with reading() as session:
        for line, before, after in await _history(session):
            if line.id == version_id:
                old, new = leaves(before), leaves(after)
                changes = (Change(leaf, old[leaf], new[leaf]) for leaf in new if old[leaf] != new[leaf])
                return VersionDetail(line, tuple(changes))
    raise NotFound


async def _history(session: AsyncSession) -> list[tuple[VersionLine, GuideWords, GuideWords]]:
    """Every version, the oldest first, with the words before it and its own."""
    rows = await session.exec(
        select(GuideVersion, Account.name, Account.email)
        .join(Account, col(Account.id) == col(GuideVersion.account_id), isouter=True)
        .order_by(col(GuideVersion.id))
    )
    found, before = [], guide.shipped()
    all_rows = rows.all()
    for row, name, email in all_rows:
        after = on_top(guide.shipped(), row.content)
        old, new = leaves(before), leaves(after)
        line = VersionLine(
            id=row.id or 0,
            at=row.at,
            author=name or email or "",
            note=row.note,
            changes=sum(old[leaf] != new[leaf] for leaf in new),
            in_force=row is all_rows[-1][0],
        )
        found.append((line, before, after))
        before = after
    return found


async def _administrator(session: AsyncSession, actor: Actor) -> Actor:
    actor = await permissions.renew(session, actor)
    permissions.require(permissions.can_administer(actor), "administer")
    return actor


async def _newest(session: AsyncSession) -> GuideWords:
    """Return the words in force; until the end of the transaction nobody else publishes others."""
    if not database.current().sqlite:  # SQLite has one writer at a time anyway
        await session.exec(select(func.pg_advisory_xact_lock(_LOCK)))
    rows = await session.exec(select(GuideVersion).order_by(col(GuideVersion.id).desc()).limit(1))
    row = rows.first()
    return on_top(guide.shipped(), row.content if row else {})


async def _store(session: AsyncSession, actor: Actor, words: GuideWords, note: str) -> int:
    row = GuideVersion(account_id=actor.id, note=note, content=difference(guide.shipped(), words))
    session.add(row)
    await session.flush()
    journal.note(session, "guide_changed", account_id=actor.id, version=row.id, note=note)
    return row.id or 0
