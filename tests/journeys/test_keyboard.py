"""The main gestures without a mouse: from the form to the proposal's list, from the table to a vote, from the map to a fiche."""

import re

from playwright.sync_api import Page, expect

FOCUS = "(document.activeElement.getAttribute('aria-label') || document.activeElement.dataset.field || document.activeElement.value || document.activeElement.innerText || '')"


def tab_to(page: Page, pattern: str, limit: int = 90) -> None:
    """Press Tab until what has the focus is called as wanted."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if re.search(pattern, page.evaluate(FOCUS)):
            return
    raise AssertionError(f"Tab never reached {pattern}; last: {page.evaluate(FOCUS)}")


def test_a_vote_with_the_keyboard_only(demo_server, visit):
    page = visit(demo_server, "comite-2", "/comite")
    expect(page.get_by_role("heading", name=re.compile("À lire"))).to_be_visible()
    title = page.locator(".review-card h3 a").first.inner_text()
    tab_to(page, re.escape(title.split("\n")[0][:20]))
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Votre avis")).to_be_visible()
    tab_to(page, "^publier$")
    page.keyboard.press("Space")
    tab_to(page, "^Voter$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Changer mon vote")).to_be_visible()


def test_writing_and_what_is_missing_with_the_keyboard_only(demo_server, visit):
    page = visit(demo_server, "centre", "/ecrire/nouvelle")
    page.wait_for_function("window.did_handshake === true")
    tab_to(page, "^title$")
    page.keyboard.type("Des voisins rouvrent le lavoir du village")
    expect(page.locator(".editor-status")).to_contain_text("Enregistré à")
    tab_to(page, "^Proposer au comité", limit=120)
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="À compléter")).to_be_visible()
    tab_to(page, "Thèmes")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="La carte d’identité")).to_be_visible()
    focused = page.evaluate("document.activeElement.closest('[data-field]')?.dataset.field")
    assert focused == "themes"


def test_from_the_map_to_a_fiche_with_the_keyboard_only(demo_server, visit):
    page = visit(demo_server, None, "/fiches")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Aller au contenu")
    page.locator("svg").get_by_role("link", name=re.compile(r"^Somme")).first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("departement=80"))
    tab_to(page, "Vingt-deux femmes|parents repassent|standard")
    page.keyboard.press("Enter")
    expect(page.locator("article h1")).to_be_visible()
