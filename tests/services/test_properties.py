"""Any fiche that validates is saved whole in both databases, in one go and field by field as the editor does."""

from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings

from app.pages.editor_state import EditorState
from app.services import drafting, media
from models.content import FicheContent, IdentityCard, Photo
from models.database import Database
from tests.people import World, make_world
from tests.pictures import file_of, picture
from tests.strategies import CONTENTS

common = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
_worlds: dict[int, World] = {}
_pictures: dict[int, list[Photo]] = {}


async def world_of(db: Database) -> World:
    """The examples of a test share one database, and its people."""
    if id(db) not in _worlds:
        _worlds.clear()
        _pictures.clear()
        _worlds[id(db)] = await make_world()
    return _worlds[id(db)]


async def stored(world: World, revision_id: int) -> FicheContent:
    return (await drafting.load(actor=world.writer, revision_id=revision_id)).content


async def illustrated(world: World, content: FicheContent) -> FicheContent:
    """Return a generated fiche with stored pictures: which there are, and their pixels, is the server's word."""
    if not _pictures.get(world.centre):
        _pictures[world.centre] = [
            await media.store(actor=world.writer, centre_id=world.centre, data=file_of(picture(400 + n, 400)))
            for n in range(6)
        ]
    photos = [
        photo.model_copy(
            update={name: getattr(stored, name) for name in ("media", "width", "height", "crop")}
        )
        for photo, stored in zip(content.photos, _pictures[world.centre], strict=False)
    ]
    return content.model_copy(update={"photos": photos})


@common
@given(content=CONTENTS)
async def test_what_is_saved_is_read_back_equal(db: Database, content: FicheContent):
    world = await world_of(db)
    content = await illustrated(world, content)
    draft = await drafting.start(actor=world.writer, centre_id=world.centre, content=FicheContent())
    saved = await drafting.save(
        actor=world.writer,
        revision_id=draft.revision_id,
        version=draft.version,
        base=draft.content,
        content=content,
    )
    assert saved.content == content
    assert await stored(world, draft.revision_id) == content


@common
@given(content=CONTENTS)
async def test_what_is_typed_field_by_field_is_read_back_equal(db: Database, content: FicheContent):
    world = await world_of(db)
    content = await illustrated(world, content)
    centre_card = IdentityCard(commune=content.card.commune)  # not typed: it comes from the centre's own page
    page = EditorState(world.writer, world.centre, FicheContent(card=centre_card))
    fields = list(leaves(content.model_dump(mode="json")))
    page.edit({"title": content.title}, 1)
    await page.save()
    for serial, (path, value) in enumerate(fields, 2):
        page.edit({path: value}, serial)
    news = await page.save()
    assert page.errors == {}
    assert news is None or news.refused == {}
    assert page.revision_id is not None
    assert await stored(world, page.revision_id) == content


def leaves(data: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every field with its JSON value, as the form sends it."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{prefix}{key}.")
        elif key != "schema_version":
            yield prefix + key, value
