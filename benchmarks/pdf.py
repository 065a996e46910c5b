"""The PDF of a fiche of two pages with three photos, as a ratio to WeasyPrint alone on the same final HTML; Chromium's
print and Typst on a similar page give the scale; and the time to send a PDF that is made already."""

import base64
import http.client
import re
import statistics
import time
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
import weasyprint
from playwright.sync_api import sync_playwright

from benchmarks.figure import Figure
from layouts import paper, renderer
from models.content import FicheContent
from tests.demo_fiches import SEED, demo_fiches
from tests.journeys.server import Server
from tools import need_chromium

RUNS = 15
ASKED = 200  # requests for a PDF that is made
SETTING = renderer.Setting(public_url="https://cestpossible.example/fiches/exemple")


def run(server: Server) -> list[Figure]:
    """Measure our renderer with and without fitting, in turn with its peers, so that they meet the same machine."""
    figures = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        content, media = _three_photos(folder), folder / "medias"
        renderer.warm()  # as a worker does
        for gabarit in renderer.list_gabarits():
            setting = replace(SETTING, gabarit=gabarit.name)
            figures += _measured(content, setting, media, gabarit.label, peers=setting == SETTING)
    cached = _cached(server)
    print(f"  PDF déjà fait : {cached:.1f} ms")
    return [*figures, Figure("PDF déjà fait ÷ 5 ms", cached / 5, "rapport", "≤ 1")]


def _measured(
    content: FicheContent, setting: renderer.Setting, media: Path, label: str, *, peers: bool
) -> list[Figure]:
    """Return the figures of a gabarit; with `peers`, those of Chromium and Typst as well."""
    fit = renderer.pdf(content, setting, media=media).fit
    works: dict[str, Callable[[], object]] = {
        "alone": lambda: _weasyprint(content, setting, fit, media),
        "stored": lambda: renderer.pdf(content, setting, media=media, fit=fit),
        "fitted": lambda: renderer.pdf(content, setting, media=media),
    }
    if peers:
        works["typst"] = lambda: _typst(content, media.parent)
    times = _in_turn(works) | (_chromium(content, setting, fit, media) if peers else {})
    ours, alone = len(renderer.pdf(content, setting, media=media, fit=fit).data), times["alone"]
    print(
        f"  PDF {label}, {fit.pages} pages, 3 photos, {ours / 1000:.0f} ko : WeasyPrint seul {alone:.0f} ms, "
        f"mesures gardées {times['stored']:.0f} ms, ajusté {times['fitted']:.0f} ms"
    )
    if peers:
        print(
            f"  À l’échelle : Chromium {times['chromium']:.0f} ms, Typst (page semblable) {times['typst']:.0f} ms"
        )
    return [
        Figure(
            f"PDF {label}, mesures gardées ÷ WeasyPrint seul", times["stored"] / alone, "rapport", "≤ 1.15"
        ),
        Figure(f"PDF {label}, ajusté ÷ WeasyPrint seul", times["fitted"] / alone, "rapport", "≤ 2.0"),
        *(
            Figure(f"{peer} ÷ WeasyPrint seul, pour l’échelle", times[peer.lower()] / alone, "rapport")
            for peer in ("Chromium", "Typst")
            if peers
        ),
    ]


def _three_photos(folder: Path) -> FicheContent:
    fiches = demo_fiches(folder)
    content, others = fiches[SEED], [each.cover for name, each in fiches.items() if name != SEED]
    more = [photo.model_copy(update={"cover": False}) for photo in others if photo is not None]
    content.photos = [*content.photos[:1], *more[:2]]
    return content


def _in_turn(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the median time of each, in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(RUNS):
        for name, work in works.items():
            started = time.perf_counter()
            work()
            times[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(each) for name, each in times.items()}


def _weasyprint(content: FicheContent, setting: renderer.Setting, fit: renderer.Fit, media: Path) -> bytes:
    markup = renderer.document(content, replace(setting, media_base="media:"), fit, css="")
    html = weasyprint.HTML(string=markup, base_url="media:", url_fetcher=paper.OwnFetcher(media))
    sheet = paper.sheets(setting.gabarit, setting.palette)
    return bytes(
        html.write_pdf(stylesheets=[sheet], font_config=paper.fonts(), pdf_variant="pdf/ua-1") or b""
    )


def _chromium(
    content: FicheContent, setting: renderer.Setting, fit: renderer.Fit, media: Path
) -> dict[str, float]:
    """Print the same HTML with its pictures inside; fonts are those of the system."""
    markup = renderer.document(content, replace(setting, media_base="media:"), fit)
    for photo in media.glob("*.jpg"):
        if photo.name in markup:
            data = base64.b64encode(photo.read_bytes()).decode()
            markup = re.sub(f"media:/?{photo.name}", f"data:image/jpeg;base64,{data}", markup)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need_chromium.find(), args=["--no-sandbox"])
        page = browser.new_page()

        def work() -> None:
            page.set_content(markup)
            page.pdf(prefer_css_page_size=True, tagged=True)

        work()
        found = _in_turn({"chromium": work})
        browser.close()
    return found


def _typst(content: FicheContent, folder: Path) -> bytes:
    """Lay out the same words and pictures, plainly."""

    def said(text: str) -> str:
        return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    pictures = [
        f'#image("medias/{photo.media}-{1654 if photo.cover else 827}.jpg", height: 50mm)'
        for photo in content.photos
    ]
    lines = [said(line) for line in renderer.plain_text(content).split("\n")]
    source = "\n\n".join(
        ['#set page("a4", columns: 2)\n#set text(lang: "fr", size: 10pt)', *pictures, *lines]
    )
    path = folder / "fiche.typ"
    path.write_text(source, encoding="utf-8")
    return bytes(typst.compile(str(path)))


def _cached(server: Server) -> float:
    """Return the median time to receive the whole PDF of a fiche of the demonstration, in milliseconds."""
    with urllib.request.urlopen(f"{server.url}/sitemap.xml") as sitemap:
        found = re.findall(r"<loc>[^<]*(/fiches/[^<]+)</loc>", sitemap.read().decode())
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    times = []
    for _ in range(ASKED):
        started = time.perf_counter()
        connection.request("GET", f"{found[0]}.pdf")
        answer = connection.getresponse()
        data = answer.read()
        times.append((time.perf_counter() - started) * 1000)
        assert (answer.status, data[:5]) == (200, b"%PDF-")
    return statistics.median(times)
