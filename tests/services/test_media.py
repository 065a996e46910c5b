"""Pictures: turned upright, stripped of what they tell about people, and refused when they are no pictures."""

import asyncio
import io
import random
import zlib
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from sqlmodel import func, select

from app.services import media
from models.database import reading
from models.errors import Invalid, NotAllowed, NotFound
from models.fiche import Media
from tests.people import World

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><script>alert(1)</script></svg>'


def _bytes(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def _picture(width: int = 900, height: int = 600, mode: str = "RGB") -> Image.Image:
    """A picture whose left third is red, so that its orientation is seen."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 3, height))
    return image.convert(mode)


def _from_a_telephone() -> bytes:
    """A JPEG with a place, an author and a note that it was taken sideways (orientation 6: turn right)."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x010F] = 6, "Prénom Nom", "Marque"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (45.0, 38.0, 12.0), "E", (0.0, 9.0, 33.0)
    return _bytes(_picture(), exif=exif, comment=b"Secret", quality=95)


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_picture_is_kept_in_three_sizes(tmp_path: Path) -> None:
    photo = media.encode(_bytes(_picture(3000, 2000)), tmp_path)
    assert (photo.width, photo.height) == (1654, 1103)
    assert _files(tmp_path) == sorted(f"{photo.media}-{width}.jpg" for width in (1654, 827, 400))
    for width in (1654, 827, 400):
        with Image.open(tmp_path / f"{photo.media}-{width}.jpg") as stored:
            assert (stored.format, stored.mode, stored.width) == ("JPEG", "RGB", width)
            assert stored.height == round(width * 2 / 3)


def test_a_small_picture_is_not_enlarged(tmp_path: Path) -> None:
    photo = media.encode(_bytes(_picture(600, 400)), tmp_path)
    assert (photo.width, photo.height) == (600, 400)
    with Image.open(tmp_path / f"{photo.media}-1654.jpg") as stored:
        assert stored.size == (600, 400)


def test_nothing_is_left_of_the_place_the_author_and_the_notes(tmp_path: Path) -> None:
    data = _from_a_telephone()
    assert b"Marque" in data
    photo = media.encode(data, tmp_path)
    for width in media.WIDTHS:
        path = tmp_path / f"{photo.media}-{width}.jpg"
        with Image.open(path) as stored:
            assert dict(stored.getexif()) == {}
            assert dict(stored.getexif().get_ifd(0x8825)) == {}
            assert set(stored.info) <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "progressive",
                "progression",
            }
        for secret in (b"Marque", b"Nom", b"Exif", b"Secret", b"GPS"):
            assert secret not in path.read_bytes()


def test_a_picture_taken_sideways_is_turned_upright(tmp_path: Path) -> None:
    photo = media.encode(_from_a_telephone(), tmp_path)
    assert (photo.width, photo.height) == (600, 900)
    with Image.open(tmp_path / f"{photo.media}-1654.jpg") as stored:
        red, _, blue = stored.getpixel((300, 100))  # type: ignore[misc]
        assert (red > 200, blue < 80) == (True, True)
        assert min(stored.getpixel((300, 800))) > 230  # type: ignore[type-var, arg-type]


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "LA"), ("WEBP", "RGBA")])
def test_what_is_transparent_becomes_white(tmp_path: Path, kind: str, mode: str) -> None:
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 100, 400))
    photo = media.encode(_bytes(image.convert(mode), kind), tmp_path)
    with Image.open(tmp_path / f"{photo.media}-1654.jpg") as stored:
        assert min(stored.getpixel((300, 200))) > 245  # type: ignore[type-var, arg-type]
        assert max(stored.getpixel((40, 200))) < 10  # type: ignore[type-var, arg-type]


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "P"), ("PNG", "1"), ("PNG", "I;16"), ("WEBP", "RGB")],
)
def test_every_kind_of_picture_becomes_a_jpeg_in_colours(tmp_path: Path, kind: str, mode: str) -> None:
    image = Image.new("I;16", (400, 400), 30_000) if mode == "I;16" else _picture(400, 400, mode)
    photo = media.encode(_bytes(image, kind), tmp_path)
    with Image.open(tmp_path / f"{photo.media}-400.jpg") as stored:
        assert (stored.format, stored.mode, stored.size) == ("JPEG", "RGB", (400, 400))


def test_a_grey_picture_of_sixteen_bits_stays_grey(tmp_path: Path) -> None:
    photo = media.encode(_bytes(Image.new("I;16", (400, 400), 32_768), "PNG"), tmp_path)
    with Image.open(tmp_path / f"{photo.media}-400.jpg") as stored:
        assert stored.getpixel((200, 200)) == (128, 128, 128)


def test_the_same_picture_has_the_same_key(tmp_path: Path) -> None:
    data = _bytes(_picture())
    assert media.encode(data, tmp_path) == media.encode(data, tmp_path)
    assert media.encode(_bytes(_picture(901)), tmp_path).media != media.encode(data, tmp_path).media


# --- refused ------------------------------------------------------------------------------------------------------


