"""Who may do what: the only file that knows roles."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, null, true
from sqlmodel import String, cast, col, literal, select, union_all
from sqlmodel.ext.asyncio.session import AsyncSession

from models.company import Coauthor, HelpRequest, Part, Relay
from models.errors import NotAllowed
from models.fiche import WRITABLE, Fiche, Revision
from models.people import Account, Centre, Membership, Role


@dataclass(frozen=True)
class Actor:
    """The acting account, with what its rights depend on."""

    id: int
    email: str
    name: str
    role: str
    centre_ids: frozenset[int] = field(default_factory=frozenset)  # accepted memberships
    federation_ids: frozenset[str] = field(default_factory=frozenset)  # own, and those of the centres
    fiche_ids: frozenset[int] = field(default_factory=frozenset)  # of other structures, in which it writes
    relayed_ids: frozenset[int] = field(default_factory=frozenset)  # those of them that it only helps with
    helped_ids: frozenset[int] = field(default_factory=frozenset)  # helped with, now or before
    relay_for: frozenset[str] = field(default_factory=frozenset)  # federations that named it their relay

    @property
    def nameless(self) -> bool:
        """Whether the person has given no name yet: the address stands for it."""
        return self.name == self.email

    @property
    def on_committee(self) -> bool:
        """Whether the committee's screens are shown."""
        return self.role in (Role.COMMITTEE, Role.ADMIN)

    @property
    def is_admin(self) -> bool:
        """Whether the administration is shown."""
        return self.role == Role.ADMIN

    @property
    def is_relay(self) -> bool:
        """Whether the requests for individual help are shown."""
        return bool(self.relay_for)


# Built once: asked at every change, and SQLAlchemy takes longer to build it than SQLite to answer. One question for all:
# a database beside is asked once.
_RIGHTS = union_all(
    select(
        literal("centre").label("kind"),
        cast(Membership.centre_id, String).label("key"),
        col(Centre.federation_id).label("federation"),
    )
    .join(Centre, col(Centre.id) == col(Membership.centre_id))
    .where(col(Membership.account_id) == bindparam("account"), col(Membership.accepted_at).is_not(None)),
    select(Coauthor.part, cast(Coauthor.fiche_id, String), null()).where(
        col(Coauthor.account_id) == bindparam("account"), col(Coauthor.accepted_at).is_not(None)
    ),
    select(literal("helped"), cast(HelpRequest.fiche_id, String), null()).where(
        col(HelpRequest.taken_by) == bindparam("account")
    ),
    select(literal("relay"), Relay.federation_id, null()).where(
        col(Relay.account_id) == bindparam("account")
    ),
).subquery()
_ACCOUNT: Any = (
    select(Account, _RIGHTS.c.kind, _RIGHTS.c.key, _RIGHTS.c.federation)
    .outerjoin(_RIGHTS, true())
    .where(col(Account.id) == bindparam("account"))
)


async def load_actor(session: AsyncSession, account_id: int) -> Actor | None:
    """Read the present rights of an account; None if it is gone or closed."""
    rows = (await session.exec(_ACCOUNT, params={"account": account_id})).all()
    account: Account | None = rows[0][0] if rows else None
    if account is None or not account.active or account.id is None:
        return None
    rights = [
        right for _, *right in rows if right[0]
    ]  # nobody has none: the row of the account is alone then
    federations = {federation for _, _, federation in rights if federation}
    if account.federation_id:
        federations.add(account.federation_id)

    def keys(*kinds: str) -> frozenset[int]:
        return frozenset(int(key) for kind, key, _ in rights if kind in kinds)

    return Actor(
        id=account.id,
        email=account.email,
        name=account.name or account.email,
        role=account.role,
        centre_ids=keys("centre"),
        federation_ids=frozenset(federations),
        fiche_ids=keys(Part.COAUTHOR, Part.RELAY),
        relayed_ids=keys(Part.RELAY),
        helped_ids=keys("helped"),
        relay_for=frozenset(key for kind, key, _ in rights if kind == "relay"),
    )


