"""axe-core finds nothing on the screens that people use, wide and narrow."""

import pytest
from axe_core_python.sync_playwright import Axe

from models import guide

STEPS = [("centre", f"/ecrire/nouvelle?etape={step.key}") for step in guide.steps()]
PAGES = [
    (None, "/"),
    (None, "/fiches"),
    (None, "/fiches?q=introuvable-xyz"),
    (None, "/connexion"),
    (None, "/aide"),
    (None, "/accessibilite"),
    ("centre", "/compte"),
    ("centre", "/ecrire"),
    *STEPS,
    ("comite-1", "/comite"),
    ("comite-1", "/statistiques"),
    ("administration", "/administration"),
]
SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 320, "height": 640}}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page) -> list[str]:
    """Run axe on a page; one line a finding. Frames are checked through the pages that they show."""
    found = Axe().run(page, options=RULES)["violations"]
    return [
        f"{each['id']}: {node['target']} {node['html'][:160]}" for each in found for node in each["nodes"]
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("account", "path"), PAGES, ids=[path for _, path in PAGES])
def test_axe_finds_nothing(demo_server, visit, account, path, size):
    page = visit(demo_server, account, path, viewport=SIZES[size], reduced_motion="reduce")
    page.wait_for_timeout(700)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_a_fiche_and_its_centre(demo_server, visit, size):
    page = visit(demo_server, None, "/fiches", viewport=SIZES[size], reduced_motion="reduce")
    page.locator(".grid-cards a").first.click()
    page.wait_for_load_state()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    page.locator('a[href^="/centres/"]').first.click()
    page.wait_for_load_state()
    assert violations(page) == []


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_a_ballot(demo_server, visit, size):
    page = visit(demo_server, "comite-1", "/comite", viewport=SIZES[size], reduced_motion="reduce")
    page.locator(".review-card a").first.click()
    page.wait_for_timeout(900)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
