"""Our fonts hold all that French writes, so that no page or PDF borrows a letter from another one."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from layouts import cards, renderer
from layouts.manifest import FONTS, GABARITS, PIECES, list_gabarits, manifest
from layouts.setting import Setting
from tests.embedded import fonts_of
from tests.factories import seed_content

FILES = sorted([*FONTS.glob("*.ttf"), *FONTS.glob("*.woff2")], key=lambda path: path.name)
LETTERS = "".join(map(chr, [*range(ord("A"), ord("Z") + 1), *range(ord("a"), ord("z") + 1)])) + "0123456789"
ACCENTS = "àâäæçéèêëîïôöœùûüÿ" + "ÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ"
SIGNS = "«»’‘“”–—…€°·•!?:;,.()[]/%&+=@*#©²³ªº½¼¾×"
UNSEEN = "\u0020\u00a0\u00ad\u200b\u202f\u2010\u2011"  # spaces, places to break, hyphens
ARROWS = "←↑→↓✓"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_font_holds_french(path: Path) -> None:
    with TTFont(path, lazy=True) as font:
        there = set(font.getBestCmap())
    assert [char for char in LETTERS + ACCENTS + SIGNS + UNSEEN + ARROWS if ord(char) not in there] == []


def test_templates_write_nothing_that_our_fonts_lack() -> None:
    with TTFont(FONTS / "nunito-700-normal.ttf", lazy=True) as font:
        there = set(font.getBestCmap())
    for path in (
        *GABARITS.rglob("*.html"),
        *GABARITS.rglob("*.css"),
        *PIECES.rglob("*.html"),
        *PIECES.rglob("*.css"),
    ):
        written = set(path.read_text(encoding="utf-8")) - {"\n"}
        assert {char for char in written if ord(char) not in there} == set(), path.name


def test_every_face_is_there_for_paper_and_for_browsers() -> None:
    for each in list_gabarits():
        for _, file, weight, style in each.faces:
            for suffix in ("ttf", "woff2"):
                assert (FONTS / f"{file}-{weight}-{style}.{suffix}").is_file()


@pytest.mark.parametrize("gabarit", [each.name for each in list_gabarits()])
def test_the_pdfs_of_the_seed_embed_our_fonts_only(gabarit: str, tmp_path: Path) -> None:
    content = seed_content().model_copy(update={"photos": []})
    setting = Setting(gabarit=gabarit, public_url="https://cestpossible.example/fiches/graine")
    own = tuple(face.file for face in manifest(gabarit).fonts)
    made = {
        "fiche": renderer.pdf(content, setting, media=tmp_path).data,
        "affiche": renderer.poster_pdf(content, setting, media=tmp_path),
        "diapositive": cards.slide_pdf(content, setting, media=tmp_path),
        "une page": cards.single_page(content, setting, media=tmp_path),
    }
    for name, data in made.items():
        used = fonts_of(data)
        assert used, name
        assert {font for font in used if not font.startswith(own)} == set(), name
