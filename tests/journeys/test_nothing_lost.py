"""What a centre types survives a dead server, a second tab and a second person."""

import re

from playwright.sync_api import expect

from tests.journeys.writing import Writer

FIELD = '[data-field="constat.text"]'


def test_a_server_killed_one_second_after_typing_loses_nothing_and_a_second_tab_sees_it(empty_server, visit):
    page = visit(empty_server, "centre", "/ecrire/nouvelle")
    writer = Writer(page)
    writer.type("title", "Vingt voisins réparent le four du village")
    writer.go("origin")
    writer.type(
        "constat.text", "Le four était froid depuis quarante ans. Un matin, une habitante a rallumé le feu."
    )
    page.wait_for_timeout(1000)
    empty_server.kill()
    empty_server.start()

    second = visit(empty_server, "centre", "/ecrire")
    second.get_by_role("link", name=re.compile("Vingt voisins réparent")).first.click()
    expect(second).to_have_url(re.compile(r"/ecrire/\d+"))
    other = Writer(second)
    other.go("origin")
    expect(second.locator(FIELD)).to_have_value(
        "Le four était froid depuis quarante ans. Un matin, une habitante a rallumé le feu."
    )


def test_a_server_killed_at_the_last_keystroke_comes_back_and_so_does_the_page_with_every_word(
    empty_server, visit
):
    page = visit(empty_server, "centre", "/ecrire/nouvelle")
    writer = Writer(page)
    writer.type("title", "Vingt voisins réparent le four du village")
    writer.wait_saved()
    writer.go("origin")
    page.evaluate("window.sameDocument = true")
    box = page.locator(FIELD)
    box.press_sequentially(
        "Le four était froid depuis quarante ans. Un matin, une habitante a rallumé le feu."
    )
    empty_server.kill()  # some thousandths of a second after the last key
    box.press_sequentially(" Elle n’a prévenu personne.")
    empty_server.start()
    page.wait_for_function("!window.sameDocument", timeout=20_000)  # nobody touched it
    whole = "Le four était froid depuis quarante ans. Un matin, une habitante a rallumé le feu. Elle n’a prévenu personne."
    expect(box).to_have_value(whole)
    expect(box).to_be_focused()
    Writer(page).wait_saved()
    second = visit(empty_server, "centre", page.url.removeprefix(empty_server.url))
    Writer(second)
    expect(second.locator(FIELD)).to_have_value(whole)


def test_opening_a_blank_form_creates_nothing(empty_server, visit):
    page = visit(empty_server, "centre", "/ecrire/nouvelle")
    Writer(page)
    page.wait_for_timeout(1500)
    page.goto(f"{empty_server.url}/ecrire")
    expect(page.get_by_role("link", name=re.compile(r"Reprendre|Continuer"))).to_have_count(0)
    writer_url = visit(empty_server, "centre", "/ecrire/nouvelle")
    Writer(writer_url).type("title", "Le")
    expect(writer_url).to_have_url(re.compile(r"/ecrire/\d+"))


def test_two_tabs_in_different_fields_both_keep_their_words(empty_server, visit):
    first = visit(empty_server, "centre", "/ecrire/nouvelle")
    one = Writer(first)
    one.type("title", "Un titre écrit dans le premier onglet")
    one.wait_saved()
    expect(first).to_have_url(re.compile(r"/ecrire/\d+"))
    second = visit(empty_server, "centre", first.url.removeprefix(empty_server.url))
    two = Writer(second)
    two.type("accroche", "Une accroche écrite dans le second onglet.")
    one.type("place", "Quartier du Four")
    two.wait_saved()
    expect(first.locator('[data-field="accroche"]')).to_have_value(
        "Une accroche écrite dans le second onglet."
    )
    expect(second.locator('[data-field="place"]')).to_have_value("Quartier du Four")
    first.wait_for_timeout(1500)
    first.reload()
    expect(first.locator('[data-field="title"]')).to_have_value("Un titre écrit dans le premier onglet")
    expect(first.locator('[data-field="accroche"]')).to_have_value(
        "Une accroche écrite dans le second onglet."
    )
    expect(first.locator('[data-field="place"]')).to_have_value("Quartier du Four")
