"""The committee: what awaits it, remarks, votes, and the decision that follows the votes."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import permissions
from app.live import publish as tell
from app.permissions import Actor
from app.services import answers, history, journal, mail, publication
from app.services.history import Earlier, Look
from layouts.pictures import stem_of
from models import guide
from models.columns import now
from models.content import FicheContent, clean
from models.database import reading, retried, transaction
from models.errors import IllegalTransition, Invalid, NotFound, RoundClosed
from models.fiche import Fiche, Revision
from models.people import Account, Centre
from models.review import Decision, Reading, Remark, ReviewRound, Tally, Vote, tally
from models.taxonomy import Ballot, State

STATE_AFTER = {
    Ballot.PUBLISH: State.PUBLISHED,
    Ballot.CLARIFY: State.TO_CLARIFY,
    Ballot.REDIRECT: State.DECLINED,
    Ballot.DECLINE: State.DECLINED,
}
MAX_TEXT = 4000  # characters of a remark, a reason or a message


@dataclass(frozen=True)
class ReviewCard:
    """A fiche on the committee's table."""

    round_id: int
    revision_id: int
    title: str
    centre_name: str
    commune_code: str
    cover_key: str | None
    cover_focus: str  # CSS object-position
    palette: str
    gabarit: str
    opened_at: datetime
    due_at: datetime
    tally: Tally  # without its counts as long as the actor has still to vote
    votes: int
    readers: tuple[str, ...]
    read: bool  # by the actor
    my_ballot: str | None
    can_vote: bool
    is_revision: bool  # of a fiche that is already public


@dataclass(frozen=True)
class VoteView:
    """A vote as members see it."""

    author: str
    ballot: str
    reason: str
    at: datetime
    mine: bool


@dataclass(frozen=True)
class RemarkView:
    """A remark as members see it."""

    id: int
    step: str
    text: str
    author: str
    at: datetime
    mine: bool
    withdrawn: bool


@dataclass(frozen=True)
class PastRound:
    """A round that is closed: its decision and its remarks."""

    number: int
    outcome: str
    message: str
    decided_at: datetime
    remarks: tuple[RemarkView, ...]


@dataclass
class Dossier:
    """All that a member reads before voting. Others' votes are shown once one has voted, or cannot vote."""

    card: ReviewCard
    round_number: int
    content: FicheContent
    votes: list[VoteView] = field(default_factory=list)
    remarks: list[RemarkView] = field(default_factory=list)
    past: list[PastRound] = field(default_factory=list)
    published_slug: str | None = None
    closed: bool = False
    earlier: Earlier | None = None  # what it was before the precisions


async def table(*, actor: Actor) -> list[ReviewCard]:
    """Return the open rounds: what awaits the actor first, then by due date."""
    permissions.require(permissions.can_review(actor), "review")
    async with reading() as session:
        rows = await session.exec(
            select(ReviewRound, Revision, Fiche, Centre)
            .join(Revision, col(Revision.id) == col(ReviewRound.revision_id))
            .join(Fiche, col(Fiche.id) == col(Revision.fiche_id))
            .join(Centre, col(Centre.id) == col(Fiche.centre_id))
            .where(col(ReviewRound.closed_at).is_(None))
            .order_by(col(ReviewRound.due_at))
        )
        found = rows.all()
        ids = [round_.id for round_, *_ in found]
        votes = (await session.exec(select(Vote).where(col(Vote.round_id).in_(ids)))).all()
        readers = await session.exec(
            select(Reading.round_id, Account.id, Account.name)
            .join(Account, col(Account.id) == col(Reading.account_id))
            .where(col(Reading.round_id).in_(ids))
            .order_by(col(Reading.read_at))
        )
        read = readers.all()
    cards = [
        _card(
            actor,
            *row,
            look=Look(row[1].content, row[1].gabarit, row[1].palette),
            votes=[vote for vote in votes if vote.round_id == row[0].id],
            readers=[(account, name) for round_id, account, name in read if round_id == row[0].id],
        )
        for row in found
    ]
    return sorted(cards, key=lambda card: (not (card.can_vote and card.my_ballot is None), card.due_at))


