"""All the writing checks of a fiche of about a thousand words, its texts read for the first time."""

import statistics
import time

from benchmarks.drafts import WORDS, count_words, thousand_words
from benchmarks.figure import Figure
from models import checks, geography
from models.checks import lexicon
from models.content import FicheContent
from tests.journeys.server import Server

RUNS = 60
GOAL = 20.0  # milliseconds


def run(_: Server) -> list[Figure]:
    """Measure on the demonstration's longest fiche, its starting point made longer up to a thousand words."""
    content = thousand_words()
    known = geography.communes()
    lexicon.matches("", "jargon")  # reads the lists
    fresh = [_timed(content, known, forget=True) for _ in range(RUNS)]
    again = [_timed(content, known, forget=False) for _ in range(RUNS)]
    first, next_ = statistics.median(fresh), statistics.median(again)
    print(
        f"  Contrôles de {count_words(content)} mots : {first:.1f} ms, {next_:.1f} ms quand rien n’a changé"
    )
    return [Figure(f"Contrôles d’une fiche de {WORDS} mots ÷ {GOAL:.0f} ms", first / GOAL, "rapport", "≤ 1")]


def _timed(content: FicheContent, known: dict[str, geography.Commune], *, forget: bool) -> float:
    if forget:
        lexicon.forget()
    started = time.perf_counter()
    checks.findings(content, known)
    return (time.perf_counter() - started) * 1000
