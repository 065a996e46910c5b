"""Ways in, structures that one writes for, and what administrators do."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel, col, func, select

from app import permissions
from app.services import accounts, drafting, mail
from models.columns import now
from models.database import Database, current, reading, transaction
from models.errors import Invalid, NotAllowed, NotFound, TooManyRequests
from models.fiche import Fiche, Revision
from models.people import Account, Centre, FederationDepartement, LoginToken, Membership, Role
from models.records import OutgoingMail
from models.taxonomy import AuthorKind
from tests.people import LILLE, World, actor_of, make_account, make_federation


async def _link(email: str, next_path: str = "/compte") -> str:
    """Ask for a link and return the token of the mail."""
    await accounts.send_link(email=email, next_path=next_path)
    sent = (await mail.latest(1))[0]
    assert sent.to == email.strip().lower()
    return re.findall(r"http://site\.example/connexion/([\w-]+)", sent.text)[0]


async def _dump() -> str:
    """Return all that the database holds, as text."""
    async with reading() as session:
        rows: list[Any] = []
        for table in SQLModel.metadata.sorted_tables:
            rows += (await session.execute(text(f'SELECT * FROM "{table.name}"'))).all()
    return repr(rows)


async def _age(minutes: float) -> None:
    """Let time pass for every link."""
    async with transaction() as session:
        for token in (await session.exec(select(LoginToken))).all():
            token.created_at -= timedelta(minutes=minutes)
            token.expires_at -= timedelta(minutes=minutes)
            session.add(token)


# --- login links --------------------------------------------------------------------------------------------------


async def test_the_first_login_makes_an_account_without_any_right(db: Database) -> None:
    account_id, path = await accounts.use_link(token=await _link(" Nouvelle@Essai.example "))
    actor = await actor_of(account_id)
    assert (actor.email, actor.role, actor.centre_ids, path) == (
        "nouvelle@essai.example",
        Role.CONTRIBUTOR,
        frozenset(),
        "/compte",
    )


async def test_the_next_logins_find_the_same_account(db: Database) -> None:
    first, _ = await accounts.use_link(token=await _link("a@essai.example"))
    second, _ = await accounts.use_link(token=await _link("a@essai.example"))
    assert first == second


async def test_a_link_serves_once(db: Database) -> None:
    token = await _link("a@essai.example")
    await accounts.use_link(token=token)
    with pytest.raises(Invalid) as refused:
        await accounts.use_link(token=token)
    assert refused.value.code == "link"


async def test_a_link_used_twice_at_once_serves_once(db: Database) -> None:
    token = await _link("a@essai.example")
    results = await asyncio.gather(
        *[accounts.use_link(token=token) for _ in range(8)], return_exceptions=True
    )
    assert sum(isinstance(result, Invalid) for result in results) == 7
    async with reading() as session:
        assert (await session.exec(select(func.count()).select_from(Account))).one() == 1


async def test_two_links_of_a_new_address_used_at_once_make_one_account(db: Database) -> None:
    tokens = [await _link("a@essai.example") for _ in range(4)]
    results = await asyncio.gather(*[accounts.use_link(token=token) for token in tokens])
    assert len({account for account, _ in results}) == 1


async def test_a_link_lasts_fifteen_minutes(db: Database) -> None:
    token = await _link("a@essai.example")
    await _age(14.9)
    assert (await accounts.use_link(token=token))[1] == "/compte"


async def test_a_link_of_more_than_fifteen_minutes_opens_nothing(db: Database) -> None:
    token = await _link("a@essai.example")
    await _age(15.1)
    with pytest.raises(Invalid):
        await accounts.use_link(token=token)
    async with reading() as session:
        assert (await session.exec(select(Account))).all() == []


@pytest.mark.parametrize("token", ["", "inconnu", "a\x00b", "'; DROP TABLE account; --", "é\ud800"])
async def test_an_invented_link_opens_nothing(db: Database, token: str) -> None:
    with pytest.raises(Invalid):
        await accounts.use_link(token=token)


async def test_the_token_is_hashed_at_rest(db: Database) -> None:
    token = await _link("a@essai.example")
    async with reading() as session:
        row = (await session.exec(select(LoginToken))).one()
    assert token not in repr(row)
    assert len(row.digest) == 64
    with pytest.raises(Invalid):
        await accounts.use_link(token=row.digest)


async def test_once_used_the_token_is_nowhere_in_the_database(db: Database) -> None:
    token = await _link("a@essai.example")
    await accounts.use_link(token=token)
    assert token not in await _dump()


async def test_the_link_leads_where_one_was_going(db: Database) -> None:
    _, path = await accounts.use_link(token=await _link("a@essai.example", "/ecrire/3?etape=2"))
    assert path == "/ecrire/3?etape=2"


@pytest.mark.parametrize(
    "path",
    [
        "https://ailleurs.example/",
        "//ailleurs.example/",
        "/\\ailleurs.example",
        "\\\\ailleurs.example",
        "/\t/ailleurs.example",
        "/a\n",
        "/a\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "ailleurs.example",
        "",
        "/" + "a" * 2000,
        "/\ud800",
    ],
)
async def test_a_link_never_leads_to_another_site(db: Database, path: str) -> None:
    assert accounts.local_path(path) == "/compte"
    _, next_path = await accounts.use_link(token=await _link("a@essai.example", path))
    assert next_path == "/compte"


async def test_an_address_gets_six_links_an_hour(db: Database) -> None:
    for _ in range(6):
        await accounts.send_link(email="a@essai.example")
    with pytest.raises(TooManyRequests) as refused:
        await accounts.send_link(email="A@essai.example ")
    assert refused.value.retry_after == 3600
    await accounts.send_link(email="b@essai.example")
    await _age(61)
    await accounts.send_link(email="a@essai.example")
    async with reading() as session:
        assert (await session.exec(select(func.count()).select_from(OutgoingMail))).one() == 8


@pytest.mark.parametrize(
    "email",
    [
        "",
        "a",
        "a@b",
        "@essai.example",
        "a@@essai.example",
        "a b@essai.example",
        "a@essai..example",
        "a@essai.e",
        "a@[b.example",
        "a(b@essai.example",
        "a@essai.example\nBcc: b@essai.example",
        "a\x00@essai.example",
        "a,b@essai.example",
        '"a"@essai.example',
        "a@essai.example" + "e" * 250,
        "..@essai.example",
        "\ud800@essai.example",
    ],
)
async def test_what_is_no_address_gets_no_link(db: Database, email: str) -> None:
    with pytest.raises(Invalid) as refused:
        await accounts.send_link(email=email)
    assert refused.value.code == "email"
    assert await mail.latest() == []


@pytest.mark.parametrize(
    "email", ["a@essai.example", "prenom.nom+c@sous-domaine.essai.example", "o'neil@x-y.fr"]
)
def test_usual_addresses_are_accepted(email: str) -> None:
    assert accounts.normalise_email(f" {email.upper()} ") == email


async def test_a_closed_account_does_not_get_in(world: World) -> None:
    await accounts.set_role(
        actor=world.admin, account_id=world.writer.id, role=Role.CONTRIBUTOR, active=False
    )
    assert await accounts.actor_of(world.writer.id) is None
    with pytest.raises(Invalid):
        await accounts.use_link(token=await _link(world.writer.email))


async def test_only_the_accounts_of_the_demonstration_are_offered_in_one_click(world: World) -> None:
    assert await accounts.demo_accounts() == []
    async with transaction() as session:
        account = await session.get_one(Account, world.near.id)
        account.demo = True
        session.add(account)
    assert [account.id for account in await accounts.demo_accounts()] == [world.near.id]


# --- one's own account --------------------------------------------------------------------------------------------


async def test_a_name_is_cleaned_and_may_not_be_empty(world: World) -> None:
    await accounts.rename(actor=world.writer, name="  Une \x00 coordinatrice\n d’Amiens\ud800 ")
    assert (await actor_of(world.writer.id)).name == "Une coordinatrice d’Amiens"
    for name in ("", "  ", "\x00"):
        with pytest.raises(Invalid):
            await accounts.rename(actor=world.writer, name=name)


# --- structures ---------------------------------------------------------------------------------------------------


async def test_joining_a_structure_gives_no_right_before_an_administrator_answers(world: World) -> None:
    newcomer = await make_account("nouvelle")
    assert await accounts.join_centre(actor=newcomer, centre_id=world.centre) is True
    assert await accounts.join_centre(actor=newcomer, centre_id=world.centre) is False
    assert [line.accepted for line in await accounts.memberships(actor=newcomer)] == [False]
    assert (await actor_of(newcomer.id)).centre_ids == frozenset()
    requests = await accounts.list_requests(actor=world.admin)
    assert [(line.email, line.centre_name) for line in requests] == [
        (newcomer.email, "Centre social Les Tilleuls")
    ]
    await accounts.answer_request(actor=world.admin, request_id=requests[0].id, accept=True)
    accepted = await actor_of(newcomer.id)
    assert accepted.centre_ids == {world.centre}
    assert await drafting.my_centres(actor=accepted) == [(world.centre, "Centre social Les Tilleuls")]
    assert [(sent.to, "Bonne écriture" in sent.text) for sent in await mail.latest(1)] == [
        (newcomer.email, True)
    ]
    assert await accounts.list_requests(actor=world.admin) == []


async def test_a_refused_request_is_told_and_may_be_made_again(world: World) -> None:
    newcomer = await make_account("nouvelle")
    await accounts.join_centre(actor=newcomer, centre_id=world.centre)
    request = (await accounts.list_requests(actor=world.admin))[0]
    await accounts.answer_request(actor=world.admin, request_id=request.id, accept=False)
    assert (await actor_of(newcomer.id)).centre_ids == frozenset()
    assert "n’a pas été acceptée" in (await mail.latest(1))[0].text
    assert await accounts.join_centre(actor=newcomer, centre_id=world.centre) is True


async def test_a_request_made_twice_at_once_is_one(world: World) -> None:
    newcomer = await make_account("nouvelle")
    results = await asyncio.gather(
        *[accounts.join_centre(actor=newcomer, centre_id=world.centre) for _ in range(5)]
    )
    assert results.count(True) == 1


async def test_nobody_but_an_administrator_sees_or_answers_requests(world: World) -> None:
    newcomer = await make_account("nouvelle")
    await accounts.join_centre(actor=newcomer, centre_id=world.centre)
    request = (await accounts.list_requests(actor=world.admin))[0]
    for actor in (newcomer, world.writer, world.near):
        with pytest.raises(NotAllowed):
            await accounts.list_requests(actor=actor)
        with pytest.raises(NotAllowed):
            await accounts.list_accounts(actor=actor)
        with pytest.raises(NotAllowed):
            await accounts.answer_request(actor=actor, request_id=request.id, accept=True)
        with pytest.raises(NotAllowed):
            await accounts.set_role(actor=actor, account_id=actor.id, role=Role.ADMIN)
    assert (await actor_of(newcomer.id)).centre_ids == frozenset()
    assert (await actor_of(world.writer.id)).role == Role.CONTRIBUTOR


async def test_an_unknown_structure_or_request_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        await accounts.join_centre(actor=world.writer, centre_id=9999)
    with pytest.raises(NotFound):
        await accounts.answer_request(actor=world.admin, request_id=9999, accept=True)
    with pytest.raises(NotFound):
        await accounts.set_role(actor=world.admin, account_id=9999, role=Role.COMMITTEE)


async def test_a_request_already_accepted_is_not_answered_again(world: World) -> None:
    async with reading() as session:
        membership = (await session.exec(select(Membership).order_by(col(Membership.id)))).first()
    assert membership is not None
    with pytest.raises(NotFound):
        await accounts.answer_request(actor=world.admin, request_id=membership.id or 0, accept=False)


async def test_who_creates_a_structure_writes_for_it_at_once(world: World) -> None:
    federation = await make_federation("nord")
    async with transaction() as session:
        session.add(FederationDepartement(federation_id=federation, departement_code="59"))
    newcomer = await make_account("nouvelle")
    centre_id = await accounts.create_centre(
        actor=newcomer, name="  Le Nouveau\n Centre ", kind=AuthorKind.EVS, commune_code=LILLE
    )
    assert (await actor_of(newcomer.id)).centre_ids == {centre_id}
    async with reading() as session:
        centre = await session.get_one(Centre, centre_id)
    assert centre.model_dump(exclude={"card", "created_at", "id"}) == {
        "slug": "le-nouveau-centre-lille",
        "name": "Le Nouveau Centre",
        "kind": "evs",
        "commune_code": LILLE,
        "departement_code": "59",
        "federation_id": "nord",
    }
    assert (centre.card.name, centre.card.kind, centre.card.commune) == ("Le Nouveau Centre", "evs", LILLE)


async def test_a_federation_that_has_left_a_departement_no_longer_attaches(world: World) -> None:
    await make_federation("ancienne")
    today = now().date()
    async with transaction() as session:
        session.add(
            FederationDepartement(
                federation_id="ancienne", departement_code="59", valid_until=today - timedelta(1)
            )
        )
        session.add(FederationDepartement(federation_id="rhone", departement_code="59", certain=False))
        session.add(
            FederationDepartement(
                federation_id="nord", departement_code="59", valid_from=today - timedelta(1)
            )
        )
    centre_id = await accounts.create_centre(
        actor=world.writer, name="Le Nouveau", kind=AuthorKind.CENTRE, commune_code=LILLE
    )
    async with reading() as session:
        assert (await session.get_one(Centre, centre_id)).federation_id == "nord"


async def test_structures_of_the_same_name_created_at_once_have_their_own_address(world: World) -> None:
    ids = await asyncio.gather(
        *[
            accounts.create_centre(
                actor=world.writer, name="La Ruche", kind=AuthorKind.CENTRE, commune_code=LILLE
            )
            for _ in range(4)
        ]
    )
    async with reading() as session:
        slugs = (await session.exec(select(Centre.slug).where(col(Centre.id).in_(ids)))).all()
    assert sorted(slugs) == ["la-ruche-lille", "la-ruche-lille-2", "la-ruche-lille-3", "la-ruche-lille-4"]


@pytest.mark.parametrize(
    ("name", "commune", "code"), [("ab", LILLE, "centre_name"), ("La Ruche", "99999", "commune")]
)
async def test_a_structure_needs_a_name_and_a_commune(
    world: World, name: str, commune: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await accounts.create_centre(
            actor=world.writer, name=name, kind=AuthorKind.CENTRE, commune_code=commune
        )
    assert refused.value.code == code


async def test_structures_are_listed_with_their_commune(world: World) -> None:
    assert [name for _, name in await accounts.list_centres()] == [
        "Centre social Les Lilas (Lyon)",
        "Centre social Les Tilleuls (Lille)",
    ]


# --- administration -----------------------------------------------------------------------------------------------


async def test_an_administrator_gives_and_takes_roles(world: World) -> None:
    await accounts.set_role(actor=world.admin, account_id=world.stranger.id, role=Role.COMMITTEE)
    assert (await actor_of(world.stranger.id)).on_committee is True
    await accounts.set_role(actor=world.admin, account_id=world.stranger.id, role=Role.CONTRIBUTOR)
    assert (await actor_of(world.stranger.id)).on_committee is False


async def test_administrators_cannot_shut_themselves_out(world: World) -> None:
    for role, active in ((Role.CONTRIBUTOR, True), (Role.ADMIN, False)):
        with pytest.raises(Invalid):
            await accounts.set_role(actor=world.admin, account_id=world.admin.id, role=role, active=active)
    assert (await actor_of(world.admin.id)).is_admin is True


async def test_an_administrator_who_is_one_no_longer_stops_at_once(world: World) -> None:
    other = await make_account("autre-admin", Role.ADMIN)
    await accounts.set_role(actor=world.admin, account_id=other.id, role=Role.CONTRIBUTOR)
    with pytest.raises(NotAllowed):
        await accounts.set_role(actor=other, account_id=other.id, role=Role.ADMIN)


async def test_accounts_are_listed_with_their_structures(world: World) -> None:
    (other,) = world.stranger.centre_ids
    lines = await accounts.list_accounts(actor=world.admin)
    assert [(line.email, line.role, line.centres) for line in lines] == [
        ("administration@essai.example", Role.ADMIN, ()),
        ("ailleurs@essai.example", Role.CONTRIBUTOR, ((other, "Centre social Les Lilas"),)),
        ("coordinatrice@essai.example", Role.CONTRIBUTOR, ((world.centre, "Centre social Les Tilleuls"),)),
        ("lecteur-du-rhone@essai.example", Role.COMMITTEE, ()),
        ("lectrice-de-bretagne@essai.example", Role.COMMITTEE, ()),
        ("lectrice-du-nord@essai.example", Role.COMMITTEE, ()),
    ]


async def test_the_configured_administrator_has_an_open_account_with_that_role(world: World) -> None:
    await accounts.ensure_admin("Premier@Essai.example")
    await accounts.set_role(
        actor=world.admin, account_id=world.writer.id, role=Role.CONTRIBUTOR, active=False
    )
    await accounts.ensure_admin(world.writer.email)
    async with reading() as session:
        rows = await session.exec(select(Account.email, Account.active).where(Account.role == Role.ADMIN))
        found = sorted(rows.all())
    assert found == [
        ("administration@essai.example", True),
        ("coordinatrice@essai.example", True),
        ("premier@essai.example", True),
    ]


# --- who may do what ----------------------------------------------------------------------------------------------


async def test_every_role_may_do_exactly_this(world: World) -> None:
    draft = await world.proposed()
    async with reading() as session:
        fiche = await session.get_one(Fiche, draft.fiche_id)
        revision = await session.get_one(Revision, draft.revision_id)
    people = {
        "writer": world.writer,
        "stranger": world.stranger,
        "committee": world.far,
        "admin": world.admin,
    }
    rights = {
        "read": lambda actor: permissions.can_read(actor, fiche, revision),
        "write": lambda actor: permissions.can_write(actor, fiche, revision),
        "own": lambda actor: permissions.can_own(actor, fiche),
        "review": permissions.can_review,
        "vote": lambda actor: permissions.can_vote(actor, fiche),
        "administer": permissions.can_administer,
        "statistics": permissions.can_see_statistics,
    }
    table = {
        name: {right for right, allows in rights.items() if allows(actor)} for name, actor in people.items()
    }
    assert table == {
        "writer": {"read", "own", "statistics"},
        "stranger": {"statistics"},
        "committee": {"read", "review", "vote", "statistics"},
        "admin": {"read", "own", "review", "vote", "administer", "statistics"},
    }


def test_the_services_use_the_database_that_was_connected(db: Database) -> None:
    assert current() is db
