"""The history of a draft: versions kept as it is written, looked at, compared and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import permissions
from app.live import publish
from app.permissions import Actor
from app.services import journal
from models.columns import now
from models.comparison import taken_away, taken_back
from models.content import FicheContent
from models.database import reading, transaction
from models.errors import Deleted, NotFound
from models.fiche import Fiche, Revision, Snapshot
from models.people import Account
from models.reading import root_of
from models.review import Reading, ReviewRound
from models.thinning import superfluous
from models.written import Written

EVERY = timedelta(minutes=2)  # between two versions of one person who writes on
TURNS = timedelta(
    seconds=30
)  # between two versions when people take turns: typing at once, they would make one a save
LIGHT = 25_000  # bytes of JSON: a heavier fiche is kept less often, in proportion
CUT = 200  # characters: a save that takes away more, whatever it puts instead, is preceded by a version
ROOM = 4_000_000  # bytes of JSON kept for one revision, at most about a hundred and sixty versions of a long fiche
FEWEST = 30  # versions, however heavy


@dataclass(frozen=True)
class Version:
    """A version that can be looked at. `id` is None for the present content."""

    id: int | None
    at: datetime
    author: str  # "" when it is not known
    proposed: bool = False  # it is what the committee received
    first: bool = False


@dataclass
class History:
    """The versions of a revision, newest first: the present content, then what was kept."""

    fiche_id: int
    revision_id: int
    title: str
    state: str
    writable: bool
    versions: list[Version] = field(default_factory=list)


@dataclass(frozen=True)
class Look:
    """A version as it was."""

    content: FicheContent
    gabarit: str
    palette: str


# --- while writing ------------------------------------------------------------------------------------------------


async def before_save(
    session: AsyncSession, revision: Revision, written: Written, *, by: int, forced: bool = False
) -> None:
    """Keep what `revision` holds as a version, if it is time to, before `written` replaces it.

    `by` is the account that saves. Called in the transaction of the save, which holds the lock of the row.
    """
    last = await _last(session, revision)
    if last is not None and last[0] >= revision.version:
        return
    if forced or last is None or _due(revision, written, since=now() - last[1], by=by):
        await _keep(session, revision)


async def keep(session: AsyncSession, revision: Revision) -> None:
    """Keep the present content as a version: it is about to be proposed."""
    await before_save(session, revision, _held(revision), by=0, forced=True)


def _held(revision: Revision) -> Written:
    return Written(revision.content, revision.unread)


def _due(revision: Revision, written: Written, *, since: timedelta, by: int) -> bool:
    if since < timedelta(0):  # a clock was set back
        return True
    if taken_away(_held(revision).document(), written.document()) >= CUT:
        return True
    weight = _weight(revision.content)
    if revision.saved_by != by:
        return since >= TURNS
    return since >= EVERY * max(1.0, weight / LIGHT)


def _weight(content: FicheContent) -> int:
    return len(content.model_dump_json())


_LAST = (  # built once: asked at every save
    select(Snapshot.version, Snapshot.at)
    .where(col(Snapshot.revision_id) == bindparam("revision"))
    .order_by(col(Snapshot.version).desc())
    .limit(1)
)


async def _last(session: AsyncSession, revision: Revision) -> tuple[int, datetime] | None:
    return (await session.exec(_LAST, params={"revision": revision.id})).first()


async def _keep(session: AsyncSession, revision: Revision) -> None:
    session.add(
        Snapshot(
            revision_id=revision.id or 0,
            version=revision.version,
            content=revision.content,
            unread=revision.unread,
            gabarit=revision.gabarit,
            palette=revision.palette,
            account_id=revision.saved_by,
            at=revision.updated_at,
        )
    )
    await session.flush()
    await thin(session, revision)


async def thin(session: AsyncSession, revision: Revision) -> int:
    """Drop the versions of a revision that its age makes superfluous; return how many."""
    rows = await session.exec(
        select(Snapshot.id, Snapshot.at)
        .where(Snapshot.revision_id == revision.id)
        .order_by(col(Snapshot.at), col(Snapshot.version))
    )
    kept = rows.all()
    proposals = (
        await session.exec(select(ReviewRound.opened_at).where(ReviewRound.revision_id == revision.id))
    ).all()
    gone = superfluous(
        [at for _, at in kept],
        now=now(),
        proposals=proposals,
        most=max(FEWEST, ROOM // _weight(revision.content)),
    )
    if gone:
        ids = [kept[place][0] for place in gone]
        await session.exec(delete(Snapshot).where(col(Snapshot.id).in_(ids)))
    return len(gone)


# --- looking back -------------------------------------------------------------------------------------------------


async def versions(*, actor: Actor, revision_id: int) -> History:
    """Return the history of a revision; NotFound, Deleted, NotAllowed for others than the people of the centre."""
    async with reading() as session:
        revision, fiche = await _mine(session, actor, revision_id)
        rows = await session.exec(
            select(Snapshot.id, Snapshot.version, Snapshot.at, Snapshot.account_id)
            .where(Snapshot.revision_id == revision_id)
            .order_by(col(Snapshot.version).desc())
        )
        kept = rows.all()
        proposals = (
            await session.exec(select(ReviewRound.opened_at).where(ReviewRound.revision_id == revision_id))
        ).all()
        names = await _names(session, {revision.saved_by, *(row[3] for row in kept)})
    moments = [(revision.version, revision.updated_at), *((version, at) for _, version, at, _ in kept)]
    proposed = {max(earlier) for when in proposals if (earlier := [v for v, at in moments if at <= when])}
    found = [
        Version(None, revision.updated_at, names.get(revision.saved_by, ""), revision.version in proposed)
    ]
    found += [
        Version(number, at, names.get(account, ""), version in proposed, first=version == 1)
        for number, version, at, account in kept
        if version != revision.version
    ]
    return History(
        fiche_id=revision.fiche_id,
        revision_id=revision_id,
        title=revision.content.title,
        state=revision.state,
        writable=permissions.can_write(actor, fiche, revision),
        versions=found,
    )


async def look(*, actor: Actor, revision_id: int, version: int | None) -> Look:
    """Return a version by its id (None: the present content); NotFound, Deleted, NotAllowed."""
    async with reading() as session:
        revision, _ = await _mine(session, actor, revision_id)
        if version is None:
            return Look(revision.content, revision.gabarit, revision.palette)
        snapshot = await _snapshot(session, revision_id, version)
        return Look(snapshot.content, snapshot.gabarit, snapshot.palette)


async def restore(*, actor: Actor, revision_id: int, version: int, path: str | None = None) -> int:
    """Give a draft the content of one of its versions, or one field of it (`path`, as `comparison` names it).

    What was there is kept as a version first. Open editors take it as a save of somebody else. Returns the new
    version number. NotFound, Deleted, NotAllowed, KeyError for an unknown field.
    """
    async with transaction() as session:
        revision, fiche = await _mine(session, actor, revision_id, lock=True)
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.can_write(actor, fiche, revision), "write")
        snapshot = await _snapshot(session, revision_id, version)
        written = _taken_back(_held(revision), snapshot, path)
        await before_save(session, revision, written, by=actor.id, forced=True)
        revision.content, revision.unread = written.content, dict(written.unread)
        if path is None:
            revision.gabarit, revision.palette = snapshot.gabarit, snapshot.palette
        revision.version += 1
        revision.updated_at, revision.saved_by = now(), actor.id
        session.add(revision)
        journal.note(
            session,
            "restored",
            account_id=actor.id,
            fiche_id=fiche.id,
            version=snapshot.version,
            path=path or "",
        )
        reached = revision.version
    publish(f"revision:{revision_id}", {"version": reached, "by": ""})
    return reached


def _taken_back(held: Written, snapshot: Snapshot, path: str | None) -> Written:
    if path is None:
        return Written(snapshot.content, snapshot.unread)
    unread = {known: raw for known, raw in held.unread.items() if root_of(path) != known}
    return Written(taken_back(held.content, snapshot.content, path), unread)


@dataclass(frozen=True)
class Earlier:
    """What a fiche was in an earlier round of the committee."""

    content: FicheContent
    round_number: int
    read: bool  # by the member who looks, in that round


async def earlier_round(
    session: AsyncSession, *, actor: Actor, revision_id: int, rounds: Sequence[ReviewRound]
) -> Earlier | None:
    """Return what the last of the earlier `rounds` (in order) that the actor read was about, else the last of them;
    None in a first round, and when what was proposed then has not been kept."""
    before = list(rounds[:-1])
    rows = await session.exec(
        select(Reading.round_id).where(
            Reading.account_id == actor.id, col(Reading.round_id).in_([each.id for each in before])
        )
    )
    read = set(rows.all())
    chosen = next((each for each in reversed(before) if each.id in read), before[-1] if before else None)
    if chosen is None:
        return None
    found = await session.exec(
        select(Snapshot)
        .where(Snapshot.revision_id == revision_id, Snapshot.at <= chosen.opened_at)
        .order_by(col(Snapshot.version).desc())
        .limit(1)
    )
    snapshot = found.first()
    return Earlier(snapshot.content, chosen.number, chosen.id in read) if snapshot else None


async def _mine(
    session: AsyncSession, actor: Actor, revision_id: int, *, lock: bool = False
) -> tuple[Revision, Fiche]:
    revision = await session.get(Revision, revision_id, with_for_update=lock)
    if revision is None:
        raise NotFound
    fiche = await session.get_one(Fiche, revision.fiche_id)
    permissions.require(permissions.can_see_history(actor, fiche), "history")
    if revision.deleted_at is not None:
        raise Deleted
    return revision, fiche


async def _snapshot(session: AsyncSession, revision_id: int, version: int) -> Snapshot:
    snapshot = await session.get(Snapshot, version)
    if snapshot is None or snapshot.revision_id != revision_id:
        raise NotFound
    return snapshot


async def _names(session: AsyncSession, ids: set[int | None]) -> dict[int | None, str]:
    rows = await session.exec(
        select(Account.id, Account.name, Account.email).where(col(Account.id).in_(ids - {None}))
    )
    return {account: name or email for account, name, email in rows.all()}
