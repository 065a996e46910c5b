"""What each person prefers, on every device: the timer of speed writing, the mails about drafts that wait."""

from dataclasses import dataclass

from app.permissions import Actor
from models.database import reading, transaction
from models.people import Account


@dataclass(frozen=True)
class Preferences:
    """The choices of an account."""

    offers_timer: bool  # in the editor
    reminded: bool  # of drafts that were never proposed, by mail


async def of(*, actor: Actor) -> Preferences:
    """Return the choices of the actor."""
    async with reading() as session:
        account = await session.get_one(Account, actor.id)
        return Preferences(account.offers_timer, account.reminded)


async def choose(*, actor: Actor, offers_timer: bool | None = None, reminded: bool | None = None) -> None:
    """Change the choices that are given."""
    async with transaction() as session:
        account = await session.get_one(Account, actor.id, with_for_update=True)
        if offers_timer is not None:
            account.offers_timer = offers_timer
        if reminded is not None:
            account.reminded = reminded
        session.add(account)
