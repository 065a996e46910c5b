"""For the printer: exact size once trimmed, colour up to the bleed, marks outside it."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from layouts import renderer
from layouts.manifest import list_gabarits
from tests.factories import full_content, store_pictures

MM = 72 / 25.4
URL = "https://cestpossible.example/fiches/essai"


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store_pictures(tmp_path_factory.mktemp("medias"))


def _made(kind: str, gabarit: str, media: Path, marks: bool = True) -> bytes:
    setting = renderer.Setting(gabarit=gabarit, public_url=URL)
    if kind == "fiche":
        return renderer.pdf(full_content(), setting, media=media, marks=marks).data
    return renderer.poster_pdf(full_content(), setting, media=media, size=kind, marks=marks)


@pytest.mark.parametrize(
    ("kind", "gabarit", "size"),
    [
        *(("fiche", each.name, (210, 297)) for each in list_gabarits()),
        ("A3", "reperes", (297, 420)),
        ("A4", "reperes", (210, 297)),
    ],
)
def test_a_sheet_is_trimmed_to_its_size_with_colour_up_to_the_bleed(
    kind: str, gabarit: str, size: tuple[int, int], media: Path, tmp_path: Path
) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(_made(kind, gabarit, media))
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            trim, bleed, whole = (
                [float(each) / MM for each in page[name]] for name in ("/TrimBox", "/BleedBox", "/MediaBox")
            )
            assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx(size, abs=0.04)
            assert [b - t for b, t in zip(bleed, trim, strict=True)] == pytest.approx(
                [-3, -3, 3, 3], abs=0.01
            )
            assert [w - t for w, t in zip(whole, trim, strict=True)] == pytest.approx(
                [-11, -11, 11, 11], abs=0.01
            )
    with pypdfium2.PdfDocument(path) as document:
        picture = document[0].render(scale=4 * 25.4 / 72).to_pil().convert("RGB")  # four pixels a millimetre

    def at(x: float, y: float) -> tuple[int, int, int]:
        return picture.getpixel((round(x * 4), round(y * 4)))

    white = (255, 255, 255)
    around, width, height = 11, size[0], size[1]
    middle = around + width / 2
    # Colour goes on past the trim on the first page, up to the bleed, and not further.
    assert at(middle, around - 2) != white or at(around + 5, around - 2) != white
    assert all(at(x, around - 3.6) == white for x in range(around + 3, around + width - 3, 7))
    assert all(at(around - 3.6, y) == white for y in range(around + 3, around + height - 3, 7))
    # A mark at each end of each corner, at the trim.
    for x in (around, around + width):
        for y in (3.5, height + 2 * around - 3.5):
            assert min(min(at(x + dx / 4, y)) for dx in (-1, 0, 1)) < 200
    for y in (around, around + height):
        for x in (3.5, width + 2 * around - 3.5):
            assert min(min(at(x, y + dy / 4)) for dy in (-1, 0, 1)) < 200


def test_the_text_is_that_of_the_other_sheet(media: Path) -> None:
    texts = []
    for marks in (False, True):
        with pypdfium2.PdfDocument(_made("fiche", "reperes", media, marks)) as document:
            texts.append([page.get_textpage().get_text_range() for page in document])
    assert texts[0] == texts[1]
