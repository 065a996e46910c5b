"""The guide changed by an administrator and read by a centre; speed writing with the keyboard only, on a clock of its own."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_accessibility import SIZES, violations
from tests.journeys.test_keyboard import tab_to
from tests.journeys.writing import Writer

STEP = "/administration/guide/etape/origin"


def ready(page: Page) -> Page:
    page.wait_for_function("window.did_handshake === true")
    return page


def test_conseils_are_read_without_a_click_until_one_folds_them_away(shared_server, visit):
    page = visit(shared_server, "centre", "/ecrire/nouvelle")
    writer = Writer(page)
    conseil = page.locator(".conseils li").first
    expect(conseil).to_be_visible()
    page.locator(".conseils > summary").click()
    expect(conseil).to_be_hidden()
    writer.go("origin")
    expect(conseil).to_be_hidden()
    page.reload()
    Writer(page)
    expect(conseil).to_be_hidden()
    phone = visit(shared_server, "centre", "/ecrire/nouvelle", viewport={"width": 360, "height": 740})
    Writer(phone)
    expect(phone.locator(".conseils > summary")).to_be_visible()
    expect(phone.locator(".conseils li").first).to_be_hidden()


def test_the_timer_switched_off_stays_off_on_another_computer(shared_server, visit):
    page = visit(shared_server, "centre", "/ecrire/nouvelle")
    Writer(page)
    page.locator(".help > summary", has_text="Écriture rapide").click()
    page.get_by_role("button", name="Ne plus me proposer le minuteur").click()
    expect(page.get_by_text("Vous avez éteint le minuteur.")).to_be_visible()
    other = visit(shared_server, "centre", "/ecrire/nouvelle")
    Writer(other)
    other.locator(".help > summary", has_text="Écriture rapide").click()
    expect(other.get_by_text("Vous avez éteint le minuteur.")).to_be_visible()
    settings = visit(shared_server, "centre", "/compte")
    settings.wait_for_function("window.did_handshake === true")
    settings.get_by_label("Me proposer le minuteur de l’écriture rapide").check()
    expect(settings.get_by_text("C’est enregistré.")).to_be_visible()
    other.reload()
    Writer(other)
    other.locator(".help > summary", has_text="Écriture rapide").click()
    expect(other.get_by_role("button", name=re.compile("Lancer le minuteur"))).to_be_visible()


def test_an_administrator_changes_a_consigne_and_a_centre_sees_it(shared_server, visit):
    page = ready(visit(shared_server, "administration", STEP))
    page.get_by_label("Consigne", exact=True).fill("Racontez le tout début : qui, où, quand ?")
    preview = page.get_by_role("region", name="Ce que verra un centre")
    expect(preview.get_by_text("Racontez le tout début")).to_be_visible()
    page.get_by_label("Qu’avez-vous changé").fill("Plus direct")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("C’est enregistré")).to_be_visible()
    centre = ready(visit(shared_server, "centre", "/ecrire/nouvelle?etape=origin"))
    expect(centre.locator(".consigne")).to_contain_text("Racontez le tout début")
    page.goto(shared_server.url + "/administration/guide")
    expect(page.get_by_text("Plus direct")).to_be_visible()
    page.get_by_role("link", name="Version 1").click()
    expect(page.locator("ins").first).to_be_visible()
    page.goto(shared_server.url + "/administration/guide")
    ready(page)
    page.get_by_text("Revenir au guide d’origine…").click()
    page.get_by_role("button", name="Revenir au guide d’origine").click()
    expect(page.get_by_role("link", name="Version 2")).to_be_visible()
    centre.reload()
    expect(centre.locator(".consigne")).to_contain_text("Que se passait-il avant")


def test_lengths_in_the_wrong_order_are_said_beside_the_box_and_nothing_is_lost(demo_server, visit):
    page = ready(visit(demo_server, "administration", STEP))
    page.get_by_label("Consigne", exact=True).fill("Ma consigne à moi")
    page.get_by_role(
        "heading", name="La case « Le constat »".replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    ).click()
    page.locator("#g-fields-constat-text-max").fill("20")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#g-fields-constat-text-max")).to_be_focused()
    expect(page.locator("#g-fields-constat-text-max")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("Le plus petit nombre de mots dépasse le plus grand")).to_be_visible()
    expect(page.get_by_label("Consigne", exact=True)).to_have_value("Ma consigne à moi")
    assert violations(page) == []
    page.reload()
    ready(page)
    expect(page.get_by_text("Nous avons repris ce que vous aviez écrit")).to_be_visible()
    expect(page.get_by_label("Consigne", exact=True)).to_have_value("Ma consigne à moi")
    expect(page.locator("#g-fields-constat-text-max")).to_have_value("20")
    page.get_by_role("button", name="Abandonner").click()
    expect(page.get_by_label("Consigne", exact=True)).to_have_value(re.compile("Que se passait-il avant"))


def start(page: Page) -> None:
    """Open the help and start the countdown, from the title of the step on."""
    page.locator("#step-title").focus()
    tab_to(page, "^Écriture rapide$", limit=12)
    page.keyboard.press("Enter")
    tab_to(page, "^Lancer le minuteur")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Pause")).to_be_focused()


def digits(page: Page) -> str:
    return page.locator(".speed-digits").inner_text()


def test_speed_writing_with_the_keyboard_only(demo_server, visit):
    page = ready(visit(demo_server, "centre", "/ecrire/nouvelle?etape=origin"))
    start(page)
    expect(page.get_by_text(re.compile("Minuteur lancé.*8.minutes"))).to_be_attached()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Reprendre")).to_be_focused()
    before = digits(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert digits(page).startswith("9:") or digits(page) == "10:00"
    page.reload()
    ready(page)
    expect(page.get_by_role("button", name="Reprendre")).to_be_visible()  # still there, still waiting
    assert before != digits(page)
    assert digits(page).startswith("9:") or digits(page) == "10:00"
    page.get_by_role("button", name="Étape suivante").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="La place des habitants")).to_be_visible()
    expect(page.locator(".speed-digits")).to_have_text("8:00")
    expect(page.get_by_text("Étape 3 sur 8 · encore 47")).to_be_visible()
    page.get_by_role("button", name="Arrêter…").focus()
    page.keyboard.press("Enter")
    tab_to(page, "^Ne plus me proposer", limit=4)
    page.keyboard.press("Enter")
    expect(page.locator(".speed")).to_have_count(0)
    expect(page.locator(".help > summary", has_text="Écriture rapide")).to_be_focused()
    page.reload()
    ready(page)
    page.get_by_text("Écriture rapide").click()
    expect(page.get_by_role("button", name="Lancer le minuteur")).to_have_count(0)
    page.get_by_role("button", name="Le proposer à nouveau").click()
    expect(page.get_by_role("button", name="Lancer le minuteur")).to_be_visible()


def test_at_zero_it_says_to_take_ones_time_and_closes_nothing(demo_server, visit):
    page = visit(demo_server, None, "/connexion")
    page.context.request.post(
        f"{demo_server.url}/connexion/demonstration/1", headers={"Origin": demo_server.url}, max_redirects=0
    )
    noon = datetime(2026, 3, 12, 12, 0)
    page.clock.set_fixed_time(noon)  # timers run, the hour is ours
    page.goto(f"{demo_server.url}/ecrire/nouvelle?etape=origin")
    ready(page)
    start(page)
    said = page.locator(".speed-place [role=status]")
    for minute, sentence in (
        (4, "La moitié du temps"),
        (7, "Il reste une minute"),
        (8, "Prenez le temps qu’il faut"),
    ):
        page.clock.set_fixed_time(noon + timedelta(minutes=minute))
        expect(said).to_contain_text(sentence)
    assert digits(page) == "0:00"
    expect(page.locator(".speed-what")).to_have_text("Prenez le temps qu’il faut, ou passez à la suite.")
    expect(page.locator('[data-field="constat.text"]')).to_be_editable()
    page.get_by_role("button", name="Ajouter deux minutes").click()
    expect(page.locator(".speed-digits")).to_have_text(re.compile("^(2:00|1:59)$"))


def test_the_three_ways_to_write_lead_into_the_editor(demo_server, visit):
    page = visit(demo_server, "centre", "/ecrire")
    page.get_by_role("link", name="Écrire en une heure").click()
    page.get_by_role("link", name=re.compile("Commencer.*À deux")).click()
    ready(page)
    expect(page.locator(".speed-digits")).to_have_text(re.compile(r"^(5:00|4:5\d)$"))
    assert "seance" not in page.url
    page.get_by_role("button", name="Étape suivante").click()
    expect(page.get_by_text("Posez ces questions à voix haute")).to_be_visible()
    expect(page.get_by_text("Qui l’a remarqué en premier")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("account", "path"),
    [
        ("administration", "/administration/guide"),
        ("administration", STEP),
        ("administration", "/administration/guide/verifications"),
        ("centre", "/ecrire/en-une-heure"),
        ("centre", "/ecrire/nouvelle?etape=origin&seance=deux"),
        (None, "/ecriture-rapide?format=collectif"),
    ],
)
def test_axe_finds_nothing(demo_server, visit, account, path, size):
    page = visit(demo_server, account, path, viewport=SIZES[size], reduced_motion="reduce")
    page.wait_for_timeout(900)
    assert violations(page) == []
    page.evaluate("document.querySelectorAll('main details').forEach((each) => (each.open = true))")
    page.wait_for_timeout(200)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]


def test_the_timer_on_the_wall(demo_server, visit):
    page = visit(demo_server, None, "/ecriture-rapide?format=collectif")
    expect(page.locator("#chiffres")).to_have_text("20:00")
    page.get_by_role("button", name="Passer à la suite").click()
    expect(page.locator("#partie")).to_have_text("La carte d’identité")
    page.get_by_role("button", name="+2 minutes").click()
    expect(page.locator("#chiffres")).to_have_text("10:00")
    page.get_by_role("button", name="Démarrer").click()
    expect(page.locator("#chiffres")).to_have_text(re.compile(r"^9:5\d$"))
    page.reload()
    expect(page.locator("#chiffres")).to_have_text(re.compile(r"^9:[45]\d$"))
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
