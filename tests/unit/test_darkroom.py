"""Pictures as files: turned upright, in colours that all screens show, stripped of what they tell about people."""

import io
import random
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageOps
from PIL.PngImagePlugin import PngInfo

from app.services import darkroom
from layouts.pictures import FORMATS, NAME, WIDTHS, Crop, stem
from models.content import Photo
from models.errors import Invalid
from tests.pictures import (
    P3_RED,
    SRGB_RED,
    SVG,
    bomb,
    display_p3,
    file_of,
    from_a_telephone,
    heic,
    picture,
    quarters,
    telephone_notes,
)


@pytest.fixture
def shown(tmp_path: Path) -> Path:
    (tmp_path / "originaux").mkdir()
    (tmp_path / "medias").mkdir()
    return tmp_path / "medias"


def develop(data: bytes, shown: Path) -> Photo:
    return darkroom.develop(data, shown, shown.parent / "originaux")


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def near(found: object, wanted: tuple[int, ...], by: int = 6) -> bool:
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))  # type: ignore[call-overload]


def test_a_picture_is_kept_in_three_sizes_and_two_formats(shown: Path) -> None:
    photo = develop(file_of(picture(3600, 2400)), shown)
    assert (photo.width, photo.height) == (1654, 1103)
    wanted = [f"{photo.media}-{width}.{suffix}" for width in WIDTHS for suffix in FORMATS]
    assert files(shown) == sorted(wanted)
    assert all(NAME.fullmatch(name) for name in wanted)
    for width in WIDTHS:
        for suffix, kind in (("jpg", "JPEG"), ("webp", "WEBP")):
            with Image.open(shown / f"{photo.media}-{width}.{suffix}") as stored:
                assert (stored.format, stored.mode, stored.width) == (kind, "RGB", width)
                assert stored.height == round(width * 2 / 3)


def test_the_master_is_kept_apart_three_thousand_pixels_wide(shown: Path) -> None:
    photo = develop(file_of(picture(3600, 2400), exif=telephone_notes(1)), shown)
    masters = shown.parent / "originaux"
    assert files(masters) == [f"{photo.media}.jpg"]
    with Image.open(masters / f"{photo.media}.jpg") as master:
        assert (master.format, master.size, dict(master.getexif())) == ("JPEG", (3000, 2000), {})


def test_a_small_picture_is_not_enlarged(shown: Path) -> None:
    photo = develop(file_of(picture(600, 400)), shown)
    assert (photo.width, photo.height) == (600, 400)
    with Image.open(shown / f"{photo.media}-1654.jpg") as stored:
        assert stored.size == (600, 400)


@pytest.mark.parametrize("data", [from_a_telephone(), heic(exif=telephone_notes())], ids=["JPEG", "HEIC"])
def test_nothing_is_left_of_the_place_the_author_and_the_notes(shown: Path, data: bytes) -> None:
    assert b"Marque" in data
    photo = develop(data, shown)
    stored = [*shown.iterdir(), shown.parent / "originaux" / f"{photo.media}.jpg"]
    assert len(stored) == 7
    for path in stored:
        with Image.open(path) as image:
            assert dict(image.getexif()) == {}
            assert dict(image.getexif().get_ifd(0x8825)) == {}
            assert {"exif", "comment", "icc_profile", "xmp"} & set(image.info) == set()
        for secret in (b"Marque", b"Nom", b"Exif", b"EXIF", b"Secret", b"GPS"):
            assert secret not in path.read_bytes()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "WEBP"])
