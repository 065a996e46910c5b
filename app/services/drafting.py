"""Writing: start a draft, save it at each pause, propose it, begin a new revision."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import permissions
from app.live import publish
from app.permissions import Actor
from app.services import answers, company, history, journal, mail, media, shelf
from layouts.manifest import list_gabarits
from models import checks, geography
from models.columns import now
from models.content import FicheContent
from models.database import reading, transaction
from models.errors import Deleted, IllegalTransition, Incomplete, Invalid, NotFound
from models.fiche import WRITABLE, Fiche, Revision
from models.people import Account, Centre
from models.review import ANSWER_DAYS, Decision, Remark, ReviewRound
from models.taxonomy import State
from models.written import Unread, Written, merge_written


@dataclass(frozen=True)
class RemarkView:
    """A remark of the committee as the centre sees it."""

    step: str
    text: str
    author: str
    at: datetime


@dataclass
class Draft:
    """A revision open in the editor."""

    fiche_id: int
    revision_id: int
    version: int
    state: str
    content: FicheContent
    palette: str
    gabarit: str
    centre_id: int
    centre_name: str
    updated_at: datetime
    writable: bool
    unread: Unread = field(default_factory=dict)  # what was typed and is no content yet
    published_slug: str | None = None
    remarks: list[RemarkView] = field(default_factory=list)
    decision_message: str = ""
    own: bool = True  # of the actor's structure: it invites and asks for help
    in_company: bool = True  # among those who write in it, who see each other
    may_propose: bool = True  # unless it only helps; the state is another matter

    @property
    def written(self) -> Written:
        """All that stands in the boxes."""
        return Written(self.content, self.unread)


@dataclass(frozen=True)
class Saved:
    """What is stored after a save.

    `theirs` holds what somebody else wrote in the parts of `conflicts`; `unknown` the keys of pictures that were left
    out, being neither of the structure nor of this fiche, or no longer stored.
    """

    version: int
    content: FicheContent
    updated_at: datetime
    conflicts: list[str] = field(default_factory=list)
    theirs: dict[str, Any] = field(default_factory=dict)
    unread: Unread = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)  # pictures that the draft may not show, by their keys

    @property
    def written(self) -> Written:
        """All that stands in the boxes."""
        return Written(self.content, self.unread)


@dataclass(frozen=True)
class DraftCard:
    """A line of "Reprendre"."""

    fiche_id: int
    revision_id: int
    title: str
    state: str
    updated_at: datetime
    centre_name: str
    filled_steps: int
    published_slug: str | None
    message: str = ""
    own: bool = True  # of the actor's structure: delete, begin a new version
    company: str = ""  # who invited, when it is not; see `company.invitations`


async def my_centres(*, actor: Actor) -> list[tuple[int, str]]:
    """Return (id, name) of the structures for which the actor may write."""
    async with reading() as session:
        rows = await session.exec(
            select(Centre.id, Centre.name).where(col(Centre.id).in_(actor.centre_ids)).order_by(Centre.name)
        )
        return [(int(centre_id or 0), name) for centre_id, name in rows.all()]


async def prefill(*, actor: Actor, centre_id: int) -> FicheContent:
    """Return the content a new fiche begins with: the card of the structure and its commune. Writes nothing."""
    async with reading() as session:
        centre = await _centre(session, actor, centre_id)
        return FicheContent(card=centre.card.model_copy(deep=True), commune=centre.commune_code)


async def start(
    *,
    actor: Actor,
    centre_id: int,
    content: FicheContent,
    unread: Unread | None = None,
    palette: str = "lagune",
    gabarit: str = "reperes",
) -> Draft:
    """Create a fiche with its first draft, `unread` being what was typed and is no content yet.

    Only pictures that the structure stored are taken. NotAllowed if the actor does not write for the structure, Invalid
    if the gabarit is not installed.
    """
    _installed(gabarit)
    async with transaction() as session:
        centre = await _centre(session, actor, centre_id)
        fiche = Fiche(centre_id=centre_id, created_by=actor.id)
        session.add(fiche)
        await session.flush()
        content, _ = await media.vouched(session, fiche, content, FicheContent())
        revision = Revision(
            fiche_id=_id(fiche.id),
            content=content,
            unread=dict(unread or {}),
            palette=palette,
            gabarit=gabarit,
            saved_by=actor.id,
        )
        session.add(revision)
        await session.flush()
        journal.note(session, "draft_started", account_id=actor.id, fiche_id=fiche.id)
        draft = _draft(fiche, revision, centre, writable=True)
    return draft


async def load(*, actor: Actor, revision_id: int) -> Draft:
    """Return a revision for the editor; NotFound, Deleted from the bin, NotAllowed if the actor may not read it."""
    async with reading() as session:
        revision, fiche, centre = await _open(session, revision_id)
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.can_read(actor, fiche, revision), "read")
        if revision.deleted_at is not None:
            raise Deleted
        draft = _draft(fiche, revision, centre, writable=permissions.can_write(actor, fiche, revision))
        draft.own = permissions.is_of_the_house(actor, fiche)
        draft.in_company = permissions.is_in_company(actor, fiche)
        draft.may_propose = permissions.speaks_for_centre(actor, fiche)
        round_ = await _last_round(session, revision_id)
        if round_ is not None and round_.closed_at is not None:
            draft.remarks = await _remarks(session, _id(round_.id))
            decision = await session.get(Decision, round_.id)
            draft.decision_message = decision.message if decision else ""
    return draft


async def save(
    *,
    actor: Actor,
    revision_id: int,
    version: int,
    base: FicheContent,
    content: FicheContent,
    base_unread: Unread | None = None,
    unread: Unread | None = None,
    palette: str | None = None,
    gabarit: str | None = None,
    by: str = "",
    contested: Collection[str] = (),
) -> Saved:
    """Store `content`, which the actor made from `base` (the content of `version`).

    `unread` is what was typed and is no content yet, `base_unread` what there was of it in `version`; None leaves it alone.
    If somebody saved meanwhile, both changes are kept (`models.merge`); parts that both changed keep the actor's
    text and come back in `Saved.conflicts`. `by` names the open page, so that it can ignore its own news; `contested` are
    fields of which that page has already put another version aside. Invalid if the gabarit is not installed.
    """
    _installed(gabarit)
    async with transaction() as session:
        revision, fiche = await _locked(session, revision_id)
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.can_write(actor, fiche, revision), "write")
        theirs: dict[str, Any] = {}
        stored = Written(revision.content, revision.unread)
        mine = Written(content, stored.unread if unread is None else unread)
        if revision.version != version:
            start = Written(base, stored.unread if unread is None else base_unread or {})
            mine, theirs = merge_written(start, mine, stored)
        vouched, unknown = await media.vouched(session, fiche, mine.content, stored.content)
        mine = Written(vouched, mine.unread)
        look = (gabarit or revision.gabarit, palette or revision.palette)
        if mine != stored or look != (revision.gabarit, revision.palette):
            await history.before_save(session, revision, mine, by=actor.id)
            revision.content, revision.unread = mine.content, dict(mine.unread)
            revision.gabarit, revision.palette = look
            revision.version += 1
            revision.updated_at, revision.saved_by = now(), actor.id
            session.add(revision)
        saved = Saved(
            revision.version,
            mine.content,
            revision.updated_at,
            list(theirs),
            theirs,
            unread=mine.unread,
            unknown=unknown,
        )
    publish(
        f"revision:{revision_id}",
        {"version": saved.version, "by": by, "contested": [*contested, *saved.conflicts]},
    )
    return saved


async def list_mine(*, actor: Actor) -> list[DraftCard]:
    """Return the newest revision of each fiche that the actor writes or is invited to write, last touched first."""
    async with reading() as session:
        newest = select(func.max(Revision.id)).where(_alive()).group_by(col(Revision.fiche_id))
        invited = await company.invitations(session, actor)
        rows = await session.exec(
            select(Revision, Fiche, Centre.name)
            .join(Fiche, col(Fiche.id) == col(Revision.fiche_id))
            .join(Centre, col(Centre.id) == col(Fiche.centre_id))
            .where(
                col(Revision.id).in_(newest),
                col(Fiche.centre_id).in_(actor.centre_ids) | col(Fiche.id).in_(invited),
            )
            .order_by(col(Revision.updated_at).desc())
        )
        messages = await _decision_messages(session, actor)
        return [
            DraftCard(
                fiche_id=_id(fiche.id),
                revision_id=_id(revision.id),
                title=revision.content.title,
                state=revision.state,
                updated_at=revision.updated_at,
                centre_name=name,
                filled_steps=filled_steps(revision.content),
                published_slug=fiche.slug if fiche.published_revision_id else None,
                message=messages.get(_id(revision.id), ""),
                own=permissions.is_of_the_house(actor, fiche),
                company="" if permissions.is_of_the_house(actor, fiche) else invited.get(_id(fiche.id), ""),
            )
            for revision, fiche, name in rows.all()
        ]


async def propose(*, actor: Actor, revision_id: int) -> None:
    """Send a draft to the committee; Incomplete lists the blocking findings and what could not be read,
    IllegalTransition if already sent."""
    async with transaction() as session:
        revision, fiche = await _locked(session, revision_id)
        actor = await permissions.renew(session, actor)
        if revision.state not in WRITABLE:
            raise IllegalTransition(revision.state, State.PROPOSED)
        permissions.require(permissions.can_propose(actor, fiche, revision), "propose")
        found = checks.findings(revision.content, geography.communes(), today=now().date())
        blocking = [finding for finding in found if finding.blocking]
        unread = Written(revision.content, revision.unread).refusals()
        if blocking or unread:
            raise Incomplete(list(blocking), [each.path for each in unread])
        await history.keep(session, revision)
        revision.move(State.PROPOSED)
        revision.proposed_at = now()
        session.add(revision)
        last = await _last_round(session, revision_id)
        session.add(
            ReviewRound(
                revision_id=revision_id,
                number=last.number + 1 if last else 1,
                opened_at=now(),
                due_at=now() + timedelta(days=ANSWER_DAYS),
            )
        )
        journal.note(session, "proposed", account_id=actor.id, fiche_id=fiche.id, revision=revision.number)
        await answers.announce(session, revision, author=actor.email)
    mail.wake()
    publish("review", {"revision": revision_id})
    publish(f"revision:{revision_id}", {"state": State.PROPOSED})


async def start_revision(*, actor: Actor, fiche_id: int) -> Draft:
    """Begin a new revision of a published or declined fiche, or return the one already open."""
    async with transaction() as session:
        fiche = await session.get(Fiche, fiche_id, with_for_update=True)
        if fiche is None:
            raise NotFound
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.can_own(actor, fiche), "revise")
        centre = await session.get_one(Centre, fiche.centre_id)
        rows = await session.exec(
            select(Revision)
            .where(Revision.fiche_id == fiche_id, _alive())
            .order_by(col(Revision.number).desc())
        )
        newest = rows.first()
        if newest is None:
            raise NotFound
        if newest.state in WRITABLE or newest.state == State.PROPOSED:
            return _draft(fiche, newest, centre, writable=permissions.can_write(actor, fiche, newest))
        revision = Revision(
            fiche_id=fiche_id,
            number=await shelf.next_number(session, fiche_id),
            content=newest.content.model_copy(deep=True),
            gabarit=newest.gabarit,
            palette=newest.palette,
            saved_by=actor.id,
        )
        session.add(revision)
        await session.flush()
        journal.note(
            session, "revision_started", account_id=actor.id, fiche_id=fiche_id, revision=revision.number
        )
        draft = _draft(fiche, revision, centre, writable=permissions.can_write(actor, fiche, revision))
    return draft


def filled_steps(content: FicheContent) -> int:
    """Count the steps, 0 to 8, in which something has been written (the card, prefilled, does not count)."""
    return len(checks.begun_steps(content))


# --- inside a transaction -------------------------------------------------------------------------------------------


def _installed(gabarit: str | None) -> None:
    if gabarit and gabarit not in {each.name for each in list_gabarits()}:
        raise Invalid("unknown_gabarit", gabarit)


def _id(value: int | None) -> int:
    if value is None:
        raise RuntimeError("the row has not been flushed")
    return value


async def _centre(session: AsyncSession, actor: Actor, centre_id: int) -> Centre:
    centre = await session.get(Centre, centre_id)
    if centre is None:
        raise NotFound
    permissions.require(permissions.can_write_for(await permissions.renew(session, actor), centre), "write")
    return centre


def _alive() -> ColumnElement[bool]:
    """Not in the bin."""
    return col(Revision.deleted_at).is_(None)


_LOCKED = (  # built once: asked at every save
    select(Revision, Fiche)
    .join(Fiche, col(Fiche.id) == col(Revision.fiche_id))
    .where(col(Revision.id) == bindparam("revision"))
    .with_for_update(of=Revision)
)


async def _locked(session: AsyncSession, revision_id: int) -> tuple[Revision, Fiche]:
    found = (await session.exec(_LOCKED, params={"revision": revision_id})).one_or_none()
    if found is None:
        raise NotFound
    revision, fiche = found
    if revision.deleted_at is not None:
        raise Deleted
    return revision, fiche


async def _open(session: AsyncSession, revision_id: int) -> tuple[Revision, Fiche, Centre]:
    revision = await session.get(Revision, revision_id)
    if revision is None:
        raise NotFound
    fiche = await session.get_one(Fiche, revision.fiche_id)
    return revision, fiche, await session.get_one(Centre, fiche.centre_id)


def _draft(fiche: Fiche, revision: Revision, centre: Centre, *, writable: bool) -> Draft:
    return Draft(
        fiche_id=_id(fiche.id),
        revision_id=_id(revision.id),
        version=revision.version,
        state=revision.state,
        content=revision.content,
        unread=revision.unread,
        palette=revision.palette,
        gabarit=revision.gabarit,
        centre_id=fiche.centre_id,
        centre_name=centre.name,
        updated_at=revision.updated_at,
        writable=writable,
        published_slug=fiche.slug if fiche.published_revision_id else None,
    )


async def _last_round(session: AsyncSession, revision_id: int) -> ReviewRound | None:
    rows = await session.exec(
        select(ReviewRound)
        .where(ReviewRound.revision_id == revision_id)
        .order_by(col(ReviewRound.number).desc())
    )
    return rows.first()


async def _remarks(session: AsyncSession, round_id: int) -> list[RemarkView]:
    rows = await session.exec(
        select(Remark, Account.name)
        .join(Account, col(Account.id) == col(Remark.account_id))
        .where(Remark.round_id == round_id, col(Remark.withdrawn_at).is_(None))
        .order_by(col(Remark.id))
    )
    return [RemarkView(remark.step, remark.text, name, remark.created_at) for remark, name in rows.all()]


async def _decision_messages(session: AsyncSession, actor: Actor) -> dict[int, str]:
    rows = await session.exec(
        select(ReviewRound.revision_id, Decision.message)
        .join(Decision, col(Decision.round_id) == col(ReviewRound.id))
        .join(Revision, col(Revision.id) == col(ReviewRound.revision_id))
        .join(Fiche, col(Fiche.id) == col(Revision.fiche_id))
        .where(col(Fiche.centre_id).in_(actor.centre_ids) | col(Fiche.id).in_(actor.fiche_ids))
        .order_by(col(ReviewRound.number))
    )
    return dict(rows.all())
