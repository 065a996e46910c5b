"""Pictures of fiches: who may add and crop one, and what keeps the disk and the server at ease."""

import asyncio
import io
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlmodel import func, select

from app.permissions import Actor
from app.services import company, darkroom, drafting, media, review, shelf
from layouts.pictures import stem
from models.columns import now
from models.content import FicheContent, Photo
from models.database import reading, transaction
from models.errors import Invalid, NotAllowed, NotFound
from models.fiche import GalleryEntry, Media, Revision
from models.taxonomy import Ballot, ImageConsent, PhotoLicence
from tests.people import World, ready_content
from tests.pictures import SVG, file_of, picture, quarters


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def count() -> int:
    async with reading() as session:
        return (await session.exec(select(func.count()).select_from(Media))).one()


async def test_the_writer_adds_a_picture_to_a_draft_or_before_it_exists(world: World) -> None:
    draft = await world.draft()
    photo = await media.store(actor=world.writer, revision_id=draft.revision_id, data=file_of(picture()))
    other = await media.store(
        actor=world.writer, centre_id=world.centre, data=io.BytesIO(file_of(picture(901)))
    )
    async with reading() as session:
        rows = [await session.get_one(Media, key) for key in (photo.media, other.media)]
    assert [(row.centre_id, row.account_id) for row in rows] == [(world.centre, world.writer.id)] * 2
    assert (photo.alt, photo.credit, photo.licence, photo.consent) == ("", "", None, None)


async def test_the_same_picture_sent_several_times_at_once_is_stored_once(world: World) -> None:
    data = file_of(picture())
    photos = await asyncio.gather(
        *[media.store(actor=world.writer, centre_id=world.centre, data=data) for _ in range(8)]
    )
    assert len({photo.media for photo in photos}) == 1
    assert await count() == 1
    assert (len(files(media.folder())), len(files(media.masters()))) == (6, 1)


async def test_nobody_adds_a_picture_to_the_draft_of_others(world: World) -> None:
    draft = await world.draft()
    for actor in (world.stranger, world.near, world.admin):
        with pytest.raises(NotAllowed):
            await media.store(actor=actor, revision_id=draft.revision_id, data=file_of(picture()))
        with pytest.raises(NotAllowed):
            await media.store(actor=actor, centre_id=world.centre, data=file_of(picture()))
    with pytest.raises(NotAllowed):
        await media.store(actor=world.writer, data=file_of(picture()))
    with pytest.raises(NotFound):
        await media.store(actor=world.writer, revision_id=9999, data=file_of(picture()))
    assert (files(media.folder()), await count()) == ([], 0)


async def test_no_picture_is_added_or_cropped_while_the_committee_reads(world: World) -> None:
    revision, photo = await illustrated(world)
    await drafting.propose(actor=world.writer, revision_id=revision)
    with pytest.raises(NotAllowed):
        await media.store(actor=world.writer, revision_id=revision, data=file_of(picture()))
    with pytest.raises(NotAllowed):
        await media.crop(actor=world.writer, revision_id=revision, media=photo.media, crop="0-0-500-1000")


async def test_a_refused_picture_leaves_no_trace(world: World) -> None:
    with pytest.raises(Invalid):
        await media.store(actor=world.writer, centre_id=world.centre, data=SVG)
    assert (files(media.folder()), files(media.masters()), await count()) == ([], [], 0)


async def test_there_is_an_end_to_the_pictures_of_a_day(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "MAX_A_DAY", 2)
    for width in (900, 901):
        await media.store(actor=world.writer, centre_id=world.centre, data=file_of(picture(width)))
    with pytest.raises(Invalid) as refused:
        await media.store(actor=world.writer, centre_id=world.centre, data=file_of(picture(902)))
    assert refused.value.code == "too_many_today"
    async with transaction() as session:
        for row in (await session.exec(select(Media))).all():
            row.created_at = now() - timedelta(days=1, minutes=1)
            session.add(row)
    await media.store(actor=world.writer, centre_id=world.centre, data=file_of(picture(902)))
    assert await count() == 3


