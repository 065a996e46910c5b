"""In "Mes fiches": how far the pieces of a published fiche are, and what to do when one fails."""

import asyncio
from dataclasses import replace

import pytest
from nicegui.testing import User

from app import live
from app.services import pieces, press, rendering
from layouts.catalogue import PIECES
from layouts.piece import Piece
from models.database import Database
from tests.pages.test_history import press as press_button
from tests.pages.test_work_pages import enter  # noqa: F401  the application with its simulated browser
from tests.people import World, make_world
from tests.services import bad_work

SLUG = "quinze-voisins-conduisent-ceux-qui-n-ont-pas-de-voiture"
SLOW = Piece("lent.txt", "Le texte lent", "text/plain", bad_work.slow_piece)
WRONG = Piece("faux.txt", "Le texte faux", "text/plain", bad_work.wrong_piece)


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world()


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch):
    for name in tuple(PIECES):
        monkeypatch.delitem(PIECES, name)
    yield
    pieces.failures.clear()
    press._fiches.clear()
    rendering.close()


async def test_the_progress_is_told_until_all_is_there(
    enter,  # noqa: F811
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for kind in (replace(SLOW, name="un.txt"), replace(SLOW, name="deux.txt")):
        monkeypatch.setitem(PIECES, kind.name, kind)
    user: User = await enter(world.writer)
    await world.published()
    await user.open("/ecrire")
    await user.should_see("0\u00a0support prêt sur 2")
    await user.should_see("1\u00a0support prêt sur 2", retries=200)
    for _ in range(200):
        if (await press.progress(SLUG)).done:
            break
        await asyncio.sleep(0.1)
    await user.should_not_see("sur 2", retries=50)
    await user.should_see("Affiche, images, diapositive, kit")


async def test_what_was_given_up_can_be_tried_again(
    enter,  # noqa: F811
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(PIECES, WRONG.name, WRONG)
    user: User = await enter(world.writer)
    await world.published()
    for _ in range(300):
        if (await press.progress(SLUG)).failed:
            break
        await asyncio.sleep(0.1)
    await user.open("/ecrire")
    await user.should_see("Pas encore prêt\u00a0: Le texte faux. Un nouvel essai aura lieu.")
    await user.should_not_see("Réessayer")
    for key, failure in pieces.failures.items():  # the third try, without waiting for it
        pieces.failures[key] = replace(failure, tries=pieces.TRIES)
    live.publish(pieces.TOPIC, {"slug": SLUG})
    await user.should_see("Cela n’a pas pu être mis en page\u00a0: Le texte faux.", retries=50)
    monkeypatch.setitem(PIECES, WRONG.name, replace(WRONG, make=bad_work.title_piece))
    press_button(user, "Réessayer")
    await user.should_not_see("Le texte faux", retries=200)
    for _ in range(300):  # it is being made
        if (await press.progress(SLUG)).made:
            break
        await asyncio.sleep(0.1)
    assert await press.progress(SLUG) == press.Progress(made=1, total=1)
