"""Drafts that were never proposed: who is reminded, when, and who is left in peace."""

from datetime import timedelta

from sqlmodel import col, select

from app.services import drafting, memberships, preferences, reminders
from models.content import FicheContent
from models.database import reading
from models.records import JournalEntry, OutgoingMail
from tests.clock import later
from tests.people import World, make_account
from tests.services.test_company import invited

DAY = timedelta(days=1)


async def _sent() -> list[tuple[str, str]]:
    async with reading() as session:
        rows = await session.exec(
            select(OutgoingMail.to, OutgoingMail.subject)
            .where(col(OutgoingMail.text).contains("/compte#reglages"))
            .order_by(col(OutgoingMail.id))
        )
        return [(to, subject) for to, subject in rows.all()]


async def test_a_draft_that_rests_is_told_after_a_week_then_after_a_month_and_no_more(world: World) -> None:
    draft = await world.draft(title="Un four pour le quartier")
    told = (world.writer.email, "Votre fiche vous attend : Un four pour le quartier")
    await later(6 * DAY)
    assert (await reminders.send(), await _sent()) == (0, [])
    await later(2 * DAY)
    assert (await reminders.send(), await _sent()) == (1, [told])
    for days in (1, 12):
        await later(days * DAY)
        assert await reminders.send() == 0
    await later(10 * DAY)
    assert (await reminders.send(), await _sent()) == (1, [told, told])
    for _ in range(4):
        await later(60 * DAY)
        assert await reminders.send() == 0
    async with reading() as session:
        rows = await session.exec(
            select(JournalEntry.fiche_id).where(JournalEntry.action == "draft_reminded")
        )
        assert list(rows.all()) == [draft.fiche_id] * 2


async def test_words_written_meanwhile_put_the_next_reminder_off(world: World) -> None:
    draft = await world.draft()
    await later(8 * DAY)
    await reminders.send()
    await later(20 * DAY)
    await drafting.save(
        actor=world.writer,
        revision_id=draft.revision_id,
        version=1,
        base=draft.content,
        content=draft.content.model_copy(update={"place": "Le port"}),
    )
    await later(10 * DAY)
    assert await reminders.send() == 0
    await later(21 * DAY)
    assert await reminders.send() == 1


async def test_a_server_that_slept_does_not_say_it_twice_in_a_row(world: World) -> None:
    await world.draft()
    await later(40 * DAY)
    assert [await reminders.send(), await reminders.send()] == [1, 0]
    await later(15 * DAY)
    assert await reminders.send() == 1


async def test_several_drafts_make_one_mail(world: World) -> None:
    for title in ("Le four", "Le lavoir", "Le banc"):
        await world.draft(title=title)
    await later(8 * DAY)
    assert (await reminders.send(), await _sent()) == (3, [(world.writer.email, "Vos fiches vous attendent")])


async def test_nothing_is_said_of_empty_thrown_away_or_proposed_fiches(world: World) -> None:
    prefilled = await drafting.prefill(actor=world.writer, centre_id=world.centre)
    await drafting.start(actor=world.writer, centre_id=world.centre, content=prefilled)
    await drafting.start(actor=world.writer, centre_id=world.centre, content=FicheContent())
    await world.proposed()
    await later(40 * DAY)
    assert (await reminders.send(), await _sent()) == (0, [])


async def test_those_who_wrote_it_are_told_and_not_the_whole_house(world: World) -> None:
    await make_account("collegue", centres=(world.centre,))
    draft = await world.draft()
    await invited(world, draft)
    await later(8 * DAY)
    await reminders.send()
    assert [to for to, _ in await _sent()] == [world.writer.email]


async def test_when_they_have_left_the_house_is_told(world: World) -> None:
    colleague = await make_account("collegue", centres=(world.centre,))
    await world.draft()
    await memberships.end(actor=world.writer, account_id=world.writer.id, centre_id=world.centre)
    await later(8 * DAY)
    await reminders.send()
    assert [to for to, _ in await _sent()] == [colleague.email]


async def test_who_does_not_want_reminders_gets_none(world: World) -> None:
    await preferences.choose(actor=world.writer, reminded=False)
    await world.draft()
    await later(8 * DAY)
    await reminders.send()
    assert await _sent() == []


async def test_choices_are_kept_with_the_account_and_one_by_one(world: World) -> None:
    assert await preferences.of(actor=world.writer) == preferences.Preferences(True, True)
    await preferences.choose(actor=world.writer, offers_timer=False)
    await preferences.choose(actor=world.writer, reminded=False)
    assert await preferences.of(actor=world.writer) == preferences.Preferences(False, False)
    await preferences.choose(actor=world.writer, offers_timer=True)
    assert await preferences.of(actor=world.writer) == preferences.Preferences(True, False)
    assert await preferences.of(actor=world.near) == preferences.Preferences(True, True)
