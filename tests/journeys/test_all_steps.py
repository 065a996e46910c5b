"""Every step of the editor, filled and with values that are refused: axe finds nothing."""

import re

import pytest
from playwright.sync_api import Page, expect

from models import guide
from tests.journeys.test_accessibility import violations
from tests.journeys.writing import Writer
from tests.pictures import SVG

ADD_PICTURES = re.compile(r"^Ajouter d(es|’autres) images")
TOO_LONG_A_LINE = "Une ligne qui ne finit pas, " * 15  # 420 characters, twenty too many
REFUSED = {
    "identity": {"card.founded": "dix-neuf cent", "card.budget": "beaucoup"},
    "origin": {"constat.title": TOO_LONG_A_LINE},
    "residents": {"residents.count": "une foule"},
    "path": {"implementation.cost": "très cher"},
    "changes": {"changes.people": "Des voisins se parlent. " * 850},  # 20,400 characters
    "voices": {"voices.title": TOO_LONG_A_LINE},
    "tips": {"further.contact": TOO_LONG_A_LINE, "further.links.0.url": "ftp://exemple.example"},
}


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
        refuse(page, step)
        found[f"{step.key}, refusé"] = violations(page)
    assert {key: lines for key, lines in found.items() if lines} == {}


def refuse(page: Page, step: guide.Step) -> None:
    """Write in a step what cannot be taken: each box says why; a picture of the last step is refused as well."""
    if step.key == "tips":
        page.get_by_role("button", name="Ajouter un lien").click()
    for path, text in REFUSED.get(step.key, {}).items():
        box = page.locator(f'[data-field="{path}"]')
        if not box.is_visible():
            page.get_by_text("La carte de votre structure").click()
        box.fill(text)
        expect(page.locator(f'[data-field="{path}"][aria-invalid="true"]')).to_be_visible()
    if step.key == "finish":
        drawing = {"name": "affiche.svg", "mimeType": "image/svg+xml", "buffer": SVG}
        page.get_by_label(ADD_PICTURES).set_input_files([drawing])
        expect(page.locator(".uploads li")).to_contain_text("Enregistrez-le en PNG")


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
