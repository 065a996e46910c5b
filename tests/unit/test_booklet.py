"""The booklet: every page has its number, contents and index lead to it, and it is read aloud as well as its fiches."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import outloud
import pdfua
import pikepdf
import pypdfium2
import pytest

from layouts import binding, booklet, cards, renderer
from layouts.booklet import Booklet
from layouts.typography import bare
from tests.factories import full_content, seed_content, store_pictures
from tests.sentences import letters, written

LONG = "Un voisin raconte ce qui a changé dans la rue depuis que le banc est là. " * 130
FICHES = (
    full_content(),
    seed_content(),
    full_content(title="Une fiche de trois pages", residents={"text": LONG}),
    full_content(title="<b>Sans</b> photo ni lieu", photos=[], commune="", place="", themes=["mobilite"]),
)


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store_pictures(tmp_path_factory.mktemp("medias"))


@pytest.fixture(scope="module")
def book(media: Path, tmp_path_factory: pytest.TempPathFactory) -> Booklet:
    folder = tmp_path_factory.mktemp("fiches")
    entries = []
    for rank, content in enumerate(FICHES):
        path = folder / f"{rank}.pdf"
        path.write_bytes(renderer.pdf(content, renderer.Setting(), media=media).data)
        entries.append(booklet.entry(content, path))
    return Booklet(
        title="Les habitants prennent la main",
        subtitle="Quatre initiatives",
        editorial="Une première phrase.\n\nUne **seconde** phrase <script>.",
        signed="Le comité",
        entries=entries,
        made=date(2026, 5, 1),
        address="https://site.example",
    )


def bind(book: Booklet, folder: Path, media: Path) -> Path:
    """Make a booklet in `folder`, as the product does but for the process of its own; return its file."""
    job = booklet.prepare(book, folder, media=media)
    binding.bind(binding.Job.read(job), lambda done, total: None)
    return folder / booklet.RESULT


@pytest.fixture(scope="module")
def bound(book: Booklet, media: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bind(book, tmp_path_factory.mktemp("brochure"), media)


@pytest.fixture(scope="module")
def texts(bound: Path) -> list[str]:
    with pypdfium2.PdfDocument(bound) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_every_fiche_is_whole_and_begins_on_the_left(texts: list[str]) -> None:
    every = letters("".join(texts))
    for content in FICHES:
        assert [each for each in written(content) if each not in every] == []
    assert len(texts) % 4 == 0
    first = next(rank for rank, text in enumerate(texts, 1) if "Trois voitures, douze trajets" in text)
    assert first % 2 == 1  # the verso of the first fiche stands on the right
    assert texts[first - 2].strip()


def test_contents_and_index_name_the_page_of_each_fiche_and_lead_there(bound: Path, texts: list[str]) -> None:
    with pikepdf.open(bound) as pdf:
        pages = [page.obj.objgen for page in pdf.pages]
        leads = {
            int(re.search(r"\d+", str(each.Contents))[0]): pages.index(each.A.D[0].objgen) + 1
            for page in pdf.pages
            for each in page.get("/Annots", [])
            if str(each.get("/Contents", "")).startswith("Page ") and "/D" in each.A
        }
        with pdf.open_outline() as outline:
            marks = [item.title for item in outline.root]
    assert leads
    assert all(number == page for number, page in leads.items())
    contents = letters(next(text for text in texts if "Sommaire" in text))
    for content, number in zip(FICHES, sorted(leads)[: len(FICHES)], strict=True):
        assert letters(bare(content.title)) in contents
        assert letters(bare(content.title)) in letters(texts[number - 1])
        assert str(number) in contents
    assert marks == ["Sommaire", *(bare(content.title) for content in FICHES), "Les fiches par thème"]


def test_what_surrounds_the_fiches_is_there(texts: list[str]) -> None:
    every = " ".join(" ".join(texts).split())
    for words in (
        "Les habitants prennent la main",
        "Quatre initiatives",
        "Éditorial",
        "<script>",
        "Vos notes",
    ):
        assert words in every
    assert "Charente" in next(text for text in texts if "Où c’est possible" in text)
    assert "site.example" in texts[-1]


def test_two_checkers_find_nothing(bound: Path) -> None:
    report, heard = pdfua.validate(str(bound)), outloud.check(str(bound))
    assert [each.message for each in report.findings] == []
    with pikepdf.open(bound) as pdf:
        assert str(pdf.Root.Lang) == "fr-FR"
    # The pictures of the cover are painted before its words; fiches that have a heading in common at their foot ("En
    # savoir plus") are taken for running feet, and their true running feet, each on two pages of many, for prose.
    feet = re.compile(r"\d+ / \d+$")
    said = [each for each in heard.findings if each.rule not in ("ORD-001", "PAG-001")]
    assert [each.message for each in said if not feet.search(str(each.evidence))] == []


def test_every_number_of_pages_gives_an_even_first_page(book: Booklet, media: Path) -> None:
    for count in (1, 2, 4):
        for editorial in ("", "Une phrase. " * 400):
            chosen = replace(book, entries=book.entries[:count], editorial=editorial)
            _, starts, _ = booklet._front(chosen, [2] * count, media)
            assert all(start % 2 == 0 for start in starts)


def test_a_booklet_of_one_fiche_without_picture_nor_place_stands(
    book: Booklet, media: Path, tmp_path: Path
) -> None:
    bound = bind(replace(book, entries=book.entries[3:], editorial="", subtitle=""), tmp_path, media)
    with pypdfium2.PdfDocument(bound) as document:
        assert len(document) % 4 == 0


def test_what_a_fiche_links_to_never_becomes_a_page_of_the_booklet(
    book: Booklet, media: Path, tmp_path: Path
) -> None:
    told = "https://page.invalid/x https://page.invalid/9999 page:1 page:9999 https://page:3"
    content = full_content(
        summary=told,
        further={"links": [{"url": "https://page:3", "label": "Un lien"}]},
    )
    path = tmp_path / "fiche.pdf"
    path.write_bytes(renderer.pdf(content, renderer.Setting(), media=media).data)
    entries = [booklet.entry(content, path), book.entries[0]]
    with pikepdf.open(bind(replace(book, entries=entries), tmp_path, media)) as pdf:
        leading = [
            rank
            for rank, page in enumerate(pdf.pages)
            for each in page.get("/Annots", [])
            if "/D" in each.get("/A", {})
        ]
        first = next(rank for rank, page in enumerate(pdf.pages) if "https://page.invalid/x" in _links(page))
        assert set(_links(pdf.pages[first])) >= {"https://page.invalid/x", "https://page.invalid/9999"}
    assert leading
    assert not {first, first + 1} & set(leading)


def _links(page: pikepdf.Page) -> list[str]:
    return [str(each.get("/A", {}).get("/URI", "")) for each in page.get("/Annots", [])]


def test_a_booklet_without_fiche_is_refused(book: Booklet, media: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="without fiches"):
        booklet.prepare(replace(book, entries=()), tmp_path, media=media)


def test_the_dots_before_a_number_are_read_at_once(bound: Path) -> None:
    document = outloud.Document(str(bound))
    try:
        marked = [each for page in document.pages for each in document.content(page.index).mcid_text.values()]
    finally:
        document.close()
    dots = [each for each in marked if each and not each.strip(". ")]
    assert dots
    assert min(map(len, dots)) > 5


def test_what_is_handed_to_the_process_that_lays_out_is_the_whole_booklet(
    book: Booklet, tmp_path: Path
) -> None:
    book.write(tmp_path / "brochure.json")
    assert Booklet.read(tmp_path / "brochure.json") == book


def test_the_title_of_the_cover_holds_whatever_its_length(book: Booklet, media: Path) -> None:
    for title in ("Oser", "Une brochure " * 12, "anticonstitutionnellement" * 3):
        document = booklet._lay_out(
            "debut", replace(book, title=title), media, **booklet._before(book, [4, 6, 8, 12], 14, False)
        )
        assert len(document.pages) >= 3
        assert "Sommaire" not in cards.paper._text(str(document.pages[0]))