async def open_dossier(*, actor: Actor, revision_id: int) -> Dossier:
    """Return the dossier of the last round of a revision and note that the actor has read it; NotFound, NotAllowed."""
    permissions.require(permissions.can_review(actor), "review")
    dossier = await retried(lambda: _read(actor, revision_id))  # the same member may open it in two tabs
    if not dossier.closed and not dossier.card.read:
        tell("review", {"revision": revision_id})
    return dossier


async def _read(actor: Actor, revision_id: int) -> Dossier:
    async with transaction() as session:
        actor = await _member(session, actor)
        dossier, round_ = await _dossier(session, actor, revision_id)
        if round_.closed_at is None and not dossier.card.read:
            session.add(Reading(round_id=dossier.card.round_id, account_id=actor.id))
    return dossier


async def cast_vote(*, actor: Actor, revision_id: int, ballot: Ballot, reason: str = "") -> None:
    """Vote, or change one's vote, in the open round.

    NotAllowed for one's own centre, Invalid("reason") when a ballot other than "publier" gives none, RoundClosed.
    """
    reason = _text(reason)
    if ballot is not Ballot.PUBLISH and not reason:
        raise Invalid("reason_missing", "reason")
    async with transaction() as session:
        round_, revision, fiche, centre = await _locked(session, revision_id)
        actor = await _member(session, actor)
        permissions.require(permissions.can_vote(actor, fiche), "vote")
        rows = await session.exec(select(Vote).where(Vote.round_id == round_.id, Vote.account_id == actor.id))
        vote = rows.first() or Vote(round_id=round_.id or 0, account_id=actor.id, ballot=ballot)
        vote.ballot, vote.reason, vote.cast_at = ballot, reason, now()
        vote.outside = permissions.is_outside(actor, centre)
        session.add(vote)
        journal.note(session, "voted", account_id=actor.id, fiche_id=fiche.id, round=round_.number)
    tell("review", {"revision": revision.id})


async def add_remark(*, actor: Actor, revision_id: int, step: str, text: str) -> None:
    """Tie a remark to a step of the open round; Invalid if it is empty, KeyError for an unknown step, RoundClosed."""
    guide.step(step)
    text = _text(text)
    if not text:
        raise Invalid("remark_empty", "remark")
    async with transaction() as session:
        round_, _, fiche, _ = await _locked(session, revision_id)
        actor = await _member(session, actor)
        permissions.require(permissions.can_vote(actor, fiche), "remark")
        session.add(Remark(round_id=round_.id or 0, account_id=actor.id, step=step, text=text))
        journal.note(session, "remarked", account_id=actor.id, fiche_id=fiche.id, step=step)
    tell("review", {"revision": revision_id})


async def withdraw_remark(*, actor: Actor, remark_id: int) -> None:
    """Withdraw one's own remark while the round is open; it stays in the history."""
    async with transaction() as session:
        remark = await session.get(Remark, remark_id)
        if remark is None:
            raise NotFound
        round_ = await session.get_one(ReviewRound, remark.round_id, with_for_update=True)
        actor = await _member(session, actor)
        permissions.require(remark.account_id == actor.id, "withdraw")
        if round_.closed_at is not None:
            raise RoundClosed
        remark.withdrawn_at = now()
        session.add(remark)
    tell("review", {"revision": round_.revision_id})


async def decide(*, actor: Actor, revision_id: int, message: str) -> Ballot:
    """Apply what the votes say, tell the centre by mail, and return the outcome.

    Publishes, asks for precisions or declines in this one transaction. Invalid("undecided") while votes are awaited,
    Invalid("message_missing") when the outcome is not "publier" and nothing is written to the centre.
    """
    message = _text(message)
    outcome = await retried(lambda: _decide(actor, revision_id, message))
    mail.wake()
    tell("review", {"revision": revision_id})
    tell(f"revision:{revision_id}", {"state": STATE_AFTER[outcome]})
    if outcome is Ballot.PUBLISH:
        publication.bump()
    return outcome


