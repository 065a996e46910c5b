"""Pictures of the screens at three widths, in `build/screenshots`, and those of the README in `docs/images`."""

import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.server import ACCOUNTS, CHROMIUM_ARGUMENTS, Server
from tools.need_chromium import find

BUILD, DOCS = Path("build/screenshots"), Path("docs/images")
WIDTHS = {1440: 900, 768: 1024, 360: 740}
SCREENS: list[tuple[str, str | None, str]] = [
    ("accueil", None, "/"),
    ("galerie", None, "/fiches"),
    ("galerie-vide", None, "/fiches?q=licorne"),
    ("aide", None, "/aide"),
    ("connexion", None, "/connexion"),
    ("accessibilite", None, "/accessibilite"),
    ("mon-espace", "centre", "/compte"),
    ("mes-fiches", "centre", "/ecrire"),
    ("nouvelle-fiche", "centre", "/ecrire/nouvelle"),
    ("comite", "comite-1", "/comite"),
    ("statistiques", "comite-1", "/statistiques"),
    ("administration", "administration", "/administration"),
]
STEPS = ("identity", "origin", "residents", "path", "changes", "voices", "tips", "finish")
README = {"accueil": "accueil", "etape-origin": "editeur", "lecture": "comite", "fiche": "fiche"}


def main() -> None:
    """Take every picture on a fresh demonstration."""
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    DOCS.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "data")
        server.start()
        path = find()
        browser = playwright.chromium.launch(args=CHROMIUM_ARGUMENTS, executable_path=path)
        try:
            for width, height in WIDTHS.items():
                _all(browser, server, width, height)
        finally:
            server.stop()
    for source, name in README.items():
        with Image.open(BUILD / f"{source}-1440.png") as image:
            image.convert("RGB").crop((0, 0, 1440, 900)).resize((960, 600)).save(
                DOCS / f"{name}.jpg", quality=82, optimize=True
            )
    print(f"{len(list(BUILD.iterdir()))} images dans {BUILD}")


def _all(browser: Browser, server: Server, width: int, height: int) -> None:
    for name, account, path in SCREENS:
        _take(_open(browser, server, account, path, width, height), name, width)
    page = _open(browser, server, None, "/fiches", width, height)
    page.locator(".grid-cards a").first.click()
    _take(page, "fiche", width, full=True)
    page.locator('main a[href^="/centres/"]').first.click()
    _take(page, "centre", width, full=True)
    page = _open(browser, server, "comite-1", "/comite", width, height)
    page.locator(".review-card a").first.click()
    _take(page, "lecture", width)
    page = _open(browser, server, "centre", "/ecrire", width, height)
    page.get_by_role("link", name=re.compile("^Continuer")).first.click()
    page.wait_for_url(re.compile(r"/ecrire/\d+"))
    address = page.url.split("?")[0]
    for step in STEPS:
        page.goto(f"{address}?etape={step}")
        _take(page, f"etape-{step}", width, full=False)


def _open(browser: Browser, server: Server, account: str | None, path: str, width: int, height: int) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="fr-FR", reduced_motion="reduce"
    )
    if account:
        context.request.post(
            f"{server.url}/connexion/demonstration/{ACCOUNTS[account]}",
            headers={"Origin": server.url},
            max_redirects=0,
        )
    page = context.new_page()
    page.goto(server.url + path)
    return page


def _take(page: Page, name: str, width: int, *, full: bool | None = None) -> None:
    page.wait_for_load_state()
    page.wait_for_timeout(1200)
    whole = not page.url.rsplit("?")[0].rstrip("/").rsplit("/", 1)[-1].isdigit() if full is None else full
    page.screenshot(path=BUILD / f"{name}-{width}.png", full_page=whole)


if __name__ == "__main__":
    main()
