"""The main gestures without a mouse: from the form to the proposal's list, from the table to a vote, from the map to a fiche."""

import re

from playwright.sync_api import Page, expect

FOCUS = """(({ activeElement: focused }) => focused.type === "checkbox" && focused.labels[0]
  ? focused.labels[0].innerText.trim()
  : focused.getAttribute("aria-label") || focused.dataset.field || focused.value || focused.innerText || "")(document)"""


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


def test_from_login_to_the_proposal_with_the_keyboard_only(empty_server, visit):
    page = visit(empty_server, None, "/connexion")
    tab_to(page, "^Une coordinatrice de centre")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("^Bonjour"))).to_be_visible()
    tab_to(page, "^Écrire une fiche$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=re.compile("^Commencer"))).to_be_visible()
    tab_to(page, "^Commencer")
    page.keyboard.press("Enter")
    page.wait_for_function("window.did_handshake === true")
    tab_to(page, "^title$")
    page.keyboard.type("Des voisins rouvrent le lavoir du village")
    tab_to(page, "^commune$")
    page.keyboard.press("Control+A")
    page.keyboard.type("Confolens")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator('[data-field="commune"]')).to_have_value(re.compile("Confolens"))
    tab_to(page, "^Solidarité")
    page.keyboard.press("Space")
    tab_to(page, "^Familles")
    page.keyboard.press("Space")
    tab_to(page, "^Étape suivante", limit=60)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Le point de départ", exact=True)).to_be_focused()
    tab_to(page, r"^constat\.text$")
    page.keyboard.type(
        "Le lavoir était fermé depuis dix ans. Marthe avait gardé la clé, et onze voisins sont venus."
    )
    for title in (
        "La place des habitants",
        "Le chemin parcouru",
        "Ce que ça a changé",
        "Les paroles",
        "Pour celles et ceux qui voudraient essayer",
        "Résumé, images, relecture",
    ):
        tab_to(page, f"^Étape suivante[^→]*{title}", limit=120)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_focused()
    tab_to(page, "^summary$")
    page.keyboard.type("Onze voisins ont rouvert le lavoir.")
    expect(page.locator(".editor-status")).to_contain_text("Enregistré à")
    tab_to(page, "^Proposer au comité|^Relire et proposer", limit=120)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Confirmer et proposer")).to_be_visible()
    tab_to(page, "^Confirmer et proposer$", limit=120)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("entre les mains du comité"))).to_be_visible()
