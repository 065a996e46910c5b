"""Pages against their reference pictures: a change of style is seen before it is published."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from layouts.manifest import list_gabarits
from tests import golden


@pytest.mark.parametrize("gabarit", [each.name for each in list_gabarits()])
def test_pages_look_as_their_references(gabarit: str) -> None:
    seen = golden.pages(gabarit)
    # Recto and verso, with photos and without; for the printer; two posters, single page, slide, three pictures.
    assert len(seen) == 12
    _as_references(seen)


def test_the_pages_of_a_booklet_look_as_their_references() -> None:
    _as_references(golden.booklet_pages())


def _as_references(seen: list[golden.Page]) -> None:
    assert {page.name: page.moved() for page in seen if page.moved() > golden.TOLERANCE} == {}, (
        "the look has changed: look at the pages, then `make golden`"
    )


def test_a_line_that_moved_is_seen() -> None:
    name = f"{list_gabarits()[0].name}-page-1"
    with Image.open(golden.FOLDER / f"{name}.png") as opened:
        picture = opened.convert("RGB")
    assert golden.Page(name, picture).moved() < golden.TOLERANCE
    ImageDraw.Draw(picture).rectangle((40, 300, 340, 310), fill=(200, 30, 30))
    assert golden.Page(name, picture).moved() > golden.TOLERANCE
    assert golden.Page("none", picture).moved() == 1


def test_references_are_small() -> None:
    files = list(golden.FOLDER.glob("*.png"))
    assert sum(len(path.read_bytes()) for path in files) < 600_000
    assert all(Image.open(BytesIO(path.read_bytes())).size for path in files)
