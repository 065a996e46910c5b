"""Pieces of one sheet: pictures for networks, slide, single page: all they show holds, whatever the fiche."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from layouts import cards, contrast, excerpts, paper, proof
from layouts.manifest import Palette, list_gabarits
from layouts.setting import Setting
from layouts.typography import bare
from models.content import FicheContent, KeyFigure
from tests.factories import full_content, seed_content, store_pictures
from tests.sentences import letters, of_pdf
from tests.unit.test_poster import HARD

GABARITS = [each.name for each in list_gabarits()]
URL = "https://cestpossible.example/fiches/quinze-voisins"


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store_pictures(tmp_path_factory.mktemp("medias"))


def _fiches() -> dict[str, FicheContent]:
    full = full_content()
    return HARD | {
        "a long summary": full_content(summary="Un voisin a posé la question, puis un autre. " * 60),
        "a summary without end of sentence": full_content(summary="et puis " * 700),
        "six wide figures": full_content(
            changes={
                "figures": [KeyFigure(value="1 234 567 km", label="parcourus par les voisins, ensemble " * 2)]
                * 6
            }
        ),
        "a long quote": full_content(
            voices={"quotes": [{"text": "On ne nous avait jamais demandé. " * 40, "name": "Denise" * 20}]}
        ),
        "many facts": full_content(
            publics=["familles", "seniors", "jeunes"],
            place="Entre la gare, le marché couvert, la place haute et le quai des anciens abattoirs",
            further={"contact": "Accueil " * 40, "phone": "03 22 00 00 00" * 8, "mailbox": "a" * 300},
        ),
        "only a cover": FicheContent(photos=full.photos),
    }


FICHES = _fiches()


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize("name", list(FICHES))
def test_everything_holds_on_its_sheet(gabarit: str, name: str, media: Path) -> None:
    urls = ("",) if gabarit == GABARITS[0] else ()
    for url in (*urls, URL + "-avec-une-adresse-bien-longue" * 3):
        setting = Setting(gabarit=gabarit, public_url=url)
        said = {
            sheet.name: proof.read_sheet(sheet.document)
            for sheet in cards.sheets(FICHES[name], setting, media)
        }
        assert {piece: found for piece, found in said.items() if found} == {}


@pytest.mark.parametrize("gabarit", GABARITS)
def test_every_palette_can_be_read(gabarit: str, media: Path) -> None:
    for palette in Palette:
        setting = Setting(gabarit=gabarit, palette=palette, public_url=URL)
        for content in (full_content(), full_content(photos=[])):
            for sheet in cards.sheets(content, setting, media):
                faint = [each for each in contrast.meetings(sheet.document) if each.ratio < contrast.READABLE]
                assert faint == [], (sheet.name, palette)


def test_pictures_have_their_size_and_show_the_fiche(media: Path) -> None:
    setting = Setting(public_url=URL)
    for form, size in cards.NETWORKS.items():
        with Image.open(
            BytesIO(cards.network_picture(full_content(), setting, media=media, form=form))
        ) as picture:
            assert (picture.format, picture.size, picture.mode) == ("PNG", size, "RGB")
            assert len(picture.getcolors(1_000_000) or ()) > 100
    with Image.open(BytesIO(cards.slide_picture(full_content(), setting, media=media))) as picture:
        assert picture.size == cards.SLIDE


@pytest.mark.parametrize("gabarit", GABARITS)
def test_the_single_page_says_the_summary_the_figures_a_quote_and_where_to_read_more(
    gabarit: str, media: Path
) -> None:
    for content in (full_content(), seed_content()):
        text = of_pdf(cards.lay_out_page(content, Setting(gabarit=gabarit, public_url=URL), media).document)
        for part in (content.title, content.accroche, content.summary, content.card.name):
            assert letters(bare(part)) in text
        for figure in excerpts.figures(content, 4):
            assert letters(bare(figure.label)) in text
        said = excerpts.saying(content, 260)
        assert said is None or letters(bare(said.text)) in text
        assert letters(URL.removeprefix("https://")) in text


def test_the_type_of_the_single_page_is_never_below_nine_points(media: Path) -> None:
    for name in ("full", "seed", "a long summary", "everything as long as can be"):
        document = cards.lay_out_page(FICHES[name], Setting(public_url=URL), media).document
        assert min(paper.type_sizes(document.pages[0])) >= 9 - 0.01


def test_the_slide_is_a_tagged_page_of_sixteen_by_nine(media: Path) -> None:
    with pypdfium2.PdfDocument(cards.slide_pdf(full_content(), Setting(), media=media)) as document:
        width, height = document[0].get_size()
        assert len(document) == 1
        assert document.is_tagged()
    assert width / height == pytest.approx(16 / 9, abs=0.01)


def test_what_is_cut_is_cut_after_a_sentence_or_a_word() -> None:
    assert excerpts.shorten("Un. Deux trois. Quatre.", 40) == "Un. Deux trois. Quatre."
    assert excerpts.shorten("Un mot. Deux mots. Trois mots.", 24) == "Un mot. Deux mots. […]"
    assert excerpts.shorten("un mot après un autre", 12) == "un mot…"
    assert excerpts.shorten_text("Un.\n\nDeux trois quatre.", 100) == "Un.\n\nDeux trois quatre."


def test_markup_of_the_author_is_shown_not_read(media: Path) -> None:
    wild = full_content(title="<img src=x onerror=alert(1)>", accroche='"><script>x</script>')
    for sheet in cards.sheets(wild, Setting(), media):
        text = of_pdf(sheet.document)
        assert letters("<script>x</script>") in text or letters("onerror=alert(1)") in text
