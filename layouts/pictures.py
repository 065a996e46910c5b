"""How stored pictures are called and offered to browsers: the one place that makes their file names.

A picture is stored whole (`KEY-1654.jpg`) and, once cropped, as a cut of its own (`KEY-c100-0-800-1000-1654.jpg`),
each in three widths, in JPEG (read by all, printed) and WebP (a third lighter). What a poster shows is kept once more,
larger, when the picture has more pixels than screens need (`KEY-2480.jpg`).
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from models.content import Photo

WIDTHS = (400, 827, 1654)  # pixels: a card, half a page at 200 dpi, the width of an A4 page
PRINT = 2480  # pixels: the width of an A3 page at 210 dpi, in JPEG only, for the pictures whose master has it
FORMATS = ("jpg", "webp")
NAME = re.compile(rf"[0-9a-z-]{{8,105}}-(?:{'|'.join(map(str, WIDTHS))}|{PRINT}(?=\.jpg))\.(?:jpg|webp)")
WHOLE = 1000  # thousandths: the side of the whole picture


class Crop(NamedTuple):
    """What is kept of a picture, in thousandths of its sides."""

    left: int
    top: int
    width: int
    height: int

    @property
    def name(self) -> str:
        """The crop as it is written in `Photo.crop`: "" for the whole picture."""
        return "" if self == (0, 0, WHOLE, WHOLE) else "-".join(map(str, self))

    def box(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom in pixels of a picture of `size`, one pixel a side at least."""
        across, down = size
        left = min(round(self.left * across / WHOLE), across - 1)
        top = min(round(self.top * down / WHOLE), down - 1)
        right = max(left + 1, min(round((self.left + self.width) * across / WHOLE), across))
        bottom = max(top + 1, min(round((self.top + self.height) * down / WHOLE), down))
        return left, top, right, bottom


def read_crop(text: str) -> Crop | None:
    """Read "left-top-width-height"; None for the whole picture and for what lies outside of it."""
    if not re.fullmatch(r"\d{1,4}(-\d{1,4}){3}", text):
        return None
    crop = Crop(*map(int, text.split("-")))
    inside = crop.left + crop.width <= WHOLE and crop.top + crop.height <= WHOLE
    return crop if inside and crop.width and crop.height and crop.name else None


def stem(media: str, crop: str = "") -> str:
    """Return the beginning of the file names of a picture, as it is shown: `KEY` or `KEY-cL-T-W-H`."""
    kept = read_crop(crop)
    return f"{media}-c{kept.name}" if kept else media


def stem_of(photo: Photo | None) -> str | None:
    """Return the stem of a photo of a fiche; None without photo."""
    return stem(photo.media, photo.crop) if photo else None


@dataclass(frozen=True)
class Sources:
    """What an `<img>` and the `<source>` before it need."""

    base: str  # address of the picture without width nor suffix
    srcset: str
    webp: str  # "" on paper: WeasyPrint passes the bytes of a JPEG on untouched

    def src(self, width: int) -> str:
        """Return the address of the JPEG of that width."""
        return f"{self.base}-{width}.jpg"


def sources(
    stem: str, media_base: str = "/medias", *, width: int = WIDTHS[-1], most: int = WIDTHS[-1]
) -> Sources:
    """Return the addresses of a picture `width` pixels wide at its largest, up to the stored width `most`.

    `media_base` is a path, or a scheme such as "media:" on paper.
    """
    paper = media_base.endswith(":")
    base = (media_base if paper else media_base.rstrip("/") + "/") + stem
    # Small pictures are stored as they are in every slot: said once, with their true width.
    true = {min(slot, width): slot for slot in reversed(WIDTHS) if slot <= most}
    slots = sorted(true.items())
    jpeg, webp = (
        ", ".join(f"{base}-{slot}.{suffix} {pixels}w" for pixels, slot in slots) for suffix in FORMATS
    )
    return Sources(base, jpeg, "" if paper else webp)
