"""The layout of a fiche: everything written is shown, nothing empty is, nothing hostile runs."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
import weasyprint

from layouts import contrast, paper
from layouts.manifest import manifest
from layouts.renderer import (
    Fit,
    Palette,
    Setting,
    article,
    document,
    list_gabarits,
    pdf,
    plain_text,
    stylesheet,
)
from layouts.typography import bare
from models.content import FicheContent
from tests.factories import full_content, seed_content, store_pictures

GABARITS = [each.name for each in list_gabarits()]
SETTING = Setting(public_url="https://exemple.fr/fiches/ma-fiche", updated=date(2024, 5, 1))


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store_pictures(tmp_path_factory.mktemp("medias"))


def squeezed(text: str) -> str:
    """Keep letters, digits and punctuation: spaces, breaks and hyphenation depend on the medium."""
    return re.sub(r"[\s\u00a0\u202f\u00ad\u200b\ufffe\u2010·-]", "", text)


def visible(html: str) -> str:
    return squeezed(
        unescape(re.sub(r"<[^>]+>", "", re.sub(r"<svg.*?</svg>|<style.*?</style>", "", html, flags=re.S)))
    )


def pdf_text(data: bytes) -> str:
    pages = pdfium.PdfDocument(data)
    return squeezed("".join(page.get_textpage().get_text_bounded() for page in pages))


def sentences(value: Any, name: str = "") -> Iterator[str]:
    """Yield every piece of text that a reader must find (not the keys, nor what is kept for the file only)."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in {
                "media",
                "alt",
                "kind",
                "url",
                "website",
                "commune",
                "mailbox",
                "themes",
                "publics",
            } and not (
                key.startswith(("consent", "status", "start", "end", "initiative", "schema", "agreement"))
                or (name == "residents" and key == "place")
            ):
                yield from sentences(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from sentences(each, name)
    elif isinstance(value, str):
        for paragraph in re.split(r"\n+", value):
            if paragraph.strip():
                yield squeezed(bare(paragraph.replace("**", "")))


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize("content", [full_content(), seed_content()], ids=["full", "seed"])
def test_every_sentence_is_on_the_page_and_in_the_pdf(
    content: FicheContent, gabarit: str, media: Path
) -> None:
    setting = replace(SETTING, gabarit=gabarit)
    on_screen = visible(article(content, setting))
    result = pdf(content, setting, media=media)
    on_paper = pdf_text(result.data)
    for sentence in sentences(content.model_dump(mode="json")):
        assert sentence in on_screen
        assert sentence in on_paper
    assert result.pages == 2
    assert result.overflow_lines == 0


def test_the_seed_says_who_writes() -> None:
    text = plain_text(seed_content())
    for line in (
        "Créée en 1922",
        "Domaine d’intervention\u00a0: Social / Éducation populaire",
        "Budget\u00a0: 3\u202f830\u202f490\u00a0€",
        "50\u202f000\u00a0€",
    ):
        assert line in text.split("\n")


@pytest.mark.parametrize("gabarit", GABARITS)
def test_long_content_runs_over_without_losing_a_word(gabarit: str, media: Path) -> None:
    paragraph = "Phrase numéro {}, que personne ne doit perdre en route entre deux pages.\n\n"
    text = "".join(paragraph.format(number) for number in range(90))
    content = full_content(constat={"title": "Long", "text": text}, residents={"text": text})
    result = pdf(content, replace(SETTING, gabarit=gabarit), media=media)
    on_paper = pdf_text(result.data)
    assert result.pages > 2
    assert result.overflow_lines > 0
    for number in range(90):
        assert on_paper.count(squeezed(paragraph.format(number))) == 2


@pytest.mark.parametrize("gabarit", GABARITS)
def test_an_empty_content_has_no_heading_and_no_hole(gabarit: str) -> None:
    html = article(FicheContent(), Setting(gabarit=gabarit))
    assert "<h1" not in html
    assert "<h2" not in html
    assert visible(html) == ""


@pytest.mark.parametrize("gabarit", GABARITS)
def test_a_title_alone_makes_one_handsome_page(gabarit: str, media: Path) -> None:
    result = pdf(FicheContent(title="Le jardin du mardi"), Setting(gabarit=gabarit), media=media)
    assert result.pages == 1
    assert "Lejardindumardi" in pdf_text(result.data)


@pytest.mark.parametrize("gabarit", GABARITS)
def test_the_preview_of_an_empty_draft_shows_where_the_title_goes(gabarit: str) -> None:
    assert "Votre titre" in article(FicheContent(), Setting(gabarit=gabarit, placeholder=True))


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize(
    ("field", "empty", "heading"),
    [
        ("constat", {}, "Le constat"),
        ("needs", ["", "  "], "Les besoins"),
        ("response", {}, "La réponse"),
        ("residents", {}, "La place des habitants"),
        ("implementation", {}, "La mise en œuvre"),
        ("stages", [{}], "Phases de travail"),
        ("changes", {}, "Ce que ça a changé"),
        ("voices", {"quotes": [{}]}, "Paroles"),
        ("success_factors", [""], "Facteurs de réussite"),
        ("attention_points", [{}], "Point d’attention"),
        ("advice", [], "Nos conseils"),
        ("further", {"links": [{}]}, "En savoir plus"),
        ("summary", "", "En bref"),
    ],
)
def test_an_empty_part_leaves_no_heading(field: str, empty: Any, heading: str, gabarit: str) -> None:
    assert heading in article(full_content(), Setting(gabarit=gabarit))
    assert heading not in article(full_content(**{field: empty}), Setting(gabarit=gabarit))


def test_a_figure_without_value_shows_its_label() -> None:
    assert "Deux lignes de car de nouveau à l’étude" in plain_text(full_content()).split("\n")


def test_no_qr_code_before_publication() -> None:
    assert "Code QR" not in article(full_content(), Setting())
    assert "Code QR" in article(full_content(), SETTING)


def poisoned(value: Any) -> Any:
    """Put a script in every free text of a fiche."""
    kept = {
        "media",
        "kind",
        "start",
        "end",
        "status",
        "commune",
        "themes",
        "publics",
        "initiative",
        "url",
        "website",
        "crop",
        "licence",
    }
    if isinstance(value, dict):
        return {
            key: each
            if key in kept or key.startswith("consent") or (key == "place" and "count" in value)
            else poisoned(each)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [poisoned(each) for each in value]
    return (
        f"{value}<script>alert(1)</script><img src=x onerror=alert(1)>\"'>"
        if isinstance(value, str)
        else value
    )


@pytest.mark.parametrize("gabarit", GABARITS)
def test_hostile_text_in_every_field_comes_out_as_text(gabarit: str, media: Path) -> None:
    setting = replace(SETTING, gabarit=gabarit)
    content = FicheContent.model_validate(poisoned(full_content().model_dump(mode="json")))
    for html in (article(content, setting), document(content, setting, screen=True)):
        assert "<script" not in html
        assert "onerror=alert(1)>" not in re.sub(r"&lt;img src=x onerror=alert\(1\)&gt;", "", html)
        assert html.count("<img") == 2
    assert "<script>alert(1)</script>" in pdf_text(pdf(content, setting, media=media).data)


def test_a_hostile_address_is_not_a_link() -> None:
    content = full_content()
    content.further.mailbox = "javascript:alert(1)"
    assert 'href="javascript' not in article(content, SETTING)


@pytest.mark.parametrize(
    "address",
    [
        "http://exemple.fr/a.jpg",
        "https://exemple.fr/a.jpg",
        "file:///etc/passwd",
        "data:text/plain,x",
        "media:../../etc/passwd",
        "media:%2e%2e/secret-1654.jpg",
        "font:../renderer.py",
    ],
)
def test_the_fetcher_opens_nothing_but_our_pictures_and_fonts(address: str, media: Path) -> None:
    with pytest.raises(ValueError, match="refused"):
        paper.OwnFetcher(media).fetch(address)


def test_a_missing_picture_does_not_stop_the_pdf(tmp_path: Path) -> None:
    assert pdf(full_content(), SETTING, media=tmp_path).pages >= 1


def unpacked(data: bytes) -> str:
    """Return the objects of a PDF, its compressed streams opened."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    return b"".join(zlib.decompressobj().decompress(each) for each in streams if each[:1] == b"x").decode(
        "latin-1"
    )


def test_the_pdf_is_tagged_and_named(media: Path) -> None:
    data = pdf(full_content(), SETTING, media=media).data
    found = pdfium.PdfDocument(data)
    assert found.is_tagged()
    assert "Quinze voisins" in found.get_metadata_value("Title")
    assert "/Lang (fr-FR)" in unpacked(data)


@pytest.mark.parametrize("gabarit", GABARITS)
def test_no_type_under_nine_points(gabarit: str, media: Path) -> None:
    rules = manifest(gabarit).fit
    html = document(
        full_content(),
        replace(SETTING, gabarit=gabarit, media_base="media:"),
        Fit(density=rules.density_min, title=rules.starts[-1].title),
        css="",
    )
    laid_out = paper.render(
        weasyprint.HTML(string=html, base_url="media:", url_fetcher=paper.OwnFetcher(media)),
        paper.sheets(gabarit, "lagune"),
        images={},
    )
    sizes = {size for page in laid_out.pages for size in paper.type_sizes(page)}
    assert min(sizes) >= 9


def test_measures_survive_json() -> None:
    fit = Fit(density=0.9, column=("photos",), split=4)
    assert Fit.from_dict(fit.to_dict()) == fit


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize("palette", list(Palette))
def test_every_palette_is_readable(palette: Palette, gabarit: str) -> None:
    chosen = manifest(gabarit)
    colours = chosen.colours(palette) | {"paper": chosen.paper}
    assert chosen.palettes[palette]["label"]
    assert (
        min(
            contrast.ratio(contrast.from_hex(colours[text]), contrast.from_hex(colours[ground]))
            for text, ground in chosen.contrast
        )
        >= contrast.READABLE
    )


@pytest.mark.parametrize("gabarit", GABARITS)
def test_every_rule_of_the_style_sheet_stays_inside_the_fiche(gabarit: str) -> None:
    css = re.sub(r"/\*.*?\*/", "", stylesheet(gabarit), flags=re.S)
    for selectors in re.findall(r"(?:^|[{}])\s*([^{}@]+?)\s*\{", css):
        for selector in selectors.split(","):
            assert selector.strip().startswith(".fiche"), selector


@pytest.mark.parametrize("gabarit", GABARITS)
def test_pages_hold_no_inline_style_so_that_a_strict_policy_can_be_served(gabarit: str) -> None:
    assert "style=" not in article(full_content(), replace(SETTING, gabarit=gabarit), Fit())


def test_an_unknown_palette_falls_back(media: Path) -> None:
    assert pdf(full_content(), replace(SETTING, palette="inconnue"), media=media).pages >= 1


@pytest.mark.parametrize("gabarit", GABARITS)
def test_a_picture_is_cut_around_the_very_point_that_was_chosen(gabarit: str) -> None:
    """To the hundredth, as the crop tool shows it, on paper as on screen."""
    content = full_content()
    content.photos[0].focus_x, content.photos[0].focus_y = 0.37, 0.81
    laid_out = weasyprint.HTML(string=document(content, replace(SETTING, gabarit=gabarit))).render()
    boxes = [box for page in laid_out.pages for box in page._page_box.descendants()]
    shown = next(box for box in boxes if box.element_tag == "img" and "-x37" in box.element.get("class"))
    ((_, across, _, down),) = shown.style["object_position"]
    assert (across.value, down.value) == (37, 81)
