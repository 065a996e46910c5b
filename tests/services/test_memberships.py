"""The end of somebody's writing for a structure: the rights go at once, the fiches stay."""

import asyncio

import pytest
from sqlmodel import col, select

from app import live
from app.services import accounts, company, drafting, memberships, retention, shelf
from models.database import reading
from models.errors import NotAllowed, NotFound
from models.records import JournalEntry, OutgoingMail
from tests.clock import later
from tests.people import World, actor_of, make_account


async def test_who_leaves_a_structure_holds_nothing_of_the_fiches_they_began(world: World) -> None:
    colleague = await make_account("collegue", centres=(world.centre,))
    draft = await world.draft(title="Un four pour le quartier")
    thrown = await world.draft(title="Une idée abandonnée")
    await shelf.throw_away(actor=world.writer, revision_id=thrown.revision_id)
    await memberships.end(actor=world.writer, account_id=world.writer.id, centre_id=world.centre)
    gone = await actor_of(world.writer.id)
    assert await accounts.memberships(actor=gone) == []
    assert await drafting.list_mine(actor=gone) == []
    assert await shelf.list_bin(actor=gone) == []
    for forbidden in (
        drafting.load(actor=gone, revision_id=draft.revision_id),
        drafting.propose(actor=gone, revision_id=draft.revision_id),
        shelf.throw_away(actor=gone, revision_id=draft.revision_id),
        shelf.put_back(actor=gone, revision_id=thrown.revision_id),
        company.invite(actor=gone, revision_id=draft.revision_id, email="x@essai.example"),
    ):
        with pytest.raises(NotAllowed):
            await forbidden
    cards = await drafting.list_mine(actor=colleague)
    assert [(card.title, card.own) for card in cards] == [("Un four pour le quartier", True)]
    assert [card.title for card in await shelf.list_bin(actor=colleague)] == ["Une idée abandonnée"]


async def test_whoever_left_may_be_invited_to_one_fiche(world: World) -> None:
    colleague = await make_account("collegue", centres=(world.centre,))
    draft = await world.draft()
    await memberships.end(actor=world.writer, account_id=world.writer.id, centre_id=world.centre)
    await company.invite(actor=colleague, revision_id=draft.revision_id, email=world.writer.email)
    back = await company.accept(actor=await actor_of(world.writer.id), revision_id=draft.revision_id)
    assert (await drafting.load(actor=back, revision_id=draft.revision_id)).own is False


async def test_the_team_of_the_federation_ends_it_and_the_person_is_told(world: World) -> None:
    await memberships.end(actor=world.admin, account_id=world.writer.id, centre_id=world.centre)
    async with reading() as session:
        mails = (await session.exec(select(OutgoingMail).where(OutgoingMail.to == world.writer.email))).all()
        rows = await session.exec(select(JournalEntry).where(col(JournalEntry.action) == "membership_ended"))
        journal = [(row.account_id, row.detail) for row in rows.all()]
    assert [mail.subject for mail in mails] == ["Vous n’écrivez plus pour Centre social Les Tilleuls"]
    assert journal == [(world.admin.id, {"account": world.writer.id, "centre": world.centre})]


async def test_nobody_else_ends_it(world: World) -> None:
    colleague = await make_account("collegue", centres=(world.centre,))
    for actor in (colleague, world.stranger, world.near):
        with pytest.raises(NotAllowed):
            await memberships.end(actor=actor, account_id=world.writer.id, centre_id=world.centre)
    with pytest.raises(NotFound):
        await memberships.end(actor=world.stranger, account_id=world.stranger.id, centre_id=world.centre)
    assert (await actor_of(world.writer.id)).centre_ids == {world.centre}


async def test_a_request_that_waits_may_be_taken_back(world: World) -> None:
    newcomer = await make_account("nouvelle")
    await accounts.join_centre(actor=newcomer, centre_id=world.centre)
    await memberships.end(actor=newcomer, account_id=newcomer.id, centre_id=world.centre)
    assert await accounts.list_requests(actor=world.admin) == []


async def test_open_editors_of_the_structure_look_again_at_who_writes(world: World) -> None:
    draft = await world.draft()
    heard: asyncio.Queue[live.Payload] = asyncio.Queue()
    live.subscribe(f"revision:{draft.revision_id}", heard.put)
    try:
        await memberships.end(actor=world.writer, account_id=world.writer.id, centre_id=world.centre)
        assert await asyncio.wait_for(heard.get(), 5) == {"company": True}
    finally:
        live.forget_all()


async def test_no_mail_about_drafts_goes_to_those_who_left(world: World) -> None:
    colleague = await make_account("collegue", centres=(world.centre,))
    await world.draft()
    await memberships.end(actor=world.writer, account_id=world.writer.id, centre_id=world.centre)
    async with reading() as session:
        before = len((await session.exec(select(OutgoingMail))).all())
    await later(retention.FORGOTTEN)
    await retention.warn_of_drafts()
    async with reading() as session:
        mails = (await session.exec(select(OutgoingMail).order_by(col(OutgoingMail.id)))).all()[before:]
    assert [mail.to for mail in mails] == [colleague.email]
