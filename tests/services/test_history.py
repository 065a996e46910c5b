"""The history of a draft: every state can be found again, at a reasonable grain, and nothing is lost by going back."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import col, func, select

from app import live
from app.permissions import Actor
from app.services import drafting, history, review, shelf
from models.columns import now
from models.content import FicheContent, Stage
from models.database import reading, transaction
from models.errors import Deleted, NotAllowed, NotFound
from models.fiche import Revision, Snapshot
from models.taxonomy import Ballot
from tests.clock import later
from tests.people import World, make_account

LONG = timedelta(minutes=3)


async def write(world: World, revision_id: int, actor: Actor | None = None, **changes: object) -> None:
    """Save as an open editor does."""
    actor = actor or world.writer
    draft = await drafting.load(actor=actor, revision_id=revision_id)
    await drafting.save(
        actor=actor,
        revision_id=revision_id,
        version=draft.version,
        base=draft.content,
        content=draft.content.model_copy(update=changes),
    )


async def titles(world: World, revision_id: int) -> list[str]:
    """Of every version, newest first."""
    found = await history.versions(actor=world.writer, revision_id=revision_id)
    looks = [
        await history.look(actor=world.writer, revision_id=revision_id, version=version.id)
        for version in found.versions
    ]
    return [look.content.title for look in looks]


async def count() -> int:
    async with reading() as session:
        return (await session.exec(select(func.count()).select_from(Snapshot))).one()


async def test_a_new_draft_has_its_present_version_only(world: World) -> None:
    draft = await world.draft(title="Un")
    found = await history.versions(actor=world.writer, revision_id=draft.revision_id)
    assert [(v.id, v.author, v.first, v.proposed) for v in found.versions] == [
        (None, "coordinatrice", False, False)
    ]
    assert await titles(world, draft.revision_id) == ["Un"]


async def test_typing_on_makes_one_version_in_two_minutes_not_one_a_save(world: World) -> None:
    draft = await world.draft(title="0")
    for number in range(1, 6):
        await write(world, draft.revision_id, title=str(number))
    assert await titles(world, draft.revision_id) == ["5", "0"]
    await later(LONG)
    await write(world, draft.revision_id, title="6")
    for number in range(7, 10):
        await write(world, draft.revision_id, title=str(number))
    assert await titles(world, draft.revision_id) == ["9", "6", "5", "0"]  # before the pause, and after it


async def test_coming_back_the_next_day_finds_the_last_words_of_the_day_before(world: World) -> None:
    draft = await world.draft(title="0")
    await write(world, draft.revision_id, title="le soir")
    await later(timedelta(hours=15))
    await write(world, draft.revision_id, title="le matin")
    found = await history.versions(actor=world.writer, revision_id=draft.revision_id)
    assert await titles(world, draft.revision_id) == ["le matin", "le soir", "0"]
    assert now() - found.versions[1].at > timedelta(hours=14)
    assert [version.first for version in found.versions] == [False, False, True]


async def test_a_save_that_takes_much_away_is_preceded_by_a_version(world: World) -> None:
    draft = await world.draft()
    await write(world, draft.revision_id, title="un")
    await write(world, draft.revision_id, title="deux")
    await write(world, draft.revision_id, summary="", constat=FicheContent().constat, title="trois")
    assert await titles(world, draft.revision_id) == ["trois", "deux", draft.content.title]


async def test_a_text_replaced_by_another_as_long_is_kept(world: World) -> None:
    draft = await world.draft(title="0")
    await write(world, draft.revision_id, summary="Le bus ne passait plus. " * 20, title="le premier")
    await write(world, draft.revision_id, summary="Un jardin est né là-bas. " * 20, title="le second")
    assert await titles(world, draft.revision_id) == ["le second", "le premier", "0"]


async def test_moving_long_items_makes_no_version(world: World) -> None:
    stages = [Stage(when=str(year), text=f"Ce qui arriva en {year}. " * 20) for year in (2021, 2022, 2023)]
    draft = await world.draft(stages=stages)
    await write(world, draft.revision_id, title="un")
    kept = await count()
    await write(world, draft.revision_id, stages=stages[::-1])
    assert await count() == kept


async def test_a_version_taken_back_has_its_unread_answers_and_keeps_those_of_now(world: World) -> None:
    draft = await world.draft()
    what = {"actor": world.writer, "revision_id": draft.revision_id}
    same = {"base": draft.content, "content": draft.content}
    await drafting.save(**what, **same, version=1, unread={"start": "20x"})
    await later(LONG)
    await drafting.save(**what, **same, version=2, unread={"end": "20y"})
    versions = (await history.versions(**what)).versions
    await history.restore(**what, version=versions[1].id or 0)
    assert (await drafting.load(**what)).unread == {"start": "20x"}
    newest = (await history.versions(**what)).versions[1]
    await history.restore(**what, version=newest.id or 0)
    assert (await drafting.load(**what)).unread == {"end": "20y"}


async def test_what_a_person_wrote_is_kept_when_another_one_goes_on(world: World) -> None:
    colleague = await make_account("malik", centres=(world.centre,))
    draft = await world.draft(title="0")
    await write(world, draft.revision_id, title="Awa")
    await later(timedelta(seconds=40))
    await write(world, draft.revision_id, colleague, title="Malik")
    found = await history.versions(actor=world.writer, revision_id=draft.revision_id)
    assert await titles(world, draft.revision_id) == ["Malik", "Awa", "0"]
    assert [version.author for version in found.versions] == ["malik", "coordinatrice", "coordinatrice"]


async def test_two_people_typing_at_once_do_not_make_a_version_each_second(world: World) -> None:
    colleague = await make_account("malik", centres=(world.centre,))
    draft = await world.draft(title="0")
    for number in range(10):
        await write(world, draft.revision_id, colleague if number % 2 else world.writer, title=f"{number} !")
    assert await count() == 1


async def test_a_save_that_changes_nothing_makes_no_version(world: World) -> None:
    draft = await world.draft()
    await later(LONG)
    await write(world, draft.revision_id)
    assert await count() == 0


async def test_a_heavy_fiche_is_kept_less_often(world: World) -> None:
    draft = await world.draft(title="0", summary="mot " * 4000, constat={"text": "mot " * 4900})
    await write(world, draft.revision_id, title="1")
    await later(timedelta(minutes=2, seconds=10))
    await write(world, draft.revision_id, title="2")
    assert await count() == 1
    await later(timedelta(minutes=3))
    await write(world, draft.revision_id, title="3")
    assert await titles(world, draft.revision_id) == ["3", "2", "0"]


async def test_old_versions_grow_sparse_when_a_new_one_is_kept(world: World) -> None:
    draft = await world.draft(title="0")
    for number in range(1, 13):
        await later(timedelta(minutes=3))
        await write(world, draft.revision_id, title=str(number))
    assert await count() == 12
    await later(timedelta(days=20))
    await write(world, draft.revision_id, title="bien plus tard")
    left = await titles(world, draft.revision_id)
    assert left[:2] == ["bien plus tard", "12"]
    assert left[-1] == "0"
    assert len(left) <= 4


# --- proposing ----------------------------------------------------------------------------------------------------


async def test_what_was_proposed_is_marked_and_stays(world: World) -> None:
    draft = await world.draft(title="Proposée la première fois")
    await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    found = await history.versions(actor=world.writer, revision_id=draft.revision_id)
    assert [(version.id, version.proposed) for version in found.versions] == [(None, True)]
    await world.vote(draft.revision_id, Ballot.CLARIFY)
    await review.decide(actor=world.near, revision_id=draft.revision_id, message="Précisez.")
    for number in range(8):
        await later(timedelta(minutes=4))
        await write(world, draft.revision_id, title=f"Précisée {number}")
    await later(timedelta(days=40))
    await write(world, draft.revision_id, title="Reprise")
    found = await history.versions(actor=world.writer, revision_id=draft.revision_id)
    kept = dict(zip(await titles(world, draft.revision_id), found.versions, strict=True))
    assert [title for title, version in kept.items() if version.proposed] == ["Proposée la première fois"]


# --- going back ---------------------------------------------------------------------------------------------------


async def test_going_back_is_a_save_like_another_and_loses_nothing(world: World) -> None:
    draft = await world.draft(title="Le début")
    await write(world, draft.revision_id, title="La suite", summary="Un résumé neuf.")
    heard: list[dict[str, object]] = []
    stop = live.subscribe(f"revision:{draft.revision_id}", heard.append)
    first = (await history.versions(actor=world.writer, revision_id=draft.revision_id)).versions[-1]
    reached = await history.restore(actor=world.writer, revision_id=draft.revision_id, version=first.id or 0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    stop()
    assert heard == [{"version": reached, "by": ""}]
    assert await titles(world, draft.revision_id) == ["Le début", "La suite", "Le début"]
    loaded = await drafting.load(actor=world.writer, revision_id=draft.revision_id)
    assert (loaded.content, loaded.version) == (draft.content, reached)
    back = (await history.versions(actor=world.writer, revision_id=draft.revision_id)).versions[1]
    await history.restore(actor=world.writer, revision_id=draft.revision_id, version=back.id or 0)
    assert (await titles(world, draft.revision_id))[0] == "La suite"


async def test_one_passage_is_taken_back_alone(world: World) -> None:
    draft = await world.draft(title="Le début")
    await write(world, draft.revision_id, title="La suite", summary="Un résumé neuf.")
    first = (await history.versions(actor=world.writer, revision_id=draft.revision_id)).versions[-1]
    await history.restore(
        actor=world.writer, revision_id=draft.revision_id, version=first.id or 0, path="summary"
    )
    loaded = await drafting.load(actor=world.writer, revision_id=draft.revision_id)
    assert (loaded.content.title, loaded.content.summary) == ("La suite", draft.content.summary)
    with pytest.raises(KeyError):
        await history.restore(
            actor=world.writer, revision_id=draft.revision_id, version=first.id or 0, path="card.__class__"
        )


async def test_colours_and_layout_come_back_too(world: World) -> None:
    draft = await world.draft()
    await drafting.save(
        actor=world.writer,
        revision_id=draft.revision_id,
        version=1,
        base=draft.content,
        content=draft.content,
        palette="prune",
    )
    first = (await history.versions(actor=world.writer, revision_id=draft.revision_id)).versions[-1]
    await history.restore(actor=world.writer, revision_id=draft.revision_id, version=first.id or 0)
    assert (await drafting.load(actor=world.writer, revision_id=draft.revision_id)).palette == "lagune"


async def test_an_editor_with_unsaved_words_keeps_them_when_somebody_goes_back(world: World) -> None:
    draft = await world.draft(title="Le début", place="")
    await write(world, draft.revision_id, title="La suite")
    open_page = await drafting.load(actor=world.writer, revision_id=draft.revision_id)
    first = (await history.versions(actor=world.writer, revision_id=draft.revision_id)).versions[-1]
    await history.restore(actor=world.writer, revision_id=draft.revision_id, version=first.id or 0)
    saved = await drafting.save(
        actor=world.writer,
        revision_id=draft.revision_id,
        version=open_page.version,
        base=open_page.content,
        content=open_page.content.model_copy(update={"place": "Les Aubépines"}),
    )
    assert (saved.content.title, saved.content.place, saved.conflicts) == ("Le début", "Les Aubépines", [])


async def test_the_history_belongs_to_the_centre(world: World) -> None:
    draft = await world.proposed()
    for actor in (world.stranger, world.near, world.admin):
        with pytest.raises(NotAllowed):
            await history.versions(actor=actor, revision_id=draft.revision_id)
        with pytest.raises(NotAllowed):
            await history.look(actor=actor, revision_id=draft.revision_id, version=None)
        with pytest.raises(NotAllowed):
            await history.restore(actor=actor, revision_id=draft.revision_id, version=1)


async def test_what_the_committee_reads_is_not_changed_by_going_back(world: World) -> None:
    draft = await world.draft(title="Le début")
    await write(world, draft.revision_id, title="La suite")
    await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    first = (await history.versions(actor=world.writer, revision_id=draft.revision_id)).versions[-1]
    with pytest.raises(NotAllowed):
        await history.restore(actor=world.writer, revision_id=draft.revision_id, version=first.id or 0)
    assert (await titles(world, draft.revision_id))[0] == "La suite"


async def test_the_version_of_another_fiche_is_not_found(world: World) -> None:
    one, other = await world.draft(title="Un"), await world.draft(title="Deux")
    await write(world, other.revision_id, title="Trois")
    foreign = (await history.versions(actor=world.writer, revision_id=other.revision_id)).versions[-1]
    for version in (foreign.id, 9999):
        with pytest.raises(NotFound):
            await history.look(actor=world.writer, revision_id=one.revision_id, version=version)
        with pytest.raises(NotFound):
            await history.restore(actor=world.writer, revision_id=one.revision_id, version=version or 0)
    with pytest.raises(NotFound):
        await history.versions(actor=world.writer, revision_id=9999)


async def test_a_draft_in_the_bin_shows_no_history(world: World) -> None:
    draft = await world.draft()
    await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    with pytest.raises(Deleted):
        await history.versions(actor=world.writer, revision_id=draft.revision_id)


async def test_saves_that_race_keep_every_state_at_most_once(world: World) -> None:
    draft = await world.draft(title="0")
    await write(world, draft.revision_id, title="1")
    await later(LONG)
    results = await asyncio.gather(
        *[write(world, draft.revision_id, place=str(number)) for number in range(5)], return_exceptions=True
    )
    assert [result for result in results if result is not None] == []
    async with reading() as session:
        versions = (await session.exec(select(Snapshot.version).order_by(col(Snapshot.id)))).all()
    assert list(versions) == [1, 2, 3]


async def test_a_revision_written_before_there_was_a_history_gets_one(world: World) -> None:
    draft = await world.draft(title="D’avant")
    async with transaction() as session:
        revision = await session.get_one(Revision, draft.revision_id)
        revision.version, revision.saved_by = 40, None
        session.add(revision)
    await write(world, draft.revision_id, title="D’après")
    found = await history.versions(actor=world.writer, revision_id=draft.revision_id)
    assert [(version.author, version.first) for version in found.versions] == [
        ("coordinatrice", False),
        ("", False),
    ]
    assert await titles(world, draft.revision_id) == ["D’après", "D’avant"]
