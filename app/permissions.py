"""Who may do what: the only file that knows roles."""

from dataclasses import dataclass, field

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.errors import NotAllowed
from models.fiche import WRITABLE, Fiche, Revision
from models.people import Account, Centre, Membership, Role
from models.taxonomy import State


@dataclass(frozen=True)
class Actor:
    """The acting account, with what its rights depend on."""

    id: int
    email: str
    name: str
    role: str
    centre_ids: frozenset[int] = field(default_factory=frozenset)  # accepted memberships
    federation_ids: frozenset[str] = field(default_factory=frozenset)  # own, and those of the centres

    @property
    def on_committee(self) -> bool:
        """Whether the committee's screens are shown."""
        return self.role in (Role.COMMITTEE, Role.ADMIN)

    @property
    def is_admin(self) -> bool:
        """Whether the administration is shown."""
        return self.role == Role.ADMIN


async def load_actor(session: AsyncSession, account_id: int) -> Actor | None:
    """Read the present rights of an account; None if it is gone or closed."""
    account = await session.get(Account, account_id)
    if account is None or not account.active or account.id is None:
        return None
    rows = await session.exec(
        select(Membership.centre_id, Centre.federation_id)
        .join(Centre, col(Centre.id) == col(Membership.centre_id))
        .where(Membership.account_id == account_id, col(Membership.accepted_at).is_not(None))
    )
    memberships = rows.all()
    federations = {federation for _, federation in memberships if federation}
    if account.federation_id:
        federations.add(account.federation_id)
    return Actor(
        id=account.id,
        email=account.email,
        name=account.name or account.email,
        role=account.role,
        centre_ids=frozenset(centre for centre, _ in memberships),
        federation_ids=frozenset(federations),
    )


async def renew(session: AsyncSession, actor: Actor) -> Actor:
    """Read the rights of the acting account again: they may have changed since the page was built."""
    fresh = await load_actor(session, actor.id)
    if fresh is None:
        raise NotAllowed("act")
    return fresh


def can_read(actor: Actor, fiche: Fiche, revision: Revision) -> bool:
    """Own drafts, and for the committee what has been proposed."""
    if fiche.centre_id in actor.centre_ids or fiche.created_by == actor.id:
        return True
    return actor.on_committee and revision.state != State.DRAFT


def can_write(actor: Actor, fiche: Fiche, revision: Revision) -> bool:
    """People of the centre, while the revision is open to writing."""
    mine = fiche.centre_id in actor.centre_ids or fiche.created_by == actor.id
    return mine and revision.state in WRITABLE


def can_own(actor: Actor, fiche: Fiche) -> bool:
    """People of the centre and administrators: start a new revision, archive."""
    return fiche.centre_id in actor.centre_ids or fiche.created_by == actor.id or actor.is_admin


def can_write_for(actor: Actor, centre: Centre) -> bool:
    """Start a fiche for this structure."""
    return centre.id in actor.centre_ids


def can_review(actor: Actor) -> bool:
    """See what the committee sees."""
    return actor.on_committee


def can_vote(actor: Actor, fiche: Fiche) -> bool:
    """Members of the committee, never on a fiche of their own centre (guide 4.5)."""
    return actor.on_committee and fiche.centre_id not in actor.centre_ids and fiche.created_by != actor.id


def is_outside(actor: Actor, centre: Centre) -> bool:
    """Whether the voter does not belong to the centre's federation (guide 4.5: one reading of two from outside)."""
    return centre.federation_id is None or centre.federation_id not in actor.federation_ids


def can_administer(actor: Actor) -> bool:
    """Manage accounts and requests."""
    return actor.is_admin


def can_see_statistics(actor: Actor) -> bool:
    """Every person with an account."""
    return actor.id > 0


def require(allowed: bool, action: str) -> None:
    """Raise NotAllowed unless `allowed`."""
    if not allowed:
        raise NotAllowed(action)