def _bomb() -> bytes:
    """A PNG that says 50,000 × 50,000 pixels in a few hundred bytes."""
    data = bytearray(_bytes(Image.new("1", (8, 8)), "PNG"))
    data[16:24] = (50_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "not_a_picture", id="empty"),
        pytest.param(b"Bonjour", "not_a_picture", id="text renamed .jpg"),
        pytest.param(SVG, "not_a_picture", id="SVG"),
        pytest.param(_bytes(_picture(), "GIF"), "not_a_picture", id="GIF"),
        pytest.param(_bytes(_picture(), "BMP"), "not_a_picture", id="BMP"),
        pytest.param(_bytes(_picture(), "TIFF"), "not_a_picture", id="TIFF"),
        pytest.param(b"%PDF-1.7\n", "not_a_picture", id="PDF"),
        pytest.param(_bytes(_picture())[:-2000], "not_a_picture", id="truncated JPEG"),
        pytest.param(_bytes(_picture(), "PNG")[:600], "not_a_picture", id="truncated PNG"),
        pytest.param(_bytes(_picture(), "WEBP")[:500], "not_a_picture", id="truncated WebP"),
        pytest.param(_bomb(), "too_many_pixels", id="50,000 × 50,000"),
        pytest.param(
            _bytes(Image.new("1", (10_000, 8_001)), "PNG"), "too_many_pixels", id="80 million and more"
        ),
        pytest.param(_bytes(_picture(319, 900)), "too_small", id="too narrow"),
        pytest.param(_bytes(_picture(900, 319)), "too_small", id="too low"),
        pytest.param(b"\xff\xd8" + b"a" * (20 * 1024 * 1024), "too_big", id="more than 20 MB"),
    ],
)
def test_what_is_no_suitable_picture_is_refused_and_nothing_is_written(
    tmp_path: Path, data: bytes, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        media.encode(data, tmp_path)
    assert (refused.value.code, refused.value.where) == (code, "photos")
    assert _files(tmp_path) == []


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, about what is left of the notes
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_damaged_picture_is_shown_as_far_as_it_goes_or_refused(tmp_path: Path, kind: str) -> None:
    whole = _from_a_telephone() if kind == "JPEG" else _bytes(_picture(330, 330), kind)
    draw = random.Random(7)
    outcomes = set()
    for _ in range(120):
        data = bytearray(whole)
        for _ in range(draw.randrange(1, 6)):
            data[draw.randrange(min(len(data), 700))] = draw.randrange(256)
        try:
            media.encode(bytes(data), tmp_path)
            outcomes.add("kept")
        except Invalid as refused:
            outcomes.add(refused.code)
    assert outcomes <= {"kept", "not_a_picture", "too_many_pixels", "too_small"}
    assert "not_a_picture" in outcomes


def test_text_hidden_in_a_picture_is_left_behind(tmp_path: Path) -> None:
    notes = PngInfo()
    notes.add_text("Comment", "<script>alert(1)</script>")
    photo = media.encode(_bytes(_picture(), "PNG", pnginfo=notes) + b"<?php system($_GET[0]); ?>", tmp_path)
    stored = (tmp_path / f"{photo.media}-1654.jpg").read_bytes()
    assert (b"script" in stored, b"php" in stored) == (False, False)


# --- storing ------------------------------------------------------------------------------------------------------


async def _count() -> int:
    async with reading() as session:
        return (await session.exec(select(func.count()).select_from(Media))).one()


async def test_the_writer_adds_a_picture_to_a_draft_or_before_it_exists(world: World) -> None:
    draft = await world.draft()
    photo = await media.store(actor=world.writer, revision_id=draft.revision_id, data=_bytes(_picture()))
    other = await media.store(actor=world.writer, centre_id=world.centre, data=_bytes(_picture(901)))
    async with reading() as session:
        rows = [await session.get_one(Media, key) for key in (photo.media, other.media)]
    assert [(row.centre_id, row.account_id) for row in rows] == [(world.centre, world.writer.id)] * 2
    assert (photo.alt, photo.credit, photo.consent) == ("", "", None)


async def test_the_same_picture_sent_several_times_at_once_is_stored_once(world: World) -> None:
    data = _bytes(_picture())
    photos = await asyncio.gather(
        *[media.store(actor=world.writer, centre_id=world.centre, data=data) for _ in range(8)]
    )
    assert len({photo.media for photo in photos}) == 1
    assert await _count() == 1
    assert len(_files(media.folder())) == 3


async def test_nobody_adds_a_picture_to_the_draft_of_others(world: World) -> None:
    draft = await world.draft()
    for actor in (world.stranger, world.near, world.admin):
        with pytest.raises(NotAllowed):
            await media.store(actor=actor, revision_id=draft.revision_id, data=_bytes(_picture()))
        with pytest.raises(NotAllowed):
            await media.store(actor=actor, centre_id=world.centre, data=_bytes(_picture()))
    with pytest.raises(NotAllowed):
        await media.store(actor=world.writer, data=_bytes(_picture()))
    with pytest.raises(NotFound):
        await media.store(actor=world.writer, revision_id=9999, data=_bytes(_picture()))
    assert (_files(media.folder()), await _count()) == ([], 0)


async def test_no_picture_is_added_while_the_committee_reads(world: World) -> None:
    draft = await world.proposed()
    with pytest.raises(NotAllowed):
        await media.store(actor=world.writer, revision_id=draft.revision_id, data=_bytes(_picture()))


async def test_a_refused_picture_leaves_no_trace(world: World) -> None:
    with pytest.raises(Invalid):
        await media.store(actor=world.writer, centre_id=world.centre, data=SVG)
    assert (_files(media.folder()), await _count()) == ([], 0)
