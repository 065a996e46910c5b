"""Each change is stored within a second, however one types and whatever fails on the way."""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable
from itertools import pairwise

import pytest

from app.pages.editor_input import LOST_ONE
from app.pages.editor_state import LATEST, PAUSE, Autosave, EditorState
from app.services import drafting, media
from models.content import Photo
from models.database import Database, transaction
from models.errors import NotAllowed
from models.people import Account
from models.written import MOST
from tests.people import World, make_world
from tests.pictures import file_of, picture


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world()


async def opened(world: World) -> EditorState:
    draft = await world.draft()
    return EditorState.of(
        world.writer, await drafting.load(actor=world.writer, revision_id=draft.revision_id)
    )


async def opened_again(state: EditorState) -> EditorState:
    """The same draft on another device."""
    return EditorState.of(
        state.actor, await drafting.load(actor=state.actor, revision_id=state.revision_id or 0)
    )


def saver(state: EditorState, stored: dict[int, float]) -> Callable[[], Awaitable[bool]]:
    async def save() -> bool:
        news = await state.save()
        if news is not None:
            stored[news.serial] = time.monotonic()
        return True

    return save


async def test_somebody_who_never_pauses_has_each_change_stored_within_a_second(world: World):
    state, stored, typed = await opened(world), {}, {}
    autosave = Autosave(saver(state, stored))
    text = ""
    for serial in range(1, 61):
        text += "a"
        typed[serial] = time.monotonic()
        state.edit({"place": text}, serial)
        autosave.touch()
        await asyncio.sleep(0.03)
    await asyncio.sleep(1)
    delays = [min(at for saved, at in stored.items() if saved >= serial) - at for serial, at in typed.items()]
    assert max(delays) < 1
    fresh = await drafting.load(actor=world.writer, revision_id=state.revision_id or 0)
    assert fresh.content.place == "a" * 60


async def test_a_slow_server_is_asked_less_often_but_never_later_than_the_limit():
    asked: list[float] = []

    async def slow() -> bool:
        asked.append(time.monotonic())
        await asyncio.sleep(0.15)
        return True

    autosave = Autosave(slow)
    for _ in range(50):
        autosave.touch()
        await asyncio.sleep(0.03)
    await asyncio.sleep(1)
    gaps = [later - earlier for earlier, later in pairwise(asked)]
    assert gaps
    assert all(0.3 < gap < LATEST + 0.15 + 0.1 for gap in gaps[1:-1])


async def test_how_late_the_server_gets_to_a_save_is_part_of_how_long_it_took(
    caplog: pytest.LogCaptureFixture,
):
    caplog.set_level(logging.INFO, "app.pages.editor_state")
    saved = asyncio.Event()

    async def quick() -> bool:
        saved.set()
        return True

    Autosave(quick).touch()
    await asyncio.sleep(0)
    time.sleep(PAUSE + 0.2)  # noqa: ASYNC251 - the server is busy with something else
    await saved.wait()
    await asyncio.sleep(0)
    assert float(re.findall(r"saved in ([\d.]+) ms", caplog.text)[0]) >= 200


async def test_a_change_made_during_a_save_is_not_forgotten():
    taken: list[int] = []
    value = 0

    async def save() -> bool:
        now = value
        await asyncio.sleep(0.1)
        taken.append(now)
        return True

    autosave = Autosave(save)
    value = 1
    autosave.touch()
    await asyncio.sleep(0.1)
    value = 2  # the first save is on its way
    autosave.touch()
    await asyncio.sleep(1)
    assert taken[-1] == 2


async def test_a_save_that_fails_is_tried_again_until_it_succeeds():
    tries = 0

    async def save() -> bool:
        nonlocal tries
        tries += 1
        if tries < 4:
            raise OSError("no space left")
        return True

    Autosave(save, retry=(0.05,)).touch()
    await asyncio.sleep(0.6)
    assert tries == 4


