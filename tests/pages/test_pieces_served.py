"""Downloads: strong fingerprints, lengths, names for people, and a kind page when a piece is not ready."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from starlette.middleware.gzip import GZipMiddleware

from app import public
from app.server import PACKED
from app.services import pieces, press, publication
from app.settings import Settings
from layouts.catalogue import PIECES
from layouts.piece import Piece
from layouts.site import environment
from models.database import Database
from tests.people import World, make_world
from tests.services import bad_work

SITE = "http://site.example"
SLUG = "quinze-voisins-conduisent-ceux-qui-n-ont-pas-de-voiture"
TITLE = Piece("affiche.pdf", "Le titre", "application/pdf", bad_work.title_piece)


@pytest.fixture
async def site(db: Database, tmp_path: Path) -> AsyncIterator[AsyncClient]:
    settings = Settings(public_url=SITE, data_dir=tmp_path, contact_email="contact@site.example")
    environment.configure(address=SITE, publisher=settings.publisher, contact=settings.contact_email)
    app = FastAPI()
    app.add_middleware(GZipMiddleware, minimum_size=16, exclude_content_types=PACKED)
    public.register(app, settings)
    async with AsyncClient(transport=ASGITransport(app), base_url=SITE) as client:
        yield client
    pieces.failures.clear()
    pieces._seen.version = -1
    press.configure(ahead=True)


@pytest.fixture
async def world(db: Database, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setitem(PIECES, TITLE.name, TITLE)
    return await make_world()


async def test_a_piece_is_sent_with_its_length_fingerprint_and_name(site: AsyncClient, world: World) -> None:
    draft = await world.published()
    answer = await site.get(f"/fiches/{SLUG}/affiche.pdf")
    headers = answer.headers
    assert (answer.status_code, answer.text) == (200, draft.content.title)
    assert (headers["content-type"], headers["content-length"]) == (
        "application/pdf",
        str(len(answer.content)),
    )
    assert headers["etag"][0] == headers["etag"][-1] == '"'
    assert "content-encoding" not in headers
    assert unquote(headers["content-disposition"]).endswith(f"C’est possible – {SLUG} – affiche.pdf")
    head = await site.head(f"/fiches/{SLUG}/affiche.pdf")
    assert (head.status_code, head.content, head.headers["content-length"]) == (
        200,
        b"",
        headers["content-length"],
    )


@pytest.mark.parametrize(
    ("held", "status"),
    [("{}", 304), ("W/{}", 304), ('"other", {}', 304), ("*", 304), ('"other"', 200), ("", 200)],
)
async def test_what_the_browser_has_already_is_not_sent_again(
    site: AsyncClient, world: World, held: str, status: int
) -> None:
    await world.published()
    etag = (await site.get(f"/fiches/{SLUG}/affiche.pdf")).headers["etag"]
    answer = await site.get(f"/fiches/{SLUG}/affiche.pdf", headers={"If-None-Match": held.format(etag)})
    assert (answer.status_code, bool(answer.content), answer.headers["etag"]) == (status, status == 200, etag)


async def test_a_withdrawn_piece_is_gone_and_an_unknown_one_was_never_there(
    site: AsyncClient, world: World
) -> None:
    draft = await world.published()
    etag = (await site.get(f"/fiches/{SLUG}/affiche.pdf")).headers["etag"]
    await publication.archive(actor=world.writer, fiche_id=draft.fiche_id)
    held = {"If-None-Match": etag}
    assert (await site.get(f"/fiches/{SLUG}/affiche.pdf", headers=held)).status_code == 410
    assert (await site.get("/fiches/inconnue/affiche.pdf")).status_code == 404


@pytest.mark.parametrize("path", ["/autre.pdf", "/..%2Faffiche.pdf", "/affiche.pdf%00", "/%ed%a0%80"])
async def test_a_piece_that_does_not_exist_is_not_found(site: AsyncClient, world: World, path: str) -> None:
    await world.published()
    answer = await site.get(f"/fiches/{SLUG}{path}")
    assert answer.status_code == 404
    assert "retirée" not in answer.text


async def test_a_piece_that_fails_says_so_kindly_and_offers_to_try_again(
    site: AsyncClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PIECES, TITLE.name, replace(TITLE, make=bad_work.wrong_piece))
    await world.published()
    answer = await site.get(f"/fiches/{SLUG}/affiche.pdf")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "20")
    assert "Ce document n’est pas encore prêt" in answer.text
    assert f'href="/fiches/{SLUG}/affiche.pdf">Réessayer' in answer.text
    assert (await site.get(f"/fiches/{SLUG}")).status_code == 200


async def test_the_page_says_whether_what_is_missing_comes_by_itself(site: AsyncClient, world: World) -> None:
    await world.published()
    for ahead, said in ((True, "PDF en préparation"), (False, "PDF fait à la demande")):
        press.configure(ahead=ahead)
        publication.bump()
        page = (await site.get(f"/fiches/{SLUG}")).text
        assert [each for each in ("PDF en préparation", "PDF fait à la demande") if each in page] == [said]
