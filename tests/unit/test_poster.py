"""The poster: one page that holds everything it shows, whatever the fiche."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from weasyprint.formatting_structure import boxes

from layouts import contrast, lettering, paper, proof
from layouts.manifest import Palette, list_gabarits, manifest
from layouts.poster import SIZE, lay_out_poster, poster, poster_pdf, poster_stylesheet
from layouts.setting import Setting
from models.content import FicheContent, KeyFigure
from tests.embedded import fonts_of
from tests.factories import PICTURE, full_content, seed_content, store_pictures

GABARITS = [each.name for each in list_gabarits()]
PUBLISHED = "https://cestpossible.example/fiches/quinze-voisins"
MM = 25.4 / 96


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("medias")
    store_pictures(folder)
    return folder


def _hard() -> dict[str, FicheContent]:
    full = full_content()
    return {
        "full": full,
        "seed": seed_content(),
        "empty": FicheContent(),
        "no photo": full_content(photos=[]),
        "one short word": full_content(title="Oser", photos=[]),
        "twelve words": full_content(
            title="Les habitantes et les habitants du quartier reprennent ensemble douze jardins abandonnés"
        ),
        "a word of 63 letters": full_content(title="anti" + "constitutionnel" * 4, photos=[]),
        "everything as long as can be": full_content(
            title=("Des voisins conduisent leurs voisins. " * 11)[:400],
            accroche=("Une accroche très longue, pour voir. " * 12)[:400],
            themes=["mobilite", "emploi-ess", "cadre-de-vie"],
            card={**full.card.model_dump(), "name": ("Espace de vie sociale " * 20)[:400]},
            place="Très long lieu-dit " * 20,
            commune="",
        ),
        "wide capitals": full_content(title="MMMM WWWW " * 30, accroche="WWWW " * 70),
        "a quote": full_content(accroche=""),
        "nobody speaks": full_content(photos=[], voices={}),
        "neither photo nor figure": full_content(photos=[], changes={}, residents={}),
        "a figure too long for a sticker": full_content(
            changes={"figures": [KeyFigure(value="de 12 000 à 14 000", label="trajets " * 20)]}
        ),
    }


HARD = _hard()


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize("name", list(HARD))
def test_a_poster_holds_on_its_page_and_loses_nothing(gabarit: str, name: str, media: Path) -> None:
    for url in ("", PUBLISHED):
        setting = Setting(gabarit=gabarit, public_url=url, media_base="media:")
        with paper.LAYOUT_LOCK:
            laid_out = lay_out_poster(HARD[name], setting, media, {})
        assert len(laid_out.pages) == 1
        assert not paper.lost_text(laid_out, poster(HARD[name], setting))
        for box in paper.body_boxes(laid_out.pages[0]):
            if isinstance(box, boxes.TextBox) and box.text.strip():
                left, right = box.position_x * MM, (box.position_x + box.width) * MM
                assert left >= -0.1, box.text
                assert right <= SIZE[0] + 0.1, box.text
                assert box.position_y * MM >= 0, box.text
                assert (box.position_y + box.height) * MM <= SIZE[1], box.text


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize("name", list(HARD))
def test_texts_of_a_poster_are_neither_cut_nor_on_one_another(gabarit: str, name: str, media: Path) -> None:
    setting = Setting(gabarit=gabarit, public_url=PUBLISHED, media_base="media:")
    with paper.LAYOUT_LOCK:
        laid_out = lay_out_poster(HARD[name], setting, media, {})
    assert proof.read_sheet(laid_out) == []


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize("palette", list(Palette))
def test_a_poster_can_be_read_in_every_palette(gabarit: str, palette: str, media: Path) -> None:
    for name in ("full", "no photo", "a quote", "nobody speaks", "neither photo nor figure"):
        setting = Setting(gabarit=gabarit, palette=palette, public_url=PUBLISHED, media_base="media:")
        with paper.LAYOUT_LOCK:
            laid_out = lay_out_poster(HARD[name], setting, media, {})
        faint = [each for each in contrast.meetings(laid_out) if each.ratio < contrast.READABLE]
        assert faint == [], name


def test_each_gabarit_has_a_poster_of_its_own_in_its_own_letters(media: Path) -> None:
    seen = set()
    for gabarit in GABARITS:
        data = poster_pdf(full_content(), Setting(gabarit=gabarit), media=media, size="A4")
        with pypdfium2.PdfDocument(data) as document:
            small = document[0].render(scale=0.1).to_pil().convert("RGB")
        seen.add(small.tobytes())
        head, *others = (face.file for face in manifest(gabarit).fonts)
        used = fonts_of(data)
        assert any(name.startswith(head) for name in used), used
        assert all(name.startswith((head, *others)) for name in used), used
    assert len(seen) == len(GABARITS)


@pytest.mark.parametrize("size", ["A3", "A4"])
def test_the_pdf_of_a_poster_has_its_format(size: str, media: Path) -> None:
    data = poster_pdf(full_content(), Setting(public_url=PUBLISHED), media=media, size=size)
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 1
    expected = (297, 420) if size == "A3" else (210, 297)
    assert [round(side / 72 * 25.4) for side in document[0].get_size()] == list(expected)
    text = document[0].get_textpage().get_text_bounded()
    assert "Les Tilleuls" in text


def test_a_large_poster_prints_the_photo_kept_for_print_as_it_is(tmp_path: Path) -> None:
    store_pictures(tmp_path)
    large = tmp_path / f"{PICTURE}-2480.jpg"
    Image.effect_noise((2480, 1654), 60).convert("RGB").save(large)
    for gabarit in GABARITS:
        made = {
            (size, marks): poster_pdf(
                full_content(), Setting(gabarit=gabarit), media=tmp_path, size=size, marks=marks
            )
            for size, marks in (("A3", False), ("A3", True), ("A4", False))
        }
        scan = large.read_bytes()[-5000:]  # of the picture itself: its bytes pass through
        assert [scan in data for data in made.values()] == [True, True, False]
    large.unlink()
    assert (tmp_path / f"{PICTURE}-1654.jpg").read_bytes()[-500:] in poster_pdf(
        full_content(), Setting(), media=tmp_path
    )


def test_a_poster_shows_the_code_only_once_published() -> None:
    setting = Setting(placeholder=True)
    assert "<svg" not in poster(full_content(), setting)
    assert "<svg" in poster(full_content(), replace(setting, public_url=PUBLISHED))
    assert "Votre titre" in poster(FicheContent(), setting)
    assert "Votre titre" not in poster(FicheContent(), Setting())


def test_a_poster_says_the_accroche_or_else_a_short_quote() -> None:
    assert "tableau blanc et quinze conducteurs" in poster(full_content(), Setting())
    said = poster(full_content(accroche=""), Setting())
    quote = next(each for each in full_content().voices.quotes if len(each.text) <= 220)
    assert quote.name in said


def test_a_poster_holds_no_inline_style_nor_markup_of_the_author() -> None:
    html = poster(full_content(title="<b>Oser</b>", accroche="<script>x</script>"), Setting())
    assert "<b>" not in html
    assert "<script" not in html
    assert not re.search(r"\sstyle=", html)


@pytest.mark.parametrize("gabarit", GABARITS)
def test_the_style_sheet_has_every_class_that_posters_use(gabarit: str) -> None:
    css = poster_stylesheet(gabarit)
    for palette in Palette:
        assert f'.poster[data-palette="{palette}"]' in css
    for content in HARD.values():
        used = Counter(re.findall(r"\bp-(?:fs|h|w)\d+", poster(content, Setting(gabarit=gabarit))))
        assert all(f".{name}{{" in css for name in used)


def test_type_fills_its_box_and_never_more() -> None:
    face = "nunito-900-normal"
    chosen = lettering.fit(
        "Neuf jeunes bâtissent l’abri", face=face, width=249, height=126, largest=60, smallest=8
    )
    assert chosen.lines * chosen.size * 1.1 <= 126
    assert lettering.count_lines("Neuf jeunes bâtissent l’abri", face, em=249 / (chosen.size + 1)) in (
        0,
        *range(int(126 / ((chosen.size + 1) * 1.1)) + 1, 99),
    )
    assert lettering.count_lines("un deux", face, em=100) == 1
    assert lettering.count_lines("un deux", face, em=2.4) == 2
    assert lettering.count_lines("interminable", face, em=2) == 0
