"""Making a booklet: who may, what is chosen, what is said meanwhile, the file at the end."""

from collections.abc import Iterator

import pytest
from nicegui.testing import User

from app.services import rendering
from models.database import Database
from tests.pages.test_work_pages import enter  # noqa: F401  the application with its simulated browser
from tests.people import World, make_world

PAGE = "/administration/brochures"


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world()


@pytest.fixture(scope="module", autouse=True)
def workers() -> Iterator[None]:
    yield
    rendering.close()


async def test_booklets_are_for_administrators(enter, world):  # noqa: F811
    user = await enter(world.writer)
    await user.open(PAGE)
    await user.should_see("Les brochures se préparent par l’équipe de la fédération.")
    admin = await enter(world.admin)
    await admin.open(PAGE)
    await admin.should_see("Aucune fiche n’est encore publiée")
    await admin.open("/administration")
    await admin.should_see("Relier une brochure")


async def test_the_form_offers_the_territories_that_have_a_fiche(enter, world):  # noqa: F811
    await world.published()
    admin: User = await enter(world.admin)
    await admin.open(PAGE)
    await admin.should_see("1\u00a0fiche choisie sur 1")
    await admin.should_see("Charente (16)")
    await admin.should_not_see("Nord (59)")


async def test_a_booklet_is_sent_to_administrators_only(enter, world):  # noqa: F811
    admin: User = await enter(world.admin)
    absent = await admin.http_client.get(f"{PAGE}/{'0' * 32}.pdf")
    assert (absent.status_code, "Cette page n’existe pas" in absent.text) == (404, True)
    writer: User = await enter(world.writer)
    assert (await writer.http_client.get(f"{PAGE}/{'0' * 32}.pdf")).status_code == 403
