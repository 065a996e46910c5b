"""What is pasted elsewhere: the block, the texts, the document to rework, the kit."""

import re
import zipfile
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import docx
import markdown2
import pytest
from docx.document import Document
from markdown_it import MarkdownIt

from layouts import cards, catalogue, rewriting, sharing
from layouts.manifest import list_gabarits
from layouts.piece import Order
from layouts.setting import Setting
from layouts.typography import bare
from models.content import FicheContent
from tests.factories import full_content, seed_content, store_pictures
from tests.sentences import letters, written

URL = "https://cestpossible.example/fiches/quinze-voisins"
SETTING = Setting(public_url=URL, updated=date(2026, 5, 1))
WILD = full_content(
    title="<script>alert(1)</script> *gras* [lien](javascript:alert(1)) # titre",
    accroche='" onmouseover="alert(1)',
    summary="1. Un\n\n- Deux\n\n> Trois <b>quatre</b> `cinq`",
)


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store_pictures(tmp_path_factory.mktemp("medias"))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


@pytest.mark.parametrize("gabarit", [each.name for each in list_gabarits()])
def test_the_block_carries_its_own_style_and_links_only_to_the_fiche(gabarit: str) -> None:
    read = _read(sharing.html_block(full_content(), Setting(gabarit=gabarit, public_url=URL)))
    tags = [tag for tag, _ in read.tags]
    assert not {"style", "script", "link", "iframe", "form"} & set(tags)
    assert {value["href"] for tag, value in read.tags if tag == "a"} == {URL}
    images = [value for tag, value in read.tags if tag == "img"]
    assert len(images) == 1
    assert re.fullmatch(r"https://cestpossible\.example/medias/[\w-]+-827\.jpg", images[0]["src"] or "")
    assert images[0]["alt"] == bare(full_content().cover.alt)
    for each in (full_content().title, full_content().accroche, full_content().card.name):
        assert letters(bare(each)) in letters(read.text)
    assert all("class" not in value for _, value in read.tags)


def test_markup_of_the_author_stays_text_in_the_block_and_in_markdown() -> None:
    read = _read(sharing.html_block(WILD, SETTING))
    assert "script" not in [tag for tag, _ in read.tags]
    assert not any(name.startswith("on") for _, value in read.tags for name in value)
    assert letters("<script>alert(1)</script>") in letters(read.text)
    shown = _read(markdown2.markdown(sharing.markdown(WILD, SETTING)))
    assert not {"script", "b", "code", "ol"} & {tag for tag, _ in shown.tags}
    assert {value["href"] for tag, value in shown.tags if tag == "a"} == {URL}
    assert letters("[lien](javascript:alert(1))") in letters(shown.text)


def test_text_and_markdown_say_the_same() -> None:
    for content in (full_content(), seed_content()):
        plain = sharing.plain(content, SETTING)
        shown = _read(markdown2.markdown(sharing.markdown(content, SETTING))).text
        for each in (content.accroche, content.card.name):
            assert letters(bare(each)) in letters(plain)
            assert letters(bare(each)) in letters(shown)
        assert bare(content.title).upper() in plain
        assert URL in plain
        assert "<" not in plain


def test_an_empty_fiche_gives_empty_texts_not_broken_ones() -> None:
    assert sharing.plain(FicheContent(), Setting()) == "\n"
    assert sharing.markdown(FicheContent(), Setting()) == "\n"
    assert "None" not in sharing.page(FicheContent(), Setting())


def test_the_document_to_rework_holds_every_sentence_and_the_pictures(media: Path) -> None:
    for content in (full_content(), seed_content()):
        made = docx.Document(BytesIO(rewriting.document(content, SETTING, media=media)))
        text = letters("".join(each.text for each in made.paragraphs))
        assert [each for each in written(content) if each not in text] == []
        assert made.core_properties.title == bare(content.title)
        assert made.core_properties.language == "fr-FR"
        assert made.paragraphs[0].style.name == "Title"
        shown = [shape._inline.docPr.get("descr") for shape in made.inline_shapes]
        assert sorted(shown) == sorted(bare(photo.alt) for photo in content.photos)
        headings = [each.style.name for each in made.paragraphs if each.style.name.startswith("Heading")]
        assert "Heading 1" in headings
    rewriting.document(FicheContent(), Setting(), media=media)


def _document(content: FicheContent, media: Path) -> Document:
    return docx.Document(BytesIO(rewriting.document(content, SETTING, media=media)))


def test_the_links_of_the_document_to_rework_lead_where_those_of_the_page_do(media: Path) -> None:
    content = full_content(
        further={
            "mailbox": "trajets@tilleuls.example",
            "phone": "05 45 00 00 00",
            "links": [{"url": "https://tilleuls.example/regle?a=1&b=2", "label": "La règle écrite"}],
        }
    )
    links = {
        link.text: link.address for each in _document(content, media).paragraphs for link in each.hyperlinks
    }
    assert links["La règle écrite"] == "https://tilleuls.example/regle?a=1&b=2"
    assert links["trajets@tilleuls.example"] == "mailto:trajets@tilleuls.example"
    assert links["05\u00a045\u00a000\u00a000\u00a000".replace("\u00a0", " ")] == "tel:0545000000"
    assert URL in links.values()


def test_the_lists_of_the_document_to_rework_are_those_of_the_page(media: Path) -> None:
    content = full_content()
    made = _document(content, media)
    numbered = [each for each in made.paragraphs if each.style.name == "List Number"]
    assert len(numbered) == len(content.needs) + len(content.stages)
    stages = [each.text.split("\n") for each in numbered[len(content.needs) :]]
    assert [lines[:2] for lines in stages] == [
        [bare(stage.when), bare(stage.title)] for stage in content.stages
    ]
    assert all(len(lines) == 3 for lines in stages)
    # Each ordered list begins at one.
    numberings = [each._p.pPr.numPr.numId.val for each in numbered]
    assert len(set(numberings[: len(content.needs)])) == len(set(numberings[len(content.needs) :])) == 1
    assert numberings[0] != numberings[-1]


