"""The editor behind its screen: when a draft exists and what two open pages do to each other."""

import pytest

from app.pages.editor_advice import EditorAdvice
from app.pages.editor_state import EditorState
from app.pages.editor_words import conflicts, unreadable
from app.services import drafting
from models import guide
from models.content import FicheContent
from models.database import Database
from models.errors import IllegalTransition, NotAllowed
from models.taxonomy import label
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
    assert news.written == two.written
    assert two.content == content
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


async def test_what_is_refused_is_told_and_all_is_saved(world: World):
    draft = await world.draft()
    page = await open_page(world, draft.revision_id)
    before = page.content.start
    assert page.edit({"start": "20x4", "place": "Le port"}, 7)
    news = await page.save()
    assert news is not None
    assert (news.serial, news.refused) == (7, {})
    kept = await stored(world, draft.revision_id)
    assert (kept.place, kept.start) == ("Le port", before)
    assert list(page.errors) == ["start"]
    assert page.edit({"start": "2024"}, 8)
    assert page.errors == {}


async def test_what_cannot_be_read_is_among_what_bars_the_way_to_the_committee(world: World):
    draft = await world.draft()
    page = await open_page(world, draft.revision_id)
    page.edit({"further.links": [{"label": "Nous écrire", "url": "mailto:a@b.example"}], "start": "20x"}, 1)
    points = unreadable(page.errors)
    assert [(point.path, point.label, point.step.key, point.blocking) for point in points] == [
        ("start", guide.field("start").label, "identity", True),
        ("further.links.0.url", guide.field("further.links.*.url").label, "tips", True),
    ]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("status", "en-cours", "En cours"),
        ("commune", "59350", "Lille (Nord)"),
        ("start", "2024-03", "mars 2024"),
        ("start", "20x", "20x"),
        ("themes", ["mobilite"], label("themes", "mobilite")),
        ("residents.count_unknown", True, "oui"),
        ("implementation.cost", None, "(rien)"),
        (
            "photos",
            [{"media": "a" * 24, "alt": "Le four."}, {"media": "b" * 24, "alt": ""}],
            "Le four. · image sans description",
        ),
    ],
)
def test_the_other_version_is_told_in_words_not_in_codes(path: str, value: object, said: str):
    assert conflicts({path: value})[path]["text"] == f"L’autre version\u00a0: {said}"


async def test_a_page_left_open_cannot_write_once_the_fiche_is_proposed(world: World):
    draft = await world.draft()
    page = await open_page(world, draft.revision_id)
    await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    page.edit({"title": "Trop tard"}, 1)
    with pytest.raises((NotAllowed, IllegalTransition)):
        await page.save()
    assert page.dirty
    assert (await stored(world, draft.revision_id)).title == draft.content.title


async def test_the_last_look_warns_of_a_twin_begun_while_the_page_was_open(world: World):
    draft = await world.draft(title="Quinze voisins conduisent les autres", start="2024-03")
    advice = EditorAdvice(await open_page(world, draft.revision_id), form=None)
    assert [found.key for found in await advice.look_again() if found.check == "C-02"] == []
    await world.draft(title="Les quinze voisins conduisent les autres", start="2024")
    found = await advice.look_again()
    assert [(each.key, each.blocking) for each in found if each.check == "C-02"] == [("title_similar", False)]
    advice.leave()
