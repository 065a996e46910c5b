"""Changing one's mind: a passage taken back while another tab is open, a whole version, a draft out of the bin."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_accessibility import SIZES, violations
from tests.journeys.writing import Writer

FIELD = '[data-field="constat.text"]'
TEXT = (
    "Le four était froid depuis quarante ans. Un matin de mars, une habitante a rallumé le feu, et la rue est sortie. "
    "On a compté vingt pains, puis trente, puis on a cessé de compter. La mairie a prêté la clé, le boulanger son levain, "
    "et le samedi est devenu le jour du pain."
)


def draft(server, visit) -> tuple[Page, str]:
    """Write a draft, then empty its longest text; return the page and the address of the draft."""
    page = visit(server, "centre", "/ecrire/nouvelle")
    writer = Writer(page)
    writer.type("title", "Vingt voisins réparent le four du village")
    expect(page).to_have_url(re.compile(r"/ecrire/\d+"))
    writer.go("origin")
    writer.write("constat.text", TEXT)
    writer.wait_saved()
    page.wait_for_timeout(1500)
    writer.write("constat.text", "Trop tard.")
    page.wait_for_timeout(1500)
    writer.wait_saved()
    return page, re.search(r"/ecrire/\d+", page.url)[0]


def test_a_passage_then_a_version_are_taken_back_under_the_eyes_of_another_tab(empty_server, visit):
    page, address = draft(empty_server, visit)
    other = visit(empty_server, "centre", f"{address}?etape=origin")
    Writer(other)
    expect(other.locator(FIELD)).to_have_value("Trop tard.")
    page.get_by_role("link", name="Historique").click()
    expect(page.get_by_role("heading", name=re.compile("Version d’aujourd’hui"))).to_be_visible()
    expect(page.locator("del")).to_contain_text("Un matin de mars, une habitante")
    expect(page.locator("ins")).to_contain_text("Trop tard")
    page.get_by_role("button", name=re.compile("Reprendre ce passage.*Le constat")).press("Enter")
    expect(page.get_by_role("status").filter(has_text="C’est fait")).to_be_visible()
    expect(other.locator(FIELD)).to_have_value(TEXT)

    page.locator(".history-list a", has_text="la première").click()
    page.get_by_role("link", name="La fiche à ce moment-là").click()
    sheet = page.frame_locator("iframe[title^='La fiche, version']")
    expect(sheet.locator("h1")).to_contain_text("V")
    page.get_by_role("button", name="Revenir à cette version").click()
    expect(page.get_by_role("status").filter(has_text="C’est fait")).to_be_visible()
    expect(other.locator(FIELD)).to_have_value("")
    newest = page.locator(".history-list a").first
    newest.click()
    page.get_by_role("button", name="Revenir à cette version").click()
    expect(page.get_by_role("status").filter(has_text="C’est fait")).to_be_visible()
    expect(other.locator(FIELD)).to_have_value(TEXT)


def test_a_draft_goes_to_the_bin_under_an_open_editor_and_comes_back(empty_server, visit):
    page, address = draft(empty_server, visit)
    other = visit(empty_server, "centre", f"{address}?etape=origin")
    writer = Writer(other)
    page.goto(f"{empty_server.url}/ecrire")
    page.wait_for_function("window.did_handshake === true")
    page.locator("summary", has_text="Supprimer").click()
    page.get_by_role("button", name="Mettre à la corbeille").click()
    expect(page.get_by_role("status").filter(has_text="est dans la corbeille jusqu’au")).to_be_visible()
    expect(other.get_by_text("plus rien ne s’enregistre")).to_be_visible()
    expect(other.locator(FIELD)).to_have_value("Trop tard.")
    expect(other.locator(FIELD)).not_to_be_editable()
    other.reload()
    expect(other.get_by_text("Cette fiche est dans la corbeille")).to_be_visible()
    page.get_by_role("button", name="La remettre").click()
    expect(page.get_by_role("status").filter(has_text="La fiche est revenue")).to_be_visible()
    other.reload()
    writer = Writer(other)
    writer.write("constat.text", "Le feu est revenu.")
    writer.wait_saved()


def test_a_new_edition_says_what_is_to_be_asked_again(demo_server, visit):
    page = visit(demo_server, "centre", "/ecrire")
    page.wait_for_function("window.did_handshake === true")
    page.locator(".draft-publiee").first.get_by_role("button", name="Refaire une fiche").click()
    expect(page).to_have_url(re.compile(r"/ecrire/\d+"))
    expect(page.get_by_text("Les dates et les accords des citations sont à reprendre")).to_be_visible()
    expect(page.locator('[data-field="title"]')).to_have_value(re.compile(r"\(nouvelle édition\)$"))


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_the_history_and_the_bin(empty_server, visit, size):
    page, address = draft(empty_server, visit)
    page.set_viewport_size(SIZES[size])
    for path in (f"{address}/historique", f"{address}/historique?vue=fiche", "/ecrire"):
        page.goto(empty_server.url + path)
        page.wait_for_timeout(700)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    page.locator("summary", has_text="Supprimer").click()
    page.get_by_role("button", name="Mettre à la corbeille").click()
    page.locator("summary", has_text="Corbeille").click()
    page.wait_for_timeout(300)
    assert violations(page) == []
    page.goto(f"{empty_server.url}{address}")
    page.wait_for_timeout(500)
    assert violations(page) == []
