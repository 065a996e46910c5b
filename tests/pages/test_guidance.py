"""The pages of the guide: who comes in, what they show, what a centre reads afterwards."""

import asyncio
from collections.abc import Iterator

import pytest

from app.services import guidance
from components.guide_form import GuideForm
from components.guided_step import GuidedStep
from models import guide
from models.database import Database
from tests.pages.test_work_pages import enter  # noqa: F401  the application with its simulated browser
from tests.people import World, make_world

STEP = "/administration/guide/etape/origin"
CONSIGNE = "steps/origin/consigne"


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world()


@pytest.fixture(autouse=True)
def shipped_again() -> Iterator[None]:
    yield
    guide.use(None)


def form(user) -> GuideForm:
    return next(iter(user.find(GuideForm).elements))


def preview(user) -> dict:
    return next(iter(user.find(GuidedStep).elements))._props["step"]


@pytest.mark.parametrize(
    "path",
    ["/administration/guide", STEP, "/administration/guide/verifications", "/administration/guide/version/1"],
)
async def test_the_guide_is_closed_to_everybody_else(enter, world, path):  # noqa: F811
    for actor in (world.writer, world.near):
        user = await enter(actor)
        await user.open(path)
        await user.should_see("Le guide se change par l’équipe de la fédération.")
        await user.should_not_see(kind=GuideForm)


async def test_a_step_shows_its_words_and_the_preview_follows(enter, world):  # noqa: F811
    user = await enter(world.admin)
    await user.open(STEP)
    assert form(user)._props["values"][CONSIGNE] == guide.step("origin").consigne
    user.find(GuideForm).trigger("change", {CONSIGNE: "Racontez le début.", "steps/origin/minutes": 99})
    await user.should_see(GuidedStep)
    assert (preview(user)["consigne"], preview(user)["minutes"]) == ("Racontez le début.", 8)
    assert guide.step("origin").consigne != "Racontez le début."  # nobody else sees it yet


async def test_what_is_saved_is_what_a_centre_reads(enter, world):  # noqa: F811
    user = await enter(world.admin)
    await user.open(STEP)
    user.find(GuideForm).trigger(
        "save", {"edits": {CONSIGNE: "Racontez le début."}, "seen": {}, "note": "Plus court"}
    )
    for _ in range(200):  # the page saves on its own
        if await guidance.versions(actor=world.admin):
            break
        await asyncio.sleep(0.02)
    await user.open("/administration/guide")
    await user.should_see("Version 1")
    centre = await enter(world.writer)
    await centre.open("/ecrire/nouvelle?etape=origin")
    assert preview(centre)["consigne"] == "Racontez le début."


async def test_a_version_is_shown_word_by_word_and_stays_in_the_list(enter, world):  # noqa: F811
    await guidance.save(
        actor=world.admin, edits={CONSIGNE: "Que se passait-il ailleurs ?"}, seen={}, note="Essai"
    )
    user = await enter(world.admin)
    await user.open("/administration/guide/version/1")
    await user.should_see("Essai")
    await user.should_see("ailleurs")
    await guidance.restore(actor=world.admin, version_id=guidance.SHIPPED)
    await user.open("/administration/guide")
    await user.should_see("Version 2")
    await user.should_see("Revenir à la version 1")


@pytest.mark.parametrize("path", ["/administration/guide/version/99", "/administration/guide/etape/nulle"])
async def test_what_does_not_exist_is_said(enter, world, path):  # noqa: F811
    user = await enter(world.admin)
    await user.open(path)
    await user.should_see("n’existe pas")
