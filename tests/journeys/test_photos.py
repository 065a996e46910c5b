"""Photos in the editor: several at once, refused, described, cropped by keys and by finger, seen in the preview."""

import re
import sqlite3
from base64 import b64encode
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import JSHandle, Page, Route, expect

from tests.journeys.writing import Writer
from tests.pictures import SVG, file_of, heic, quarters

AT_LAST_STEP = "/ecrire/nouvelle?etape=finish"


@pytest.fixture
def pictures(tmp_path: Path) -> dict[str, Path]:
    """Files as people have them."""
    made = {
        "fete.jpg": file_of(quarters(2400, 1200), quality=92),
        "IMG_0042.HEIC": heic(quarters(1600, 1200)),
        "affiche.svg": SVG,
        "petite.png": file_of(quarters(900, 600), "PNG"),
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    return {name: tmp_path / name for name in made}


def last_step(visit, server, **options) -> Page:
    page = visit(server, "centre", AT_LAST_STEP, **options)
    page.wait_for_function("window.did_handshake === true")
    return page


def box(page: Page, path: str):
    return page.locator(f'[data-field="{path}"]')


def cards(page: Page):
    return page.locator(".photo-item")


def axe(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page)["violations"]
    return [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found]


def settled(page: Page) -> None:
    expect(page.locator(".uploads")).to_have_count(0, timeout=20_000)


def test_three_pictures_at_once_one_refused_the_others_described_and_cropped(demo_server, visit, pictures):
    page = last_step(visit, demo_server)
    box(page, "summary").fill("Un résumé écrit avant les images.")
    page.get_by_label("Ajouter des images").focus()
    page.get_by_label("Ajouter des images").set_input_files(
        [pictures[name] for name in ("fete.jpg", "affiche.svg", "IMG_0042.HEIC")]
    )
    expect(cards(page)).to_have_count(2, timeout=20_000)
    refused = page.locator(".uploads li")
    expect(refused).to_have_count(1)
    expect(refused).to_contain_text("Enregistrez-le en PNG")
    expect(page.locator(".photo[open]")).to_have_count(1)
    expect(page.locator(".photo[open] [data-field$='.alt']")).to_be_focused()
    assert axe(page) == []
    refused.get_by_role("button", name="Retirer").click()

    page.keyboard.type("Des habitants autour d’une grande table")
    expect(page.locator(".photo[open] .photo-state")).not_to_contain_text("description")
    number = 0 if box(page, "photos.0.alt").is_visible() else 1
    box(page, f"photos.{number}.credit").fill("Une bénévole")
    for field, label in (
        ("licence", "Pour cette fiche seulement"),
        ("consent", "Des adultes, avec leur accord écrit"),
    ):
        box(page, f"photos.{number}.{field}").get_by_label(label).check()
    expect(cards(page).nth(number).locator(".photo-state")).to_contain_text("accord")
    for field, value in (
        ("consent_date", "2026-03-12"),
        ("consent_until", "2031-03-12"),
        ("consent_uses", "Site, PDF"),
        ("consent_kept_at", "À l’accueil"),
    ):
        box(page, f"photos.{number}.{field}").fill(value)
    expect(cards(page).nth(number).locator(".photo-state")).to_have_text("✓ Complète")

    page.locator(".photo[open] [data-crop]").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Cadrer l’image")
    expect(dialog.get_by_role("application")).to_be_focused()
    page.wait_for_timeout(400)  # the button changes colour when the picture is there
    assert axe(page) == []
    for _ in range(50):
        page.keyboard.press("Shift+ArrowLeft")
    for _ in range(50):
        page.keyboard.press("Shift+ArrowUp")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    expect(dialog.locator(".crop-said")).to_contain_text("50 % de la largeur", timeout=5000)
    dialog.get_by_role("button", name="Appliquer").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("[data-crop]").nth(number)).to_be_focused()
    stem = re.compile(r"-c100-0-500-500-\d+\.(webp|jpg)$")
    expect(page.locator(".photo[open] .photo-thumb img")).to_have_attribute("src", stem)
    shown = page.frame_locator("iframe").locator("img[src*='-c100-0-500-500-']")
    expect(shown).to_have_count(1)
    shown.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    assert shown.evaluate(
        "image => image.complete && image.naturalWidth > 300 && image.currentSrc.endsWith('webp')"
    )
    expect(page.locator(".editor-status")).to_contain_text("Enregistré à")
    expect(box(page, "summary")).to_have_value("Un résumé écrit avant les images.")

    page.reload()
    expect(cards(page)).to_have_count(2)
    expect(page.locator(".photo-state").nth(number)).to_have_text("✓ Complète")
    expect(page.locator(".photo-mini").nth(number)).to_have_attribute("src", stem)


def test_a_lost_connection_offers_to_try_again_without_choosing_again(demo_server, visit, pictures):
    page = last_step(visit, demo_server)
    box(page, "summary").fill("Un résumé.")
    expect(page.locator(".editor-status")).to_contain_text("Enregistré à")
    page.route("**/ecrire/photos?*", lambda route: route.abort())
    page.get_by_label("Ajouter des images").set_input_files(pictures["fete.jpg"])
    upload = page.locator(".uploads li")
    expect(upload).to_contain_text("La connexion a été coupée")
    box(page, "summary").fill("Un résumé, et la suite.")
    page.unroute("**/ecrire/photos?*")
    upload.get_by_role("button", name="Réessayer").click()
    expect(cards(page)).to_have_count(1, timeout=20_000)
    settled(page)
    expect(box(page, "summary")).to_have_value("Un résumé, et la suite.")