def test_a_picture_taken_sideways_is_turned_upright(shown: Path, kind: str, orientation: int) -> None:
    upright = quarters(800, 400)
    back = {2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}.get(orientation)  # what undoes each orientation
    lying = upright
    if back:
        lying.getexif()[0x0112] = back
        lying = ImageOps.exif_transpose(lying)
    exif = telephone_notes(orientation)
    data = heic(lying, exif=exif) if kind == "HEIF" else file_of(lying, kind, exif=exif, quality=95)
    photo = develop(data, shown)
    assert (photo.width, photo.height) == (800, 400)
    with Image.open(shown / f"{photo.media}-827.jpg") as stored:
        seen = [stored.getpixel(place) for place in ((200, 100), (600, 100), (200, 300), (600, 300))]
    colours = ((255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255))
    assert all(near(found, colour, 12) for found, colour in zip(seen, colours, strict=True)), seen


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "LA"), ("WEBP", "RGBA"), ("PNG", "P")])
def test_what_is_transparent_becomes_white(shown: Path, kind: str, mode: str) -> None:
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 100, 400))
    photo = develop(file_of(image.convert(mode), kind), shown)
    for suffix in FORMATS:
        with Image.open(shown / f"{photo.media}-1654.{suffix}") as stored:
            assert near(stored.getpixel((300, 200)), (255, 255, 255), 10)
            assert near(stored.getpixel((40, 200)), (0, 0, 0), 10)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "CMYK"),
        ("JPEG", "L"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("WEBP", "RGB"),
        ("HEIF", "RGB"),
        ("HEIF", "L"),
    ],
)
def test_every_kind_of_picture_becomes_a_jpeg_in_colours(shown: Path, kind: str, mode: str) -> None:
    image = Image.new("I;16", (400, 400), 30_000) if mode == "I;16" else picture(400, 400, mode)
    photo = develop(file_of(image, kind), shown)
    with Image.open(shown / f"{photo.media}-400.jpg") as stored:
        assert (stored.format, stored.mode, stored.size) == ("JPEG", "RGB", (400, 400))
        if mode not in ("I;16", "L", "1"):
            assert near(stored.getpixel((50, 200)), (255, 0, 0), 12)


def test_a_grey_picture_of_sixteen_bits_stays_grey(shown: Path) -> None:
    photo = develop(file_of(Image.new("I;16", (400, 400), 32_768), "PNG"), shown)
    with Image.open(shown / f"{photo.media}-400.jpg") as stored:
        assert stored.getpixel((200, 200)) == (128, 128, 128)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_wide_colours_of_telephones_come_out_right(shown: Path, kind: str) -> None:
    image = Image.new("RGB", (600, 400), P3_RED)
    options = {"chroma": 444} if kind == "HEIF" else {}
    photo = develop(file_of(image, kind, icc_profile=display_p3(), **options), shown)
    for suffix in FORMATS:
        with Image.open(shown / f"{photo.media}-827.{suffix}") as stored:
            assert near(stored.getpixel((300, 200)), SRGB_RED, 5)


def test_srgb_colours_stay_as_they_are_and_a_broken_profile_is_left_aside(shown: Path) -> None:
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for number, profile in enumerate((own, b"not a profile", display_p3()[:300])):
        image = Image.new("RGB", (600 + number, 400), P3_RED)
        photo = develop(file_of(image, "PNG", icc_profile=profile), shown)
        with Image.open(shown / f"{photo.media}-827.jpg") as stored:
            assert near(stored.getpixel((300, 200)), P3_RED, 3)


def test_of_a_moving_picture_the_first_is_kept(shown: Path) -> None:
    frames = [Image.new("RGB", (400, 400), colour) for colour in ("red", "blue", "green")]
    for kind in ("WEBP", "PNG"):
        photo = develop(file_of(frames[0], kind, save_all=True, append_images=frames[1:]), shown)
        with Image.open(shown / f"{photo.media}-400.webp") as stored:
            assert getattr(stored, "n_frames", 1) == 1
            assert near(stored.convert("RGB").getpixel((200, 200)), (255, 0, 0), 10)


def test_the_same_picture_has_the_same_key(shown: Path) -> None:
    data = file_of(picture())
    assert develop(data, shown) == develop(io.BytesIO(data), shown)  # type: ignore[arg-type]
    assert develop(file_of(picture(901)), shown).media != develop(data, shown).media


