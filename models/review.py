"""The committee's work: rounds, remarks, votes, decisions, and how votes make a decision."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from models.columns import UtcDateTime, now
from models.taxonomy import Ballot

QUORUM = 2  # guide 4.5: two readings …
ANSWER_DAYS = 15  # … and an answer within fifteen days


class ReviewRound(SQLModel, table=True):
    """From one proposal to its decision."""

    __table_args__ = (UniqueConstraint("revision_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id", index=True)
    number: int = 1
    opened_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Vote(SQLModel, table=True):
    """One vote a member and round; it may be changed until the round is closed."""

    __table_args__ = (UniqueConstraint("round_id", "account_id"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="reviewround.id", index=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    ballot: str
    reason: str = ""
    outside: bool = True  # the voter is not of the centre's federation
    cast_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Remark(SQLModel, table=True):
    """A question or a suggestion, tied to a step. A withdrawn remark stays in the history."""

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="reviewround.id", index=True)
    account_id: int = Field(foreign_key="account.id")
    step: str
    text: str
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Reading(SQLModel, table=True):
    """A member opened the fiche in this round."""

    __table_args__ = (UniqueConstraint("round_id", "account_id"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="reviewround.id", index=True)
    account_id: int = Field(foreign_key="account.id")
    read_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Decision(SQLModel, table=True):
    """What came out of a round, with the message sent to the centre."""

    round_id: int = Field(primary_key=True, foreign_key="reviewround.id")
    outcome: str
    message: str
    account_id: int | None = Field(default=None, foreign_key="account.id")
    decided_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


@dataclass(frozen=True)
class Tally:
    """Where a round stands. `outcome` is None while `waiting_for` says what is awaited."""

    counts: dict[Ballot, int]
    outcome: Ballot | None
    waiting_for: str = ""  # "", "votes", "outside" or "third_opinion"


def tally(votes: Sequence[Vote]) -> Tally:
    """Apply the committee's rule: two votes, one from outside the centre's federation; if they differ, a third opinion.

    From three votes on, the most frequent ballot wins; a tie waits for one more vote.
    """
    counts = Counter(Ballot(vote.ballot) for vote in votes)
    ordered = {ballot: counts[ballot] for ballot in Ballot if counts[ballot]}
    if len(votes) < QUORUM:
        return Tally(ordered, None, "votes")
    if not any(vote.outside for vote in votes):
        return Tally(ordered, None, "outside")
    best = max(ordered.values())
    leaders = [ballot for ballot, count in ordered.items() if count == best]
    if len(leaders) > 1:
        return Tally(ordered, None, "third_opinion")
    return Tally(ordered, leaders[0])
