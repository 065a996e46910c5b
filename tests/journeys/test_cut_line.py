"""What is typed while the line is cut, the session over or the browser gone comes back, in the same box."""

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.line import Line
from tests.journeys.server import ACCOUNTS, Server
from tests.journeys.test_accessibility import violations
from tests.journeys.writing import Writer
from tests.pictures import file_of, quarters

OFFLINE = "Hors connexion : vos textes sont gardés sur cet appareil"
FORGOTTEN = 32  # seconds: the server keeps a page that is cut for 30
TITLE, TEXT = '[data-field="title"]', '[data-field="constat.text"]'


class Far:
    """A server at the other end of a line: same address for the browser, whatever happens to the line."""

    def __init__(self, server: Server, line: Line) -> None:
        self.server, self.line, self.url = server, line, line.url


@pytest.fixture(scope="module")
def far(tmp_path_factory: pytest.TempPathFactory, empty_data: Path) -> Iterator[Far]:
    server = Server(tmp_path_factory.mktemp("far") / "data")
    line = Line(server.port)
    server.settings["CESTPOSSIBLE_PUBLIC_URL"] = line.url
    shutil.copytree(empty_data, server.data_dir)
    server.start()
    yield Far(server, line)
    line.close()
    server.stop()


@pytest.fixture(autouse=True)
def whole(far: Far) -> Iterator[None]:
    yield
    far.line.restore()


def begin(visit, far: Far, title: str, **options: Any) -> tuple[Page, Writer]:
    page = visit(far, "centre", "/ecrire/nouvelle", **options)
    writer = Writer(page)
    writer.type("title", title)
    writer.wait_saved()
    expect(page).to_have_url(re.compile(r"/ecrire/\d+"))
    return page, writer


def stored(visit, far: Far, page: Page, field: str) -> str:
    """What the server has, seen by another browser."""
    number = re.search(r"/ecrire/(\d+)", page.url)
    assert number
    other = visit(far, "centre", f"/ecrire/{number[1]}?champ={field}")
    Writer(other)
    return other.locator(f'[data-field="{field}"]').input_value()


def test_words_typed_while_the_line_is_cut_are_sent_on_return(far, visit):
    page, writer = begin(visit, far, "Le four du village")
    far.line.cut()
    expect(page.locator(".editor-status")).to_have_text(OFFLINE)
    writer.type("accroche", "Un matin, le four a fumé de nouveau.")
    page.wait_for_timeout(1200)
    expect(page.locator(".editor-status")).to_have_text(OFFLINE)
    expect(page.get_by_role("status").filter(has_text=OFFLINE)).to_have_count(1)
    page.wait_for_timeout(1500)  # by then NiceGUI would show its own words, without the reassurance
    expect(page.locator("#popup")).to_be_hidden()
    far.line.restore()
    writer.wait_saved()
    assert stored(visit, far, page, "accroche") == "Un matin, le four a fumé de nouveau."


def test_elsewhere_a_cut_is_told_in_kind_words(far, visit):
    page = visit(far, "centre", "/ecrire")
    page.wait_for_function("window.did_handshake === true")
    far.line.cut()
    expect(page.locator("#popup")).to_be_visible(timeout=10_000)
    expect(page.locator("#popup")).to_contain_text("Vous n’avez rien à faire, la page reprendra d’elle-même.")
    far.line.restore()
    expect(page.locator("#popup")).to_be_hidden(timeout=15_000)


def test_a_cut_so_long_that_the_server_has_forgotten_the_pages_loses_no_word(far, visit):
    page, writer = begin(visit, far, "Le lavoir couvert")
    writer.go("origin")
    writer.type("constat.text", "Le lavoir perdait ses tuiles. ")
    writer.wait_saved()
    fresh = visit(far, "centre", "/ecrire/nouvelle")
    other = Writer(fresh)
    far.line.cut()
    for each in (page, fresh):
        expect(each.locator(".editor-status")).to_have_text(OFFLINE)
        each.evaluate("window.sameDocument = true")
    writer.type("constat.text", "On le couvre ensemble.")
    other.type("title", "Une fiche que le serveur n’a jamais vue")
    page.wait_for_timeout(FORGOTTEN * 1000)
    assert page.evaluate("window.sameDocument") is True
    writer.type("constat.text", " Dix ardoises par famille.")
    far.line.restore()
    # The server knows neither page any more: both are loaded again, by themselves.
    for each in (page, fresh):
        each.wait_for_function("!window.sameDocument", timeout=20_000)
        Writer(each).wait_saved()
    expect(page.locator(TEXT)).to_have_value(
        "Le lavoir perdait ses tuiles. On le couvre ensemble. Dix ardoises par famille."
    )
    expect(page.locator(TEXT)).to_be_focused()
    page.keyboard.type(" Et une pour le chat.")
    Writer(page).wait_saved()
    assert stored(visit, far, page, "constat.text").endswith("Dix ardoises par famille. Et une pour le chat.")
    expect(fresh).to_have_url(re.compile(r"/ecrire/\d+"))
    assert stored(visit, far, fresh, "title") == "Une fiche que le serveur n’a jamais vue"