# --- refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "not_a_picture", id="empty"),
        pytest.param(b"Bonjour", "not_a_picture", id="text renamed .jpg"),
        pytest.param(b"<!DOCTYPE html><script>alert(1)</script>", "not_a_picture", id="HTML"),
        pytest.param(SVG, "svg", id="SVG"),
        pytest.param(file_of(picture(), "GIF"), "gif", id="GIF"),
        pytest.param(b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1)", "gif", id="GIF that is a script"),
        pytest.param(file_of(picture(), "BMP"), "other_picture", id="BMP"),
        pytest.param(file_of(picture(), "TIFF"), "other_picture", id="TIFF"),
        pytest.param(file_of(picture(), "AVIF"), "other_picture", id="AVIF"),
        pytest.param(b"%PDF-1.7\n", "pdf", id="PDF"),
        pytest.param(b"\x00\x00\x00\x20ftypisom" + b"\x00" * 40, "video", id="film"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 40, "archive", id="ZIP"),
        pytest.param(file_of(picture())[:-2000], "damaged", id="truncated JPEG"),
        pytest.param(file_of(picture(), "PNG")[:600], "damaged", id="truncated PNG"),
        pytest.param(file_of(picture(), "WEBP")[:500], "damaged", id="truncated WebP"),
        pytest.param(heic()[:-400], "damaged", id="truncated HEIC"),
        pytest.param(heic()[:60], "damaged", id="HEIC without a picture"),
        pytest.param(bomb(), "too_many_pixels", id="50,000 × 50,000"),
        pytest.param(
            file_of(Image.new("1", (10_000, 5_001)), "PNG"), "too_many_pixels", id="50 million and more"
        ),
        pytest.param(file_of(picture(319, 900)), "too_small", id="too narrow"),
        pytest.param(file_of(picture(900, 319)), "too_small", id="too low"),
        pytest.param(file_of(Image.new("L", (330, 3000))), "too_stretched", id="a ribbon"),
        pytest.param(b"\xff\xd8" + b"a" * (20 * 1024 * 1024), "too_big", id="more than 20 MB"),
    ],
)
def test_what_is_no_suitable_picture_is_refused_and_nothing_is_written(
    shown: Path, data: bytes, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        develop(data, shown)
    assert (refused.value.code, refused.value.where) == (code, "photos")
    assert (files(shown), files(shown.parent / "originaux")) == ([], [])


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, about what is left of the notes
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_damaged_picture_is_shown_as_far_as_it_goes_or_refused(shown: Path, kind: str) -> None:
    whole = from_a_telephone() if kind == "JPEG" else file_of(picture(330, 330), kind)
    draw = random.Random(7)
    outcomes = set()
    for _ in range(80):
        data = bytearray(whole)
        for _ in range(draw.randrange(1, 6)):
            data[draw.randrange(min(len(data), 700))] = draw.randrange(256)
        try:
            develop(bytes(data), shown)
            outcomes.add("kept")
        except Invalid as refused:
            outcomes.add(refused.code)
    known = {"kept", "damaged", "not_a_picture", "other_picture", "video", "too_many_pixels", "too_small"}
    assert outcomes <= known | {"too_stretched"}
    assert "damaged" in outcomes


@pytest.mark.parametrize("tail", [b"<?php system($_GET[0]); ?>", b"PK\x03\x04secret.txt", SVG])
def test_what_is_hidden_in_a_picture_is_left_behind(shown: Path, tail: bytes) -> None:
    notes = PngInfo()
    notes.add_text("Comment", "<script>alert(1)</script>")
    for data in (file_of(picture(), "PNG", pnginfo=notes) + tail, file_of(picture(), comment=SVG) + tail):
        photo = develop(data, shown)
        for path in [*shown.iterdir(), shown.parent / "originaux" / f"{photo.media}.jpg"]:
            content = path.read_bytes()
            assert [each in content for each in (b"script", b"php", b"PK\x03\x04", b"svg")] == [False] * 4


# --- crops --------------------------------------------------------------------------------------------------------


def test_a_crop_keeps_the_part_that_was_asked(shown: Path) -> None:
    photo = develop(file_of(quarters(3000, 1500), quality=95), shown)
    masters = shown.parent / "originaux"
    size = darkroom.cut(photo.media, Crop(500, 0, 500, 500), shown, masters)
    assert size == (1500, 750)  # from the master, not from the 1654 pixels that are shown
    name = stem(photo.media, "500-0-500-500")
    assert name == f"{photo.media}-c500-0-500-500"
    for width in WIDTHS:
        for suffix in FORMATS:
            with Image.open(shown / f"{name}-{width}.{suffix}") as stored:
                assert stored.width == min(width, 1500)
                for place in ((5, 5), (stored.width - 5, stored.height - 5)):
                    assert near(stored.convert("RGB").getpixel(place), (0, 128, 0), 12)
    assert darkroom.is_stored(name, shown)
    assert len(files(masters)) == 1


def test_a_picture_is_kept_larger_for_print_when_its_master_has_the_pixels(shown: Path) -> None:
    masters = shown.parent / "originaux"
    photo = develop(file_of(quarters(3000, 1500)), shown)
    assert darkroom.enlarge(photo.media, None, shown, masters)
    with Image.open(shown / f"{photo.media}-2480.jpg") as stored:
        assert stored.size == (2480, 1240)
    wide = Crop(250, 0, 700, 1000)
    assert darkroom.enlarge(photo.media, wide, shown, masters)
    with Image.open(shown / f"{stem(photo.media, wide.name)}-2480.jpg") as stored:
        assert stored.size == (2100, 1500)  # all that it has, never more
    before = files(shown)
    assert not darkroom.enlarge(photo.media, Crop(0, 0, 500, 500), shown, masters)
    assert not darkroom.enlarge("inconnue0000", None, shown, masters)
    assert files(shown) == before


def test_a_picture_stored_before_masters_were_kept_is_cut_from_what_is_shown(shown: Path) -> None:
    photo = develop(file_of(quarters(3000, 1500)), shown)
    (shown.parent / "originaux" / f"{photo.media}.jpg").unlink()
    assert darkroom.cut(photo.media, Crop(0, 0, 500, 1000), shown, shown.parent / "originaux") == (827, 827)


def test_a_crop_too_small_is_refused_and_nothing_is_written(shown: Path) -> None:
    photo = develop(file_of(picture(1000, 1000)), shown)
    before = files(shown)
    with pytest.raises(Invalid) as refused:
        darkroom.cut(photo.media, Crop(0, 0, 300, 1000), shown, shown.parent / "originaux")
    assert (refused.value.code, files(shown)) == ("crop_too_small", before)
    with pytest.raises(FileNotFoundError):
        darkroom.cut("0" * 24, Crop(0, 0, 500, 500), shown, shown.parent / "originaux")


def test_a_missing_webp_is_made_from_its_jpeg(shown: Path) -> None:
    photo = develop(file_of(quarters(1000, 500)), shown)
    name = f"{photo.media}-827.webp"
    (shown / name).unlink()
    assert darkroom.to_webp(name, shown)
    with Image.open(shown / name) as stored:
        assert (stored.format, stored.size) == ("WEBP", (827, 414))
    assert not darkroom.to_webp("absente-0001-827.webp", shown)


# --- memory -------------------------------------------------------------------------------------------------------

HEAVY = """
import resource, sys, asyncio, io, pathlib, random
from PIL import Image
from app.services import darkroom, media
folder = pathlib.Path(sys.argv[1]); media.configure(folder)
noise = Image.effect_noise((1000, 1000), 80)
data = []
for number in range(6):
    image = Image.new("RGB", (7000 + number, 7000))
    for x in range(0, 7000, 1000):
        image.paste(noise, (x, 0))
    buffer = io.BytesIO(); image.save(buffer, "PNG", compress_level=1); data.append(buffer.getvalue())
del image, buffer, noise
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
async def main():
    return await asyncio.gather(*[
        media._work(lambda each=each: darkroom.develop(each, folder, media.masters())) for each in data
    ])
photos = asyncio.run(main())
print(len({photo.media for photo in photos}), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_six_huge_pictures_at_once_take_the_memory_of_one(shown: Path) -> None:
    """49 million pixels each: 196 MB decoded. All at once they would need more than a gigabyte."""
    done = subprocess.run(
        [sys.executable, "-c", HEAVY, str(shown)], capture_output=True, text=True, timeout=300
    )
    stored, megabytes = map(int, done.stdout.split())
    assert stored == 6, done.stderr
    assert megabytes < 400
