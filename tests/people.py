"""Ready-made people for the service tests: accounts, structures, and fiches that they write, propose and publish."""

from dataclasses import dataclass
from typing import Any

from app.permissions import Actor
from app.services import accounts, drafting, publication, review
from models import geography
from models.columns import now
from models.content import FicheContent, IdentityCard
from models.database import transaction
from models.people import Account, Centre, Federation, Membership, Role
from models.taxonomy import Ballot
from tests.factories import full_content

LILLE = "59350"
LYON = "69123"


def ready_content(**changes: Any) -> FicheContent:
    """Return a fiche that may be proposed: everything filled, agreements and credits included."""
    content = full_content(**changes)
    for quote in content.voices.quotes:
        quote.agreement = True
    if "photos" not in changes:
        content.photos = []
    return content


async def make_federation(key: str) -> str:
    """Make sure that a federation exists; return its key."""
    async with transaction() as session:
        if await session.get(Federation, key) is None:
            session.add(
                Federation(id=key, name=f"Fédération {key}", slug=f"federation-{key}", kind="federation")
            )
    return key


async def make_centre(name: str, *, commune: str = LILLE, federation: str | None = None) -> int:
    """Create a structure and return its id."""
    if federation is not None:
        await make_federation(federation)
    async with transaction() as session:
        centre = Centre(
            slug=await publication.free_slug(session, Centre, name),
            name=name,
            kind="centre",
            commune_code=commune,
            departement_code=geography.departement_of(commune),
            federation_id=federation,
            card=IdentityCard(name=name, commune=commune, members="312 familles"),
        )
        session.add(centre)
        await session.flush()
        return centre.id or 0


async def make_account(
    key: str, role: Role = Role.CONTRIBUTOR, *, centres: tuple[int, ...] = (), federation: str | None = None
) -> Actor:
    """Create an account `key@essai.example` that writes for `centres`; return it with its rights."""
    if federation is not None:
        await make_federation(federation)
    async with transaction() as session:
        account = Account(email=f"{key}@essai.example", name=key, role=role, federation_id=federation)
        session.add(account)
        await session.flush()
        for centre in centres:
            session.add(Membership(account_id=account.id or 0, centre_id=centre, accepted_at=now()))
    return await actor_of(account.id or 0)


async def actor_of(account_id: int) -> Actor:
    """Return the present rights of an account that exists."""
    actor = await accounts.actor_of(account_id)
    assert actor is not None
    return actor


@dataclass
class World:
    """A structure of one federation, the person who writes for it, and a committee around."""

    centre: int
    writer: Actor
    stranger: Actor  # writes for another structure
    near: Actor  # of the committee, of the same federation as the structure
    far: Actor  # of the committee, of another federation
    third: Actor  # of the committee, of another federation too
    admin: Actor

    async def draft(self, **changes: Any) -> drafting.Draft:
        """Start a complete draft."""
        return await drafting.start(
            actor=self.writer, centre_id=self.centre, content=ready_content(**changes)
        )

    async def proposed(self, **changes: Any) -> drafting.Draft:
        """Start a complete draft and send it to the committee."""
        draft = await self.draft(**changes)
        await drafting.propose(actor=self.writer, revision_id=draft.revision_id)
        return draft

    async def voted(self, ballot: Ballot, **changes: Any) -> drafting.Draft:
        """Propose a fiche on which two members agree, one of them from outside."""
        draft = await self.proposed(**changes)
        await self.vote(draft.revision_id, ballot)
        return draft

    async def vote(self, revision_id: int, ballot: Ballot) -> None:
        """Let the two members vote alike."""
        for member in (self.near, self.far):
            await review.cast_vote(actor=member, revision_id=revision_id, ballot=ballot, reason="Parce que.")

    async def decided(self, ballot: Ballot, **changes: Any) -> drafting.Draft:
        """Propose a fiche and take it to a decision."""
        draft = await self.voted(ballot, **changes)
        await review.decide(actor=self.near, revision_id=draft.revision_id, message="Merci !")
        return draft

    async def published(self, **changes: Any) -> drafting.Draft:
        """Take a fiche from the first word to its publication."""
        return await self.decided(Ballot.PUBLISH, **changes)


async def make_world() -> World:
    """Create the structures and the people of `World`."""
    centre = await make_centre("Centre social Les Tilleuls", federation="nord")
    other = await make_centre("Centre social Les Lilas", commune=LYON, federation="rhone")
    return World(
        centre=centre,
        writer=await make_account("coordinatrice", centres=(centre,)),
        stranger=await make_account("ailleurs", centres=(other,)),
        near=await make_account("lectrice-du-nord", Role.COMMITTEE, federation="nord"),
        far=await make_account("lecteur-du-rhone", Role.COMMITTEE, federation="rhone"),
        third=await make_account("lectrice-de-bretagne", Role.COMMITTEE, federation="bretagne"),
        admin=await make_account("administration", Role.ADMIN),
    )