def test_a_silent_line_is_not_called_saved(far, visit):
    page, writer = begin(visit, far, "Le lavoir")
    far.line.silence()
    writer.type("accroche", "Dans le tunnel.")
    expect(page.locator(".editor-status")).to_have_text("Enregistrement…")
    page.wait_for_timeout(2000)
    expect(page.locator(".editor-status")).to_have_text("Enregistrement…")
    expect(page.locator(".editor-status")).to_have_text(OFFLINE, timeout=6000)
    far.line.restore()
    writer.wait_saved()
    assert stored(visit, far, page, "accroche") == "Dans le tunnel."


def test_a_reload_during_the_cut_fails_and_the_words_come_back_with_the_line(far, visit):
    page, writer = begin(visit, far, "La ludothèque")
    writer.go("origin")
    far.line.cut()
    expect(page.locator(".editor-status")).to_have_text(OFFLINE)
    writer.type("constat.text", "Trois cents jeux dormaient dans une cave.")
    address = page.url
    with pytest.raises(Exception, match="ERR_"):
        page.reload()
    page.wait_for_url("chrome-error://**")
    far.line.restore()
    page.goto(address)
    expect(page.locator(TEXT)).to_have_value("Trois cents jeux dormaient dans une cave.")
    expect(page.locator(TEXT)).to_be_focused()
    expect(page.get_by_text("Nous avons repris ce que vous aviez écrit avant la coupure.")).to_be_visible()
    Writer(page).wait_saved()
    assert stored(visit, far, page, "constat.text") == "Trois cents jeux dormaient dans une cave."


def test_a_draft_that_never_reached_the_server_waits_on_the_device(far, visit):
    page = visit(far, "centre", "/ecrire/nouvelle")
    writer = Writer(page)
    far.line.cut()
    expect(page.locator(".editor-status")).to_have_text(OFFLINE)
    writer.type("title", "Une fiche née sans réseau")
    page.wait_for_timeout(300)
    context = page.context
    page.close()  # the tab is closed, the browser too: only its stores are left
    far.line.restore()
    back = context.new_page()
    back.goto(f"{far.url}/ecrire")
    back.get_by_role("link", name=re.compile("Reprendre ce texte")).first.click()
    expect(back.locator(TITLE)).to_have_value("Une fiche née sans réseau")
    expect(back).to_have_url(re.compile(r"/ecrire/\d+"))
    back.goto(f"{far.url}/ecrire")
    expect(back.get_by_role("link", name=re.compile("Une fiche née sans réseau")).first).to_be_visible()
    expect(back.get_by_role("link", name=re.compile("Reprendre ce texte"))).to_have_count(0)


def test_two_new_drafts_in_two_tabs_stay_two(far, visit):
    one = visit(far, "centre", "/ecrire/nouvelle")
    two = one.context.new_page()
    two.goto(f"{far.url}/ecrire/nouvelle")
    first, second = Writer(one), Writer(two)
    far.line.cut()
    for page in (one, two):
        expect(page.locator(".editor-status")).to_have_text(OFFLINE)
    first.type("title", "Le premier récit")
    second.type("title", "Le second récit")
    one.wait_for_timeout(300)
    far.line.restore()
    for page, text in ((one, "Le premier récit"), (two, "Le second récit")):
        expect(page).to_have_url(re.compile(r"/ecrire/\d+"), timeout=20_000)
        expect(page.locator(TITLE)).to_have_value(text)
    assert stored(visit, far, one, "title") == "Le premier récit"
    assert stored(visit, far, two, "title") == "Le second récit"


def test_an_invalid_value_stays_in_its_box_through_a_reload_and_the_rest_is_saved(far, visit):
    page, writer = begin(visit, far, "Le café des voisins")
    page.get_by_text("La carte de votre structure").click()
    writer.write("card.founded", "dix-neuf cent")
    expect(page.get_by_text("Écrivez une année en quatre chiffres").first).to_be_visible()
    writer.type("accroche", "On y entre sans frapper.")
    expect(page.locator(".editor-status")).to_have_text(
        re.compile(r"^Enregistré à \d\d:\d\d, une case à corriger$")
    )
    page.wait_for_timeout(400)
    page.reload()
    Writer(page)
    box = page.locator('[data-field="card.founded"]')
    expect(box).to_have_value("dix-neuf cent")
    expect(page.locator('[data-field="accroche"]')).to_have_value("On y entre sans frapper.")
    expect(page.locator("#f-card-founded-error")).to_have_text(re.compile("Écrivez une année"))
    assert stored(visit, far, page, "accroche") == "On y entre sans frapper."


