"""Several people on a fiche: who is invited, by whom, and what each one may then do."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlmodel import col, select

from app import permissions
from app.permissions import Actor
from app.services import accounts, company, drafting, help_requests, mail, review, shelf
from app.services.drafting import Draft
from models.columns import now
from models.company import Coauthor, HelpRequest, Part
from models.content import FicheContent
from models.database import reading, transaction
from models.errors import Invalid, NotAllowed, NotFound, TooManyRequests
from models.fiche import Fiche, Revision
from models.people import LoginToken, Role
from models.records import JournalEntry, OutgoingMail
from models.taxonomy import Ballot
from tests.people import World, actor_of, make_account

GUEST = "invitee@essai.example"


async def _mails_to(address: str) -> list[OutgoingMail]:
    async with reading() as session:
        rows = await session.exec(
            select(OutgoingMail).where(OutgoingMail.to == address).order_by(col(OutgoingMail.id))
        )
        return list(rows.all())


async def _actions(fiche_id: int) -> list[str]:
    async with reading() as session:
        rows = await session.exec(
            select(JournalEntry.action)
            .where(JournalEntry.fiche_id == fiche_id)
            .order_by(col(JournalEntry.id))
        )
        return list(rows.all())


async def _follow_link(address: str) -> tuple[Actor, str]:
    """Use the login link of the last mail to an address."""
    text = (await _mails_to(address))[-1].text
    account_id, path = await accounts.use_link(token=re.findall(r"/connexion/([\w-]+)", text)[0])
    return await actor_of(account_id), path


async def invited(world: World, draft: Draft, email: str = GUEST) -> Actor:
    """Invite an address, and let its owner come by the link."""
    await company.invite(actor=world.writer, revision_id=draft.revision_id, email=email)
    actor, _ = await _follow_link(email)
    return await company.accept(actor=actor, revision_id=draft.revision_id)


async def relay_of(world: World, draft: Draft, *, federation: str = "nord") -> tuple[Actor, int]:
    """Name a relay who takes the request of a draft; return both."""
    relay = await make_account("relais")
    await help_requests.name_relay(actor=world.admin, federation_id=federation, email=relay.email)
    await help_requests.ask(actor=world.writer, revision_id=draft.revision_id, message="Par où commencer ?")
    request = (await help_requests.listing(actor=await actor_of(relay.id)))[0]
    await help_requests.take(actor=relay, request_id=request.id)
    return await actor_of(relay.id), request.id


async def _write(actor: Actor, draft: Draft, title: str) -> None:
    await drafting.save(
        actor=actor,
        revision_id=draft.revision_id,
        version=draft.version,
        base=draft.content,
        content=draft.content.model_copy(update={"title": title}),
    )


# --- invitations ----------------------------------------------------------------------------------------------------


async def test_an_invited_address_comes_by_its_link_and_writes(world: World) -> None:
    draft = await world.draft()
    await company.invite(actor=world.writer, revision_id=draft.revision_id, email=" Invitee@Essai.example ")
    message = (await _mails_to(GUEST))[0]
    assert message.subject == "coordinatrice vous invite à écrire avec Centre social Les Tilleuls"
    assert f"/ecrire/{draft.revision_id}" in message.text
    guest, path = await _follow_link(GUEST)
    assert path == f"/ecrire/{draft.revision_id}"
    with pytest.raises(NotAllowed):
        await drafting.load(actor=guest, revision_id=draft.revision_id)
    guest = await company.accept(actor=guest, revision_id=draft.revision_id)
    assert (await drafting.load(actor=guest, revision_id=draft.revision_id)).writable
    await _write(guest, draft, "Écrit à deux")
    assert (
        await drafting.load(actor=world.writer, revision_id=draft.revision_id)
    ).content.title == "Écrit à deux"
    assert await _actions(draft.fiche_id) == ["draft_started", "coauthor_invited", "coauthor_accepted"]


async def test_only_the_invited_address_may_accept(world: World) -> None:
    draft = await world.draft()
    await company.invite(actor=world.writer, revision_id=draft.revision_id, email=GUEST)
    stranger = await company.accept(actor=world.stranger, revision_id=draft.revision_id)
    assert stranger.fiche_ids == frozenset()
    with pytest.raises(NotAllowed):
        await drafting.load(actor=stranger, revision_id=draft.revision_id)


async def test_an_invitation_to_one_fiche_opens_no_other(world: World) -> None:
    draft, other = await world.draft(), await world.draft(title="Une autre")
    guest = await invited(world, draft)
    with pytest.raises(NotAllowed):
        await drafting.load(actor=guest, revision_id=other.revision_id)
    with pytest.raises(NotAllowed):
        await _write(guest, other, "Pas à moi")
    assert [card.fiche_id for card in await drafting.list_mine(actor=guest)] == [draft.fiche_id]


async def test_mes_fiches_shows_a_waiting_invitation_then_who_invited(world: World) -> None:
    draft = await world.draft()
    await company.invite(actor=world.writer, revision_id=draft.revision_id, email=world.stranger.email)
    card = next(c for c in await drafting.list_mine(actor=world.stranger) if c.fiche_id == draft.fiche_id)
    assert (card.own, card.company) == (
        False,
        "coordinatrice vous invite à l’écrire : ouvrez-la pour accepter.",
    )
    guest = await company.accept(actor=world.stranger, revision_id=draft.revision_id)
    card = next(c for c in await drafting.list_mine(actor=guest) if c.fiche_id == draft.fiche_id)
    assert (card.own, card.company) == (False, "Vous l’écrivez à l’invitation de coordinatrice.")
    own = next(c for c in await drafting.list_mine(actor=world.writer) if c.fiche_id == draft.fiche_id)
    assert (own.own, own.company) == (True, "")


@pytest.mark.parametrize(
    ("email", "code"),
    [("pas une adresse", "email"), (GUEST, "already"), ("coordinatrice@essai.example", "already")],
)
async def test_an_address_that_cannot_be_invited_is_refused(world: World, email: str, code: str) -> None:
    draft = await world.draft()
    await company.invite(actor=world.writer, revision_id=draft.revision_id, email=GUEST)
    with pytest.raises(Invalid) as refusal:
        await company.invite(actor=world.writer, revision_id=draft.revision_id, email=email)
    assert refusal.value.code == code
    assert len(await _mails_to(GUEST)) == 1


async def test_the_same_address_invited_twice_at_once_gets_one_invitation(world: World) -> None:
    draft = await world.draft()
    results = await asyncio.gather(
        *(company.invite(actor=world.writer, revision_id=draft.revision_id, email=GUEST) for _ in range(3)),
        return_exceptions=True,
    )
    assert sorted(str(result) for result in results) == ["None", "already email", "already email"]
    assert len(await _mails_to(GUEST)) == 1


async def test_there_is_room_for_a_workshop_and_no_more(world: World) -> None:
    draft = await world.draft()
    for number in range(company.AT_MOST):
        await company.invite(
            actor=world.writer, revision_id=draft.revision_id, email=f"p{number}@essai.example"
        )
    with pytest.raises(Invalid, match="too_many"):
        await company.invite(actor=world.writer, revision_id=draft.revision_id, email=GUEST)


async def test_nobody_can_flood_mailboxes_with_invitations(world: World) -> None:
    draft = await world.draft()
    await company.invite(actor=world.writer, revision_id=draft.revision_id, email=GUEST)
    line = (await company.company_of(actor=world.writer, revision_id=draft.revision_id)).guests[0]
    for _ in range(company.MAILS_PER_HOUR - 1):
        await company.remind(actor=world.writer, coauthor_id=line.id)
    with pytest.raises(TooManyRequests):
        await company.remind(actor=world.writer, coauthor_id=line.id)
    assert len(await _mails_to(GUEST)) == company.MAILS_PER_HOUR


async def test_a_reminder_carries_a_new_link_and_an_accepted_invitation_none(world: World) -> None:
    draft = await world.draft()
    await company.invite(actor=world.writer, revision_id=draft.revision_id, email=GUEST)
    line = (await company.company_of(actor=world.writer, revision_id=draft.revision_id)).guests[0]
    assert (line.accepted, line.invited_by, line.email) == (False, "coordinatrice", GUEST)
    await company.remind(actor=world.writer, coauthor_id=line.id)
    guest, _ = await _follow_link(GUEST)
    await company.accept(actor=guest, revision_id=draft.revision_id)
    with pytest.raises(NotFound):
        await company.remind(actor=world.writer, coauthor_id=line.id)


async def test_the_link_of_an_invitation_lives_three_days(world: World) -> None:
    draft = await world.draft()
    await company.invite(actor=world.writer, revision_id=draft.revision_id, email=GUEST)
    async with reading() as session:
        token = (await session.exec(select(LoginToken).where(LoginToken.email == GUEST))).one()
    assert timedelta(days=2, hours=23) < token.expires_at - now() <= timedelta(days=3)


async def test_a_removed_co_author_neither_reads_nor_writes_any_more(world: World) -> None:
    draft = await world.draft()
    guest = await invited(world, draft)
    line = (await company.company_of(actor=world.writer, revision_id=draft.revision_id)).guests[0]
    await company.remove(actor=world.writer, coauthor_id=line.id)
    # `guest` still carries the rights that it had when its page was built.
    with pytest.raises(NotAllowed):
        await _write(guest, draft, "Trop tard")
    with pytest.raises(NotAllowed):
        await drafting.load(actor=guest, revision_id=draft.revision_id)
    with pytest.raises(NotAllowed):
        await company.company_of(actor=guest, revision_id=draft.revision_id)
    assert await drafting.list_mine(actor=await actor_of(guest.id)) == []
    assert (await drafting.load(actor=world.writer, revision_id=draft.revision_id)).content == draft.content


async def test_a_co_author_may_leave_and_remove_nobody_else(world: World) -> None:
    draft = await world.draft()
    guest = await invited(world, draft)
    await invited(world, draft, "autre@essai.example")
    mine, other = (await company.company_of(actor=guest, revision_id=draft.revision_id)).guests
    assert (mine.me, other.me) == (True, False)
    with pytest.raises(NotAllowed):
        await company.remove(actor=guest, coauthor_id=other.id)
    await company.remove(actor=guest, coauthor_id=mine.id)
    assert (await actor_of(guest.id)).fiche_ids == frozenset()


async def test_guests_do_not_see_the_addresses_of_the_others(world: World) -> None:
    draft = await world.draft()
    guest = await invited(world, draft)
    await company.invite(actor=world.writer, revision_id=draft.revision_id, email="autre@essai.example")
    seen = await company.company_of(actor=guest, revision_id=draft.revision_id)
    assert "@" not in repr(seen)
    assert not seen.may_invite


# --- who may do what ------------------------------------------------------------------------------------------------


async def _rights(actor: Actor, draft: Draft) -> set[str]:
    async with reading() as session:
        fiche = await session.get_one(Fiche, draft.fiche_id)
        revision = await session.get_one(Revision, draft.revision_id)
    checks = {
        "read": permissions.can_read(actor, fiche, revision),
        "write": permissions.can_write(actor, fiche, revision),
        "propose": permissions.can_propose(actor, fiche, revision),
        "invite": permissions.is_of_the_house(actor, fiche),
        "own": permissions.can_own(actor, fiche),
        "vote": permissions.can_vote(actor, fiche),
    }
    return {name for name, allowed in checks.items() if allowed}


async def test_each_part_gives_exactly_these_rights(world: World) -> None:
    draft = await world.draft()
    guest = await invited(world, draft)
    member = await invited(world, draft, world.far.email)
    relay, _ = await relay_of(world, draft)
    people = {"writer": world.writer, "guest": guest, "member": member, "relay": relay}
    people |= {"stranger": world.stranger, "near": world.near, "admin": world.admin}
    assert {name: await _rights(actor, draft) for name, actor in people.items()} == {
        "writer": {"read", "write", "propose", "invite", "own"},
        "guest": {"read", "write", "propose"},
        "member": {"read", "write", "propose"},  # of the committee, but it writes in this one: no vote
        "relay": {"read", "write"},
        "stranger": set(),
        "near": {"vote"},
        "admin": {"own", "vote"},
    }
    await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    assert {name: await _rights(actor, draft) for name, actor in people.items()} == {
        "writer": {"read", "invite", "own"},
        "guest": {"read"},
        "member": {"read"},
        "relay": {"read"},
        "stranger": set(),
        "near": {"read", "vote"},
        "admin": {"read", "own", "vote"},
    }


async def test_guests_and_relays_do_not_delete_invite_ask_or_begin_versions(world: World) -> None:
    draft = await world.draft()
    relay, request = await relay_of(world, draft)
    for actor in (await invited(world, draft), relay):
        for forbidden in (
            shelf.throw_away(actor=actor, revision_id=draft.revision_id),
            drafting.start_revision(actor=actor, fiche_id=draft.fiche_id),
            company.invite(actor=actor, revision_id=draft.revision_id, email="x@essai.example"),
            help_requests.ask(actor=actor, revision_id=draft.revision_id),
        ):
            with pytest.raises(NotAllowed):
                await forbidden
    with pytest.raises(NotAllowed):
        await help_requests.close(actor=world.stranger, request_id=request)


async def test_a_relay_writes_and_the_centre_proposes(world: World) -> None:
    draft = await world.draft()
    relay, _ = await relay_of(world, draft)
    await _write(relay, draft, "Un titre trouvé à deux")
    with pytest.raises(NotAllowed):
        await drafting.propose(actor=relay, revision_id=draft.revision_id)
    await drafting.propose(actor=world.writer, revision_id=draft.revision_id)


async def test_a_co_author_sends_the_correction(world: World) -> None:
    draft = await world.draft()
    guest = await invited(world, draft)
    await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    await world.vote(draft.revision_id, Ballot.CLARIFY)
    await review.decide(actor=world.near, revision_id=draft.revision_id, message="Un chiffre ?")
    await drafting.propose(actor=guest, revision_id=draft.revision_id)
    async with reading() as session:
        assert (await session.get_one(Revision, draft.revision_id)).state == "proposee"


async def test_a_draft_in_the_bin_is_listed_no_more_with_its_invitations_and_requests(world: World) -> None:
    draft = await world.draft()
    await company.invite(actor=world.writer, revision_id=draft.revision_id, email=GUEST)
    await help_requests.ask(actor=world.writer, revision_id=draft.revision_id)
    await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    assert await drafting.list_mine(actor=world.writer) == []


# --- individual help ------------------------------------------------------------------------------------------------


async def test_the_relays_of_the_federation_are_told_and_nobody_else(world: World) -> None:
    draft = await world.draft(title="Le four")
    for key, federation in (("relais-nord", "nord"), ("relais-rhone", "rhone")):
        await help_requests.name_relay(
            actor=world.admin, federation_id=federation, email=f"{key}@essai.example"
        )
    await help_requests.ask(
        actor=world.writer, revision_id=draft.revision_id, message="Je bloque.", phone="06 00 00 00 00"
    )
    told = (await _mails_to("relais-nord@essai.example"))[-1]
    assert told.subject == "Centre social Les Tilleuls aimerait un coup de main"
    assert "Je bloque.\n\nTéléphone : 06 00 00 00 00" in told.text
    assert len(await _mails_to("relais-rhone@essai.example")) == 1  # the mail that named it
    assert await _mails_to(world.admin.email) == []


async def test_without_a_relay_the_administrators_are_told_and_may_take_it(world: World) -> None:
    draft = await world.draft()
    await help_requests.ask(actor=world.writer, revision_id=draft.revision_id)
    assert len(await _mails_to(world.admin.email)) == 1
    request = (await help_requests.listing(actor=world.admin))[0]
    assert (request.taken_by, request.revision_id) == ("", None)
    assert await help_requests.take(actor=world.admin, request_id=request.id) == draft.revision_id
    assert (await actor_of(world.admin.id)).relayed_ids == {draft.fiche_id}


async def test_a_second_request_waits_for_the_end_of_the_first(world: World) -> None:
    draft = await world.draft()
    results = await asyncio.gather(
        *(help_requests.ask(actor=world.writer, revision_id=draft.revision_id) for _ in range(3)),
        return_exceptions=True,
    )
    assert sorted(str(result) for result in results) == ["None", "open message", "open message"]
    own = await help_requests.of_draft(actor=world.writer, revision_id=draft.revision_id)
    assert own is not None
    await help_requests.close(actor=world.writer, request_id=own.id)
    assert await help_requests.of_draft(actor=world.writer, revision_id=draft.revision_id) is None
    await help_requests.ask(actor=world.writer, revision_id=draft.revision_id)


async def test_a_phone_number_that_is_none_is_refused(world: World) -> None:
    draft = await world.draft()
    for phone in ("appelez-moi", "12", "0" * 31):
        with pytest.raises(Invalid, match="phone"):
            await help_requests.ask(actor=world.writer, revision_id=draft.revision_id, phone=phone)


async def test_a_message_too_long_is_said_and_never_cut(world: World) -> None:
    draft = await world.draft()
    with pytest.raises(Invalid, match="long"):
        await help_requests.ask(actor=world.writer, revision_id=draft.revision_id, message="é" * 2001)
    await help_requests.ask(actor=world.writer, revision_id=draft.revision_id, message="é" * 2000)
    (line,) = await help_requests.listing(actor=world.admin)
    assert line.message == "é" * 2000


async def test_two_relays_at_once_one_takes_it(world: World) -> None:
    draft = await world.draft()
    relays = [await make_account(f"relais-{number}") for number in range(2)]
    for relay in relays:
        await help_requests.name_relay(actor=world.admin, federation_id="nord", email=relay.email)
    await help_requests.ask(actor=world.writer, revision_id=draft.revision_id)
    request = (await help_requests.listing(actor=relays[0]))[0].id
    results = await asyncio.gather(
        *(help_requests.take(actor=relay, request_id=request) for relay in relays), return_exceptions=True
    )
    assert sorted(map(str, results)) == sorted([str(draft.revision_id), "taken request"])
    fresh = [await actor_of(relay.id) for relay in relays]
    assert sorted(len(actor.relayed_ids) for actor in fresh) == [0, 1]


async def test_the_right_of_a_relay_ends_with_the_request_whoever_ends_it(world: World) -> None:
    for ending in ("centre", "relay", "given back", "removed"):
        draft = await world.draft()
        relay = await make_account(f"relais-{ending.replace(' ', '-')}")
        await help_requests.name_relay(actor=world.admin, federation_id="nord", email=relay.email)
        await help_requests.ask(actor=world.writer, revision_id=draft.revision_id)
        request = (await help_requests.listing(actor=relay))[0].id
        await help_requests.take(actor=relay, request_id=request)
        if ending == "centre":
            await help_requests.close(actor=world.writer, request_id=request)
        elif ending == "relay":
            await help_requests.close(actor=relay, request_id=request)
        elif ending == "given back":
            await help_requests.give_back(actor=relay, request_id=request)
        else:
            guests = (await company.company_of(actor=world.writer, revision_id=draft.revision_id)).guests
            await company.remove(actor=world.writer, coauthor_id=guests[0].id)
        with pytest.raises(NotAllowed):
            await _write(relay, draft, "Après la fin")
        async with reading() as session:
            row = await session.get_one(HelpRequest, request)
            assert (row.closed_at is None) == (ending == "given back")
            assert (row.taken_by is None) == (ending == "given back")


async def test_a_co_author_who_is_also_relay_stays_co_author_after_the_help(world: World) -> None:
    draft = await world.draft()
    guest = await invited(world, draft)
    await help_requests.name_relay(actor=world.admin, federation_id="nord", email=guest.email)
    await help_requests.ask(actor=world.writer, revision_id=draft.revision_id)
    request = (await help_requests.listing(actor=guest))[0].id
    await help_requests.take(actor=guest, request_id=request)
    assert await _rights(await actor_of(guest.id), draft) == {"read", "write", "propose"}
    await help_requests.close(actor=guest, request_id=request)
    async with reading() as session:
        line = (await session.exec(select(Coauthor))).one()
    assert (line.part, line.account_id) == (Part.COAUTHOR, guest.id)


async def test_a_member_who_helped_does_not_vote_on_that_fiche(world: World) -> None:
    draft = await world.draft()
    await help_requests.name_relay(actor=world.admin, federation_id="nord", email=world.near.email)
    await help_requests.ask(actor=world.writer, revision_id=draft.revision_id)
    request = (await help_requests.listing(actor=world.near))[0].id
    await help_requests.take(actor=world.near, request_id=request)
    await help_requests.close(actor=world.near, request_id=request)
    await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    with pytest.raises(NotAllowed):
        await review.cast_vote(
            actor=world.near, revision_id=draft.revision_id, ballot=Ballot.PUBLISH, reason=""
        )


async def test_requests_of_other_federations_are_neither_seen_nor_taken(world: World) -> None:
    draft = await world.draft()
    relay = await make_account("relais-rhone")
    await help_requests.name_relay(actor=world.admin, federation_id="rhone", email=relay.email)
    await help_requests.ask(actor=world.writer, revision_id=draft.revision_id)
    assert await help_requests.listing(actor=relay) == []
    request = (await help_requests.listing(actor=world.admin))[0].id
    with pytest.raises(NotAllowed):
        await help_requests.take(actor=relay, request_id=request)
    for actor in (world.writer, world.near, world.stranger):
        with pytest.raises(NotAllowed):
            await help_requests.listing(actor=actor)


# --- naming relays --------------------------------------------------------------------------------------------------


async def test_an_administrator_names_a_relay_even_without_account_and_takes_it_back(world: World) -> None:
    await help_requests.name_relay(actor=world.admin, federation_id="nord", email="Nouvelle@essai.example")
    lines, federations = await help_requests.relays(actor=world.admin)
    assert [(line.federation_id, line.email) for line in lines] == [("nord", "nouvelle@essai.example")]
    assert ("nord", "Fédération nord") in federations
    relay = await actor_of(lines[0].account_id)
    assert (relay.is_relay, relay.relay_for, relay.role) == (True, {"nord"}, Role.CONTRIBUTOR)
    with pytest.raises(Invalid, match="already"):
        await help_requests.name_relay(
            actor=world.admin, federation_id="nord", email="nouvelle@essai.example"
        )
    await help_requests.remove_relay(actor=world.admin, federation_id="nord", account_id=relay.id)
    assert not (await actor_of(relay.id)).is_relay


async def test_only_administrators_name_relays(world: World) -> None:
    for actor in (world.writer, world.near):
        with pytest.raises(NotAllowed):
            await help_requests.name_relay(actor=actor, federation_id="nord", email="x@essai.example")
        with pytest.raises(NotAllowed):
            await help_requests.relays(actor=actor)
        with pytest.raises(NotAllowed):
            await help_requests.remove_relay(actor=actor, federation_id="nord", account_id=1)


async def test_a_draft_without_a_title_is_named_in_mails_all_the_same(world: World) -> None:
    draft = await drafting.start(actor=world.writer, centre_id=world.centre, content=FicheContent())
    await company.invite(actor=world.writer, revision_id=draft.revision_id, email=GUEST)
    assert "écrit une fiche pour Centre social Les Tilleuls" in (await mail.latest(1))[0].text


async def test_a_draft_thrown_away_is_out_of_reach_of_guests(world: World) -> None:
    draft = await world.draft()
    await company.invite(actor=world.writer, revision_id=draft.revision_id, email=GUEST)
    async with transaction() as session:
        revision = await session.get_one(Revision, draft.revision_id)
        revision.deleted_at = now()
        session.add(revision)
    with pytest.raises(NotFound):
        await company.company_of(actor=world.writer, revision_id=draft.revision_id)
