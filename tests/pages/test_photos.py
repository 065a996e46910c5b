"""The routes of the pictures: what comes in, what is refused with which sentence, what is served."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI, Request
from httpx import ASGITransport, AsyncClient
from starlette.middleware.sessions import SessionMiddleware

from app.auth.session import log_in
from app.kept import Pictures
from app.pages import uploads
from app.services import media
from models.database import Database
from tests.people import World, make_world
from tests.pictures import SVG, file_of, heic
from tests.pictures import picture as drawn


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world()


def picture(width: int = 1200, height: int = 800) -> bytes:
    return file_of(drawn(width, height))


@pytest.fixture
async def site(world: World) -> AsyncIterator[AsyncClient]:
    """The routes of the pictures alone, and a door to log in."""
    app = FastAPI()
    app.add_middleware(SessionMiddleware, secret_key="essai")
    app.mount("/medias", Pictures(directory=media.folder()))

    @app.get("/entrer/{account_id}")
    async def enter(request: Request, account_id: int) -> None:
        log_in(request, account_id)

    uploads.register(app)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://site.example") as client:
        yield client


async def send(site: AsyncClient, revision_id: int, data: bytes) -> tuple[int, dict[str, object]]:
    answer = await site.post(f"/ecrire/photos?revision={revision_id}", files={"file": ("photo.jpg", data)})
    return answer.status_code, answer.json()


def refusal(code: str) -> dict[str, object]:
    return {"error": uploads.SENTENCES[code], "again": code in uploads.PASSING}


@pytest.mark.parametrize("data", [picture(), heic(drawn(1200, 800))], ids=["JPEG", "HEIC"])
async def test_a_picture_is_stored_for_its_draft(site: AsyncClient, world: World, data: bytes):
    draft = await world.draft()
    await site.get(f"/entrer/{world.writer.id}")
    status, answer = await send(site, draft.revision_id, data)
    assert (status, answer["width"], answer["height"], answer["crop"]) == (200, 1200, 800, "")
    assert (media.folder() / f"{answer['media']}-827.jpg").exists()


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (SVG, 422, "svg"),
        (b"Bonjour", 422, "not_a_picture"),
        (picture()[:5000], 422, "damaged"),
        (picture(100, 100), 422, "too_small"),
        (picture() + b"<?php system($_GET[0]); ?>", 422, "foreign"),
        (b"\xff" * (media.MAX_BYTES + uploads.ENVELOPE + 1), 413, "too_big"),
    ],
    ids=["svg", "text", "half", "small", "php", "heavy"],
)
async def test_what_is_no_fit_picture_is_refused_with_a_sentence(
    site: AsyncClient, world: World, data: bytes, status: int, code: str
):
    draft = await world.draft()
    await site.get(f"/entrer/{world.writer.id}")
    assert await send(site, draft.revision_id, data) == (status, refusal(code))


def test_every_refusal_has_its_sentence():
    sources = ("too_big", "too_many_pixels", "too_small", "too_stretched", "damaged", "not_a_picture", "svg")
    codes = {*sources, "gif", "pdf", "other_picture", "video", "archive", "foreign", "too_many_today"}
    codes |= {"crop_wrong", "crop_too_small", "crop_too_many", "logged_out", "not_allowed", "unreadable"}
    assert set(uploads.SENTENCES) == codes
    assert all(len(sentence) > 30 and sentence.endswith(".") for sentence in uploads.SENTENCES.values())


async def test_several_pictures_sent_at_once_are_all_stored(site: AsyncClient, world: World):
    draft = await world.draft()
    await site.get(f"/entrer/{world.writer.id}")
    answers = await asyncio.gather(
        *[send(site, draft.revision_id, picture(900 + number)) for number in range(6)]
    )
    assert [status for status, _ in answers] == [200] * 6
    assert len({answer["media"] for _, answer in answers}) == 6


async def test_a_picture_of_a_stranger_or_of_nobody_is_refused(site: AsyncClient, world: World):
    draft = await world.draft()
    assert await send(site, draft.revision_id, picture()) == (401, refusal("logged_out"))
    await site.get(f"/entrer/{world.stranger.id}")
    assert await send(site, draft.revision_id, picture()) == (403, refusal("not_allowed"))
    assert (await site.post(f"/ecrire/photos?revision={draft.revision_id}", content=b"x")).status_code == 400


async def test_a_picture_is_cropped_by_its_writer_only(site: AsyncClient, world: World):
    draft = await world.draft()
    await site.get(f"/entrer/{world.writer.id}")
    _, stored = await send(site, draft.revision_id, picture())
    wish = {"revision": draft.revision_id, "media": stored["media"], "crop": "250-0-500-1000"}
    answer = await site.post("/ecrire/photos/cadrage", json=wish)
    assert answer.status_code == 200
    assert answer.json() == {
        "media": stored["media"],
        "crop": "250-0-500-1000",
        "width": 600,
        "height": 800,
    }
    served = await site.get(f"/medias/{stored['media']}-c250-0-500-1000-827.webp")
    assert (served.status_code, served.headers["content-type"]) == (200, "image/webp")
    small = await site.post("/ecrire/photos/cadrage", json=wish | {"crop": "0-0-100-1000"})
    assert (small.status_code, small.json()) == (422, refusal("crop_too_small"))
    assert (await site.post("/ecrire/photos/cadrage", json=wish | {"media": 5})).status_code == 422
    await site.get(f"/entrer/{world.stranger.id}")
    foreign = await site.post("/ecrire/photos/cadrage", json=wish)
    assert (foreign.status_code, foreign.json()) == (403, refusal("not_allowed"))
    site.cookies.clear()
    assert (await site.post("/ecrire/photos/cadrage", json=wish)).status_code == 401


async def test_pictures_are_served_for_long_and_nothing_else_of_their_folder(site: AsyncClient, world: World):
    draft = await world.draft()
    await site.get(f"/entrer/{world.writer.id}")
    _, stored = await send(site, draft.revision_id, picture())
    name = f"{stored['media']}-400"
    (media.folder() / f"{name}.webp").unlink()
    (media.folder() / f"{name}.part").write_bytes(b"half")
    (media.folder() / "notes.txt").write_bytes(b"private")
    for suffix, kind in (("jpg", "image/jpeg"), ("webp", "image/webp")):
        answer = await site.get(f"/medias/{name}.{suffix}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
        assert answer.headers["cache-control"] == "public, max-age=2592000"
    private = f"../originaux/{stored['media']}.jpg"
    for path in (f"{name}.part", "notes.txt", private, private.replace("/", "%2F"), f"{stored['media']}.jpg"):
        assert (await site.get(f"/medias/{path}")).status_code == 404
    assert (await site.get(f"/medias/{'0' * 24}-400.webp")).status_code == 404