def test_the_end_of_the_session_is_said_and_logging_in_leads_back_to_the_same_box(far, visit):
    page, writer = begin(visit, far, "Le jardin partagé")
    writer.go("origin")
    writer.type("constat.text", "La friche était fermée. ")
    writer.wait_saved()
    other = page.context.new_page()
    other.goto(f"{far.url}/compte")
    other.get_by_role("button", name="Me déconnecter").click()
    expect(other.get_by_role("button", name="Me déconnecter")).to_have_count(0)
    page.bring_to_front()  # the other tab stays: closed just after it changed its page, Chromium may never answer
    expect(page.get_by_text("Votre session est terminée.")).to_be_visible()
    page.locator(TEXT).press_sequentially("Les clés étaient perdues.")
    page.wait_for_timeout(400)
    page.get_by_role("link", name="Me reconnecter").click()
    page.get_by_role("button", name=re.compile("centre|coordinat", re.IGNORECASE)).first.click()
    expect(page).to_have_url(re.compile(r"/ecrire/\d+\?.*champ=constat\.text"))
    expect(page.locator(TEXT)).to_have_value("La friche était fermée. Les clés étaient perdues.")
    expect(page.locator(TEXT)).to_be_focused()
    page.keyboard.type(" On les a refaites.")
    Writer(page).wait_saved()
    assert stored(visit, far, page, "constat.text").endswith("perdues. On les a refaites.")


def test_a_cookie_that_expires_while_one_writes_is_noticed_and_logging_in_leads_back_to_the_same_box(
    far, visit
):
    page, writer = begin(visit, far, "Le potager des écoliers")
    writer.go("origin")
    writer.type("constat.text", "La cour était nue. ")
    page.context.clear_cookies()  # as the browser does when its time has come
    page.locator(TEXT).press_sequentially("Rien n’y poussait.")
    page.evaluate("window.dispatchEvent(new Event('focus'))")  # the person comes back to the page
    expect(page.get_by_text("Votre session est terminée.")).to_be_visible()
    page.locator(TEXT).press_sequentially(" Les enfants ont demandé des fraises.")
    page.get_by_role("link", name="Me reconnecter").click()
    page.get_by_role("button", name=re.compile("centre|coordinat", re.IGNORECASE)).first.click()
    expect(page).to_have_url(re.compile(r"/ecrire/\d+\?.*champ=constat\.text"))
    whole = "La cour était nue. Rien n’y poussait. Les enfants ont demandé des fraises."
    expect(page.locator(TEXT)).to_have_value(whole)
    expect(page.locator(TEXT)).to_be_focused()
    page.keyboard.type(" Ils en ont eu.")
    Writer(page).wait_saved()
    assert stored(visit, far, page, "constat.text") == f"{whole} Ils en ont eu."


def test_somebody_else_on_the_same_computer_never_sees_the_words(far, visit):
    page = visit(far, "centre", "/ecrire/nouvelle")
    writer = Writer(page)
    far.line.cut()
    expect(page.locator(".editor-status")).to_have_text(OFFLINE)
    writer.type("title", "Des mots qui ne sont pas à vous")
    page.wait_for_timeout(300)
    context = page.context
    page.close()
    far.line.restore()
    context.request.post(
        f"{far.url}/connexion/demonstration/{ACCOUNTS['administration']}",
        headers={"Origin": far.url},
        max_redirects=0,
    )
    other = context.new_page()
    for path in ("/ecrire", "/ecrire/nouvelle"):
        other.goto(far.url + path)
        other.wait_for_function("window.did_handshake === true")
        other.wait_for_timeout(1800)
        expect(other.get_by_text("Des mots qui ne sont pas à vous")).to_have_count(0)
    expect(other.locator(TITLE)).to_have_value("")


def test_a_device_that_keeps_nothing_says_so(far, visit):
    page = visit(far, "centre", "/connexion")
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    page.goto(f"{far.url}/ecrire/nouvelle")
    writer = Writer(page)
    far.line.cut()
    writer.type("title", "Rien que sur cette page")
    expect(page.locator(".editor-status")).to_contain_text("ne fermez pas cette page")
    far.line.restore()
    expect(page).to_have_url(re.compile(r"/ecrire/\d+"), timeout=20_000)
    assert stored(visit, far, page, "title") == "Rien que sur cette page"


