"""The main job, end to end, on the federation's own fiche: from a blank form to a page and a PDF."""

import re
import tomllib
import unicodedata
from pathlib import Path

import pypdfium2
from playwright.sync_api import expect

from app.demo.loader import FOLDER
from tests.journeys.writing import Writer, write_step

SEED = tomllib.loads((FOLDER / "fiches" / "c-est-possible-plateforme.toml").read_text(encoding="utf-8"))[
    "content"
]
PICTURE = FOLDER / "illustrations" / "reseau-france.jpg"
TEXT = Path(__file__).parents[1] / "data" / "fiche-fcsf.txt"
# Headings of the paper original that our gabarit words otherwise, and its page number.
HEADINGS = {
    "constat",
    "besoins",
    "réponse",
    "mise en œuvre",
    "phases de travail",
    "bilan",
    "analyse",
    "mission",
    "20",
}


def plain(text: str) -> str:
    """Letters and figures only, lower case: neither spaces, nor typography, nor hyphenation count."""
    folded = unicodedata.normalize(
        "NFKC", text.replace("\u00ad", "").replace("\ufffe", "").replace("**", "")
    ).casefold()
    return "".join(character for character in folded if character.isalnum())


def seed_sentences() -> list[str]:
    """Every sentence of the original (without the personal telephone and mail address)."""
    paragraphs = re.split(r"\n\s*\n|^- |^\+ ", TEXT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    sentences = [part for text in paragraphs for part in re.split(r"(?<=[.!?])\s+(?=[A-ZÀÉ])", text.strip())]
    return [
        each
        for each in sentences
        if plain(each) and each.strip().casefold() not in HEADINGS and not plain(each).isdigit()
    ]


def test_the_seed_fiche_goes_from_a_blank_form_to_a_page_and_a_pdf(empty_server, visit, tmp_path):
    centre = visit(empty_server, "administration", "/ecrire/nouvelle")
    write_the_fiche(Writer(centre))
    propose(centre)
    for member in ("comite-1", "comite-2"):
        vote(visit(empty_server, member, "/comite"))
    publish(visit(empty_server, "comite-1", "/comite"))

    reader = visit(empty_server, None, "/")
    reader.get_by_role("searchbox").first.fill("facteurs éditoriale")
    reader.get_by_role("searchbox").first.press("Enter")
    expect(reader.get_by_role("link", name=re.compile("C’est possible", re.IGNORECASE)).first).to_be_visible()
    reader.goto(f"{empty_server.url}/fiches?theme=culture-medias")
    expect(reader.locator(".grid-cards").get_by_role("link", name=re.compile("plateforme"))).to_be_visible()
    reader.goto(f"{empty_server.url}/fiches")
    reader.locator("svg").get_by_role("link", name=re.compile("^Paris")).first.focus()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile("departement=75"))
    reader.locator(".grid-cards").get_by_role("link", name=re.compile("plateforme")).click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("plateforme")

    page_text = plain(reader.locator("main").inner_text() + reader.locator("main").text_content())
    with reader.expect_download() as download:
        reader.get_by_role("link", name=re.compile("Télécharger")).first.click()
    path = tmp_path / "fiche.pdf"
    download.value.save_as(path)
    document = pypdfium2.PdfDocument(path)
    pdf_text = plain("".join(page.get_textpage().get_text_range() for page in document))
    assert len(document) in (2, 3)
    sentences = seed_sentences()
    assert len(sentences) > 40
    assert [each for each in sentences if plain(each) not in page_text] == []
    assert [each for each in sentences if plain(each) not in pdf_text] == []


def write_the_fiche(writer: Writer) -> None:
    page = writer.page
    writer.type("title", SEED["title"])
    writer.choose_commune("Paris")
    writer.tick("themes", ["Culture, expression et médias d’habitants", "Démocratie locale et citoyenneté"])
    writer.tick("publics", ["Tous publics", "Bénévoles"])
    writer.tick("status", ["En cours"])
    write_card(writer)
    for key in ("origin", "residents", "path", "changes", "voices", "tips", "finish"):
        writer.go(key)
        write_step(writer, key, SEED)
    writer.add_photo(PICTURE, alt="Des maisons reliées par un fil sur des collines", credit="La fédération")
    writer.wait_saved()
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("pouvoir d’agir")


def write_card(writer: Writer) -> None:
    """Clear what was filled in advance and type the identity card of the original."""
    writer.page.get_by_text("La carte de votre structure").click()
    card = {
        "name": "Fédération des centres sociaux et socioculturels de France (FCSF)",
        "founded": "1922",
        "coverage": "Couverture nationale",
        "field": "Social / Éducation populaire",
        "staff": "20 salariés",
        "board": "34 administrateurs nationaux",
        "members": "+ de 1200 centres sociaux et socioculturels adhérents",
        "budget": "3 830 490 €",
        "mission": "Fédérer, représenter, animer, former le réseau des centres sociaux et soutenir son développement. "
        "Promouvoir son projet fédéral axé sur le développement du pouvoir d'agir des habitants.",
    }
    for name, value in card.items():
        writer.write(f"card.{name}", "")
        writer.write(f"card.{name}", value)


def propose(page) -> None:
    page.get_by_role("button", name="Proposer au comité", exact=True).click()
    page.get_by_role("button", name="Confirmer et proposer").click()
    expect(page.get_by_role("heading", name=re.compile("entre les mains du comité"))).to_be_visible()


def vote(page) -> None:
    page.get_by_role("link", name=re.compile("plateforme")).click()
    page.get_by_label(re.compile(r"^Publier\s:")).check()
    page.get_by_role("button", name="Voter", exact=True).click()
    expect(page.get_by_role("button", name="Changer mon vote")).to_be_visible()


def publish(page) -> None:
    page.get_by_role("link", name=re.compile("plateforme")).click()
    page.get_by_role("button", name="Publier la fiche").click()
    expect(page.get_by_role("link", name="Voir la fiche publiée")).to_be_visible()
