"""An open editor when news was lost on its way: it looks again at everything that others may have changed."""

import asyncio
from typing import Any

import pytest

from app import live
from app.pages.editor_screen import EditorScreen
from app.services import drafting
from models.database import Database, transaction
from models.fiche import Revision
from tests.pages.test_work_pages import enter  # noqa: F401  the application with its simulated browser
from tests.people import World, make_world


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world()


def opened(revision_id: int) -> EditorScreen:
    """The screen of the only page that is open on a draft."""
    (heard,) = live._subscribers[f"revision:{revision_id}"]
    screen: Any = heard.__self__  # type: ignore[attr-defined]
    assert isinstance(screen, EditorScreen)
    return screen


async def settled() -> None:
    """Tell every page that news was lost, and wait until all have looked."""
    for topic in tuple(live._subscribers):
        live._tell(topic, {live.RESYNC: True})
    await asyncio.wait(tuple(live._running), timeout=10)


async def test_after_a_cut_an_editor_reads_what_was_written_and_set_aside_meanwhile(enter, world, caplog):  # noqa: F811
    draft = await world.draft()
    user = await enter(world.writer)
    await user.open(f"/ecrire/{draft.revision_id}")
    screen = opened(draft.revision_id)
    await screen.advice.look_again()
    key = "C-13|constat.text|0123456789ab"
    async with transaction() as session:  # by another process, whose word did not arrive
        revision = await session.get_one(Revision, draft.revision_id)
        revision.content = revision.content.model_copy(update={"place": "Le port"}, deep=True)
        revision.version += 1
        revision.ignored = [key]
        session.add(revision)
    await settled()
    assert screen.state.content.place == "Le port"
    assert screen.advice._standing.ignored == {key}
    assert "a live callback failed" not in caplog.text


async def test_news_lost_on_its_way_does_not_end_a_session(enter, world):  # noqa: F811
    draft = await world.draft()
    user = await enter(world.writer)
    await user.open(f"/ecrire/{draft.revision_id}")
    screen = opened(draft.revision_id)
    await settled()
    assert not screen.ended
    screen.edit({"place": "La gare"}, 1, {})
    await screen.save()
    stored = await drafting.load(actor=world.writer, revision_id=draft.revision_id)
    assert stored.content.place == "La gare"


async def test_after_a_cut_those_who_write_no_more_are_told(enter, world):  # noqa: F811
    draft = await world.draft()
    user = await enter(world.writer)
    await user.open(f"/ecrire/{draft.revision_id}")
    screen = opened(draft.revision_id)
    async with transaction() as session:
        revision = await session.get_one(Revision, draft.revision_id)
        revision.state = "proposee"
        session.add(revision)
    await settled()
    assert not screen.state.writable