async def renew(session: AsyncSession, actor: Actor) -> Actor:
    """Read the rights of the acting account again: they may have changed since the page was built."""
    fresh = await load_actor(session, actor.id)
    if fresh is None:
        raise NotAllowed("act")
    return fresh


def can_read(actor: Actor, fiche: Fiche, revision: Revision) -> bool:
    """The present words: for those who write them always, for the committee unless somebody may be writing.

    A fiche to clarify is read by the committee as it was proposed (`history.as_proposed`), not word by word as it
    is written anew.
    """
    if is_in_company(actor, fiche):
        return True
    return actor.on_committee and revision.state not in WRITABLE


def can_write(actor: Actor, fiche: Fiche, revision: Revision) -> bool:
    """People of the centre, its co-authors and the relay who helps, while the revision is open to writing."""
    return is_in_company(actor, fiche) and revision.state in WRITABLE and revision.deleted_at is None


def can_propose(actor: Actor, fiche: Fiche, revision: Revision) -> bool:
    """Those who write in the name of the centre: a relay helps, the centre validates."""
    return speaks_for_centre(actor, fiche) and can_write(actor, fiche, revision)


def speaks_for_centre(actor: Actor, fiche: Fiche) -> bool:
    """The people of the centre and those it invited, not those who only help."""
    return is_of_the_house(actor, fiche) or fiche.id in actor.fiche_ids - actor.relayed_ids


def is_of_the_house(actor: Actor, fiche: Fiche) -> bool:
    """People of the centre: they invite, ask for help, delete; a guest or an administrator does not.

    Whoever began a fiche holds nothing more once they are of the centre no longer: it is the centre's.
    """
    return fiche.centre_id in actor.centre_ids


def is_in_company(actor: Actor, fiche: Fiche) -> bool:
    """Those who write in the fiche: its structure, its co-authors, the relay who helps. They see each other."""
    return is_of_the_house(actor, fiche) or fiche.id in actor.fiche_ids


def can_see_history(actor: Actor, fiche: Fiche) -> bool:
    """Those who write it: what was written before it was proposed is theirs alone."""
    return is_in_company(actor, fiche)


def can_own(actor: Actor, fiche: Fiche) -> bool:
    """People of the centre and administrators: start a new revision, archive."""
    return is_of_the_house(actor, fiche) or actor.is_admin


def can_write_for(actor: Actor, centre: Centre) -> bool:
    """Start a fiche for this structure."""
    return centre.id in actor.centre_ids


def can_review(actor: Actor) -> bool:
    """See what the committee sees."""
    return actor.on_committee


def can_vote(actor: Actor, fiche: Fiche) -> bool:
    """Members of the committee, never on a fiche of their own centre (guide 4.5) nor on one that they wrote in."""
    began = fiche.created_by == actor.id
    wrote = began or is_of_the_house(actor, fiche) or fiche.id in actor.fiche_ids | actor.helped_ids
    return actor.on_committee and not wrote


def is_outside(actor: Actor, centre: Centre) -> bool:
    """Whether the voter does not belong to the centre's federation (guide 4.5: one reading of two from outside)."""
    return centre.federation_id is None or centre.federation_id not in actor.federation_ids


def can_administer(actor: Actor) -> bool:
    """Manage accounts and requests."""
    return actor.is_admin


def can_end_membership(actor: Actor, account_id: int) -> bool:
    """Stop somebody's writing for a structure: oneself, and administrators."""
    return actor.id == account_id or actor.is_admin


def can_take_help(actor: Actor, federation_id: str | None) -> bool:
    """Answer a request for individual help: relays of the federation, and administrators."""
    return actor.is_admin or (federation_id is not None and federation_id in actor.relay_for)


def can_see_statistics(actor: Actor) -> bool:
    """Every person with an account."""
    return actor.id > 0


def require(allowed: bool, action: str) -> None:
    """Raise NotAllowed unless `allowed`."""
    if not allowed:
        raise NotAllowed(action)
