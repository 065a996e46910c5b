"""From the bytes of a picture to its stored files: checked, upright, in sRGB, without metadata. Blocking: see `media`."""

import contextlib
import hashlib
import io
import secrets
import struct
import threading
import zlib
from pathlib import Path
from typing import IO

from PIL import Image, ImageCms, ImageFile, ImageOps
from pillow_heif import register_heif_opener

from layouts.pictures import FORMATS, PRINT, WHOLE, WIDTHS, Crop, stem
from models.content import Photo
from models.errors import Invalid

MAX_BYTES = 20 * 1024 * 1024
# An image of 50,000 × 50,000 pixels of one colour weighs a few kilobytes and fills the memory. A JPEG can be made
# smaller while it is decoded, the others can't: 50 million pixels are the largest of today's telephones.
MAX_PIXELS = {"JPEG": 120_000_000, "PNG": 50_000_000, "WEBP": 50_000_000, "HEIF": 50_000_000}
LARGE = 16_000_000  # pixels: above, one at a time
MIN_SIDE = 320  # pixels
MAX_STRETCH = 8  # a panorama is at most that many times as long as it is high
QUALITY = {"jpg": 82, "webp": 80}
MASTER_SIDE = 3000  # pixels
MASTER_QUALITY = 90
# What decoders raise on files that are no pictures or are damaged.
DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    ArithmeticError,
    LookupError,
    EOFError,
    RuntimeError,
    struct.error,
    zlib.error,
)
# How files begin that people take for photos. Each has its own sentence.
_KINDS = (
    ("damaged", (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"ftyphei", b"ftyphev", b"ftypmif1", b"ftypmsf1")),
    ("gif", (b"GIF8",)),
    ("pdf", (b"%PDF",)),
    ("other_picture", (b"BM", b"II*\x00", b"MM\x00*", b"ftypavif", b"ftypavis", b"8BPS", b"ftypcrx")),
    ("video", (b"ftyp", b"\x1aE\xdf\xa3")),
    ("archive", (b"PK\x03\x04",)),
)

_large_ones = threading.Lock()
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))

register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


def develop(data: bytes | IO[bytes], folder: Path, masters: Path) -> Photo:
    """Check a picture and store it: shown sizes into `folder`, master for later crops into `masters`.

    The key is drawn from its content. Raises Invalid with code `too_big`, `too_many_pixels`, `too_small`,
    `too_stretched`, `damaged`, `not_a_picture` or one of `_KINDS`.
    """
    if not isinstance(data, bytes):
        data.seek(0)
        data = data.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Invalid("too_big", "photos")
    key = hashlib.sha256(data).hexdigest()[:24]
    image = _open(data)
    master = masters / f"{key}.jpg"
    if not master.exists():
        _save(image, master, quality=MASTER_QUALITY)
    width, height = _write(image, key, folder)
    return Photo(media=key, width=width, height=height)


def cut(key: str, crop: Crop, folder: Path, masters: Path) -> tuple[int, int]:
    """Store the part `crop` of a picture in every size; return the pixels of the largest.

    Raises Invalid `crop_too_small`, FileNotFoundError when the picture isn't stored.
    """
    master = masters / f"{key}.jpg"
    if not master.exists():  # stored before masters were kept
        master = folder / f"{key}-{WIDTHS[-1]}.jpg"
    with Image.open(master, formats=("JPEG",)) as image:
        part = image.crop(crop.box(image.size))
    if min(part.size) < MIN_SIDE:
        raise Invalid("crop_too_small", "photos")
    return _write(part, stem(key, crop.name), folder)


def enlarge(key: str, crop: Crop | None, folder: Path, masters: Path) -> bool:
    """Store a picture as large as posters print it, from its master; whether it is there.

    A picture that has no more pixels than its largest shown size is left as it is: nothing is enlarged beyond what it has.
    """
    kept = crop or Crop(0, 0, WHOLE, WHOLE)
    target = folder / f"{stem(key, kept.name)}-{PRINT}.jpg"
    if target.exists():
        return True
    try:
        with Image.open(masters / f"{key}.jpg", formats=("JPEG",)) as image:  # reads the header only
            left, top, right, bottom = kept.box(image.size)
            width = min(PRINT, right - left)
            if width <= WIDTHS[-1]:
                return False
            height = max(1, round((bottom - top) * width / (right - left)))
            part = image.resize((width, height), Image.Resampling.LANCZOS, box=(left, top, right, bottom))
    except FileNotFoundError:  # stored before masters were kept
        return False
    _save(part, target)
    return True


def size_of(name: str, folder: Path) -> tuple[int, int]:
    """Return the pixels of the largest stored size of the picture with that stem; FileNotFoundError."""
    with Image.open(folder / f"{name}-{WIDTHS[-1]}.jpg", formats=("JPEG",)) as image:
        return image.size


def is_stored(name: str, folder: Path) -> bool:
    """Whether every size of the picture with that stem is there."""
    return all((folder / f"{name}-{width}.{suffix}").exists() for width in WIDTHS for suffix in FORMATS)


