"""The gabarits shown to administrators: who sees them, what the samples are."""

import pytest

from app.services import samples
from models.database import Database
from models.errors import NotAllowed, NotFound
from tests.pages.test_work_pages import enter  # noqa: F401  the application with its simulated browser
from tests.people import World, make_world

PAGE = "/administration/gabarits"


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world()


async def test_the_gabarits_are_for_administrators(enter, world):  # noqa: F811
    user = await enter(world.writer)
    await user.open(PAGE)
    await user.should_see("Les gabarits se voient par l’équipe de la fédération.")
    admin = await enter(world.admin)
    await admin.open(PAGE)
    for sign in (
        "Reportage",
        "Repères",
        "Manifeste",
        "Écrire un gabarit",
        "python main.py gabarit",
        "density_min",
    ):
        await admin.should_see(sign)


async def test_a_sample_is_a_picture_of_the_real_page(world):
    data = await samples.picture(actor=world.admin, gabarit="manifeste", palette="prune", page=0)
    assert data.startswith(b"\xff\xd8")
    assert data == await samples.picture(actor=world.admin, gabarit="manifeste", palette="prune", page=0)
    for wrong in ({"gabarit": "../reperes"}, {"palette": "rose"}, {"page": 9}):
        with pytest.raises(NotFound):
            await samples.picture(
                **{"actor": world.admin, "gabarit": "manifeste", "palette": "prune", "page": 0} | wrong
            )
    with pytest.raises(NotAllowed):
        await samples.picture(actor=world.writer, gabarit="manifeste", palette="prune", page=0)
