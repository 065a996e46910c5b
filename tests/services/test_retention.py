"""Time travel: what is kept no longer than it serves, on both databases."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import col, func, select

from app.services import (
    accounts,
    company,
    drafting,
    help_requests,
    history,
    leavers,
    media,
    retention,
    review,
    shelf,
    spare_pictures,
)
from models.content import Photo
from models.database import reading, transaction
from models.errors import NotAllowed, NotFound
from models.fiche import Fiche, Media, Revision, Snapshot
from models.people import Account, LoginToken, Membership
from models.records import JournalEntry, OutgoingMail
from models.review import Vote
from models.taxonomy import Ballot
from tests.clock import later
from tests.people import World, make_account
from tests.pictures import file_of, picture
from tests.services.test_history import write

DAY = timedelta(days=1)
MONTH = timedelta(days=30)


async def count(model: type) -> int:
    async with reading() as session:
        return (await session.exec(select(func.count()).select_from(model))).one()


async def mails(about: str) -> list[str]:
    async with reading() as session:
        rows = await session.exec(
            select(OutgoingMail.to)
            .where(col(OutgoingMail.subject).startswith(about))
            .order_by(OutgoingMail.to)
        )
        return list(rows.all())


async def tidied() -> dict[str, int]:
    """What one day's work did."""
    return {name: number for name, number in (await retention.tidy()).items() if number}


# --- the bin ------------------------------------------------------------------------------------------------------


async def test_a_draft_is_erased_after_thirty_days_in_the_bin_and_not_before(world: World) -> None:
    draft = await world.draft()
    await write(world, draft.revision_id, title="Une autre version")
    await company.invite(actor=world.writer, revision_id=draft.revision_id, email="amie@essai.example")
    await help_requests.ask(actor=world.writer, revision_id=draft.revision_id)
    await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    await later(29 * DAY)
    assert "drafts erased" not in await tidied()
    assert len(await shelf.list_bin(actor=world.writer)) == 1
    await later(DAY)
    assert (await tidied())["drafts erased"] == 1
    assert [await count(model) for model in (Fiche, Revision, Snapshot)] == [0, 0, 0]
    with pytest.raises(NotFound):
        await shelf.put_back(actor=world.writer, revision_id=draft.revision_id)
    async with reading() as session:
        rows = await session.exec(
            select(JournalEntry.action, JournalEntry.fiche_id).order_by(col(JournalEntry.id))
        )
        lines = rows.all()
    assert lines[0] == ("draft_started", None)
    assert lines[-1] == ("draft_erased", None)
    assert await tidied() == {}


async def test_a_version_in_the_bin_is_erased_alone_when_its_fiche_is_public(world: World) -> None:
    old = await world.published()
    new = await drafting.start_revision(actor=world.writer, fiche_id=old.fiche_id)
    await write(world, new.revision_id, title="Une autre version")
    await shelf.throw_away(actor=world.writer, revision_id=new.revision_id)
    await later(31 * DAY)
    assert (await tidied())["drafts erased"] == 1
    assert [await count(model) for model in (Fiche, Revision)] == [1, 1]
    assert (await drafting.load(actor=world.writer, revision_id=old.revision_id)).content == old.content


async def test_a_draft_put_back_is_not_erased(world: World) -> None:
    draft = await world.draft()
    await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    await shelf.put_back(actor=world.writer, revision_id=draft.revision_id)
    await later(60 * DAY)
    assert "drafts erased" not in await tidied()
    assert await count(Revision) == 1


async def test_several_processes_tidying_at_once_do_it_once(world: World) -> None:
    for number in range(3):
        draft = await world.draft(title=f"Brouillon {number}")
        await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    await later(31 * DAY)
    results = await asyncio.gather(*[retention.erase_bin() for _ in range(3)])
    assert sum(results) == 3
    assert await count(Revision) == 0


# --- drafts never proposed (D5) -----------------------------------------------------------------------------------


async def test_a_draft_left_alone_is_recalled_at_twelve_months_binned_at_eighteen_and_erased(
    world: World,
) -> None:
    colleague = await make_account("malik", centres=(world.centre,))
    draft = await world.draft(title="Le four du village")
    await later(364 * DAY)
    assert await tidied() == {}
    await later(2 * DAY)
    assert (await tidied())["drafts warned"] == 1
    await later(DAY)
    assert "drafts warned" not in await tidied()
    assert await mails("Votre brouillon vous attend") == sorted([world.writer.email, colleague.email])
    await later(180 * DAY)
    assert "drafts expired" not in await tidied()
    await later(2 * DAY)
    assert (await tidied())["drafts expired"] == 1
    assert await mails("À la corbeille : Le four du village") == sorted([world.writer.email, colleague.email])
    assert [card.revision_id for card in await shelf.list_bin(actor=world.writer)] == [draft.revision_id]
    await later(31 * DAY)
    assert (await tidied())["drafts erased"] == 1
    assert await count(Fiche) == 0


