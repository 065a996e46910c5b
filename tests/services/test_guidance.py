"""The guide as administrators change it: versions, rights, what two of them change at once, coming back."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlmodel import select

from app.services import guidance
from models import guide
from models.database import Database, reading, transaction
from models.errors import Invalid, NotAllowed, NotFound
from models.people import Account, Role
from models.records import GuideVersion, JournalEntry
from tests.people import World

CONSIGNE = "steps/origin/consigne"
SHIPPED = guide.shipped().steps["origin"].consigne


@pytest.fixture(autouse=True)
def shipped_again() -> Iterator[None]:
    yield
    guide.use(None)


async def change(
    world: World, leaf: str = CONSIGNE, value: object = "Que se passait-il ?", note: str = "Plus court"
) -> int:
    return await guidance.save(actor=world.admin, edits={leaf: value}, seen={}, note=note)


async def journal() -> list[tuple[str, int | None]]:
    async with reading() as session:
        rows = await session.exec(select(JournalEntry).where(JournalEntry.action == "guide_changed"))
        return [(row.detail["note"], row.account_id) for row in rows.all()]


async def test_a_changed_consigne_is_what_everybody_reads(world: World):
    version = await change(world)
    assert guide.step("origin").consigne == "Que se passait-il ?"
    lines = await guidance.versions(actor=world.admin)
    assert [(line.id, line.author, line.note, line.changes, line.in_force) for line in lines] == [
        (version, "administration", "Plus court", 1, True)
    ]
    assert await journal() == [("Plus court", world.admin.id)]


async def test_only_what_differs_from_the_shipped_guide_is_stored(world: World):
    await change(world)
    await change(world, "fields/constat.text/max", 150)
    async with reading() as session:
        row = (await session.exec(select(GuideVersion).order_by(GuideVersion.id.desc()))).first()
    assert row.content == {
        "steps": {"origin": {"consigne": "Que se passait-il ?"}},
        "fields": {"constat.text": {"max": 150}},
    }


@pytest.mark.parametrize("who", ["writer", "near", "stranger"])
async def test_the_guide_is_changed_by_administrators_only(world: World, who: str):
    actor = getattr(world, who)
    with pytest.raises(NotAllowed):
        await guidance.save(actor=actor, edits={CONSIGNE: "Non"}, seen={}, note="")
    with pytest.raises(NotAllowed):
        await guidance.restore(actor=actor, version_id=guidance.SHIPPED)
    with pytest.raises(NotAllowed):
        await guidance.versions(actor=actor)
    with pytest.raises(NotAllowed):
        await guidance.version(actor=actor, version_id=1)
    assert guide.step("origin").consigne == SHIPPED
    assert await journal() == []


async def test_an_administrator_who_is_one_no_more_changes_nothing(world: World):
    async with transaction() as session:
        account = await session.get_one(Account, world.admin.id)
        account.role = Role.CONTRIBUTOR
        session.add(account)
    with pytest.raises(NotAllowed):
        await change(world)


async def test_words_that_are_not_fit_change_nothing_and_are_named(world: World):
    with pytest.raises(guidance.Refused) as refusal:
        await guidance.save(
            actor=world.admin,
            edits={CONSIGNE: "  ", "fields/constat.text/max": 20, "steps/origin/key": "x"},
            seen={},
            note="",
        )
    assert refusal.value.problems == {CONSIGNE: "empty", "steps/origin/key": "unknown"}
    with pytest.raises(guidance.Refused) as refusal:
        await change(world, "fields/constat.text/max", 20)
    assert refusal.value.problems == {"fields/constat.text/max": "order"}
    assert await guidance.versions(actor=world.admin) == []


async def test_nothing_changed_is_no_version_and_a_long_note_is_refused(world: World):
    with pytest.raises(Invalid, match="nothing"):
        await change(world, value=SHIPPED)
    with pytest.raises(Invalid, match="note_long"):
        await change(world, note="a" * 301)


async def test_two_administrators_on_different_sentences_keep_both(world: World):
    seen = {CONSIGNE: SHIPPED, "steps/path/minutes": guide.step("path").minutes}
    await guidance.save(actor=world.admin, edits={CONSIGNE: "Un"}, seen=seen, note="")
    await guidance.save(actor=world.admin, edits={"steps/path/minutes": 12}, seen=seen, note="")
    assert (guide.step("origin").consigne, guide.step("path").minutes) == ("Un", 12)


async def test_the_same_sentence_changed_meanwhile_is_not_overwritten_unseen(world: World):
    await change(world, value="Celle d’une autre")
    with pytest.raises(guidance.ChangedMeanwhile) as meanwhile:
        await guidance.save(
            actor=world.admin, edits={CONSIGNE: "La mienne"}, seen={CONSIGNE: SHIPPED}, note=""
        )
    assert meanwhile.value.values == {CONSIGNE: "Celle d’une autre"}
    assert guide.step("origin").consigne == "Celle d’une autre"
    # Having seen it, one may decide.
    await guidance.save(
        actor=world.admin, edits={CONSIGNE: "La mienne"}, seen={CONSIGNE: "Celle d’une autre"}, note=""
    )
    assert guide.step("origin").consigne == "La mienne"


async def test_changes_at_the_same_moment_are_all_kept(world: World):
    keys = [step.key for step in guide.steps()]
    await asyncio.gather(*(change(world, f"steps/{key}/consigne", f"Consigne {key}") for key in keys))
    assert [step.consigne for step in guide.steps()] == [f"Consigne {key}" for key in keys]
    assert len(await guidance.versions(actor=world.admin)) == len(keys)


async def test_a_version_is_compared_with_the_one_before_and_can_come_back(world: World):
    first = await change(world, value="Un")
    second = await change(world, value="Deux", note="Encore")
    detail = await guidance.version(actor=world.admin, version_id=second)
    assert [(each.leaf, each.before, each.after) for each in detail.changes] == [(CONSIGNE, "Un", "Deux")]
    detail = await guidance.version(actor=world.admin, version_id=first)
    assert [(each.leaf, each.before, each.after) for each in detail.changes] == [(CONSIGNE, SHIPPED, "Un")]
    third = await guidance.restore(actor=world.admin, version_id=first)
    assert guide.step("origin").consigne == "Un"
    lines = await guidance.versions(actor=world.admin)
    assert [(line.id, line.note, line.in_force) for line in lines] == [
        (third, f"Retour à la version {first}", True),
        (second, "Encore", False),
        (first, "Plus court", False),
    ]


async def test_back_to_the_guide_of_origin(world: World):
    await change(world)
    await guidance.restore(actor=world.admin, version_id=guidance.SHIPPED)
    assert guide.words() == guide.shipped()
    with pytest.raises(Invalid, match="nothing"):
        await guidance.restore(actor=world.admin, version_id=guidance.SHIPPED)


async def test_a_version_that_does_not_exist_is_said(world: World):
    for call in (guidance.restore, guidance.version):
        with pytest.raises(NotFound):
            await call(actor=world.admin, version_id=99)


async def test_another_process_takes_the_new_version_when_it_asks(world: World):
    await change(world)
    guide.use(None)  # as in a process that has not heard of it
    await guidance.refresh()
    assert guide.step("origin").consigne == SHIPPED  # this process believes that it is up to date
    async with transaction() as session:
        session.add(GuideVersion(content={"steps": {"origin": {"consigne": "D’ailleurs"}}}))
    await guidance.refresh()
    assert guide.step("origin").consigne == "D’ailleurs"


async def test_a_stored_version_of_another_release_never_breaks_the_guide(db: Database):
    async with transaction() as session:
        session.add(
            GuideVersion(
                content={
                    "steps": {"gone": {"consigne": "x"}, "origin": {"consigne": "", "minutes": 9}, "path": 3},
                    "fields": {"constat.text": {"max": 20}, "gone": {"label": "x"}},
                    "messages": {"gone": "x", "title_missing": "Un titre, s’il vous plaît."},
                    "else": [],
                }
            )
        )
    await guidance.refresh(anew=True)
    assert guide.step("origin").consigne == SHIPPED
    assert guide.step("origin").minutes == 9
    assert guide.field("constat.text").max_words == guide.shipped().fields["constat.text"].max
    assert guide.message("title_missing") == "Un titre, s’il vous plaît."
