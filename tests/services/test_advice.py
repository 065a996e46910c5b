"""Advice set aside by those who write, together; and the fiches of a structure that look alike (C-02)."""

import pytest
from sqlmodel import col, select

from app import live
from app.services import advice, drafting, similar
from models.checks import findings
from models.database import Database, reading, transaction
from models.errors import Invalid, NotAllowed, NotFound
from models.fiche import Revision
from models.records import JournalEntry
from tests.people import World, make_world

JARGON = {"constat": {"text": "Voici un levier pour le car."}}


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world()


def key_of(draft: drafting.Draft) -> str:
    return next(each.ignore_key for each in findings(draft.content) if each.key == "jargon")


async def aside(world: World, revision_id: int) -> frozenset[str]:
    return (await advice.standing(actor=world.writer, revision_id=revision_id)).ignored


async def test_advice_is_set_aside_for_everybody_and_taken_back(world: World):
    draft = await world.draft(**JARGON)
    key, revision = key_of(draft), draft.revision_id
    heard: list[live.Payload] = []
    stop = live.subscribe(f"advice:{revision}", heard.append)
    after = await advice.set_aside(actor=world.writer, revision_id=revision, key=key)
    assert after.ignored == await aside(world, revision) == {key}
    await advice.set_aside(actor=world.writer, revision_id=revision, key=key)
    assert await aside(world, revision) == {key}
    await advice.take_back(actor=world.writer, revision_id=revision, key=key)
    assert await aside(world, revision) == frozenset()
    stop()
    assert heard[0] == {"ignored": [key]}
    async with reading() as session:
        actions = await session.exec(
            select(JournalEntry.action).where(col(JournalEntry.action).startswith("advice"))
        )
        assert list(actions.all()) == ["advice_set_aside", "advice_taken_back"]


async def test_setting_aside_does_not_count_as_a_save(world: World):
    draft = await world.draft(**JARGON)
    await advice.set_aside(actor=world.writer, revision_id=draft.revision_id, key=key_of(draft))
    after = await drafting.load(actor=world.writer, revision_id=draft.revision_id)
    assert (after.version, after.updated_at) == (draft.version, draft.updated_at)


async def test_only_those_who_write_set_aside_and_only_readers_see(world: World):
    draft = await world.draft(**JARGON)
    for service in (advice.set_aside, advice.take_back):
        with pytest.raises(NotAllowed):
            await service(actor=world.stranger, revision_id=draft.revision_id, key=key_of(draft))
    with pytest.raises(NotAllowed):
        await advice.standing(actor=world.stranger, revision_id=draft.revision_id)
    with pytest.raises(NotFound):
        await advice.standing(actor=world.writer, revision_id=99_999)
    with pytest.raises(NotFound):
        await advice.set_aside(actor=world.writer, revision_id=99_999, key=key_of(draft))
    await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    with pytest.raises(NotAllowed):
        await advice.set_aside(actor=world.writer, revision_id=draft.revision_id, key=key_of(draft))


@pytest.mark.parametrize("key", ["", "C-01", "x" * 300, "C-01|title|" + "g" * 12, "<b>"])
async def test_what_is_no_key_is_refused(world: World, key: str):
    draft = await world.draft()
    with pytest.raises(Invalid):
        await advice.set_aside(actor=world.writer, revision_id=draft.revision_id, key=key)


async def test_the_oldest_make_room(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(advice, "MAX_ASIDE", 2)
    draft = await world.draft()
    keys = [f"L-4|constat.text|{number:012x}" for number in range(3)]
    for key in keys:
        await advice.set_aside(actor=world.writer, revision_id=draft.revision_id, key=key)
    assert await aside(world, draft.revision_id) == set(keys[1:])


async def test_the_sheets_once_seen_are_remembered(world: World):
    draft = await world.draft()
    async with transaction() as session:
        revision = await session.get_one(Revision, draft.revision_id)
        revision.seen_on_paper = True
        session.add(revision)
    standing = await advice.standing(actor=world.writer, revision_id=draft.revision_id)
    assert standing.seen_on_paper


# --- fiches that look alike ---------------------------------------------------------------------------------------


async def test_a_fiche_with_nearly_the_same_title_the_same_year_is_shown(world: World):
    first = await world.draft(title="Quinze voisins conduisent les autres", start="2024-03")
    second = await world.draft(title="Les quinze voisins conduisent les autres", start="2024")
    known = await similar.others(actor=world.writer, centre_id=world.centre, revision_id=second.revision_id)
    assert [each.title for each in known] == ["Quinze voisins conduisent les autres"]
    warning = similar.near_duplicate(second.content.title, second.content.start, known)
    assert warning is not None
    assert (warning.check, warning.path, warning.link) == ("C-02", "title", f"/ecrire/{first.revision_id}")
    assert "« Quinze voisins conduisent les autres »" in warning.message
    assert similar.near_duplicate(second.content.title, "2025-01", known) is None
    assert similar.near_duplicate("Le four du village rouvre", "2024", known) is None
    assert similar.near_duplicate("", "", known) is None


async def test_a_published_fiche_is_shown_where_everybody_reads_it(world: World):
    published = await world.published(title="Quinze voisins conduisent les autres")
    for actor in (world.writer, world.stranger):
        known = await similar.others(actor=actor, centre_id=world.centre, revision_id=None)
        assert [each.address for each in known] == ["/fiches/quinze-voisins-conduisent-les-autres"]
        assert known[0].fiche_id == published.fiche_id


async def test_drafts_of_another_structure_are_not_shown(world: World):
    await world.draft(title="Quinze voisins conduisent les autres")
    assert await similar.others(actor=world.stranger, centre_id=world.centre, revision_id=None) == []
