"""Several people on one draft: invited by mail, seen live, never writing over each other; a relay helps, the centre proposes."""

import re
import shutil
import socket
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Page, expect

from tests.journeys.server import Server
from tests.journeys.test_accessibility import violations
from tests.journeys.writing import Writer

TEXT = '[data-field="accroche"]'
NARROW = {"width": 360, "height": 740}


class Letterbox:
    """What a real SMTP server has taken."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos[0], str(message.get_content())))  # type: ignore[attr-defined]
        return "250 OK"

    def to(self, address: str) -> str:
        """Wait for the newest letter to an address."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            found = [text for to, text in self.letters if to == address]
            if found:
                return found[-1]
            time.sleep(0.1)
        raise AssertionError(f"no letter for {address}")


@pytest.fixture(scope="module")
def letterbox() -> Iterator[tuple[Letterbox, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Letterbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture(scope="module")
def server(
    letterbox: tuple[Letterbox, int], tmp_path_factory: pytest.TempPathFactory, empty_data: Path
) -> Iterator[Server]:
    """A server whose mails really leave."""
    server = Server(
        tmp_path_factory.mktemp("together") / "data",
        smtp_host="127.0.0.1",
        smtp_port=str(letterbox[1]),
        smtp_tls="none",
    )
    shutil.copytree(empty_data, server.data_dir)
    server.start()
    yield server
    server.stop()


def begin(visit, server: Server, **options: Any) -> tuple[Page, Writer, str]:
    page = visit(server, "centre", "/ecrire/nouvelle", **options)
    writer = Writer(page)
    writer.type("title", "Un four pour le quartier")
    writer.wait_saved()
    expect(page).to_have_url(re.compile(r"/ecrire/\d+"))
    found = re.search(r"/ecrire/\d+", page.url)
    assert found
    return page, writer, found[0]


def invite(page: Page, address: str) -> None:
    page.get_by_role("button", name="Écrire à plusieurs").click()
    page.get_by_label("Son adresse électronique").fill(address)
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.get_by_role("dialog").get_by_text(f"Invitation envoyée à {address}.")).to_be_visible()
    page.get_by_role("button", name="Fermer").click()


def follow(visit, server: Server, letter: str) -> Page:
    """Open the link of a letter, in a browser that knows nobody."""
    link = re.search(r"/connexion/[\w-]+", letter)
    assert link
    page = visit(server, None, link[0])
    page.get_by_role("button").first.click()
    return page


def pair(visit, server: Server, letterbox: tuple[Letterbox, int], address: str) -> tuple[Page, Page]:
    """The centre and somebody it invited, both in the draft."""
    host, _, path = begin(visit, server)
    invite(host, address)
    guest = follow(visit, server, letterbox[0].to(address))
    expect(guest).to_have_url(re.compile(path))
    Writer(guest)
    return host, guest


def test_a_co_author_comes_by_mail_and_both_see_each_other_write(server, letterbox, visit):
    host, guest = pair(visit, server, letterbox, "awa@essai.example")
    expect(host.get_by_role("status").filter(has_text="sur cette fiche avec vous")).to_have_count(1)
    guest.locator(TEXT).press_sequentially("Quinze voisins rallument le four. ")
    expect(host.locator(TEXT)).to_have_value("Quinze voisins rallument le four. ")
    expect(host.get_by_text("écrit dans « Accroche »")).to_be_visible()
    expect(host.get_by_text("Une personne invitée écrit ici en ce moment")).to_be_visible()
    # A soft lock: read-only for some seconds, unless one insists.
    expect(host.locator(TEXT)).not_to_be_editable()
    host.get_by_role("button", name="Écrire quand même").click()
    expect(host.locator(TEXT)).to_be_focused()
    expect(host.locator(TEXT)).to_be_editable()
    host.keyboard.press("End")
    host.keyboard.type("Et la rue sent le pain.")
    together = "Quinze voisins rallument le four. Et la rue sent le pain."
    expect(guest.locator(TEXT)).to_have_value(together)
    # The guest goes: nobody is there any more, and the field is free.
    guest.close()
    expect(host.locator(".mates")).to_have_count(0, timeout=8000)
    expect(host.get_by_role("button", name="Écrire quand même")).to_have_count(0)


def test_a_guest_says_a_first_name_and_is_told_from_another_one(server, letterbox, visit):
    host, guest = pair(visit, server, letterbox, "premiere@essai.example")
    expect(host.locator(".mates")).to_contain_text("Une personne invitée est là")
    invite(host, "seconde@essai.example")
    other = follow(visit, server, letterbox[0].to("seconde@essai.example"))
    Writer(other)
    expect(host.locator(".mates")).to_contain_text("Une personne invitée (2) est là")
    expect(
        host.get_by_role("status").filter(has_text="Une personne invitée (2) est sur cette fiche avec vous.")
    ).to_have_count(1)
    guest.get_by_label("Quel est votre prénom").fill("Awa")
    guest.get_by_role("button", name="Me présenter").click()
    expect(guest.get_by_label("Quel est votre prénom")).to_have_count(0)
    expect(host.locator(".mates")).to_contain_text("Awa est là")
    expect(other.locator(".mates")).to_contain_text("Awa est là")


def test_looking_at_the_panels_creates_nothing(server, letterbox, visit):
    host = visit(server, "centre", "/ecrire/nouvelle")
    Writer(host)
    for door, button in (
        ("Écrire à plusieurs", "Envoyer l’invitation"),
        ("Demander de l’aide", "Envoyer ma demande"),
    ):
        host.get_by_role("button", name=door).click()
        expect(host.get_by_role("button", name=button)).to_be_visible()
        if door == "Écrire à plusieurs":
            host.get_by_label("Son adresse électronique").fill("pas une adresse")
            host.get_by_role("button", name=button).click()
            expect(host.get_by_text("Cette adresse électronique semble incomplète")).to_be_visible()
        host.get_by_role("button", name="Fermer").click()
    expect(host).to_have_url(re.compile(r"/ecrire/nouvelle"))
    invite(host, "avant-le-premier-mot@essai.example")
    expect(host).to_have_url(re.compile(r"/ecrire/\d+"))


def test_the_lock_ends_some_seconds_after_the_last_word(server, letterbox, visit):
    host, guest = pair(visit, server, letterbox, "bintou@essai.example")
    guest.locator(TEXT).press_sequentially("Un mot.")
    expect(host.locator(TEXT)).not_to_be_editable()
    expect(host.locator(TEXT)).to_be_editable(timeout=12_000)
    expect(host.get_by_text("Une personne invitée est ici")).to_be_visible()


def test_two_in_one_sentence_at_once_lose_nothing_and_are_offered_both(server, letterbox, visit):
    host, guest = pair(visit, server, letterbox, "chloe@essai.example")
    guest.locator(TEXT).press_sequentially("Le four")
    expect(host.locator(TEXT)).to_have_value("Le four")
    host.get_by_role("button", name="Écrire quand même").click()
    host.keyboard.press("End")
    for mine, theirs in zip(" du matin", " du soir !", strict=False):
        host.keyboard.type(mine)
        guest.keyboard.type(theirs)
    offers = [page.locator(".conflict") for page in (host, guest)]
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and not any(offer.count() for offer in offers):
        host.wait_for_timeout(200)
    host.wait_for_timeout(4000)
    seen = " ".join(
        [page.locator(TEXT).input_value() for page in (host, guest)]
        + [text for offer in offers for text in offer.all_inner_texts()]
    )
    assert host.locator(TEXT).input_value() == guest.locator(TEXT).input_value()
    assert "du matin" in seen
    assert "du soir" in seen
    shown = next(page for page in (host, guest) if page.locator(".conflict").count())
    while shown.locator(".conflict").count():
        shown.get_by_role("button", name="Prendre cette version").first.click()


def test_an_item_moved_by_one_while_the_other_writes_in_it(server, letterbox, visit):
    host, guest = pair(visit, server, letterbox, "dede@essai.example")
    one, two = Writer(host), Writer(guest)
    one.go("origin")
    one.add("needs", ["Manger chaud", "Se retrouver"])
    one.wait_saved()
    two.go("origin")
    field = guest.locator('[data-field="needs.0"]')
    expect(field).to_have_value("Manger chaud")
    field.press("End")
    field.type(" ensemble")
    host.get_by_role("button", name="Descendre : Besoin 1").click()
    field.type(" le soir")
    expect(host.locator('[data-field="needs.1"]')).to_have_value(
        "Manger chaud ensemble le soir", timeout=8000
    )
    expect(host.locator('[data-field="needs.0"]')).to_have_value("Se retrouver")
    expect(guest.locator('[data-field="needs.1"]')).to_have_value(
        "Manger chaud ensemble le soir", timeout=8000
    )


def test_two_tabs_of_one_person_are_one_person(server, letterbox, visit):
    host, _, path = begin(visit, server)
    again = host.context.new_page()
    again.goto(server.url + path)
    Writer(again).type("accroche", "Écrit dans le second onglet.")
    expect(host.locator(TEXT)).to_have_value("Écrit dans le second onglet.")
    expect(host.locator(".mates")).to_have_count(0)
    expect(host.locator(TEXT)).to_be_editable()


def test_a_removed_co_author_is_told_and_sees_nobody_any_more(server, letterbox, visit):
    host, guest = pair(visit, server, letterbox, "emma@essai.example")
    expect(guest.locator(".mates")).to_be_visible()
    host.get_by_role("button", name="Écrire à plusieurs").click()
    host.get_by_text("Retirer…").click()
    host.get_by_role("button", name="Oui, retirer").click()
    expect(host.get_by_text("n’écrit plus cette fiche. Ce qui est écrit reste.")).to_be_visible()
    expect(guest.get_by_text("Votre compte ne permet plus d’écrire cette fiche.")).to_be_visible()
    expect(guest.locator(".company")).to_be_hidden()
    expect(guest.locator(TEXT)).to_have_attribute("readonly", "")
    host.get_by_role("button", name="Fermer").click()
    Writer(host).type("accroche", "Ce que nous disons maintenant entre nous.")
    Writer(host).wait_saved()
    guest.wait_for_timeout(1500)
    assert "entre nous" not in guest.locator(TEXT).input_value()
    guest.reload()
    expect(guest.get_by_role("heading", name="Cette page ne vous est pas ouverte")).to_be_visible()


def test_a_relay_helps_then_the_centre_goes_on_alone(server, letterbox, visit):
    host, _, path = begin(visit, server)
    host.get_by_role("button", name="Demander de l’aide").click()
    host.get_by_label("Votre téléphone").fill("appelez-moi")
    host.get_by_label("De quoi avez-vous besoin").fill("Par où commencer ?")
    host.get_by_role("button", name="Envoyer ma demande").click()
    expect(host.get_by_text("Écrivez un numéro de téléphone en chiffres")).to_be_visible()
    host.get_by_label("Votre téléphone").fill("06 12 34 56 78")
    host.get_by_role("button", name="Envoyer ma demande").click()
    expect(host.get_by_text("Votre demande est partie")).to_be_visible()
    host.get_by_role("button", name="Fermer").click()
    letter = letterbox[0].to("comite-1@demo.example")
    assert "Par où commencer ?" in letter
    assert "06 12 34 56 78" in letter

    relay = visit(server, "comite-1", "/aide-individuelle")
    expect(relay.get_by_role("navigation").get_by_role("link", name="Aide individuelle")).to_be_visible()
    relay.get_by_role("button", name="Je m’en occupe").first.click()
    expect(relay).to_have_url(re.compile(path))
    Writer(relay).type("accroche", "Une phrase trouvée à deux.")
    expect(host.locator(TEXT)).to_have_value("Une phrase trouvée à deux.")
    expect(host.locator(".mates")).to_contain_text("Un membre du comité (Lille)")
    expect(relay.get_by_role("button", name="Proposer au comité")).to_have_count(0)
    expect(relay.get_by_role("button", name="Demander de l’aide")).to_have_count(0)
    expect(host.get_by_role("button", name="Proposer au comité")).to_be_visible()

    host.get_by_role("button", name="Demander de l’aide").click()
    expect(
        host.get_by_text("Un membre du comité (Lille) vous aide et peut écrire dans cette fiche.")
    ).to_be_visible()
    host.get_by_role("button", name="Terminer l’aide").click()
    expect(host.get_by_label("De quoi avez-vous besoin")).to_be_visible()
    expect(relay.get_by_text("Votre compte ne permet plus d’écrire cette fiche.")).to_be_visible()
    relay.goto(server.url + "/aide-individuelle")
    expect(relay.get_by_role("heading", name="Terminées (1)")).to_be_visible()


def test_the_page_of_relays_is_kindly_closed_to_others(server, visit):
    page = visit(server, "comite-2", "/aide-individuelle")
    expect(page.get_by_role("heading", name="Cette page ne vous est pas ouverte")).to_be_visible()
    expect(page.get_by_role("link", name="Aide individuelle")).to_have_count(0)


def test_an_administrator_names_a_relay(server, letterbox, visit):
    page = visit(server, "administration", "/administration")
    page.get_by_text("Nommer un relais").click()
    page.get_by_role("button", name="Nommer", exact=True).click()
    expect(page.get_by_text("Choisissez la fédération dans la liste.")).to_be_visible()
    page.get_by_label("Fédération", exact=True).select_option(index=1)
    page.locator("details", has_text="Nommer un relais").get_by_label("Adresse électronique").fill("relais")
    page.get_by_role("button", name="Nommer", exact=True).click()
    expect(page.get_by_text("semble incomplète")).to_be_visible()
    page.locator("details", has_text="Nommer un relais").get_by_label("Adresse électronique").fill(
        "relais@essai.example"
    )
    page.get_by_role("button", name="Nommer", exact=True).click()
    expect(page.get_by_text("relais@essai.example", exact=False).first).to_be_visible()
    assert "/aide-individuelle" in letterbox[0].to("relais@essai.example")


@pytest.mark.parametrize("size", [None, {"width": 320, "height": 640}, NARROW], ids=["wide", "320", "360"])
def test_axe_finds_nothing_in_the_panels_and_beside_a_field(server, letterbox, visit, size):
    options = {"viewport": size, "reduced_motion": "reduce"} if size else {}
    host, _, path = begin(visit, server, **options)
    address = f"axe-{(size or {}).get('width', 0)}@essai.example"
    invite(host, address)
    guest = follow(visit, server, letterbox[0].to(address))
    expect(guest).to_have_url(re.compile(path))
    Writer(guest).type("accroche", "Un mot.")
    expect(host.get_by_role("button", name="Écrire quand même")).to_be_visible()
    assert violations(host) == []
    for door in ("Écrire à plusieurs", "Demander de l’aide"):
        host.get_by_role("button", name=door).click()
        expect(host.get_by_role("dialog")).to_be_visible()
        host.wait_for_timeout(300)
        assert violations(host) == []
        assert host.evaluate("document.documentElement.scrollWidth") <= (size or {"width": 1440})["width"]
        host.keyboard.press("Escape")
        expect(host.get_by_role("button", name=door)).to_be_focused()


def test_two_processes_share_one_draft_live(visit, tmp_path: Path, postgres_url: str):
    """As behind a proxy: two servers on one PostgreSQL database, a browser on each."""
    settings = {"database_url": postgres_url, "secret_key": "la-meme-pour-les-deux"}
    servers = [Server(tmp_path / name, **settings) for name in ("un", "deux")]
    servers[0].command("demo", "--accounts-only")
    try:
        for each in servers:
            each.start()
        host, _, path = begin(visit, servers[0])
        invite(host, "comite-2@demo.example")
        guest = visit(servers[1], "comite-2", path)
        writer = Writer(guest)
        expect(host.locator(".mates")).to_contain_text("Une membre du comité (Lyon)")
        expect(guest.locator(".mates")).to_contain_text("Une coordinatrice de centre (Amiens)")
        writer.type("accroche", "Écrit sur l’autre serveur.")
        expect(host.locator(TEXT)).to_have_value("Écrit sur l’autre serveur.")
        expect(host.get_by_text("Une membre du comité (Lyon) écrit ici en ce moment")).to_be_visible()
        # One process dies: its people are gone after a while, the other goes on.
        servers[1].kill()
        expect(host.locator(".mates")).to_have_count(0, timeout=40_000)
        Writer(host).type("title", " neuf")
        Writer(host).wait_saved()
    finally:
        for each in servers:
            each.stop()