async def test_what_cannot_be_read_is_stored_as_it_was_typed_and_shown_again_until_it_is_mended(world: World):
    state = await opened(world)
    before = state.content.card.founded
    state.edit({"card.founded": "dix-neuf cent"}, 1)
    first = await state.save()
    state.edit({"place": "Le port"}, 2)
    second = await state.save()
    assert first is not None
    assert second is not None
    assert first.refused == second.refused == {}
    elsewhere = await opened_again(state)
    assert elsewhere.written.document()["card"]["founded"] == "dix-neuf cent"
    assert (elsewhere.content.card.founded, elsewhere.errors) == (before, state.errors)
    assert list(elsewhere.errors) == ["card.founded"]
    elsewhere.edit({"card.founded": "1987"}, 1)
    await elsewhere.save()
    mended = await opened_again(state)
    assert (mended.errors, mended.content.card.founded, mended.written.unread) == ({}, 1987, {})


async def test_a_wrong_first_answer_is_stored_with_the_draft_it_begins(world: World):
    content = await drafting.prefill(actor=world.writer, centre_id=world.centre)
    state = EditorState(world.writer, world.centre, content)
    state.edit({"start": "20x"}, 1)
    await state.save()
    elsewhere = await opened_again(state)
    assert (elsewhere.written.at("start"), list(elsewhere.errors)) == ("20x", ["start"])


async def test_a_refused_address_keeps_the_whole_list_as_it_was_typed(world: World):
    state = await opened(world)
    links = [
        {"label": "Un", "url": "javascript:alert(1)"},
        {"label": "Deux", "url": "https://exemple.example"},
    ]
    state.edit({"further.links": links}, 1)
    await state.save()
    elsewhere = await opened_again(state)
    assert elsewhere.written.at("further.links") == links
    assert [(link.label, link.url) for link in elsewhere.content.further.links] == [
        ("Un", ""),
        ("Deux", "https://exemple.example"),
    ]


async def test_a_text_beyond_all_bounds_stays_in_the_browser(world: World):
    state = await opened(world)
    summary = state.content.summary
    state.edit({"summary": "a" * (MOST + 1)}, 1)
    news = await state.save()
    assert news is not None
    assert news.refused == {"summary": summary}
    state.edit({"place": "Le port"}, 2)
    again = await state.save()
    assert again is not None
    assert again.refused == {"summary": summary}
    assert list(state.errors) == ["summary"]
    state.edit({"summary": "Plus court."}, 3)
    last = await state.save()
    assert last is not None
    assert (last.refused, state.errors) == ({}, {})


async def test_a_picture_that_is_not_stored_stays_in_the_browser_with_a_sentence_until_it_is_taken_out(
    world: World,
):
    page = await opened(world)
    own = await media.store(actor=world.writer, centre_id=world.centre, data=file_of(picture()))
    own_item, lost_item = (
        photo.model_dump(mode="json") for photo in (own, Photo(media="0" * 24, alt="Une table."))
    )
    page.edit({"photos": [own_item, lost_item]}, 1)
    news = await page.save()
    assert news is not None
    assert news.refused == {"photos": [own_item]}
    assert page.errors == {"photos": LOST_ONE.format(numbers=2)}
    page.edit({"photos": [own_item | {"alt": "Le four."}, lost_item]}, 2)
    news = await page.save()
    assert news is not None
    assert (list(news.refused), news.conflicts) == (["photos"], {})
    page.edit({"photos": [own_item | {"alt": "Le four."}]}, 3)
    news = await page.save()
    assert page.errors == {}
    assert news is None or (news.refused, news.conflicts) == ({}, {})
    fresh = await drafting.load(actor=world.writer, revision_id=page.revision_id or 0)
    assert [photo.alt for photo in fresh.content.photos] == ["Le four."]


async def test_an_account_closed_meanwhile_can_store_nothing_more(world: World, db: Database):
    state = await opened(world)
    state.edit({"place": "Avant"}, 1)
    await state.save()
    await close_account(world.writer.id)
    state.edit({"place": "Après"}, 2)
    with pytest.raises(NotAllowed):
        await state.save()
    assert state.dirty


async def close_account(account_id: int) -> None:
    async with transaction() as session:
        account = await session.get_one(Account, account_id)
        account.active = False
        session.add(account)