def to_webp(name: str, folder: Path) -> bool:
    """Make the WebP called `name` from the JPEG of the same size; whether there was one."""
    source = folder / f"{name.removesuffix('.webp')}.jpg"
    try:
        with Image.open(source, formats=("JPEG",)) as image:
            _save(image.convert("RGB"), folder / name)
    except FileNotFoundError:
        return False
    return True


def _open(data: bytes) -> Image.Image:
    """Return the picture upright, in sRGB, bare of metadata, `MASTER_SIDE` pixels at most. Raises Invalid."""
    # WeasyPrint, once imported, lets half a picture pass for a whole one.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        opened = Image.open(io.BytesIO(data), formats=tuple(MAX_PIXELS))  # reads the header only
        _check_size(opened)
        # Several large pictures at once would fill the memory of a small machine.
        with _large_ones if opened.width * opened.height > LARGE else contextlib.nullcontext():
            opened.draft("RGB", (MASTER_SIDE, MASTER_SIDE))  # JPEG decoders can halve while decoding
            profile = opened.info.get("icc_profile")
            opened.load()
            _check_size(opened)  # libheif may find another size while decoding
            # Resized first: what follows costs by the pixel.
            small = _fit(_plain(opened), MASTER_SIDE)
            small.info, orientation = {}, opened.getexif().get(0x0112, 1)
        return _flatten(ImageOps.exif_transpose(_oriented(small, orientation)), profile)
    except (Image.DecompressionBombError, MemoryError) as error:
        raise Invalid("too_many_pixels", "photos") from error
    except DAMAGED as error:
        raise Invalid(_kind(data), "photos") from error


def _check_size(image: Image.Image) -> None:
    longest, shortest = max(image.size), min(image.size)
    if image.width * image.height > MAX_PIXELS.get(image.format or "", MAX_PIXELS["PNG"]):
        raise Invalid("too_many_pixels", "photos")
    if shortest < MIN_SIDE:
        raise Invalid("too_small", "photos")
    if longest > shortest * MAX_STRETCH:
        raise Invalid("too_stretched", "photos")


def _kind(data: bytes) -> str:
    """Return the code of the sentence for what is no readable picture."""
    start = data[:1024]
    for code, marks in _KINDS:
        # ISO media files (HEIC, AVIF, films) have their kind after four bytes of length.
        if start.startswith(marks) or start[4:].startswith(tuple(m for m in marks if m.startswith(b"ftyp"))):
            return code
    return "svg" if b"<svg" in start.lower() else "not_a_picture"


def _plain(image: Image.Image) -> Image.Image:
    """Return the image in a mode that can be resized smoothly: palettes, one and sixteen bits can't."""
    if image.mode.startswith("I"):  # sixteen bits a pixel: a plain conversion would cut at 255
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("P", "PA") or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode == "LA":
        return image.convert("RGBA")
    return image.convert("L") if image.mode == "1" else image


def _fit(image: Image.Image, side: int) -> Image.Image:
    """Return the image no larger than `side` pixels; never enlarged."""
    share = side / max(image.size)
    if share >= 1:
        return image
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _oriented(image: Image.Image, orientation: object) -> Image.Image:
    """Return the image with its orientation as its only note."""
    if orientation in range(2, 9):
        image.getexif()[0x0112] = orientation
    return image


def _flatten(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the image in sRGB, on white where it was transparent, without the notes that a save would keep."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    flat = _to_srgb(image.convert("RGB") if alpha else image, profile)
    if alpha:
        flat = Image.composite(flat, Image.new("RGB", flat.size, "white"), alpha)
    flat.info.clear()
    return flat


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the image in sRGB: telephones write in wider colours (Display P3), which look dull where they are unknown."""
    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, *DAMAGED):
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if image.mode == "RGB" and "sRGB" in ImageCms.getProfileDescription(own):
                return image
            converted = ImageCms.profileToProfile(image, own, _SRGB, outputMode="RGB")
            if converted is not None:
                return converted
    return image.convert("RGB")


def _write(image: Image.Image, name: str, folder: Path) -> tuple[int, int]:
    """Write every size of a picture; return the pixels of the largest. Re-encoding leaves all metadata behind."""
    largest = (0, 0)
    # The name says the slot, not the pixels: a small picture is stored as it is, never enlarged.
    for width in sorted(WIDTHS, reverse=True):
        size = image.size
        if width < image.width:
            size = (width, max(1, round(image.height * width / image.width)))
        scaled = image.resize(size, Image.Resampling.LANCZOS) if size != image.size else image
        for suffix in FORMATS:
            _save(scaled, folder / f"{name}-{width}.{suffix}")
        largest = max(largest, size)
    return largest


def _save(image: Image.Image, target: Path, quality: int = 0) -> None:
    """Write the file whole or not at all: the same picture may come twice at once."""
    partial = target.with_name(f"{target.stem}.{secrets.token_hex(4)}.part")
    quality = quality or QUALITY[target.suffix[1:]]
    try:
        # Straight into a file: Pillow lets other threads run then, and not when it writes into memory.
        if target.suffix == ".webp":
            image.save(partial, "WEBP", quality=quality, method=4)
        else:
            image.save(partial, "JPEG", quality=quality, optimize=True, progressive=True)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
