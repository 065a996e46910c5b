"""A booklet of a hundred fiches that are laid out already: pages a second, and the memory that its making takes."""

import resource
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figure import Figure
from layouts import binding, booklet, renderer
from models.content import FicheContent
from tests.demo_fiches import demo_fiches
from tests.journeys.server import Server

FICHES = 100
PAGES_A_SECOND = 12
MEMORY = 300  # MB
SETTING = renderer.Setting(public_url="https://cestpossible.example/fiches/exemple")


def run(_: Server) -> list[Figure]:
    """Bind the fiches of the demonstration, some of them twice or more, in processes that have done nothing before."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as workers:
            entries = list(workers.map(_laid_out, _contents(folder), [folder] * FICHES))
        book = booklet.Booklet(
            title="Cent initiatives",
            subtitle="Ce que les habitants ont fait",
            editorial="Nous avons demandé aux centres de raconter. " * 40,
            entries=list(islice(cycle(entries), FICHES)),
            made=date(2026, 1, 1),
            address="https://cestpossible.example",
        )
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
            pages, seconds, memory = fresh.submit(_bind, book, folder).result()
    print(
        f"  Brochure de {FICHES} fiches : {pages} pages en {seconds:.1f} s, {memory:.0f} Mo au plus par processus"
    )
    return [
        Figure(
            f"Brochure, {PAGES_A_SECOND} pages/s ÷ les nôtres",
            PAGES_A_SECOND * seconds / pages,
            "rapport",
            "≤ 1",
        ),
        Figure(f"Brochure, mémoire ÷ {MEMORY} Mo", memory / MEMORY, "rapport", "≤ 1"),
    ]


def _contents(folder: Path) -> list[tuple[str, str]]:
    fiches = [(name, content.model_dump_json()) for name, content in demo_fiches(folder).items()]
    return fiches[:FICHES]


def _laid_out(fiche: tuple[str, str], folder: Path) -> booklet.Entry:
    name, document = fiche
    content = FicheContent.model_validate_json(document)
    path = folder / f"{name}.pdf"
    path.write_bytes(renderer.pdf(content, SETTING, media=folder / "medias").data)
    return booklet.entry(content, path)


def _bind(book: booklet.Booklet, folder: Path) -> tuple[int, float, float]:
    """Return pages, seconds and the peak of resident memory of the larger of the two processes, in MB."""
    started = time.perf_counter()
    booklet.prepare(book, folder, media=folder / "medias")
    binding.run(folder / "travail.json")
    seconds = time.perf_counter() - started
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return binding.count_pages(folder / booklet.RESULT), seconds, peak / 1024
