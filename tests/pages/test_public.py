"""The public pages: what they say, how they are cached, what they refuse kindly."""

import itertools
import re
from collections.abc import AsyncIterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pypdfium2 import PdfDocument

from app import public
from app.middleware import SecurityHeaders
from app.services import publication
from app.settings import Settings
from layouts import trials
from layouts.catalogue import LARGE, PIECES
from layouts.setting import Fit
from layouts.site import environment
from models.database import Database, transaction
from models.fiche import Revision
from tests.people import World, make_world

SITE = "http://site.example"
FIXED = [
    "/",
    "/fiches",
    "/aide",
    "/ecriture-rapide",
    "/plan-du-site",
    "/mentions-legales",
    "/donnees-personnelles",
    "/accessibilite",
]
HOSTILE = '<script>alert(1)</script> & "Cie"'


@pytest.fixture
async def site(db: Database, tmp_path: Path) -> AsyncIterator[AsyncClient]:
    """The public routes alone, behind the security headers."""
    settings = Settings(public_url=SITE, data_dir=tmp_path, contact_email="contact@site.example")
    environment.configure(address=SITE, publisher=settings.publisher, contact=settings.contact_email)
    app = FastAPI()
    app.add_middleware(SecurityHeaders, is_work=lambda _path: False)
    public.register(app, settings)
    async with AsyncClient(transport=ASGITransport(app), base_url=SITE) as client:
        yield client


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world()


async def address_of_the_only_fiche(site: AsyncClient) -> str:
    found = re.findall(
        r"<loc>http://site\.example(/fiches/[^<]+)</loc>", (await site.get("/sitemap.xml")).text
    )
    assert len(found) == 1
    return str(found[0])


@pytest.mark.parametrize("path", FIXED)
async def test_an_empty_site_stands(site: AsyncClient, path: str):
    answer = await site.get(path)
    assert answer.status_code == 200
    assert len(re.findall("<h1", answer.text)) == 1
    assert 'href="/accessibilite">Accessibilité\u00a0: non conforme</a>' in answer.text


@pytest.mark.parametrize("path", FIXED)
async def test_no_page_needs_an_exception_of_the_content_policy(site: AsyncClient, world: World, path: str):
    await world.published()
    for address in (path, await address_of_the_only_fiche(site)):
        page = (await site.get(address)).text
        text = re.sub(r"<textarea [^>]*>[^<]*</textarea>", "", page)  # what is to be copied is text here
        assert not re.findall(
            r"<style|\sstyle=|\son\w+=|<script(?! src=| type=\"application/ld\+json\")", text
        )


async def test_headings_leave_no_gap(site: AsyncClient, world: World):
    await world.published()
    for path in [
        *FIXED,
        await address_of_the_only_fiche(site),
        "/themes/mobilite",
        "/territoires/charente",
        "/rien",
    ]:
        text = re.sub(r"<footer.*", "", (await site.get(path)).text, flags=re.DOTALL)
        levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (
            path,
            levels,
        )


async def test_a_published_fiche_shows_everywhere_at_once(site: AsyncClient, world: World):
    assert "Quinze voisins" not in (await site.get("/")).text
    await world.published()
    address = await address_of_the_only_fiche(site)
    for path in (
        "/",
        "/fiches",
        "/fiches?q=CONFOLENS&theme=mobilite&public=seniors&departement=16",
        "/themes/mobilite",
        "/territoires/charente",
        "/territoires/federation-nord",
        "/centres/centre-social-les-tilleuls",
    ):
        assert f'href="{address}"' in (await site.get(path)).text, path
    assert "Quinze voisins" in (await site.get("/flux")).text
    page = await site.get(address)
    assert page.status_code == 200
    assert "<h1" in page.text
    assert f'<link rel="canonical" href="{SITE}{address}">' in page.text


async def test_the_sentence_counts_in_good_french(site: AsyncClient, world: World):
    await world.published()
    text = (await site.get("/fiches?theme=mobilite&departement=16")).text
    assert ">1\u00a0fiche sur la mobilité en Charente</h2>" in text


async def test_values_that_make_no_sense_are_left_aside_with_a_note(site: AsyncClient, world: World):
    await world.published()
    answer = await site.get(
        "/fiches", params={"theme": "rien", "departement": "999", "federation": HOSTILE, "page": "-3"}
    )
    assert answer.status_code == 200
    assert answer.text.count("n’existe pas\u00a0: nous cherchons sans.") == 3
    assert "<script>alert" not in answer.text
    assert "1\u00a0fiche à découvrir" in answer.text


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%ff", "page=99999999999999999999", "page=%C2%B2", "q=" + "a" * 5000, "theme=%F0%9F"]
)
async def test_no_address_of_the_gallery_breaks_it(site: AsyncClient, query: str):
    assert (await site.get(f"/fiches?{query}")).status_code == 200


async def test_a_search_without_result_says_what_to_give_up(site: AsyncClient, world: World):
    await world.published()
    text = (await site.get("/fiches?q=introuvable&theme=mobilite")).text
    assert 'href="/fiches?theme=mobilite" data-live>sans «\u00a0introuvable\u00a0»</a>' in text


async def test_the_fragment_holds_only_what_changes(site: AsyncClient, world: World):
    await world.published()
    text = (await site.get("/fiches?fragment=1&theme=mobilite")).text
    assert "site-header" not in text
    for part in ('id="resultats"', 'id="carte"', 'name="federation"'):
        assert part in text


