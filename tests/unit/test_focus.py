"""The subject of a photo stays in view: moving its focus moves what each piece shows of it."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from layouts import cards, renderer
from layouts.manifest import list_gabarits
from layouts.pictures import WIDTHS
from layouts.setting import Setting
from models.content import FicheContent, Photo
from tests.factories import PICTURE

GABARITS = [each.name for each in list_gabarits()]
TOP, BOTTOM = (20, 20, 220), (220, 20, 20)
PIECES: dict[str, Callable[[FicheContent, Setting, Path], bytes]] = {
    "fiche": lambda content, setting, media: renderer.pdf(content, setting, media=media).data,
    "affiche": lambda content, setting, media: renderer.poster_pdf(content, setting, media=media, size="A4"),
    "diapositive": lambda content, setting, media: cards.slide_pdf(content, setting, media=media),
    "une-page": lambda content, setting, media: cards.single_page(content, setting, media=media),
    "reseaux": lambda content, setting, media: next(
        cards.sheets(content, setting, media)
    ).document.write_pdf(),
}


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture three times as high as wide, blue above and red below: every piece shows a part of it."""
    folder = tmp_path_factory.mktemp("medias")
    image = Image.new("RGB", (300, 900), (128, 128, 128))
    image.paste(TOP, (0, 0, 300, 300))
    image.paste(BOTTOM, (0, 600, 300, 900))
    for width in WIDTHS:
        image.save(folder / f"{PICTURE}-{width}.jpg", quality=90)
    return folder


def _shown(data: bytes) -> dict[str, int]:
    """Return how many pixels of the first page are of the top of the picture, and of its bottom."""
    with pypdfium2.PdfDocument(data) as document:
        picture = document[0].render(scale=0.3).to_pil().convert("RGB")
    counts = {"top": 0, "bottom": 0}
    for count, colour in picture.getcolors(10_000_000):
        for name, wanted in (("top", TOP), ("bottom", BOTTOM)):
            if max(abs(one - other) for one, other in zip(colour, wanted, strict=True)) < 40:
                counts[name] += count
    return counts


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize("piece", list(PIECES))
def test_what_is_shown_of_a_photo_is_around_its_focus(gabarit: str, piece: str, media: Path) -> None:
    for focus, near, far in ((0.0, "top", "bottom"), (1.0, "bottom", "top")):
        photo = Photo(media=PICTURE, cover=True, width=300, height=900, focus_y=focus, alt="Bleu et rouge.")
        content = FicheContent(title="Le banc du mardi", summary="Un banc pour parler.", photos=[photo])
        shown = _shown(PIECES[piece](content, Setting(gabarit=gabarit, media_base="media:"), media))
        assert shown[near] > 1000, shown
        assert shown[near] > 4 * shown[far], shown


def test_the_other_forms_for_networks_keep_the_focus_too(media: Path) -> None:
    for focus, near, far in ((0.0, "top", "bottom"), (1.0, "bottom", "top")):
        photo = Photo(media=PICTURE, cover=True, width=300, height=900, focus_y=focus)
        for sheet in cards.sheets(FicheContent(title="Le banc", photos=[photo]), Setting(), media):
            shown = _shown(sheet.document.write_pdf())
            assert shown[near] > 4 * shown[far], sheet.name
