"""The editor behind its screen: when a draft exists, what two open pages do to each other, which pictures come in."""

import io
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI, Request
from httpx import ASGITransport, AsyncClient
from PIL import Image
from starlette.middleware.sessions import SessionMiddleware

from app.auth.session import log_in
from app.pages import uploads
from app.pages.editor_state import EditorState
from app.pages.editor_words import conflicts
from app.services import drafting, media
from models.content import FicheContent
from models.database import Database
from models.errors import IllegalTransition, NotAllowed
from tests.people import World, make_world


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world()


async def open_page(world: World, revision_id: int) -> EditorState:
    return EditorState.of(world.writer, await drafting.load(actor=world.writer, revision_id=revision_id))


async def stored(world: World, revision_id: int) -> FicheContent:
    return (await drafting.load(actor=world.writer, revision_id=revision_id)).content


async def test_opening_a_blank_form_creates_nothing_the_first_word_creates_one_draft(world: World):
    page = EditorState(
        world.writer, world.centre, await drafting.prefill(actor=world.writer, centre_id=world.centre)
    )
    assert await page.save() is None
    assert await drafting.list_mine(actor=world.writer) == []
    for serial, title in enumerate(("Q", "Quinze voisins"), 1):
        page.edit({"title": title}, serial)
        news = await page.save()
        assert news is not None
        assert (news.serial, news.refused) == (serial, {})
    cards = await drafting.list_mine(actor=world.writer)
    assert [(card.revision_id, card.title) for card in cards] == [(page.revision_id, "Quinze voisins")]


async def test_two_pages_in_different_fields_keep_both(world: World):
    draft = await world.draft()
    one, two = await open_page(world, draft.revision_id), await open_page(world, draft.revision_id)
    one.edit({"place": "Les Aubépines"}, 1)
    two.edit({"constat.title": "Plus de bus"}, 1)
    await one.save()
    news = await two.save()
    assert news is not None
    assert news.conflicts == {}
    content = await stored(world, draft.revision_id)
    assert (content.place, content.constat.title) == ("Les Aubépines", "Plus de bus")
    assert news.content == two.content == content
    heard = await one.refresh(two.version)
    assert heard is not None
    assert one.content == content
    assert await one.refresh(two.version) is None


async def test_two_pages_in_the_same_field_keep_mine_and_show_the_other(world: World):
    draft = await world.draft()
    one, two = await open_page(world, draft.revision_id), await open_page(world, draft.revision_id)
    one.edit({"constat.text": "La version du matin."}, 1)
    two.edit({"constat.text": "La version du soir."}, 1)
    await one.save()
    news = await two.refresh(one.version)
    assert news is not None
    assert news.conflicts == {"constat.text": "La version du matin."}
    assert (await stored(world, draft.revision_id)).constat.text == "La version du soir."
    shown = conflicts(news.conflicts)["constat.text"]
    assert shown["heading"] == "Ce passage a aussi été modifié ailleurs."
    assert shown["value"] == "La version du matin."


async def test_what_is_refused_is_told_and_the_rest_is_saved(world: World):
    draft = await world.draft()
    page = await open_page(world, draft.revision_id)
    before = page.content.start
    assert page.edit({"start": "20x4", "place": "Le port"}, 7)
    news = await page.save()
    assert news is not None
    assert (news.serial, news.refused) == (7, {"start": before})
    assert (await stored(world, draft.revision_id)).place == "Le port"
    assert list(page.errors) == ["start"]
    assert page.edit({"start": "2024"}, 8)
    assert page.errors == {}


async def test_a_page_left_open_cannot_write_once_the_fiche_is_proposed(world: World):
    draft = await world.draft()
    page = await open_page(world, draft.revision_id)
    await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    page.edit({"title": "Trop tard"}, 1)
    with pytest.raises((NotAllowed, IllegalTransition)):
        await page.save()
    assert page.dirty
    assert (await stored(world, draft.revision_id)).title == draft.content.title


# --- pictures -------------------------------------------------------------------------------------------------------


def picture(width: int = 1200, height: int = 800) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#0e5a63").save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.fixture
async def site(world: World) -> AsyncIterator[AsyncClient]:
    """The upload route alone, and a door to log in."""
    app = FastAPI()
    app.add_middleware(SessionMiddleware, secret_key="essai")

    @app.get("/entrer/{account_id}")
    async def enter(request: Request, account_id: int) -> None:
        log_in(request, account_id)

    uploads.register(app)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://site.example") as client:
        yield client


async def send(site: AsyncClient, revision_id: int, data: bytes) -> tuple[int, dict[str, object]]:
    answer = await site.post(f"/ecrire/photos?revision={revision_id}", files={"file": ("photo.jpg", data)})
    return answer.status_code, answer.json()


async def test_a_picture_is_stored_for_its_draft(site: AsyncClient, world: World):
    draft = await world.draft()
    await site.get(f"/entrer/{world.writer.id}")
    status, answer = await send(site, draft.revision_id, picture())
    assert (status, answer["width"], answer["height"]) == (200, 1200, 800)
    assert (media.folder() / f"{answer['media']}-827.jpg").exists()


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"<svg onload=alert(1)>", 422, "not_a_picture"),
        (picture(100, 100), 422, "too_small"),
        (b"\xff" * (media.MAX_BYTES + uploads.ENVELOPE + 1), 413, "too_big"),
    ],
    ids=["text", "small", "heavy"],
)
async def test_what_is_no_fit_picture_is_refused_with_a_sentence(
    site: AsyncClient, world: World, data: bytes, status: int, code: str
):
    draft = await world.draft()
    await site.get(f"/entrer/{world.writer.id}")
    assert await send(site, draft.revision_id, data) == (status, {"error": uploads.SENTENCES[code]})


async def test_a_picture_of_a_stranger_or_of_nobody_is_refused(site: AsyncClient, world: World):
    draft = await world.draft()
    assert (await send(site, draft.revision_id, picture()))[0] == 401
    await site.get(f"/entrer/{world.stranger.id}")
    assert await send(site, draft.revision_id, picture()) == (
        403,
        {"error": uploads.SENTENCES["not_allowed"]},
    )
    assert (await site.post(f"/ecrire/photos?revision={draft.revision_id}", content=b"x")).status_code == 400
