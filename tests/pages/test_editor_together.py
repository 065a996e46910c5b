"""Several pages open on one draft: whatever the order in which their words arrive, nobody's are erased."""

import pytest

from app.pages.editor_state import Before, EditorState, News
from app.services import drafting
from models.content import FicheContent, Photo
from models.database import Database
from models.reading import root_of, value_at
from tests.people import World, make_world


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world()


async def two_pages(world: World, **changes: object) -> tuple[EditorState, EditorState]:
    draft = await world.draft(**changes)
    one, two = [
        EditorState.of(world.writer, await drafting.load(actor=world.writer, revision_id=draft.revision_id))
        for _ in range(2)
    ]
    return one, two


async def stored(page: EditorState) -> FicheContent:
    return (await drafting.load(actor=page.actor, revision_id=page.revision_id or 0)).content


def stages(page: EditorState, **changes: str) -> list[dict[str, str]]:
    """The whole list, as the browser sends it, with other titles for some items: `stages(page, _1="Autre")`."""
    items: list[dict[str, str]] = value_at(page.content, "stages")
    return [
        item | ({"title": changes[f"_{n}"]} if f"_{n}" in changes else {}) for n, item in enumerate(items)
    ]


async def test_words_on_their_way_when_another_save_arrives_erase_nothing(world: World) -> None:
    one, two = await two_pages(world)
    before, mine = stages(two), stages(two, _0="Le mien")
    one.edit({"stages": stages(one, _2="Le leur")}, 1)
    await one.save()
    await two.refresh(one.version)  # the page of the server knows; the browser was typing meanwhile
    two.edit({"stages": mine}, 1, {"stages": Before(before, 1)})
    news = await two.save()
    assert [stage.title for stage in (await stored(one)).stages] == ["Le mien", "La panne", "Le leur"]
    assert news is not None
    assert news.written is not None
    assert (news.conflicts, news.written.content) == (
        {},
        await stored(one),
    )  # the browser is shown the result


async def test_one_goes_on_typing_in_an_older_list_without_undoing_the_other(world: World) -> None:
    one, two = await two_pages(world)
    first = stages(two)
    two.edit({"stages": stages(two, _0="L")}, 1, {"stages": Before(first, 1)})
    one.edit({"stages": stages(one, _2="Le leur")}, 1)
    await one.save()
    await two.refresh(one.version)
    # The browser has not taken the news: the person is typing.
    for serial, title in enumerate(("Le", "Le m", "Le mien"), 2):
        two.edit({"stages": [first[0] | {"title": title}, *first[1:]]}, serial)
        await two.save()
    assert [stage.title for stage in (await stored(one)).stages] == ["Le mien", "La panne", "Le leur"]


async def test_the_same_text_typed_on_both_sides_at_once_is_offered_to_both(world: World) -> None:
    one, two = await two_pages(world)
    before = two.content.summary
    one.edit({"summary": "Le résumé du matin."}, 1)
    await one.save()
    await two.refresh(one.version)
    two.edit({"summary": "Le résumé du soir."}, 1, {"summary": Before(before, 1)})
    news = await two.save()
    assert news is not None
    assert news.conflicts == {"summary": "Le résumé du matin."}
    assert (await stored(one)).summary == "Le résumé du soir."
    heard = await one.refresh(two.version, ["summary"])
    assert heard is not None
    assert heard.replaced == {"summary": "Le résumé du matin."}


async def test_a_page_that_wrote_nothing_there_is_offered_nothing(world: World) -> None:
    one, two = await two_pages(world)
    two.edit({"summary": "Le résumé du soir."}, 1)
    await two.save()
    heard = await one.refresh(two.version, ["summary"])
    assert heard is not None
    assert heard.replaced == {}


async def test_two_passages_of_one_text_are_joined(world: World) -> None:
    text = "Le car est supprimé. Les voisins s’organisent.\n\nUn tableau suffit."
    one, two = await two_pages(world, summary=text)
    one.edit({"summary": text.replace("Le car", "Le car de neuf heures")}, 1)
    await one.save()
    await two.refresh(one.version)
    two.edit({"summary": text + " Et des clés."}, 1, {"summary": Before(text, 1)})
    news = await two.save()
    assert news is not None
    assert news.conflicts == {}
    assert (await stored(one)).summary == text.replace("Le car", "Le car de neuf heures") + " Et des clés."


async def test_a_message_sent_again_after_a_cut_is_not_a_conflict_with_oneself(world: World) -> None:
    one, _ = await two_pages(world)
    before = one.content.summary
    one.edit({"summary": "Un"}, 1, {"summary": Before(before, 1)})
    await one.save()
    # The answer was lost: the browser sends everything again, from the same start.
    one.edit({"summary": "Un résumé."}, 2, {"summary": Before(before, 1)})
    news = await one.save()
    assert news is not None
    assert (news.conflicts, news.written) == ({}, None)
    one.edit({"summary": "Un"}, 1, {"summary": Before(before, 1)})  # a late copy of the first message
    assert await one.save() is None
    assert (await stored(one)).summary == "Un résumé."