def test_the_same_box_in_two_tabs_offers_both_versions(far, visit):
    page, writer = begin(visit, far, "Le bal des voisins")
    writer.go("origin")
    two = page.context.new_page()
    two.goto(page.url)
    second = Writer(two)
    expect(two.locator(TEXT)).to_be_visible()
    far.line.cut()
    for each in (page, two):
        expect(each.locator(".editor-status")).to_have_text(OFFLINE)
    writer.write("constat.text", "La version du matin.")
    second.write("constat.text", "La version du soir.")
    far.line.restore()
    offers = [each.locator(".conflict") for each in (page, two)]
    page.wait_for_timeout(2500)
    seen = [
        (each.locator(TEXT).input_value(), offer.all_inner_texts())
        for each, offer in zip((page, two), offers, strict=True)
    ]
    for mine, other in (
        ("La version du matin.", "La version du soir."),
        ("La version du soir.", "La version du matin."),
    ):
        assert any(mine == box and any(other in text for text in texts) for box, texts in seen) or any(
            other == box and any(mine in text for text in texts) for box, texts in seen
        ), seen


def test_pictures_chosen_while_the_line_is_cut_leave_by_themselves_on_return(far, visit, tmp_path):
    """On a form that has no draft yet: making one is what fails first."""
    page = visit(far, "centre", "/ecrire/nouvelle?etape=finish")
    Writer(page)
    far.line.cut()
    expect(page.locator(".editor-status")).to_have_text(OFFLINE)
    page.get_by_label("Ajouter des images").set_input_files(pictures(tmp_path, 2))
    uploads = page.locator(".uploads li")
    expect(uploads).to_have_count(2)
    expect(uploads.first).to_contain_text("gardée sur cet appareil, elle repartira d’elle-même")
    far.line.restore()
    expect(page.locator(".photo-item")).to_have_count(2, timeout=30_000)
    expect(uploads).to_have_count(0)


def test_pictures_not_sent_before_a_reload_are_sent_after_it_and_kept_no_longer(far, visit, tmp_path):
    page, writer = begin(visit, far, "Le four et ses images")
    writer.go("finish")
    page.route("**/ecrire/photos?*", lambda route: route.abort())
    page.get_by_label("Ajouter des images").set_input_files(pictures(tmp_path, 2))
    expect(page.locator(".uploads li")).to_have_count(2)
    expect(page.locator(".uploads li").first).to_contain_text(
        "gardée sur cet appareil, elle repartira d’elle-même"
    )
    assert kept(page) == ["image-0.jpg", "image-1.jpg"]
    page.reload()
    expect(page.locator(".uploads li")).to_have_count(2)
    expect(page.get_by_text("2 images n’étaient pas encore arrivées")).to_be_visible()
    page.unroute("**/ecrire/photos?*")
    expect(page.locator(".photo-item")).to_have_count(2, timeout=30_000)
    page.wait_for_timeout(300)
    assert kept(page) == []
    page.reload()
    expect(page.locator(".photo-item")).to_have_count(2)
    expect(page.locator(".uploads")).to_have_count(0)


def pictures(folder: Path, count: int) -> list[Path]:
    """So many picture files, each its own."""
    paths = [folder / f"image-{number}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(file_of(quarters(1200 + number, 800)))
    return paths


def kept(page: Page) -> list[str]:
    """The names of the pictures that this browser keeps."""
    names: list[str] = page.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open("cestpossible", 1);
          opening.onsuccess = () => {
            const asking = opening.result.transaction("images").objectStore("images").getAll();
            asking.onsuccess = () => resolve(asking.result.map((record) => record.file.name).sort());
          };
        })"""
    )
    return names


def with_two_versions(*pages: Page) -> Page:
    """Wait until one of the pages offers two versions, and return it."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        for page in pages:
            if page.locator(".conflict").is_visible():
                return page
            page.wait_for_timeout(200)
    raise AssertionError("no page offers two versions")


@pytest.mark.parametrize("width", [1440, 320])
def test_axe_finds_nothing_off_line_nor_beside_two_versions_nor_after_the_session(far, visit, width):
    page, _ = begin(visit, far, "La fête de la soupe", viewport={"width": width, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{page.url.split('?')[0]}?champ=constat.text")
    Writer(page)
    two = page.context.new_page()
    two.goto(page.url)
    Writer(two)
    expect(two.locator(TEXT)).to_be_focused()
    far.line.cut()
    for each, text in ((page, "La soupe du matin."), (two, "La soupe du soir.")):
        expect(each.locator(".editor-status")).to_have_text(OFFLINE)
        each.locator(TEXT).fill(text)
    page.wait_for_timeout(300)
    assert violations(page) == []
    far.line.restore()
    shown = with_two_versions(page, two)
    assert violations(shown) == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    page.context.clear_cookies()
    shown.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(shown.get_by_text("Votre session est terminée.")).to_be_visible()
    assert violations(shown) == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