async def test_those_who_type_do_not_wait_for_pictures(world: World) -> None:
    """While five large pictures are worked on, two at a time, the event loop answers."""
    data = [file_of(quarters(6000 + number, 4000), quality=97, subsampling=0) for number in range(5)]
    waits: list[float] = []
    done = asyncio.Event()

    async def somebody_types() -> None:
        while not done.is_set():
            start = time.perf_counter()
            await asyncio.sleep(0.005)
            waits.append(time.perf_counter() - start - 0.005)

    typing = asyncio.create_task(somebody_types())
    await asyncio.gather(
        *[media.store(actor=world.writer, centre_id=world.centre, data=each) for each in data]
    )
    done.set()
    await typing
    waits.sort()
    assert len(waits) > 50
    assert waits[len(waits) // 2] < 0.02
    assert waits[int(len(waits) * 0.95)] < 0.1


# --- crops --------------------------------------------------------------------------------------------------------


async def illustrated(world: World) -> tuple[int, Photo]:
    """A draft of the writer (its revision) with a stored picture, ready to be proposed."""
    draft = await world.draft()
    data = file_of(quarters(3000, 1500))
    photo = await media.store(actor=world.writer, revision_id=draft.revision_id, data=data)
    told = {
        "alt": "Quatre couleurs.",
        "credit": "Une bénévole",
        "licence": PhotoLicence.NETWORK,
        "consent": ImageConsent.NOBODY,
    }
    await show(draft.revision_id, photo.model_copy(update=told))
    return draft.revision_id, photo


async def show(revision_id: int, photo: Photo) -> None:
    """Let the draft show that picture, and no other."""
    async with transaction() as session:
        revision = await session.get_one(Revision, revision_id)
        values = revision.content.model_dump(mode="json") | {"photos": [photo.model_dump(mode="json")]}
        revision.content = FicheContent.model_validate(values)
        session.add(revision)


async def test_the_writer_crops_a_picture_and_takes_it_back_whole(world: World) -> None:
    revision, photo = await illustrated(world)
    args = {"actor": world.writer, "revision_id": revision, "media": photo.media}
    cropped = await media.crop(**args, crop="0500-0-500-500")
    assert (cropped.crop, cropped.width, cropped.height) == ("500-0-500-500", 1500, 750)
    assert darkroom.is_stored(stem(photo.media, cropped.crop), media.folder())
    assert await media.crop(**args, crop="500-0-500-500") == cropped
    for whole in ("", "0-0-1000-1000"):
        again = await media.crop(**args, crop=whole)
        assert (again.crop, again.width, again.height) == ("", photo.width, photo.height)
    assert len(files(media.folder())) == 12


@pytest.mark.parametrize(
    ("crop", "code"),
    [
        ("500-0-600-500", "crop_wrong"),
        ("0-0-0-0", "crop_wrong"),
        ("../../etc", "crop_wrong"),
        ("0-0-50-1000", "crop_too_small"),
    ],
)
async def test_a_crop_that_cannot_be_is_refused(world: World, crop: str, code: str) -> None:
    revision, photo = await illustrated(world)
    before = files(media.folder())
    with pytest.raises(Invalid) as refused:
        await media.crop(actor=world.writer, revision_id=revision, media=photo.media, crop=crop)
    assert (refused.value.code, files(media.folder())) == (code, before)


async def test_only_a_stored_picture_of_the_centre_or_the_draft_is_cropped(world: World) -> None:
    revision, photo = await illustrated(world)
    elsewhere = min(world.stranger.centre_ids)
    foreign = await media.store(actor=world.stranger, centre_id=elsewhere, data=file_of(picture(1200, 1200)))
    before = files(media.folder())
    for key in (
        foreign.media,
        "0" * 24,
        f"{photo.media}-c0-0-500-500",
        "../originaux/x",
        "*",
        "é",
        "a" * 500,
    ):
        with pytest.raises(NotFound):
            await media.crop(actor=world.writer, revision_id=revision, media=key, crop="0-0-500-1000")
    for actor in (world.stranger, world.near, world.admin):
        with pytest.raises(NotAllowed):
            await media.crop(actor=actor, revision_id=revision, media=photo.media, crop="0-0-500-1000")
    assert files(media.folder()) == before


async def test_crops_that_no_fiche_uses_make_room_for_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "MAX_CROPS", 3)
    revision, photo = await illustrated(world)
    args = {"actor": world.writer, "revision_id": revision, "media": photo.media}
    for number in range(3):
        await media.crop(**args, crop=f"{number}-0-500-1000")
        age(stem(photo.media, f"{number}-0-500-1000"), number - 10)
    await show(revision, photo.model_copy(update={"crop": "0-0-500-1000"}))
    await media.crop(**args, crop="7-0-500-1000")
    left = {name for name in files(media.folder()) if "-c" in name and name.endswith("-400.webp")}
    assert left == {f"{photo.media}-c{left_}-0-500-1000-400.webp" for left_ in (0, 2, 7)}


async def test_the_gallery_shows_the_crop(world: World) -> None:
    revision, photo = await illustrated(world)
    cropped = await media.crop(
        actor=world.writer, revision_id=revision, media=photo.media, crop="500-0-500-500"
    )
    async with reading() as session:
        shown = (await session.get_one(Revision, revision)).content.photos[0]
    await show(
        revision,
        shown.model_copy(update={"crop": cropped.crop, "width": cropped.width, "height": cropped.height}),
    )
    await drafting.propose(actor=world.writer, revision_id=revision)
    await world.vote(revision, Ballot.PUBLISH)
    await review.decide(actor=world.near, revision_id=revision, message="Merci !")
    async with reading() as session:
        entry = (await session.exec(select(GalleryEntry))).one()
    assert entry.cover_key == f"{photo.media}-c500-0-500-500"


# --- what a browser says of the pictures of a draft ------------------------------------------------------------------


