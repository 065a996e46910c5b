"""Reading one's step again: advice appears after a pause, leads to the passage, is set aside for good and for all."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.test_accessibility import violations
from tests.journeys.writing import Writer

TEXT = (
    "😀 En janvier, des parents cherchent un levier pour le car, et des voisins les aident."
    " Dans le cadre de la fête, un autre levier apparaît au marché du mardi soir, et la mairie écoute."
)
SELECTED = "(() => { const box = document.activeElement; return [box.dataset.field, box.value.slice(box.selectionStart, box.selectionEnd)]; })()"


def panel(page: Page):
    return page.get_by_role("region", name="Relire cette étape")


def line(page: Page, text: str):
    return panel(page).get_by_role("listitem").filter(has_text=text)


def start(page: Page) -> Writer:
    writer = Writer(page)
    writer.write("constat.text", TEXT)
    expect(line(page, "« levier »")).to_be_visible()
    writer.wait_saved()
    return writer


def test_advice_leads_to_its_passages_and_takes_no_focus(shared_server, visit):
    page = visit(shared_server, "centre", "/ecrire/nouvelle?etape=origin")
    expect(panel(page)).to_have_count(0)
    start(page)
    assert page.evaluate(SELECTED)[0] == "constat.text"  # still where one writes
    see = line(page, "« levier »").get_by_role("button", name="Voir dans le texte")
    see.focus()
    page.keyboard.press("Enter")
    assert page.evaluate(SELECTED) == ["constat.text", "levier"]
    marks = page.locator(".passages mark")
    assert marks.all_inner_texts() == ["levier", "levier"]
    first = marks.nth(0).bounding_box()
    box = page.locator('[data-field="constat.text"]').bounding_box()
    assert box["y"] <= first["y"] <= box["y"] + box["height"]
    assert violations(page) == []
    # The next one, and the colours go at the first keystroke.
    line(page, "« levier »").get_by_role("button", name=re.compile("Passage suivant|Voir")).click()
    assert (
        page.evaluate("document.activeElement.selectionStart") == TEXT.rindex("levier") + 1
    )  # an emoji counts two here
    page.keyboard.press("End")
    expect(page.locator(".passages")).to_have_count(0)
    page.locator('[data-field="constat.text"]').fill(TEXT.replace("levier", "appui"))
    expect(line(page, "« levier »")).to_have_count(0)


def test_advice_set_aside_stays_aside_here_after_a_reload_and_on_the_other_page(shared_server, visit):
    page = visit(shared_server, "centre", "/ecrire/nouvelle?etape=origin")
    start(page)
    other = page.context.new_page()
    other.goto(page.url)
    expect(line(other, "« levier »")).to_be_visible()
    line(page, "« levier »").get_by_role("button", name="Ignorer").click()
    expect(line(page, "« levier »").get_by_role("button", name="Ignorer")).to_have_count(0)
    expect(panel(page).get_by_role("status")).to_have_text(re.compile("Conseil mis de côté"))
    assert page.evaluate("document.activeElement.closest('.advice') !== null")
    expect(other.get_by_text("Un conseil mis de côté")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Un conseil mis de côté")).to_be_visible()
    assert violations(page) == []
    page.get_by_text("Un conseil mis de côté").click()
    panel(page).get_by_role("button", name=re.compile("Remettre")).click()
    expect(line(page, "« levier »").get_by_role("button", name="Ignorer")).to_be_visible()
    expect(page.get_by_text("Un conseil mis de côté")).to_have_count(0)


def test_a_box_with_a_conseil_leads_to_it(shared_server, visit):
    page = visit(shared_server, "centre", "/ecrire/nouvelle?etape=origin")
    Writer(page).write(
        "constat.text", "Le centre a constaté. Le centre a proposé. Le PEL a été mobilisé par les acteurs."
    )
    link = page.locator('.field:has([data-field="constat.text"]) .tips')
    expect(link).to_contain_text("conseil", timeout=10_000)
    expect(page.locator('.field:has([data-field="response.text"]) .tips')).to_have_count(0)
    link.click()
    expect(page.locator('.advice-list [data-about="constat.text"] button').first).to_be_focused()


def test_advice_on_a_phone_stays_within_the_page(shared_server, visit):
    page = visit(
        shared_server, "centre", "/ecrire/nouvelle?etape=origin", viewport={"width": 320, "height": 640}
    )
    start(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    line(page, "« levier »").get_by_role("button", name="Voir dans le texte").click()
    assert page.evaluate(SELECTED) == ["constat.text", "levier"]
    expect(page.locator(".passages .is-here")).to_be_in_viewport()
    assert violations(page) == []


def test_the_proposal_marks_the_steps_that_lack_something(shared_server, visit):
    page = visit(shared_server, "centre", "/ecrire/nouvelle?etape=origin")
    start(page)
    page.get_by_role("button", name="Proposer au comité").click()
    expect(page.get_by_role("list", name="À compléter")).to_be_visible()
    steps = page.get_by_role("navigation", name="Les étapes de la fiche")
    expect(steps.get_by_role("button", name=re.compile("Identité.*à compléter"))).to_be_visible()
    expect(steps.get_by_role("button", name=re.compile("à compléter"))).to_have_count(1)