async def test_a_département_is_a_link_of_the_map_and_of_the_list_with_its_count(
    site: AsyncClient, world: World
):
    await world.published()
    text = (await site.get("/fiches?theme=mobilite")).text
    assert (
        'href="/fiches?theme=mobilite&amp;departement=16" aria-label="Charente (16)\u00a0: 1\u00a0fiche"'
        in text
    )
    assert '<a href="/fiches?theme=mobilite&amp;departement=16" data-live>Charente (16)</a>' in text


async def test_a_page_that_has_not_changed_is_not_sent_again(site: AsyncClient, world: World):
    await world.published()
    address = await address_of_the_only_fiche(site)
    for path in ("/", "/fiches", address, "/flux"):
        first = await site.get(path)
        again = await site.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    before = (await site.get("/")).headers["etag"]
    await world.published(title="Une deuxième fiche, pour voir")
    assert (await site.get("/", headers={"If-None-Match": before})).status_code == 200


async def test_pages_are_the_same_for_everyone(site: AsyncClient, world: World):
    await world.published()
    for path in (*FIXED, await address_of_the_only_fiche(site)):
        answer = await site.get(path, headers={"Cookie": "cestpossible=quelque-chose"})
        assert "set-cookie" not in answer.headers
        assert answer.text == (await site.get(path)).text


async def test_a_withdrawn_fiche_is_gone_and_an_unknown_one_was_never_there(site: AsyncClient, world: World):
    draft = await world.published()
    address = await address_of_the_only_fiche(site)
    await publication.archive(actor=world.admin, fiche_id=draft.fiche_id)
    assert (await site.get(address)).status_code == 410
    assert (await site.get(f"{address}.pdf")).status_code == 410
    for path in (
        "/fiches/inconnue",
        "/fiches/inconnue.pdf",
        "/centres/inconnu",
        "/themes/inconnu",
        "/territoires/inconnu",
    ):
        assert (await site.get(path)).status_code == 404, path


async def test_the_pdf_has_its_weight_in_the_link_and_an_etag(site: AsyncClient, world: World):
    await world.published()
    address = await address_of_the_only_fiche(site)
    pdf = await site.get(f"{address}.pdf")
    assert (pdf.status_code, pdf.headers["content-type"], pdf.content[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
    assert (
        await site.get(f"{address}.pdf", headers={"If-None-Match": pdf.headers["etag"]})
    ).status_code == 304
    assert int(pdf.headers["content-length"]) == len(pdf.content)
    pages = len(PdfDocument(pdf.content))
    assert pages >= 2
    weight = f"PDF, {pages}\u00a0pages, {len(pdf.content) / 1000:.0f}\u00a0ko"
    assert weight in (await site.get(address)).text


async def test_pictures_that_had_no_room_on_paper_are_on_the_page(site: AsyncClient, world: World):
    draft = await world.published()
    async with transaction() as session:
        revision = await session.get_one(Revision, draft.revision_id)
        revision.content = revision.content.model_copy(update={"photos": trials.made(60, 3).photos})
        revision.fit = Fit(photos=1).to_dict()
        session.add(revision)
    page = (await site.get(await address_of_the_only_fiche(site))).text
    assert {found[-1] for found in re.findall(r"essai-photo-\d", page)} == {"0", "1", "2"}


async def test_every_piece_of_a_fiche_is_linked_with_its_weight_and_can_be_fetched(
    site: AsyncClient, world: World
):
    await world.published()
    address = await address_of_the_only_fiche(site)
    text = (await site.get(address)).text
    for name, piece in PIECES.items():
        assert f'href="{address}/{name}"' in text, name
        answer = await site.get(f"{address}/{name}")
        assert answer.status_code == 200, name
        assert answer.headers["content-type"].partition(";")[0] == piece.media_type
    text = (await site.get(address)).text
    assert "en préparation" not in text
    assert f'<meta property="og:image" content="{SITE}{address}/{LARGE.name}">' in text
    assert "(PNG, " in text
    assert "(ZIP, " in text


async def test_hostile_text_comes_out_as_text(site: AsyncClient, world: World):
    await world.published(title=f"Un titre {HOSTILE}", accroche=HOSTILE)
    address = await address_of_the_only_fiche(site)
    for path in ("/", "/fiches", address, "/flux", "/themes/mobilite", "/centres/centre-social-les-tilleuls"):
        text = (await site.get(path)).text
        assert "<script>alert" not in text, path
        assert "alert(1)" in text, path
    ElementTree.fromstring((await site.get("/flux")).text)
    ElementTree.fromstring((await site.get("/sitemap.xml")).text)


async def test_the_code_of_a_département_leads_to_its_page(site: AsyncClient):
    answer = await site.get("/territoires/2a")
    assert (answer.status_code, answer.headers["location"]) == (301, "/territoires/corse-du-sud")


async def test_the_declaration_of_accessibility_has_what_the_law_asks(site: AsyncClient):
    text = (await site.get("/accessibilite")).text
    for item in (
        "non conforme",
        "4.1.2",
        "Dérogations",
        "Technologies",
        "Environnement de test",
        "Défenseur des droits",
        "Libre réponse 71120",
        "contact@site.example",
        "Schéma pluriannuel",
        "plan d’action",
        "Pages à vérifier",
    ):
        assert item.lower() in text.lower(), item