async def _decide(actor: Actor, revision_id: int, message: str) -> Ballot:
    async with transaction() as session:
        round_, revision, fiche, _ = await _locked(session, revision_id)
        actor = await _member(session, actor)
        permissions.require(permissions.can_vote(actor, fiche), "decide")
        votes = (await session.exec(select(Vote).where(Vote.round_id == round_.id))).all()
        outcome = tally(votes).outcome
        if outcome is None:
            raise Invalid("undecided", "decision")
        if outcome is not Ballot.PUBLISH and not message:
            raise Invalid("message_missing", "message")
        await _apply(session, outcome, fiche, revision)
        round_.closed_at = now()
        session.add_all(
            [round_, Decision(round_id=round_.id or 0, outcome=outcome, message=message, account_id=actor.id)]
        )
        journal.note(
            session, "decided", account_id=actor.id, fiche_id=fiche.id, outcome=outcome, round=round_.number
        )
        await answers.tell_centre(session, outcome, message, fiche, revision, round_)
    return outcome


# --- inside a transaction -------------------------------------------------------------------------------------------


def _text(value: str) -> str:
    cleaned: str = clean(value)
    return cleaned.strip()[:MAX_TEXT]


async def _member(session: AsyncSession, actor: Actor) -> Actor:
    fresh = await permissions.renew(session, actor)
    permissions.require(permissions.can_review(fresh), "review")
    return fresh


async def _locked(session: AsyncSession, revision_id: int) -> tuple[ReviewRound, Revision, Fiche, Centre]:
    """Lock the open round of a revision: votes and the decision then follow one another."""
    rows = await session.exec(
        select(ReviewRound)
        .where(ReviewRound.revision_id == revision_id)
        .order_by(col(ReviewRound.number).desc())
        .limit(1)
        .with_for_update()
    )
    round_ = rows.first()
    if round_ is None:
        raise NotFound
    if round_.closed_at is not None:
        raise RoundClosed
    revision = await session.get_one(Revision, revision_id)
    if revision.state != State.PROPOSED:
        raise IllegalTransition(revision.state, "reviewed")
    fiche = await session.get_one(Fiche, revision.fiche_id, with_for_update=True)
    return round_, revision, fiche, await session.get_one(Centre, fiche.centre_id)


async def _apply(session: AsyncSession, outcome: Ballot, fiche: Fiche, revision: Revision) -> None:
    if outcome is Ballot.PUBLISH:
        await publication.freeze(session, fiche, revision)
        return
    revision.move(STATE_AFTER[outcome])
    if revision.state == State.DECLINED:
        revision.closed_at = now()
    session.add(revision)


def _card(
    actor: Actor,
    round_: ReviewRound,
    revision: Revision,
    fiche: Fiche,
    centre: Centre,
    *,
    look: Look,
    votes: list[Vote],
    readers: list[tuple[int | None, str]],
) -> ReviewCard:
    mine = next((vote.ballot for vote in votes if vote.account_id == actor.id), None)
    cover = look.content.cover
    can_vote = permissions.can_vote(actor, fiche)
    standing = tally(votes)
    if can_vote and mine is None and round_.closed_at is None:  # nobody votes under the influence of others
        standing = replace(standing, counts={})
    return ReviewCard(
        round_id=round_.id or 0,
        revision_id=revision.id or 0,
        title=look.content.title,
        centre_name=centre.name,
        commune_code=look.content.commune,
        cover_key=stem_of(cover),
        cover_focus=publication.focus(cover),
        palette=look.palette,
        gabarit=look.gabarit,
        opened_at=round_.opened_at,
        due_at=round_.due_at,
        tally=standing,
        votes=len(votes),
        readers=tuple(name for _, name in readers),
        read=any(account == actor.id for account, _ in readers),
        my_ballot=mine,
        can_vote=can_vote,
        is_revision=fiche.published_revision_id is not None,
    )


