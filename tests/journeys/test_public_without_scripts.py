"""The public site works without JavaScript, sets no cookie and asks nothing of anybody else."""

import re

from playwright.sync_api import expect


def test_gallery_filters_and_fiche_work_without_javascript(demo_server, visit):
    page = visit(demo_server, None, "/", java_script_enabled=False)
    page.get_by_role("searchbox").first.fill("voisins")
    page.get_by_role("searchbox").first.press("Enter")
    expect(page).to_have_url(re.compile(r"/fiches\?.*q=voisins"))
    everything = page.locator(".grid-cards > li").count()
    assert everything > 0
    page.locator("select[name=theme]").select_option("mobilite")
    page.get_by_role("button", name=re.compile("Voir|Chercher|Filtrer|Rechercher")).first.click()
    expect(page).to_have_url(re.compile("theme=mobilite"))
    page.locator(".grid-cards a").first.click()
    expect(page.locator("article h1")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(r"PDF")).first).to_be_visible()


def test_public_pages_set_no_cookie_and_ask_no_other_site(demo_server, visit):
    page = visit(demo_server, None, "/mentions-legales")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/fiches", "/aide"):
        page.goto(demo_server.url + path)
    page.locator("a[href^='/fiches/']").first.click() if page.locator("a[href^='/fiches/']").count() else None
    assert page.context.cookies() == []
    assert [url for url in asked if not url.startswith((demo_server.url, "data:"))] == []
