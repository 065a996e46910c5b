"""Every gabarit makes PDFs in which two checkers find nothing, and whose text is read in the order of the page."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path

import outloud
import pdfua
import pikepdf
import pypdfium2
import pytest

from layouts import cards, renderer
from layouts.poster import poster_pdf
from layouts.typography import BREAK, SHY
from models.content import FicheContent
from tests.demo_fiches import demo_fiches, hardest

NAMES = ("seed", "longest", "emptiest", "blank")
GABARITS = [each.name for each in renderer.list_gabarits()]
# pdfua 0.1.3 can't judge headings whose content pikepdf 10 gives as an array: it skips them; outloud judges them.
SKIPPED = {"UA-14-001"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("printed")


@pytest.fixture(scope="module")
def fiches(folder: Path) -> dict[str, FicheContent]:
    return hardest(demo_fiches(folder))


@pytest.fixture(
    scope="module", params=[(gabarit, name) for gabarit in GABARITS for name in NAMES], ids="-".join
)
def printed(
    request: pytest.FixtureRequest, folder: Path, fiches: dict[str, FicheContent]
) -> tuple[Path, str, str]:
    """A laid out PDF, the text of the page that it was made from, its title."""
    gabarit, name = request.param
    setting = renderer.Setting(
        gabarit=gabarit,
        palette=next(iter(renderer.manifest(gabarit).palettes)),
        public_url="https://site.example/fiches/essai",
        updated=date(2026, 3, 1),
    )
    made = renderer.pdf(fiches[name], setting, media=folder / "medias")
    path = folder / f"{gabarit}-{name}.pdf"
    path.write_bytes(made.data)
    return path, renderer.article(fiches[name], setting, made.fit), fiches[name].title.strip()


def findings(path: Path) -> list[str]:
    """Return what the two checkers say of a file."""
    report, heard = pdfua.validate(str(path)), outloud.check(str(path))
    assert heard.error is None
    skipped = {each.rule_id for each in report.outcomes if each.skipped_reason}
    assert skipped <= SKIPPED
    return [f"{each.rule_id} {each.message}" for each in report.findings] + [
        f"{each.rule} {each.message}" for each in heard.findings
    ]


def test_two_checkers_find_nothing(printed: tuple[Path, str, str]) -> None:
    assert findings(printed[0]) == []


def test_it_says_its_language_its_title_and_its_kind(printed: tuple[Path, str, str]) -> None:
    path, _, title = printed
    with pikepdf.open(path) as pdf:
        assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("fr-FR", True)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert "fr-FR" in metadata.get("dc:language", "fr-FR")
            assert not title or _letters(str(metadata["dc:title"])) == _letters(title)


def test_headings_follow_one_another_without_gaps(printed: tuple[Path, str, str]) -> None:
    with pikepdf.open(printed[0]) as pdf:
        levels = [int(tag[1]) for tag in _tags(pdf.Root.StructTreeRoot.K) if re.fullmatch("H[1-6]", tag)]
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))
    assert levels.count(1) == (1 if printed[2] else 0)


def test_the_tags_give_the_text_in_the_order_of_the_page(printed: tuple[Path, str, str]) -> None:
    path, fragment, _ = printed
    with pypdfium2.PdfDocument(path) as pdf:
        read = _letters("".join(page.get_textpage().get_text_range() for page in pdf))
    expected = re.sub(r"<svg.*?</svg>|<p class=\"f-by\">.*?</p>", "", fragment, flags=re.DOTALL)
    sentences = [_letters(unescape(each)) for each in re.findall(r"<p>([^<]{30,})</p>", expected)]
    places = [read.find(each[:40]) for each in sentences]
    # The tags are the very tree of the page; what is painted follows it (outloud, ORD-001): so does what is copied.
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("size", ["A3", "A4"])
def test_posters_are_as_accessible(folder: Path, fiches: dict[str, FicheContent], size: str) -> None:
    path = folder / f"affiche-{size}.pdf"
    setting = renderer.Setting(public_url="https://site.example/fiches/essai")
    path.write_bytes(poster_pdf(fiches["longest"], setting, media=folder / "medias", size=size))
    assert [each for each in findings(path) if not each.startswith("ORD-001")] == []


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize("make", [cards.single_page, cards.slide_pdf], ids=["une-page", "diapositive"])
def test_the_single_page_and_the_slide_are_as_accessible(
    folder: Path, fiches: dict[str, FicheContent], gabarit: str, make: Callable[..., bytes]
) -> None:
    for name in NAMES:
        path = folder / f"{gabarit}-{make.__name__}-{name}.pdf"
        setting = renderer.Setting(gabarit=gabarit, public_url="https://site.example/fiches/essai")
        path.write_bytes(make(fiches[name], setting, media=folder / "medias"))
        assert [each for each in findings(path) if not each.startswith("ORD-001")] == []


def _letters(text: str) -> str:
    return re.sub(
        r"[^\w]", "", text.replace(SHY, "").replace(BREAK, "").replace("\u0002", "").replace("\ufffe", "")
    ).lower()


def _tags(node: object) -> list[str]:
    if isinstance(node, pikepdf.Array):
        return [tag for each in node for tag in _tags(each)]
    if isinstance(node, pikepdf.Dictionary) and "/S" in node:
        return [str(node.S)[1:], *_tags(node.get("/K"))]
    return []
