"""The history, the bin and writing again, as people see them."""

import asyncio

import pytest
from nicegui import ui
from nicegui.testing.user_interaction import UserInteraction

from app.services import drafting, history, review, shelf
from components.guided_step import GuidedStep
from models.database import Database
from models.taxonomy import Ballot
from tests.clock import later
from tests.pages.test_work_pages import enter  # noqa: F401  the application with its simulated browser
from tests.people import World, make_world
from tests.services.test_history import LONG, write


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world()


def html(user) -> str:
    """All the HTML fragments of the page, in its order."""
    found = sorted(user.find(ui.html).elements, key=lambda element: element.id)
    return "\n".join(str(element.content) for element in found)


def press(user, text: str) -> None:
    """Click on the button that says `text`: its words are an element inside it."""
    buttons = {
        each.parent_slot.parent
        for each in user.find(text).elements
        if each.parent_slot.parent.tag == "button"
    }
    UserInteraction(user, buttons, text).click()


async def written(world: World) -> int:
    """A draft with three versions."""
    draft = await world.draft(title="La cour ouvre")
    await later(LONG)
    await write(world, draft.revision_id, title="La cour ouvre le samedi", themes=["mobilite", "jeunesse"])
    await later(LONG)
    await write(world, draft.revision_id, summary="Un résumé <b>neuf</b>.")
    return draft.revision_id


async def test_the_history_compares_word_by_word_and_goes_back(enter, world):  # noqa: F811
    revision = await written(world)
    user = await enter(world.writer)
    await user.open(f"/ecrire/{revision}/historique")
    await user.should_see("Les versions")
    page = html(user)
    assert "&lt;b&gt;neuf&lt;/b&gt;" in page
    assert "<b>" not in page
    first = (await history.versions(actor=world.writer, revision_id=revision)).versions[-1]
    await user.open(f"/ecrire/{revision}/historique?version={first.id}")
    page = html(user)
    assert "Titre de la fiche" in page
    assert '<ins><span class="visually-hidden"> ajouté\u00a0: </span>le samedi' in page
    assert "Jeunesse" in page
    assert page.index("Titre de la fiche") < page.index("Thèmes") < page.index("Résumé")
    press(user, "Revenir à cette version")
    await user.should_see("C’est fait")
    assert (await drafting.load(actor=world.writer, revision_id=revision)).content.title == "La cour ouvre"
    assert len((await history.versions(actor=world.writer, revision_id=revision)).versions) == 4


async def test_the_version_can_be_seen_as_a_fiche_and_against_the_one_before(enter, world):  # noqa: F811
    revision = await written(world)
    middle = (await history.versions(actor=world.writer, revision_id=revision)).versions[1]
    user = await enter(world.writer)
    await user.open(f"/ecrire/{revision}/historique?version={middle.id}&vue=fiche")
    (frame,) = [each for each in user.find(ui.element).elements if each.tag == "iframe"]
    assert "La cour ouvre le" in frame._props["srcdoc"]
    await user.open(f"/ecrire/{revision}/historique?version={middle.id}&vue=avant")
    page = html(user)
    assert "le samedi" in page
    assert "neuf" not in page
    await user.should_not_see("Reprendre ce passage")


async def test_a_lone_version_an_unknown_one_and_a_strange_reader(enter, world):  # noqa: F811
    draft = await world.draft()
    user = await enter(world.writer)
    await user.open(f"/ecrire/{draft.revision_id}/historique")
    await user.should_see("Il n’y a pas encore d’autre version")
    await user.open(f"/ecrire/{draft.revision_id}/historique?version=99")
    await user.should_see("Cette fiche n’existe pas")
    stranger = await enter(world.stranger)
    await stranger.open(f"/ecrire/{draft.revision_id}/historique")
    await stranger.should_see("L’historique d’une fiche n’est ouvert qu’à celles et ceux qui l’écrivent.")


async def test_while_the_committee_reads_the_history_is_read_too(enter, world):  # noqa: F811
    revision = await written(world)
    await drafting.propose(actor=world.writer, revision_id=revision)
    user = await enter(world.writer)
    await user.open(f"/ecrire/{revision}/historique")
    await user.should_see("son historique se lit seulement")
    await user.should_not_see("Revenir à cette version")
    assert "proposée au comité" in html(user)