async def test_what_is_typed_during_a_save_keeps_what_that_save_brought(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = await two_pages(world)
    one.edit({"stages": stages(one, _2="Le leur")}, 1)
    await one.save()
    first = stages(two)
    two.edit({"stages": stages(two, _0="Le")}, 1, {"stages": Before(first, 1)})
    real = drafting.save

    async def slow(**arguments: object) -> drafting.Saved:
        saved = await real(**arguments)  # type: ignore[arg-type]
        two.edit({"stages": [first[0] | {"title": "Le mien"}, *first[1:]]}, 2)
        return saved

    monkeypatch.setattr(drafting, "save", slow)
    await two.save()
    monkeypatch.setattr(drafting, "save", real)
    news = await two.save()
    assert [stage.title for stage in (await stored(one)).stages] == ["Le mien", "La panne", "Le leur"]
    assert news is not None
    assert news.written is not None
    assert news.written.content == await stored(one)


async def test_a_list_moved_by_one_while_the_other_writes_in_an_item(world: World) -> None:
    one, two = await two_pages(world)
    before = stages(two)
    one.edit({"stages": stages(one)[::-1]}, 1)
    await one.save()
    await two.refresh(one.version)
    two.edit({"stages": stages_with(before, 0, "Le mien")}, 1, {"stages": Before(before, 1)})
    await two.save()
    assert [stage.title for stage in (await stored(one)).stages] == ["Le tableau", "La panne", "Le mien"]


def stages_with(items: list[dict[str, str]], number: int, title: str) -> list[dict[str, str]]:
    return [item | ({"title": title} if n == number else {}) for n, item in enumerate(items)]


async def test_a_picture_described_by_one_while_the_other_adds_one(world: World) -> None:
    one, two = await two_pages(world)
    one.edit({"photos": [Photo(media="photo-0001", cover=True).model_dump(mode="json")]}, 1)
    await one.save()
    await two.refresh(one.version)
    photos = value_at(two.content, "photos")
    one.edit({"photos": [*photos, photos[0] | {"media": "photo-0002", "cover": False}]}, 2)
    await one.save()
    await two.refresh(one.version)
    two.edit({"photos": [photos[0] | {"alt": "Le four."}]}, 1, {"photos": Before(photos, 1)})
    await two.save()
    assert [(photo.media, photo.alt) for photo in (await stored(one)).photos] == [
        ("photo-0001", "Le four."),
        ("photo-0002", ""),
    ]


async def test_a_list_with_a_wrong_value_in_it_does_not_undo_the_other_either(world: World) -> None:
    one, two = await two_pages(world)
    links = value_at(two.content, "further.links")
    one.edit({"further.links": [*links, {"label": "Le leur", "url": "https://leur.example"}]}, 1)
    await one.save()
    await two.refresh(one.version)
    two.edit(
        {"further.links": [links[0] | {"label": "Le mien", "url": "javascript:alert(1)"}]},
        1,
        {"further.links": Before(links, 1)},
    )
    news = await two.save()
    assert [link.label for link in (await stored(one)).further.links] == ["Le mien", "Le leur"]
    assert news is not None
    assert news.written == two.written
    assert two.written.at("further.links")[0] == {"label": "Le mien", "url": "javascript:alert(1)"}
    assert list(two.errors) == ["further.links.0.url"]


async def test_what_one_typed_wrong_is_shown_to_the_other_who_may_mend_it(world: World) -> None:
    one, two = await two_pages(world)
    one.edit({"implementation.cost": "trois fois rien"}, 1)
    await one.save()
    heard = await two.refresh(one.version)
    assert heard is not None
    assert heard.written == two.written == one.written
    assert two.written.document()["implementation"]["cost"] == "trois fois rien"
    assert list(two.errors) == ["implementation.cost"]
    two.edit({"implementation.cost": "300"}, 1)
    await two.save()
    await one.refresh(two.version)
    assert (one.errors, one.written.unread, one.content.implementation.cost) == ({}, {}, 300)


async def test_a_wrong_answer_and_a_right_one_at_once_are_both_offered(world: World) -> None:
    one, two = await two_pages(world)
    one.edit({"start": "20x"}, 1)
    two.edit({"start": "2031"}, 1)
    await one.save()
    news = await two.refresh(one.version)
    assert news is not None
    assert news.conflicts == {"start": "20x"}
    assert (two.content.start, two.written.unread, two.errors) == ("2031", {}, {})


async def test_a_wrong_answer_in_a_list_stays_with_its_item_when_the_other_adds_one(world: World) -> None:
    one, two = await two_pages(world)
    wrong = [{"label": "Nous écrire", "url": "mailto:accueil@centre.example"}]
    one.edit({"further.links": wrong}, 1)
    await one.save()
    await two.refresh(one.version)
    two.edit({"further.links": [{"label": "Le film", "url": "https://film.example"}, *wrong]}, 1)
    await two.save()
    await one.refresh(two.version)
    assert one.written.at("further.links")[1] == wrong[0]
    assert list(one.errors) == ["further.links.1.url"]


async def test_the_third_page_hears_of_everything(world: World) -> None:
    one, two = await two_pages(world)
    three = EditorState.of(
        world.writer, await drafting.load(actor=world.writer, revision_id=one.revision_id or 0)
    )
    one.edit({"place": "Le port"}, 1)
    await one.save()
    two.edit({"accroche": "Une accroche."}, 1)
    await two.save()
    heard: News | None = await three.refresh(two.version)
    assert heard is not None
    assert three.content == await stored(one)
    assert (three.content.place, three.content.accroche) == ("Le port", "Une accroche.")


def test_what_travels_as_one_value() -> None:
    assert [root_of(path) for path in ("title", "stages.0.when", "needs.3", "voices.quotes.1.text")] == [
        "title",
        "stages",
        "needs",
        "voices.quotes",
    ]
