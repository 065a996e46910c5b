"""What is typed wrong or by halves: kept on every device, spoken of at the right moment, mended in its place."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.writing import Writer

YEAR = "Écrivez une année en quatre chiffres"


def wrong(page: Page) -> Locator:
    """The sentences beside the boxes of a step."""
    return page.locator(".error")


def begin(server: Any, visit: Any, **options: Any) -> tuple[Page, Writer]:
    page = visit(server, "centre", "/ecrire/nouvelle", **options)
    return page, Writer(page)


def test_a_wrong_answer_is_kept_shown_elsewhere_and_bars_the_way_to_the_committee(demo_server, visit):
    page, writer = begin(demo_server, visit)
    writer.type("start", "20x")
    writer.wait_saved()
    path = page.url.removeprefix(demo_server.url)
    other = visit(demo_server, "centre", path)
    Writer(other)
    expect(other.locator('[data-field="start"]')).to_have_value("20x")
    expect(wrong(other)).to_be_visible()
    other.get_by_role("button", name="Proposer au comité").click()
    point = other.locator(".findings-blocking button").filter(has_text=YEAR)
    point.click()
    expect(other.locator('[data-field="start"]')).to_be_focused()
    other.locator('[data-field="start"]').fill("2024")
    expect(wrong(other)).to_have_count(0)
    expect(page.locator('[data-field="start"]')).to_have_value("2024")
    expect(wrong(page)).to_have_count(0)


def test_a_year_is_not_called_wrong_while_it_is_typed(demo_server, visit):
    page, writer = begin(demo_server, visit)
    page.locator("#f-start-month").focus()
    page.locator("#f-start-month").select_option("03")
    page.wait_for_timeout(2500)
    expect(wrong(page)).to_have_count(0)
    box = page.locator('[data-field="start"]')
    for letter in "202":
        box.press_sequentially(letter)
        page.wait_for_timeout(400)
        expect(wrong(page)).to_have_count(0)
    box.blur()
    expect(wrong(page)).to_be_visible()
    box.press("4")
    expect(page.locator(".error")).to_have_count(0)
    writer.wait_saved()


def test_a_commune_typed_and_not_chosen_stays_to_be_chosen(demo_server, visit):
    page, writer = begin(demo_server, visit)
    box = page.locator('[data-field="commune"]')
    box.fill("Saint")
    writer.go("origin")
    writer.go("identity")
    expect(box).to_have_value("Saint")
    expect(wrong(page)).to_contain_text("Choisissez la commune dans la liste")
    writer.choose_commune("Dunkerque")
    expect(wrong(page)).to_have_count(0)
    writer.wait_saved()
    page.reload()
    expect(box).to_have_value("Dunkerque (Nord)")


def test_a_text_too_long_for_the_line_stays_in_its_box_and_the_rest_is_saved(demo_server, visit):
    page, writer = begin(demo_server, visit)
    writer.go("finish")
    page.locator('[data-field="summary"]').fill("mot " * 300_000)
    expect(page.locator(".error").filter(has_text="bien trop long")).to_be_visible()
    writer.go("identity")
    writer.write("place", "Le port")
    expect(page.locator(".editor-status")).to_contain_text("sauf une case à corriger", timeout=10_000)
    writer.go("finish")
    page.locator('[data-field="summary"]').fill("Plus court.")
    writer.wait_saved()
    expect(page.locator(".editor-status")).not_to_contain_text("sauf")


def test_what_others_move_leaves_the_focus_and_the_caret_in_their_item(demo_server, visit):
    page, writer = begin(demo_server, visit)
    writer.go("path")
    writer.add("stages", [{"title": "Le constat"}, {"title": "La panne"}, {"title": "Le jardin"}])
    writer.wait_saved()
    other = visit(demo_server, "centre", page.url.removeprefix(demo_server.url))
    Writer(other)
    box = page.locator('[data-field="stages.1.title"]')
    box.focus()
    box.press("Home")
    page.wait_for_timeout(2500)  # long enough for the others' changes to be taken in
    other.get_by_role("button", name="Retirer : Étape 1").click()
    expect(page.locator('[data-field="stages.2.title"]')).to_have_count(0)
    page.keyboard.type("Enfin ")
    expect(page.locator('[data-field="stages.0.title"]')).to_have_value("Enfin La panne")
    expect(page.locator('[data-field="stages.1.title"]')).to_have_value("Le jardin")
    other.get_by_role("button", name="Descendre : Étape 1").click()
    page.wait_for_timeout(2500)
    page.keyboard.type("voilà ")
    expect(page.locator('[data-field="stages.1.title"]')).to_have_value("Enfin voilà La panne")
    expect(other.locator(".undo")).to_have_count(0)  # moving was the next gesture


def test_a_locked_fiche_says_so_and_lets_its_texts_be_copied(demo_server, visit):
    page, writer = begin(demo_server, visit)
    writer.write("title", "Une fiche à jeter")
    writer.wait_saved()
    box = page.locator('[data-field="title"]')
    box.focus()
    other = visit(demo_server, "centre", "/ecrire")
    other.wait_for_function("window.did_handshake === true")
    card = other.get_by_role("listitem").filter(has_text="Une fiche à jeter")
    card.locator("summary", has_text="Supprimer").click()
    card.get_by_role("button", name="Mettre à la corbeille").click()
    expect(page.get_by_role("status").filter(has_text="à la corbeille")).to_be_visible()
    expect(box).to_be_focused()
    assert box.evaluate("box => box.readOnly && !box.matches(':disabled')")
    expect(page.locator('[data-field="themes"] input').first).to_be_disabled()


def test_words_rewritten_after_the_agreement_are_to_be_read_again(demo_server, visit):
    page, writer = begin(demo_server, visit)
    writer.go("voices")
    said = "Depuis que le bus est revenu, je vois mes petits-enfants tous les mercredis."
    writer.add("voices.quotes", [{"text": said, "name": "Awa", "agreement": True}])
    advice = page.get_by_text("Les mots ont changé")
    writer.write("voices.quotes.0.text", said.replace("tous les mercredis", "le mercredi"))
    writer.wait_saved()
    expect(advice).to_have_count(0)
    writer.write("voices.quotes.0.text", "Ce jardin, nous l’avons voulu et nous le gardons ouvert.")
    expect(advice).to_be_visible()
    expect(page.locator('[data-field="voices.quotes.0.agreement"]')).to_be_checked()