async def test_a_word_written_after_the_warning_starts_the_time_again(world: World) -> None:
    draft = await world.draft()
    await later(366 * DAY)
    await tidied()
    await write(world, draft.revision_id, title="Reprise après un an")
    await later(300 * DAY)
    assert "drafts expired" not in await tidied()
    await later(70 * DAY)
    assert (await tidied())["drafts warned"] == 1
    async with reading() as session:
        rows = await session.exec(select(JournalEntry.id).where(JournalEntry.action == "draft_warned"))
    assert len(rows.all()) == 2


async def test_a_server_that_slept_for_two_years_warns_first(world: World) -> None:
    await world.draft()
    await later(800 * DAY)
    done = await tidied()
    assert done["drafts warned"] == 1
    assert "drafts expired" not in done
    await later(59 * DAY)
    assert "drafts expired" not in await tidied()
    await later(2 * DAY)
    assert (await tidied())["drafts expired"] == 1


async def test_what_was_proposed_is_left_alone(world: World) -> None:
    await world.proposed(title="Proposée, toujours en attente")
    await world.published(title="Publiée il y a longtemps déjà")
    await world.decided(Ballot.CLARIFY, title="À préciser depuis longtemps")
    await later(700 * DAY)
    done = await tidied()
    assert not {"drafts warned", "drafts expired", "drafts erased"} & set(done)
    assert await count(Revision) == 3


async def test_two_processes_send_one_warning(world: World) -> None:
    await world.draft()
    await later(366 * DAY)
    assert sum(await asyncio.gather(*[retention.warn_of_drafts() for _ in range(4)])) == 1
    assert await mails("Votre brouillon vous attend") == [world.writer.email]


# --- accounts (D4) ------------------------------------------------------------------------------------------------


async def test_an_account_without_a_visit_is_warned_then_forgotten_and_its_fiche_stays(world: World) -> None:
    published = await world.published()
    token = await _link(world.writer.email)
    await later(leavers.LEFT - 29 * DAY)
    assert (await tidied())["accounts warned"] == 5
    assert await mails("Votre compte") == sorted(
        actor.email for actor in (world.writer, world.stranger, world.near, world.far, world.third)
    )
    await later(20 * DAY)
    assert not {"accounts warned", "accounts forgotten"} & set(await tidied())
    await later(11 * DAY)
    assert (await tidied())["accounts forgotten"] == 5
    async with reading() as session:
        account = await session.get_one(Account, world.writer.id)
        addresses = (await session.exec(select(OutgoingMail.to))).all()
    assert (account.name, account.active, account.email) == (
        leavers.FORGOTTEN,
        False,
        f"compte-{world.writer.id}@supprime.invalid",
    )
    assert world.writer.email not in addresses
    assert [await count(model) for model in (Membership, LoginToken)] == [0, 0]
    assert await count(Vote) == 2
    assert await accounts.actor_of(world.writer.id) is None
    assert token
    async with reading() as session:
        fiche = await session.get_one(Fiche, published.fiche_id)
    assert fiche.published_revision_id == published.revision_id
    assert "accounts forgotten" not in await tidied()


async def test_coming_back_after_the_warning_keeps_the_account(world: World) -> None:
    await later(leavers.LEFT - 20 * DAY)
    await tidied()
    leavers._visits.clear()
    await leavers.note_visit(world.writer.id)
    await later(60 * DAY)
    assert (await tidied())["accounts forgotten"] == 4
    assert await accounts.actor_of(world.writer.id) is not None


async def test_administrators_and_demonstration_accounts_stay(world: World) -> None:
    async with transaction() as session:
        for actor in (world.writer, world.stranger, world.near, world.far, world.third):
            account = await session.get_one(Account, actor.id)
            account.demo = True
            session.add(account)
    await later(1000 * DAY)
    assert not {"accounts warned", "accounts forgotten"} & set(await tidied())


