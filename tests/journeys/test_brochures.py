"""The team binds a booklet: choose, leave one out, a title forgotten, the progress, the file."""

import pypdfium2
from playwright.sync_api import expect

from tests.journeys.test_accessibility import violations

PAGE = "/administration/brochures"


def test_a_booklet_is_chosen_bound_and_taken(demo_server, visit, tmp_path) -> None:
    page = visit(demo_server, "administration", PAGE)
    page.get_by_label("Thème").select_option("mobilite")
    lines = page.locator(".booklet-list input")
    expect(page.get_by_text("fiches choisies sur")).to_be_visible()
    page.wait_for_function("document.querySelectorAll('.booklet-list input').length < 20")
    total = lines.count()
    assert total >= 2
    left_out = page.locator(".booklet-line > span").first.inner_text().split("\n")[0]
    lines.first.uncheck()
    expect(page.get_by_text(f"{total - 1} fiche")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Relier la brochure").click()
    expect(page.get_by_text("Donnez un titre à la brochure")).to_be_visible()
    expect(page.get_by_label("Titre", exact=True)).to_be_focused()
    page.get_by_label("Titre", exact=True).fill("Bouger <b>ensemble</b>")
    page.get_by_label("Éditorial (facultatif)", exact=True).fill("Une phrase.\n\nUne autre.")
    page.get_by_label("Thème").select_option("cadre-de-vie")
    page.get_by_label("Thème").select_option("mobilite")
    expect(page.get_by_text(f"{total - 1} fiche")).to_be_visible()
    # What is typed stays when the page changes around it.
    expect(page.get_by_label("Titre", exact=True)).to_have_value("Bouger <b>ensemble</b>")
    page.get_by_role("button", name="Relier la brochure").click()
    link = page.get_by_role("link", name="Télécharger la brochure")
    expect(link).to_be_visible(timeout=60_000)
    expect(page.get_by_label("Titre", exact=True)).to_have_value("Bouger <b>ensemble</b>")
    assert violations(page) == []
    with page.expect_download() as taken:
        link.click()
    path = tmp_path / "brochure.pdf"
    taken.value.save_as(path)
    said = " ".join(link.inner_text().split())
    with pypdfium2.PdfDocument(path) as document:
        assert f"(PDF, {len(document)} pages, " in said
        texts = [" ".join(each.get_textpage().get_text_range().split()) for each in document]
    assert len(texts) % 4 == 0
    assert "Bouger <b>ensemble</b>" in texts[0]
    assert "Une autre." in " ".join(texts[:4])
    assert left_out.replace("\u202f", " ").replace("\u00a0", " ") not in " ".join(texts)