def test_pictures_dropped_together_are_sent_and_a_wrong_one_says_why(demo_server, visit, pictures):
    page = last_step(visit, demo_server)
    box(page, "summary").fill("Un résumé écrit avant les images.")
    zone = page.locator(".drop")
    dragged = {
        "dataTransfer": held(page, [pictures[name] for name in ("fete.jpg", "affiche.svg", "petite.png")])
    }
    zone.dispatch_event("dragenter", dragged)
    zone.dispatch_event("dragover", dragged)
    expect(zone).to_have_class(re.compile("is-over"))
    expect(zone).to_contain_text("Lâchez")
    zone.dispatch_event("drop", dragged)
    expect(zone).not_to_have_class(re.compile("is-over"))
    expect(cards(page)).to_have_count(2, timeout=20_000)
    refused = page.locator(".uploads li")
    expect(refused).to_have_count(1)
    expect(refused).to_contain_text("affiche.svg")
    expect(refused).to_contain_text("Enregistrez-le en PNG")
    for number in range(2):
        expect(box(page, f"photos.{number}.alt")).to_have_value("")  # never the name of the file
    page.reload()
    expect(cards(page)).to_have_count(2)


def test_pictures_dropped_beside_the_zone_do_not_replace_the_page(demo_server, visit, pictures):
    page = last_step(visit, demo_server)
    address = page.url
    dragged = {"dataTransfer": held(page, [pictures["fete.jpg"]])}
    taken = page.locator("#step-title").evaluate(
        """(title, { dataTransfer }) => ["dragover", "drop"].map((type) =>
          !title.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })))""",
        dragged,
    )
    assert taken == [True, True]  # the browser would open the file instead of the fiche
    expect(cards(page)).to_have_count(0)
    assert page.url == address


def held(page: Page, files: list[Path]) -> JSHandle:
    """What a hand that drags these files holds."""
    kinds = {".jpg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml"}
    told = [(path.name, kinds[path.suffix], b64encode(path.read_bytes()).decode()) for path in files]
    return page.evaluate_handle(
        """files => {
          const held = new DataTransfer();
          for (const [name, type, text] of files) held.items.add(new File([Uint8Array.from(atob(text), (each) => each.charCodeAt(0))], name, { type }));
          return held;
        }""",
        told,
    )


def test_an_upload_is_stopped_and_goes_on_while_another_step_is_written(demo_server, visit, pictures):
    page = last_step(visit, demo_server)
    held: list[Route] = []
    page.route("**/ecrire/photos?*", lambda route: held.append(route))
    page.get_by_label("Ajouter des images").set_input_files([pictures["fete.jpg"], pictures["petite.png"]])
    expect(page.get_by_role("progressbar")).to_have_count(2)
    page.locator(".uploads li", has_text="fete.jpg").get_by_role("button", name="Arrêter").click()
    expect(page.locator(".uploads li")).to_have_count(1)
    Writer(page).go("voices")
    for route in held:
        if "petite.png" in (route.request.post_data_buffer or b"").decode("latin-1"):
            route.continue_()
    page.wait_for_timeout(1500)
    Writer(page).go("finish")
    expect(cards(page)).to_have_count(1, timeout=20_000)
    expect(page.locator(".photo-narrow")).to_contain_text("900 pixels")
    settled(page)


def test_on_a_phone_one_takes_a_photo_and_crops_it_with_a_finger(demo_server, visit, pictures):
    page = last_step(
        visit, demo_server, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page.get_by_label("Prendre une photo").set_input_files(pictures["fete.jpg"])
    expect(cards(page)).to_have_count(1, timeout=20_000)
    assert page.get_by_label("Prendre une photo").get_attribute("capture") == "environment"
    page.get_by_role("button", name=re.compile("Cadrer l’image")).tap()
    dialog = page.get_by_role("dialog", name="Cadrer l’image")
    rect = dialog.get_by_role("application")
    expect(rect).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    dialog.get_by_label("Carré").tap()
    before = rect.bounding_box()
    assert before is not None
    assert abs(before["width"] - before["height"]) < 3
    # A finger on a corner: synthetic pointer events, as Playwright has no dragging finger.
    rect.locator(".at-se").evaluate(
        """handle => {
          const box = handle.getBoundingClientRect();
          const at = (type, dx) => handle.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1,
            pointerType: "touch", clientX: box.x + box.width / 2 + dx, clientY: box.y + box.height / 2 + dx }));
          Element.prototype.setPointerCapture = () => {};
          at("pointerdown", 0); at("pointermove", -30); at("pointermove", -60); at("pointerup", -60);
        }"""
    )
    after = rect.bounding_box()
    assert after is not None
    assert before["width"] - after["width"] > 40
    assert abs(after["width"] - after["height"]) < 3
    dialog.get_by_role("button", name="Toute l’image").tap()
    dialog.get_by_role("button", name="Appliquer").tap()
    expect(dialog).to_have_count(0)
    assert axe(page) == []


def test_what_the_server_stored_holds_no_place_and_no_name(demo_server, visit, pictures):
    page = last_step(visit, demo_server)
    page.get_by_label("Ajouter des images").set_input_files(pictures["IMG_0042.HEIC"])
    expect(cards(page)).to_have_count(1, timeout=20_000)
    assert box(page, "photos.0.alt").input_value() == ""
    names = [path.name for path in (demo_server.data_dir / "medias").iterdir()]
    assert not [name for name in names if "IMG" in name or "heic" in name.lower()]
    database = sqlite3.connect(demo_server.data_dir / "cestpossible.sqlite3")
    assert database.execute("SELECT count(*) FROM revision WHERE content LIKE '%IMG_0042%'").fetchone() == (
        0,
    )
