"""What an editor costs to open on a browser that has never seen the site: bytes on the line, in a real Chromium."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from benchmarks import drafts
from benchmarks.figure import Figure
from tests.journeys.server import ACCOUNTS, CHROMIUM_ARGUMENTS, Server
from tools.need_chromium import find

LIMIT = 400_000  # bytes on the line, headers included
QUIET = 2500  # milliseconds without any answer: the page is there


@dataclass
class Weight:
    """Bytes that came over the line for a page, by path; those of its socket apart."""

    by_path: dict[str, int] = field(default_factory=dict)
    socket: int = 0

    @property
    def total(self) -> int:
        """All the bytes, those of the socket included."""
        return sum(self.by_path.values()) + self.socket

    @property
    def photos(self) -> int:
        """The bytes of the photos that the fiche shows: its own content, which only who wrote it can make lighter."""
        return sum(count for path, count in self.by_path.items() if path.startswith("/medias/"))

    @property
    def page(self) -> int:
        """The bytes of the editor and of the texts: all but the photos."""
        return self.total - self.photos


def weigh(page: Page, url: str) -> Weight:
    """Open an address with an empty cache and return what came, once nothing comes any more.

    Encoded bytes with their headers, of every answer: page, scripts, styles, fonts, pictures, frames, and the
    messages of the socket.
    """
    weight = Weight()
    paths: dict[str, str] = {}
    page.goto("about:blank")  # what the page before was still loading is not counted
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.clearBrowserCache")

    def answered(event: dict) -> None:  # type: ignore[type-arg]
        paths[event["requestId"]] = urlsplit(event["response"]["url"]).path

    def loaded(event: dict) -> None:  # type: ignore[type-arg]
        path = paths.get(event["requestId"], "?")
        weight.by_path[path] = weight.by_path.get(path, 0) + round(event["encodedDataLength"])

    def heard(event: dict) -> None:  # type: ignore[type-arg]
        weight.socket += len(event["response"]["payloadData"].encode())

    devtools.on("Network.responseReceived", answered)
    devtools.on("Network.loadingFinished", loaded)
    devtools.on("Network.webSocketFrameReceived", heard)
    page.goto(url)
    page.wait_for_function("window.did_handshake === true")
    before = -1
    while weight.total != before:
        before = weight.total
        page.wait_for_timeout(QUIET)
    devtools.detach()
    return weight


def run(server: Server) -> list[Figure]:
    """Weigh a new draft, on a computer and on a telephone, then a full one; print the heaviest files."""
    full = drafts.store(server, 1)[0]
    figures = []
    with sync_playwright() as playwright:
        path = find()
        options = {"executable_path": path} if path else {}
        browser = playwright.chromium.launch(args=CHROMIUM_ARGUMENTS, **options)  # type: ignore[arg-type]
        for name, size, draft in (
            ("ordinateur", (1440, 900), "/ecrire/nouvelle"),
            ("téléphone", (360, 740), "/ecrire/nouvelle"),
            ("fiche complète", (1440, 900), full),
        ):
            context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="fr-FR")
            context.request.post(
                f"{server.url}/connexion/demonstration/{ACCOUNTS['centre']}",
                headers={"Origin": server.url},
                max_redirects=0,
            )
            weight = weigh(context.new_page(), server.url + draft)
            figures.append(
                Figure(
                    f"éditeur, cache vide, {name} : octets sans les photos ÷ 400 ko",
                    weight.page / LIMIT,
                    "rapport",
                    "≤ 1",
                )
            )
            print(f"  éditeur, {name} : {weight.page / 1000:.0f} ko, photos {weight.photos / 1000:.0f} ko")
            for part, count in sorted(weight.by_path.items(), key=lambda pair: -pair[1])[:8]:
                print(f"    {count / 1000:6.1f} ko  {part}")
            context.close()
        browser.close()
    return figures