async def test_a_draft_goes_to_the_bin_and_comes_back(enter, world):  # noqa: F811
    await world.draft(title="Le four du village")
    user = await enter(world.writer)
    await user.open("/ecrire")
    press(user, "Mettre à la corbeille")
    await user.should_see("est dans la corbeille jusqu’au")
    assert await drafting.list_mine(actor=world.writer) == []
    press(user, "La remettre")
    await user.should_see("La fiche est revenue")
    assert len(await drafting.list_mine(actor=world.writer)) == 1


async def test_a_draft_in_the_bin_says_so_where_it_was(enter, world):  # noqa: F811
    draft = await world.draft()
    user = await enter(world.writer)
    await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    for path in (f"/ecrire/{draft.revision_id}", f"/ecrire/{draft.revision_id}/historique"):
        await user.open(path)
        await user.should_see("Cette fiche est dans la corbeille")


async def test_an_open_editor_says_that_its_draft_went_to_the_bin(enter, world):  # noqa: F811
    draft = await world.draft()
    user = await enter(world.writer)
    await user.open(f"/ecrire/{draft.revision_id}")
    await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    for _ in range(100):
        form = next(iter(user.find(GuidedStep).elements))
        if not form._props["writable"]:
            break
        await asyncio.sleep(0.02)
    assert form._props["writable"] is False
    assert form._props["notice"].startswith("coordinatrice a mis cette fiche à la corbeille")


async def test_putting_back_against_another_version_says_why_not(enter, world):  # noqa: F811
    old = await world.published()
    one = await drafting.start_revision(actor=world.writer, fiche_id=old.fiche_id)
    await shelf.throw_away(actor=world.writer, revision_id=one.revision_id)
    await drafting.start_revision(actor=world.writer, fiche_id=old.fiche_id)
    user = await enter(world.writer)
    await user.open("/ecrire")
    press(user, "Remettre")
    await user.should_see("Une autre version de cette fiche est en cours")


@pytest.mark.parametrize("ballot", [None, Ballot.PUBLISH])
async def test_a_fiche_is_written_again_with_a_word_about_what_to_ask_again(enter, world, ballot):  # noqa: F811
    await (world.decided(ballot) if ballot else world.draft())
    user = await enter(world.writer)
    await user.open("/ecrire")
    press(user, "Dupliquer pour une nouvelle édition")
    for _ in range(100):
        await asyncio.sleep(0.02)
        if len(await drafting.list_mine(actor=world.writer)) == 2:
            break
    cards = await drafting.list_mine(actor=world.writer)
    assert len(cards) == 2
    fresh = next(card for card in cards if "nouvelle édition" in card.title)
    await user.open(f"/ecrire/{fresh.revision_id}?refaite=oui")
    form = next(iter(user.find(GuidedStep).elements))
    assert "Les dates et les accords des citations sont à reprendre" in form._props["notice"]


async def test_the_committee_sees_what_changed_since_it_last_read(enter, world):  # noqa: F811
    draft = await world.draft(title="La cour ouvre le samedi")
    await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    await review.open_dossier(actor=world.near, revision_id=draft.revision_id)
    user = await enter(world.near)
    await user.open(f"/comite/{draft.revision_id}")
    await user.should_not_see("Ce qui a changé depuis")
    await world.vote(draft.revision_id, Ballot.CLARIFY)
    await review.decide(actor=world.near, revision_id=draft.revision_id, message="Quand ?")
    await write(world, draft.revision_id, title="Chaque samedi, la cour ouvre")
    await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    await user.open(f"/comite/{draft.revision_id}")
    await user.should_see("Ce qui a changé depuis votre dernière lecture")
    assert "Chaque samedi" in html(user)
    assert "1\u00a0passage" in html(user)
    other = await enter(world.third)
    await other.open(f"/comite/{draft.revision_id}")
    await other.should_see("Ce qui a changé depuis le tour 1")


async def test_proposed_again_unchanged_the_committee_is_told_so(enter, world):  # noqa: F811
    draft = await world.decided(Ballot.CLARIFY)
    await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    user = await enter(world.far)
    await user.open(f"/comite/{draft.revision_id}")
    await user.should_see("Rien n’a changé dans les textes")