async def saved(world: World, revision_id: int, *photos: Photo, actor: Actor | None = None) -> drafting.Saved:
    """Save the draft with these photos, as an editor does."""
    actor = actor or world.writer
    draft = await drafting.load(actor=actor, revision_id=revision_id)
    content = draft.content.model_copy(update={"photos": list(photos)})
    return await drafting.save(
        actor=actor, revision_id=revision_id, version=draft.version, base=draft.content, content=content
    )


async def test_a_picture_of_another_structure_or_that_is_not_stored_is_left_out_of_a_draft(
    world: World,
) -> None:
    draft = await world.draft()
    own = await media.store(actor=world.writer, revision_id=draft.revision_id, data=file_of(picture()))
    elsewhere = min(world.stranger.centre_ids)
    foreign = await media.store(actor=world.stranger, centre_id=elsewhere, data=file_of(picture(901)))
    found = await saved(world, draft.revision_id, foreign, own, Photo(media="0" * 24))
    assert found.unknown == [foreign.media, "0" * 24]
    assert found.content.photos == [own]
    with_foreign = ready_content()
    with_foreign.photos = [foreign]
    new = await drafting.start(actor=world.writer, centre_id=world.centre, content=with_foreign)
    assert new.content.photos == []


async def test_the_pixels_of_a_photo_are_those_of_its_stored_files(world: World) -> None:
    draft = await world.draft()
    photo = await media.store(actor=world.writer, revision_id=draft.revision_id, data=file_of(picture()))
    described = photo.model_copy(update={"alt": "Le four.", "focus_x": 0.3})
    found = await saved(world, draft.revision_id, described.model_copy(update={"width": 99_999, "height": 1}))
    assert (found.unknown, found.content.photos) == ([], [described])
    wrong = described.model_copy(update={"width": 99_999})
    assert (await saved(world, draft.revision_id, wrong)).content.photos == [described]


async def test_a_cut_that_was_never_made_shows_the_whole_picture(world: World) -> None:
    revision, photo = await illustrated(world)
    half = await media.crop(actor=world.writer, revision_id=revision, media=photo.media, crop="0-0-500-1000")
    never = half.model_copy(update={"crop": "500-0-500-1000"})
    outside = half.model_copy(update={"crop": "900-0-900-1000"})
    for claimed, shown in ((half, half), (never, photo), (outside, photo)):
        assert (await saved(world, revision, claimed)).content.photos == [shown]


async def test_a_picture_taken_out_comes_back_and_another_edition_keeps_its_own(world: World) -> None:
    revision, photo = await illustrated(world)
    await saved(world, revision)
    assert (await saved(world, revision, photo)).content.photos == [photo]
    again = await shelf.write_again(actor=world.writer, revision_id=revision)
    found = await saved(world, again, photo.model_copy(update={"alt": "Autrement."}))
    assert [each.alt for each in found.content.photos] == ["Autrement."]


async def test_a_coauthor_of_another_structure_adds_and_keeps_pictures(world: World) -> None:
    revision, photo = await illustrated(world)
    await company.invite(actor=world.writer, revision_id=revision, email=world.stranger.email)
    actor = await company.accept(actor=world.stranger, revision_id=revision)
    other = await media.store(actor=actor, revision_id=revision, data=file_of(picture(902)))
    found = await saved(world, revision, photo, other, actor=actor)
    assert (found.unknown, found.content.photos) == ([], [photo, other])
    assert (await saved(world, revision, other, photo)).content.photos == [other, photo]


async def test_two_structures_that_send_the_same_file_have_a_picture_each(world: World) -> None:
    data = file_of(picture())
    elsewhere = min(world.stranger.centre_ids)
    theirs = await media.store(actor=world.stranger, centre_id=elsewhere, data=data)
    draft = await world.draft()
    own = await media.store(actor=world.writer, revision_id=draft.revision_id, data=data)
    assert own.media != theirs.media
    assert (await saved(world, draft.revision_id, own)).content.photos == [own]


async def test_an_illustration_that_belongs_to_nobody_is_for_all(world: World) -> None:
    draft = await world.draft()
    photo = darkroom.develop(file_of(picture()), media.folder(), media.masters())
    async with transaction() as session:
        session.add(Media(key=photo.media, width=photo.width, height=photo.height))
    assert (await saved(world, draft.revision_id, photo)).content.photos == [photo]


def age(name: str, seconds: float) -> None:
    for path in media.folder().glob(f"{name}-*"):
        os.utime(path, (time.time() + seconds, time.time() + seconds))


async def test_a_missing_webp_is_made_when_it_is_asked_for(world: World) -> None:
    photo = await media.store(actor=world.writer, centre_id=world.centre, data=file_of(picture()))
    name = f"{photo.media}-400.webp"
    (media.folder() / name).unlink()
    assert (await media.complete(name), await media.complete("absente-0001-400.webp")) == (True, False)
    with Image.open(media.folder() / name) as stored:
        assert (stored.format, stored.width) == ("WEBP", 400)