async def test_a_visit_is_written_down_once_a_day(world: World) -> None:
    leavers._visits.clear()
    await leavers.note_visit(world.writer.id)
    async with reading() as session:
        first = (await session.get_one(Account, world.writer.id)).last_login_at
    await leavers.note_visit(world.writer.id)
    async with reading() as session:
        assert (await session.get_one(Account, world.writer.id)).last_login_at == first
    assert first is not None


async def _link(email: str) -> str:
    await accounts.send_link(email=email)
    return email


# --- pictures -----------------------------------------------------------------------------------------------------


async def stored(world: World, revision_id: int, wider: int) -> Photo:
    data = file_of(picture(width=600 + wider))
    return await media.store(actor=world.writer, revision_id=revision_id, data=data)


async def test_pictures_of_no_fiche_go_with_their_files_the_others_stay(world: World) -> None:
    draft, other = await world.draft(title="Celle qui s’en va"), await world.draft(title="Celle qui reste")
    shown, shared, former, spare = [await stored(world, draft.revision_id, n) for n in (10, 60, 120, 200)]
    await write(world, draft.revision_id, photos=[shown, shared])
    await write(world, other.revision_id, photos=[former])
    await later(timedelta(minutes=3))
    await write(world, other.revision_id, photos=[shared])
    for photo in (shown, shared, former, spare):
        await media.crop(
            actor=world.writer, revision_id=draft.revision_id, media=photo.media, crop="100-0-800-1000"
        )
    await later(29 * DAY)
    assert await spare_pictures.erase() == 0
    await later(2 * DAY)
    assert await spare_pictures.erase() == 1
    assert not files(spare)
    await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    await later(10 * DAY)
    assert await spare_pictures.erase() == 0
    await later(25 * DAY)
    assert (await tidied())["pictures erased"] == 1
    assert not files(shown)
    assert files(shared)
    assert files(former)  # a version of the other draft still shows it
    assert await count(Media) == 2


async def test_a_picture_sent_again_is_not_erased(world: World) -> None:
    draft = await world.draft()
    photo = await stored(world, draft.revision_id, 90)
    await later(40 * DAY)
    again = await stored(world, draft.revision_id, 90)
    assert again.media == photo.media
    assert await spare_pictures.erase() == 0
    assert files(photo)


def files(photo: Photo) -> list[str]:
    return [
        path.name for folder in (media.folder(), media.masters()) for path in folder.glob(f"{photo.media}*")
    ]


# --- the rest -----------------------------------------------------------------------------------------------------


async def test_every_history_is_thinned_even_of_drafts_that_nobody_opens(world: World) -> None:
    draft = await world.draft(title="0")
    for number in range(1, 9):
        await later(timedelta(minutes=3))
        await write(world, draft.revision_id, title=str(number))
    assert await count(Snapshot) == 8
    await later(40 * DAY)
    assert (await tidied())["versions thinned"] >= 5
    found = await history.versions(actor=world.writer, revision_id=draft.revision_id)
    assert found.versions[-1].first


async def test_after_a_year_logins_mails_and_names_leave_the_traces(world: World) -> None:
    await world.published()
    await _link(world.far.email)
    await later(360 * DAY)
    await retention.erase_traces()
    assert await count(OutgoingMail) > 0
    await later(10 * DAY)
    await retention.erase_traces()
    assert (await count(OutgoingMail), await count(LoginToken)) == (0, 0)
    async with reading() as session:
        rows = (await session.exec(select(JournalEntry))).all()
    assert {row.account_id for row in rows} == {None}
    assert "proposed" in {row.action for row in rows}


async def test_a_step_that_fails_leaves_the_others_to_do_theirs(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    draft = await world.draft()
    await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    await later(31 * DAY)

    async def broken() -> int:
        raise OSError("the disk is full")

    monkeypatch.setattr(retention, "erase_bin", broken)
    assert "drafts erased" not in await retention.tidy()
    assert "the disk is full" in caplog.text
    monkeypatch.undo()
    assert (await retention.tidy())["drafts erased"] == 1


async def test_the_committee_still_reads_who_was_forgotten(world: World) -> None:
    draft = await world.voted(Ballot.CLARIFY)
    await later(leavers.LEFT - 29 * DAY)
    await tidied()
    await later(31 * DAY)
    leavers._visits.clear()
    async with transaction() as session:
        member = await session.get_one(Account, world.third.id)
        member.last_login_at = None
    await tidied()
    with pytest.raises(NotAllowed):
        await review.open_dossier(actor=world.third, revision_id=draft.revision_id)
    dossier = await review.open_dossier(actor=world.admin, revision_id=draft.revision_id)
    assert dossier.card.votes == 2