async def _dossier(session: AsyncSession, actor: Actor, revision_id: int) -> tuple[Dossier, ReviewRound]:
    revision = await session.get(Revision, revision_id)
    if revision is None:
        raise NotFound
    fiche = await session.get_one(Fiche, revision.fiche_id)
    centre = await session.get_one(Centre, fiche.centre_id)
    rounds = (
        await session.exec(
            select(ReviewRound)
            .where(ReviewRound.revision_id == revision_id)
            .order_by(col(ReviewRound.number))
        )
    ).all()
    if not rounds:
        raise NotFound
    last = rounds[-1]
    votes = (
        await session.exec(select(Vote).where(Vote.round_id == last.id).order_by(col(Vote.cast_at)))
    ).all()
    readers = await session.exec(
        select(Account.id, Account.name)
        .join(Reading, col(Reading.account_id) == col(Account.id))
        .where(Reading.round_id == last.id)
    )
    look = await history.as_proposed(session, revision, last)
    card = _card(
        actor, last, revision, fiche, centre, look=look, votes=list(votes), readers=list(readers.all())
    )
    names = await _names(session, {vote.account_id for vote in votes})
    open_ballots = card.my_ballot is not None or not card.can_vote or last.closed_at is not None
    remarks = await _remarks(session, actor, [round_.id or 0 for round_ in rounds])
    dossier = Dossier(
        card=card,
        round_number=last.number,
        content=look.content,
        votes=[
            VoteView(
                names[vote.account_id], vote.ballot, vote.reason, vote.cast_at, vote.account_id == actor.id
            )
            for vote in votes
            if open_ballots
        ],
        remarks=remarks.get(last.id or 0, []),
        published_slug=fiche.slug if fiche.published_revision_id else None,
        closed=last.closed_at is not None,
        earlier=await history.earlier_round(session, actor=actor, revision_id=revision_id, rounds=rounds),
    )
    for round_ in rounds:
        decision = await session.get(Decision, round_.id)
        if decision is not None:
            past = tuple(remarks.get(round_.id or 0, []))
            dossier.past.append(
                PastRound(round_.number, decision.outcome, decision.message, decision.decided_at, past)
            )
    return dossier, last


async def _names(session: AsyncSession, ids: set[int]) -> dict[int, str]:
    rows = await session.exec(select(Account.id, Account.name).where(col(Account.id).in_(ids)))
    return {account or 0: name for account, name in rows.all()}


async def _remarks(session: AsyncSession, actor: Actor, rounds: list[int]) -> dict[int, list[RemarkView]]:
    rows = await session.exec(
        select(Remark, Account.name)
        .join(Account, col(Account.id) == col(Remark.account_id))
        .where(col(Remark.round_id).in_(rounds))
        .order_by(col(Remark.id))
    )
    found: dict[int, list[RemarkView]] = {}
    for remark, name in rows.all():
        view = RemarkView(
            remark.id or 0,
            remark.step,
            remark.text,
            name,
            remark.created_at,
            remark.account_id == actor.id,
            remark.withdrawn_at is not None,
        )
        found.setdefault(remark.round_id, []).append(view)
    return found


async def count_waiting(*, actor: Actor) -> int:
    """Return how many open rounds await the actor's vote."""
    async with reading() as session:
        voted = select(Vote.round_id).where(Vote.account_id == actor.id)
        rows = await session.exec(
            select(func.count())
            .select_from(ReviewRound)
            .join(Revision, col(Revision.id) == col(ReviewRound.revision_id))
            .join(Fiche, col(Fiche.id) == col(Revision.fiche_id))
            .where(
                col(ReviewRound.closed_at).is_(None),
                col(ReviewRound.id).not_in(voted),
                col(Fiche.centre_id).not_in(actor.centre_ids),
                (col(Fiche.created_by) != actor.id) | col(Fiche.created_by).is_(None),
            )
        )
        return int(rows.one())
