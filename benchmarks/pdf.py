"""One PDF of the seed fiche, fitted to its pages, as a ratio to WeasyPrint alone on the same final HTML."""

import statistics
import time
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import weasyprint

from app.demo import loader
from app.services import media
from benchmarks.figure import Figure
from layouts import paper, renderer
from models.content import FicheContent
from tests.journeys.server import Server

RUNS = 5


def run(_: Server) -> list[Figure]:
    """Measure our renderer, fitting included, and WeasyPrint with the same fonts and style sheets already parsed."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        content = _seed(folder)
        setting = renderer.Setting(public_url="https://cestpossible.example/fiches/exemple")
        fitted = renderer.pdf(content, setting, media=folder)  # warms fonts and style sheets
        ours, alone = [], []
        for _ in range(RUNS):
            ours.append(_timed(lambda: renderer.pdf(content, setting, media=folder)))
            alone.append(_timed(lambda: _weasyprint(content, setting, fitted.fit, folder)))
    ratio = statistics.median(ours) / statistics.median(alone)
    print(
        f"  PDF : {statistics.median(ours) * 1000:.0f} ms, WeasyPrint seul {statistics.median(alone) * 1000:.0f} ms"
    )
    return [Figure("PDF d’une fiche, ajusté ÷ WeasyPrint seul", ratio, "rapport", "≤ 2.0")]


def _seed(folder: Path) -> FicheContent:
    source = loader.FOLDER / "fiches" / "c-est-possible-plateforme.toml"
    content = FicheContent.model_validate(tomllib.loads(source.read_text(encoding="utf-8"))["content"])
    picture = (loader.FOLDER / "illustrations" / "reseau-france.jpg").read_bytes()
    content.photos = [media.encode(picture, folder).model_copy(update={"alt": "Le réseau", "cover": True})]
    return content


def _weasyprint(content: FicheContent, setting: renderer.Setting, fit: renderer.Fit, folder: Path) -> bytes:
    markup = renderer.document(content, replace(setting, media_base="media:"), fit, css="")
    html = weasyprint.HTML(string=markup, base_url="media:", url_fetcher=paper.OwnFetcher(folder))
    sheet = paper.sheets(setting.gabarit, setting.palette)
    return bytes(
        html.write_pdf(stylesheets=[sheet], font_config=paper.fonts(), pdf_variant="pdf/ua-1") or b""
    )


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
