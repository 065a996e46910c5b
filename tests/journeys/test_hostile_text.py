"""HTML and script typed in every text field come out as text: preview, page, PDF and feed."""

import re

import pypdfium2
from playwright.sync_api import expect

from app.demo.loader import FOLDER
from tests.journeys.test_seed_fiche import plain, propose, publish, vote
from tests.journeys.writing import LISTS, SIMPLE, Writer

EVIL = "<script>window.evil=1</script><img src=x onerror=window.evil=2><b>gras</b>"
NUMBERS = {"residents.count", "implementation.cost"}
MAILBOX = {"further.mailbox"}
ITEMS = {
    "needs": EVIL,
    "stages": {"when": EVIL, "title": EVIL, "text": EVIL},
    "changes.figures": {"value": EVIL, "label": EVIL},
    "voices.quotes": {"text": EVIL, "name": EVIL, "role": EVIL, "agreement": True},
    "advice": EVIL,
    "attention_points": {"title": EVIL, "text": EVIL},
    "success_factors": EVIL,
    "further.links": {"label": EVIL, "url": "https://exemple.example/<script>"},
}


def test_html_and_script_in_every_field_come_out_as_text(empty_server, visit, tmp_path):
    page = visit(empty_server, "administration", "/ecrire/nouvelle")
    writer = Writer(page)
    writer.write("title", f"Une plateforme {EVIL}")
    writer.choose_commune("Paris")
    writer.tick("themes", ["Jeunesse"])
    writer.tick("publics", ["Familles"])
    for key in ("identity", "origin", "residents", "path", "changes", "voices", "tips", "finish"):
        writer.go(key)
        for path in SIMPLE[key]:
            writer.write(path, "12" if path in NUMBERS else EVIL)
        for path in LISTS.get(key, ()):
            writer.add(path, [ITEMS[path]])
    writer.add_photo(FOLDER / "illustrations" / "reseau-france.jpg", alt=EVIL, credit=EVIL, caption=EVIL)
    writer.wait_saved()
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_contain_text("<script>")
    assert frame.locator("script, img[src=x], b").count() == 0
    assert page.evaluate("window.evil") is None

    propose(page)
    for member in ("comite-1", "comite-2"):
        vote(visit(empty_server, member, "/comite"))
    publish(visit(empty_server, "comite-1", "/comite"))

    reader = visit(empty_server, None, "/fiches")
    assert reader.evaluate("window.evil") is None
    reader.locator(".grid-cards").get_by_role("link", name=re.compile("plateforme")).click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("<script>window.evil=1</script>")
    assert reader.evaluate("window.evil") is None
    assert reader.locator("main article img[src=x], main article b").count() == 0
    shown = plain(reader.locator("main").text_content())
    assert shown.count(plain(EVIL)) >= 20

    with reader.expect_download() as download:
        reader.get_by_role("link", name=re.compile("Télécharger")).first.click()
    path = tmp_path / "fiche.pdf"
    download.value.save_as(path)
    text = plain("".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(path)))
    assert text.count(plain("window.evil=1")) >= 20
    feed = reader.request.get(f"{empty_server.url}/flux")
    assert feed.status == 200
    assert "<script" not in feed.text()
    assert "window.evil=1" in feed.text()