def test_the_document_to_rework_says_in_words_what_the_page_shows_by_its_style(media: Path) -> None:
    lines = [each.text for each in _document(full_content(), media).paragraphs]
    assert "31 habitants ont agi" in lines
    assert "1200 trajets en un an" in lines
    assert "Où\u00a0: Confolens (Charente), Quartier de la gare" in lines


def test_a_cropped_picture_keeps_its_alternative_text(media: Path) -> None:
    content = full_content()
    first, second = content.photos[:2]
    # The key of one begins like that of the other.
    content.photos = [
        first.model_copy(update={"media": "photo-de-une-00012", "alt": "Un autre"}),
        first.model_copy(update={"cover": False}),
        second,
    ]
    for width in (400, 827, 1654):
        source = media / f"{first.media}-{width}.jpg"
        (media / f"photo-de-une-00012-{width}.jpg").write_bytes(source.read_bytes())
    shown = [shape._inline.docPr.get("descr") for shape in _document(content, media).inline_shapes]
    assert sorted(shown) == sorted(bare(photo.alt) for photo in content.photos)


def test_a_picture_that_is_gone_does_not_take_the_text_with_it(tmp_path: Path) -> None:
    made = docx.Document(BytesIO(rewriting.document(full_content(), SETTING, media=tmp_path)))
    assert len(made.inline_shapes) == 0
    assert made.paragraphs[0].text == bare(full_content().title)


def test_the_kit_holds_every_piece_how_to_use_it_and_the_alternative_texts(
    media: Path, tmp_path: Path
) -> None:
    content, parts = full_content(), {}
    for name in catalogue.KIT.needs:
        order = Order(content, SETTING, media)
        parts[name] = tmp_path / name
        parts[name].write_bytes(catalogue.PIECES[name].make(order).data)
    data = catalogue.KIT.make(Order(content, SETTING, media, parts=parts)).data
    with zipfile.ZipFile(BytesIO(data)) as kit:
        assert kit.testzip() is None
        photos = [f"photos/photo-{number}.jpg" for number in range(1, len(content.photos) + 1)]
        assert set(kit.namelist()) == {
            "LISEZ-MOI.txt",
            "textes-alternatifs.txt",
            *catalogue.KIT.needs,
            *photos,
        }
        for name, photo in zip(photos, content.photos, strict=True):
            assert kit.read(name) == (media / f"{photo.media}-1654.jpg").read_bytes()
            assert name in kit.read("textes-alternatifs.txt").decode("utf-8-sig")
        how = kit.read("LISEZ-MOI.txt").decode("utf-8-sig")
        alternatives = kit.read("textes-alternatifs.txt").decode("utf-8-sig")
        assert kit.read("fiche.pdf").startswith(b"%PDF")
    for name in catalogue.KIT.needs:
        assert catalogue.PIECES[name].label in how
    for photo in content.photos:
        assert bare(photo.alt).replace("\u202f", "\u00a0") in alternatives
    # "Tout ce qui précède": nothing that is offered is left out.
    assert {*catalogue.KIT.needs, catalogue.KIT.name} == set(catalogue.PIECES)
    again = catalogue.KIT.make(Order(content, SETTING, media, parts=parts)).data
    assert again == data


@pytest.mark.parametrize("form", list(cards.NETWORKS))
def test_the_alternative_text_of_a_picture_says_all_that_it_shows(form: str) -> None:
    content = full_content()
    words = cards.network_words(content, SETTING, form)
    figure = cards.figures(content, 1)[0]
    for each in (
        f"Photo : {bare(content.photos[0].alt)}",
        bare(content.title),
        bare(content.accroche),
        f"{figure.value} {figure.label}",
        content.card.name,
        "Confolens (Charente)",
    ):
        assert letters(each) in letters(words)
    assert "1200 trajets en un an" in cards.slide_words(content, SETTING)
    # Without figures the slide shows somebody's words.
    said = full_content(changes={}, residents={"text": "Un texte."})
    assert letters(bare(said.voices.quotes[0].text)) in letters(cards.slide_words(said, SETTING))
    assert said.voices.quotes[0].name in cards.slide_words(said, SETTING)
    assert cards.network_words(FicheContent(), Setting(), form) == "C’est possible !"


@pytest.mark.parametrize(
    "text", ["~~barré~~", "![une image](x)", "&eacute;cole &#233; &amp; AT&T", "a ~ b & c !", "Oui ! [non]"]
)
def test_markdown_shows_what_was_written(text: str) -> None:
    written = sharing.markdown(full_content(summary=text), SETTING)
    shown = _read(MarkdownIt("commonmark").enable("strikethrough").render(written))
    assert letters(bare(text)) in letters(shown.text)
    assert not {"s", "del"} & {tag for tag, _ in shown.tags}
    assert [value["src"] for tag, value in shown.tags if tag == "img"] == [
        "https://cestpossible.example/medias/photo-de-une-0001-827.jpg"
    ]


def test_all_labels_have_their_article() -> None:
    assert [each.label for each in catalogue.PIECES.values() if not re.match("L[ea] |L’", each.label)] == []


def test_each_use_names_pieces_that_exist_and_none_is_forgotten() -> None:
    named = [name for _, names in catalogue.USES for name in names]
    assert sorted([*named, catalogue.KIT.name]) == sorted(catalogue.PIECES)
