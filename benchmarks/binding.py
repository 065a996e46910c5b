"""A booklet of a hundred fiches: pages a second, and the memory that its making takes.

The product keeps the PDF of each published fiche, so that a booklet is mostly bound. Beside it: the figure with all its
fiches laid out again with the measures kept with their revisions, and the one with all to be done from nothing.
"""

import subprocess
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from datetime import date
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figure import Figure
from benchmarks.memory import most_memory
from layouts import binding, booklet, renderer
from models.content import FicheContent
from tests.demo_fiches import demo_fiches
from tests.journeys.server import Server

FICHES = 100
PAGES_A_SECOND = 12
MEMORY = 300  # MB
SETTING = renderer.Setting(public_url="https://cestpossible.example/fiches/exemple")


def run(_: Server) -> list[Figure]:
    """Make a booklet of the fiches of the demonstration, most of them several times, in two processes as the product does."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        contents = list(islice(cycle(demo_fiches(folder).values()), FICHES))
        fiches = [(f"{rank}.pdf", content.model_dump_json()) for rank, content in enumerate(contents)]
        with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=renderer.warm) as workers:
            list(workers.map(abs, range(8)))  # both are warm, as those of a server
            started = time.perf_counter()
            fits = list(workers.map(_laid_out, fiches, [folder] * FICHES))
            fitted = time.perf_counter() - started
            started = time.perf_counter()
            list(workers.map(_laid_out, fiches, [folder] * FICHES, fits))
            laid_out = time.perf_counter() - started
        entries = [booklet.entry(content, folder / f"{rank}.pdf") for rank, content in enumerate(contents)]
        book = booklet.Booklet(
            title="Cent initiatives",
            subtitle="Ce que les habitants ont fait",
            editorial="Nous avons demandé aux centres de raconter. " * 40,
            entries=entries,
            made=date(2026, 1, 1),
            address="https://cestpossible.example",
        )
        pages, bound, memory = _bind(book, folder)
    print(
        f"  Brochure de {FICHES} fiches, {pages} pages : fiches mises en page en {laid_out:.1f} s avec leurs mesures gardées, "
        f"en {fitted:.1f} s sans, reliées en {bound:.1f} s ; {memory:.0f} Mo au plus, un processus après l’autre"
    )
    goal = f"Brochure, {PAGES_A_SECOND} pages/s ÷ les nôtres"
    return [
        Figure(
            f"{goal}, fiches déjà mises en page (le produit)",
            PAGES_A_SECOND * bound / pages,
            "rapport",
            "≤ 1",
        ),
        Figure(f"{goal}, mesures gardées", PAGES_A_SECOND * (laid_out + bound) / pages, "rapport", "≤ 1"),
        Figure(f"{goal}, sans rien de gardé", PAGES_A_SECOND * (fitted + bound) / pages, "rapport", "≤ 1"),
        Figure(f"Brochure, mémoire ÷ {MEMORY} Mo", memory / MEMORY, "rapport", "≤ 1"),
    ]


def _laid_out(fiche: tuple[str, str], folder: Path, fit: renderer.Fit | None = None) -> renderer.Fit:
    name, document = fiche
    made = renderer.pdf(FicheContent.model_validate_json(document), SETTING, media=folder / "medias", fit=fit)
    (folder / name).write_bytes(made.data)
    return made.fit


def _bind(book: booklet.Booklet, folder: Path) -> tuple[int, float, float]:
    """Return pages, seconds and the most memory taken at once, MB: one process is gone when the other begins."""
    started = time.perf_counter()
    asked = folder / "brochure.json"
    book.write(asked)
    prepared = _watched(booklet.command(asked, folder / "medias"))
    bound = _watched(binding.command(folder / booklet.JOB))
    seconds = time.perf_counter() - started
    return binding.count_pages(folder / booklet.RESULT), seconds, max(prepared, bound)


def _watched(command: list[str]) -> float:
    """Run a command; return the most memory that it had, MB, with what it shares with others."""
    peak = 0.0
    with subprocess.Popen(command, cwd=binding.HERE, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            with suppress(OSError):  # it has just ended
                peak = max(peak, most_memory(process.pid))
            time.sleep(0.02)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return peak
