"""The screens of work, driven by NiceGUI's simulated user inside the parent application."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from nicegui import ui
from nicegui.functions.download import download
from nicegui.functions.navigate import Navigate
from nicegui.functions.notify import notify
from nicegui.testing import User
from nicegui.testing.general import nicegui_reset_globals

from app.permissions import Actor
from app.server import create_app
from app.services import accounts, mail, review
from app.settings import Settings
from models import database
from models.database import Database
from models.taxonomy import Ballot
from tests.people import World, make_world


@pytest.fixture
async def enter(db: Database, tmp_path: Path) -> AsyncIterator[Callable[[Actor], Awaitable[User]]]:
    """Build the whole application on the test's database; `await enter(actor)` gives that person's browser."""
    with nicegui_reset_globals():
        os.environ["NICEGUI_USER_SIMULATION"] = "true"
        settings = Settings(
            data_dir=tmp_path, database_url=db.url.render_as_string(hide_password=False), secret_key="essai"
        )
        settings.prepare()
        app = create_app(settings)
        clients: list[httpx.AsyncClient] = []

        async def browser(actor: Actor | None) -> User:
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")
            clients.append(client)
            if actor is not None:
                await accounts.send_link(email=actor.email)
                token = (await _latest_mail()).split("/connexion/")[1].split()[0]
                answer = await client.post(f"/connexion/{token}")
                assert answer.status_code == 303
            return User(client)

        try:
            async with app.router.lifespan_context(app):
                yield browser
        finally:
            for client in clients:
                await client.aclose()
            os.environ.pop("NICEGUI_USER_SIMULATION", None)
            ui.navigate, ui.notify, ui.download = Navigate(), notify, download
            await database.current().dispose()


async def _latest_mail() -> str:
    return (await mail.latest(1))[0].text


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world()


async def test_a_member_of_the_committee_sees_what_awaits_and_reads_it(enter, world):
    draft = await world.proposed(title="Vingt voisins réparent le four du village")
    user = await enter(world.far)
    await user.open("/comite")
    await user.should_see("Vingt voisins réparent")
    await user.open(f"/comite/{draft.revision_id}")
    await user.should_see("Votre avis")
    await user.should_see("Publier : elle est prête".replace(" :", "\u00a0:"))
    cards = await review.table(actor=world.far)
    assert [(card.title, card.read, card.my_ballot) for card in cards] == [
        ("Vingt voisins réparent le four du village", True, None)
    ]


async def test_a_vote_cast_elsewhere_shows_on_an_open_reading(enter, world):
    draft = await world.proposed()
    await review.cast_vote(actor=world.far, revision_id=draft.revision_id, ballot=Ballot.PUBLISH)
    user = await enter(world.far)
    await user.open(f"/comite/{draft.revision_id}")
    await user.should_see("Il faut deux avis pour décider.")
    await review.cast_vote(actor=world.third, revision_id=draft.revision_id, ballot=Ballot.PUBLISH)
    await user.should_see("Les votes disent")
    await user.should_see("Publier la fiche")


async def test_the_people_of_the_centre_follow_but_do_not_vote(enter, world):
    draft = await world.proposed()
    user = await enter(world.writer)
    await user.open(f"/comite/{draft.revision_id}")
    await user.should_see("Cette page ne vous est pas ouverte")


async def test_my_fiches_lists_a_draft_and_where_it_stands(enter, world):
    await world.draft(title="Trois mères ouvrent la cour de l’école")
    user = await enter(world.writer)
    await user.open("/ecrire")
    await user.should_see("Trois mères ouvrent")
    await user.should_see("Commencer une fiche")


async def test_the_account_page_names_the_structures(enter, world):
    user = await enter(world.writer)
    await user.open("/compte")
    await user.should_see("Centre social Les Tilleuls")
    await user.should_see("Me déconnecter")


async def test_the_administration_is_closed_to_others(enter, world):
    user = await enter(world.far)
    await user.open("/administration")
    await user.should_see("Cette page ne vous est pas ouverte")
    administrator = await enter(world.admin)
    await administrator.open("/administration")
    await administrator.should_see("Demandes d’écriture")
    await administrator.should_see(world.far.email)


async def test_the_committee_is_shown_words_on_private_life(enter, world):
    said = {
        "quotes": [{"text": "Avec mon cancer, je ne sortais plus.", "name": "Une voisine", "agreement": True}]
    }
    draft = await world.proposed(voices=said)
    user = await enter(world.far)
    await user.open(f"/comite/{draft.revision_id}")
    await user.should_see("À relire de près")
    await user.should_see("« cancer » (santé)".replace("« ", "«\u00a0").replace(" »", "\u00a0»"))
    other = await world.proposed(title="Vingt voisins réparent le four")
    await user.open(f"/comite/{other.revision_id}")
    await user.should_not_see("À relire de près")
