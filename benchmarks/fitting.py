"""How well generated fiches fill their sheets: two hundred over the gabarits, of 250 to 800 words, none to four photos."""

import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figure import Figure
from layouts import paper, proof, sheets
from layouts.manifest import list_gabarits
from layouts.markup import article
from layouts.setting import Setting
from tests.generated import a_hundred, store
from tests.journeys.server import Server
from tests.sentences import of_pdf, there, written

COUNT = 200


def run(_: Server) -> list[Figure]:
    """Lay two hundred fiches out on both cores; some minutes."""
    with (
        TemporaryDirectory() as name,
        ProcessPoolExecutor(2, mp_context=get_context("spawn")) as workers,
    ):
        folder = store(Path(name))
        seen = list(workers.map(partial(_one, folder), range(COUNT), chunksize=5))
    for problem in (each for _, problems in seen for each in problems):
        print(f"  {problem}", file=sys.stderr)
    full = sum(holds for holds, _ in seen) / COUNT * 100
    wrong = sum(bool(problems) for _, problems in seen)
    return [
        Figure("fiches qui remplissent deux pages exactement", full, "%", "≥ 95"),
        Figure("fiches qui débordent, se chevauchent ou perdent une phrase", wrong, f"sur {COUNT}", "≤ 0"),
    ]


def _one(folder: Path, rank: int) -> tuple[bool, list[str]]:
    """Return whether a fiche fills two pages, and what is wrong with it."""
    gabarits = list_gabarits()
    gabarit = gabarits[rank % len(gabarits)].name
    content = a_hundred(rank, 1)[0]
    setting = Setting(
        gabarit=gabarit, public_url="https://cestpossible.example/fiches/essai", updated=date(2026, 5, 1)
    )
    with paper.LAYOUT_LOCK:
        fit, document = sheets.lay_out(content, setting, paper.OwnFetcher(folder), {})
    seen = proof.read(document, fit, article(content, setting, fit))
    text = of_pdf(document)
    lost = [each for each in written(content) if not there(each, text)]
    named = f"fiche {rank}, {gabarit}"
    return seen.full, [f"{named} : {each}" for each in seen.problems] + [
        f"{named} : « {each[:50]} » n’est pas dans le PDF" for each in lost
    ]
