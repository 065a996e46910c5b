"""Every step of the editor, filled and with refused values: nothing for axe, nothing cut at 320 px nor with large text."""

import pytest
from playwright.sync_api import Page, expect

from models import guide
from tests.journeys.test_accessibility import violations
from tests.journeys.writing import Writer

REFUSED = {
    "identity": {"card.founded": "dix-neuf cent", "card.budget": "beaucoup"},
    "residents": {"residents.count": "une foule"},
    "path": {"implementation.cost": "très cher"},
}
# What sticks out of the page to the right, but for what scrolls in its own box.
OUTSIDE = """() => [...document.querySelectorAll('.pane-form *, .editor-bar *')].filter((each) => {
  const box = each.getBoundingClientRect();
  return box.width && each.checkVisibility() && box.right > innerWidth + 1 && !each.closest('.visually-hidden, [aria-hidden=true], dialog');
}).map((each) => each.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("width", [1440, 320])
def test_axe_finds_nothing_in_any_filled_or_refused_step(demo_server, visit, width):
    page = visit(
        demo_server,
        "centre",
        draft_path(demo_server, visit),
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
    )
    Writer(page)
    found = {}
    for step in guide.steps():
        show(page, step)
        found[step.key] = violations(page)
        for path, text in REFUSED.get(step.key, {}).items():
            box = page.locator(f'[data-field="{path}"]')
            if not box.is_visible():
                page.get_by_text("La carte de votre structure").click()
            box.fill(text)
            expect(page.locator(f'[data-field="{path}"][aria-invalid="true"]')).to_be_visible()
        found[f"{step.key}, refusé"] = violations(page) if step.key in REFUSED else []
    assert {key: lines for key, lines in found.items() if lines} == {}


def test_nothing_is_cut_at_320_pixels_nor_with_large_text(demo_server, visit):
    page = visit(
        demo_server,
        "centre",
        draft_path(demo_server, visit),
        viewport={"width": 640, "height": 900},
        reduced_motion="reduce",
    )
    Writer(page)
    for width, size in ((640, "200%"), (320, "100%"), (320, "150%")):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("(size) => { document.documentElement.style.fontSize = size }", size)
        for step in guide.steps():
            show(page, step)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, size, step.key)
            assert page.evaluate(OUTSIDE) == [], (width, size, step.key)


def draft_path(server, visit) -> str:
    """Return the address of the draft of the demonstration in which every step is begun."""
    page = visit(server, "centre", "/ecrire")
    link = page.get_by_role("link", name="Rendez-nous l’arrêt du 7")
    return str(link.get_attribute("href"))


def show(page: Page, step: guide.Step) -> None:
    """Go to a step by the list of steps, folded or not."""
    folded = page.get_by_text("Toutes les étapes")
    if folded.is_visible():
        folded.click()
    page.locator("#stepper-list").get_by_role("button", name=step.short).click()
    expect(page.get_by_role("heading", name=step.title, exact=True)).to_be_visible()
    page.wait_for_timeout(250)
