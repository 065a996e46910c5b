"""Large text and narrow windows: in no part of the editor is anything cut, and nothing scrolls sideways."""

import re

import pytest
from playwright.sync_api import Page, expect

from models import guide
from tests.journeys.test_all_steps import ADD_PICTURES, draft_path, show
from tests.journeys.writing import Writer
from tests.pictures import file_of, quarters

# What leaves the window to the left or to the right, but for what scrolls in a box of its own; and what is larger than
# the box that hides the rest of it.
CUT = """(root) => {
  const hidden = ['hidden', 'clip'];
  const scrolls = (each) => each && each.closest(root) && (['auto', 'scroll'].includes(getComputedStyle(each).overflowX) || scrolls(each.parentElement));
  return [...document.querySelectorAll(`${root} *`)].filter((each) => {
    const box = each.getBoundingClientRect();
    if (!box.width || !each.checkVisibility() || each.closest('.visually-hidden, [aria-hidden=true], svg')) return false;
    const outside = (box.right > innerWidth + 1 || box.left < -1) && !scrolls(each.parentElement);
    const style = getComputedStyle(each);
    const wide = hidden.includes(style.overflowX) && each.scrollWidth > each.clientWidth + 1;
    const high = hidden.includes(style.overflowY) && each.scrollHeight > each.clientHeight + 1;
    if (style.textOverflow === 'ellipsis') return outside; // the title in the bar: it is whole in the form
    return outside || ((wide || high) && each.textContent.trim());
  }).map((each) => each.outerHTML.slice(0, 160));
}"""
SIZES = [(1440, 24), (1280, 32), (320, 16), (320, 24)]  # pixels: the window, the text (16 as a rule)


@pytest.fixture(params=SIZES, ids=[f"{width} px, text of {size}" for width, size in SIZES])
def large(request: pytest.FixtureRequest, demo_server, visit) -> Page:
    """The editor on a draft in which every step is begun, in such a window with text of such a size."""
    width, size = request.param
    path = draft_path(demo_server, visit)
    page = visit(
        demo_server, "centre", path, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    # As in the settings of a browser: unlike a style of the page, it is what media queries count in.
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": size}})
    page.reload()
    Writer(page)
    return page


def whole(page: Page, part: str, where: str) -> None:
    """Nothing of a part of the page is cut, and the page does not scroll sideways, once it has measured its room."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate(CUT, part) == [], where
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, where


def test_the_bar_and_the_form(large):
    for step in guide.steps():
        show(large, step)
        whole(large, ".editor-bar", step.key)
        whole(large, ".pane-form", step.key)


def test_the_fiche_beside_its_views_its_looks_and_its_gauge(large):
    flip = large.get_by_role("button", name="Voir ma fiche")
    if flip.is_visible():
        flip.click()
    for view in ("Page", "Feuilles A4", "Téléphone", "Affiche"):
        large.locator(".preview-media").get_by_text(view, exact=True).click()
        whole(large, ".pane-preview", view)
    large.get_by_role("button", name="Présentation").click()
    expect(large.get_by_role("group", name="Présentation")).to_be_visible()
    whole(large, ".pane-preview", "Présentation")


def test_the_last_look_before_the_committee(large):
    large.get_by_role("button", name="Proposer au comité", exact=True).click()
    expect(large.locator(".proposal")).to_be_visible()
    whole(large, ".proposal", "ce qui manque")


@pytest.mark.parametrize("name", ["Écrire à plusieurs", "Demander de l’aide"])
def test_the_panels_of_those_who_write_together(large, name):
    large.get_by_role("button", name=name).click()
    expect(large.get_by_role("dialog", name=name)).to_be_visible()
    whole(large, "dialog[open]", name)


def test_the_crop_of_a_picture(large):
    show(large, guide.step("finish"))
    if not large.locator("[data-crop]").count():
        picture = {"name": "fete.jpg", "mimeType": "image/jpeg", "buffer": file_of(quarters(1600, 1200))}
        large.get_by_label(ADD_PICTURES).set_input_files([picture])
    crop = large.get_by_role("button", name=re.compile("Cadrer l’image")).first
    if not crop.is_visible():
        large.locator(".photo summary").first.click()
    crop.click()
    dialog = large.get_by_role("dialog", name="Cadrer l’image")
    expect(dialog.get_by_role("application")).to_be_visible()
    whole(large, "dialog[open]", "cadrer")
    dialog.get_by_text("Régler avec des curseurs").click()
    whole(large, "dialog[open]", "curseurs")
