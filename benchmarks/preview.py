"""From a keystroke to the preview that shows it, in a real browser."""

import statistics
import subprocess
import sys
import time

from playwright.sync_api import sync_playwright

from benchmarks import drafts
from benchmarks.editors import FIELD, OPENED
from benchmarks.figure import Figure, percentile
from tests.journeys.server import ACCOUNTS, CHROMIUM_ARGUMENTS, Server
from tools.need_chromium import find

KEYS = 80
MARK = "Aujourdhui "  # typed first: what follows it is in no other place of the fiche
SENTENCE = "des voisins conduisent leurs voisins "
WAGTAIL = 1540  # milliseconds
PAUSE = 130  # milliseconds between keys: about ninety words a minute

# Puts the caret in the middle of a text, between two words.
PLACE = """(field) => {
  const box = document.querySelector(`[data-field="${field}"]`);
  box.focus();
  const middle = box.value.indexOf(' ', box.value.length / 2) + 1;
  box.setSelectionRange(middle, middle);
}"""

# Notes the time of each key and, at every change inside the frame, of the first showing of all that was typed.
WATCH = """([field, mark]) => {
  const box = document.querySelector(`[data-field="${field}"]`);
  const frame = document.querySelector('iframe');
  const [start, after] = [box.selectionStart - mark.length, box.value.length - box.selectionStart];
  const waiting = [];
  const bare = (text) => text.replace(/[\\u00ad\\u200b]/g, '').replace(/\\s+/g, ' ').trim();
  window.delays = [];
  // A space at the end shows nothing by itself: there is nothing to wait for.
  let last = bare(mark);
  box.addEventListener('input', () => {
    const text = bare(box.value.slice(start, box.value.length - after));
    if (text !== last) waiting.push([text, performance.now()]);
    last = text;
  });
  const look = () => {
    const text = bare(frame.contentDocument.body.textContent);
    for (const entry of [...waiting]) {
      if (!text.includes(entry[0])) continue;
      requestAnimationFrame(() => window.delays.push(performance.now() - entry[1]));
      waiting.splice(waiting.indexOf(entry), 1);
    }
  };
  new MutationObserver(look).observe(frame.contentDocument.body, { subtree: true, childList: true, characterData: true });
}"""


CROWD = 19  # editors who write at the same time
GAUGE = "document.querySelector('.fit-pages') && !document.querySelector('.sheet-fit.is-late')"


def run(server: Server) -> list[Figure]:
    """Type in the middle of a long text of a full fiche, key by key, alone then among twenty who do the same; and the
    title of a blank one. Median and 95th percentile, beside the published figure of Wagtail's preview (1,540 ms)."""
    mine, *others = drafts.store(server, CROWD + 1)
    blank, _ = _typed(server, "/ecrire/nouvelle", "title")
    alone, gauge = _typed(server, mine, FIELD)
    among, late = _among(server, mine, others)
    median = statistics.median(alone)
    return [
        Figure("frappe → aperçu visible, médiane", median, "ms", "≤ 60"),
        Figure("frappe → aperçu visible, médiane / Wagtail (1 540 ms)", median / WAGTAIL, "×", "≤ 0.1"),
        Figure("frappe → aperçu visible, 95ᵉ centile", percentile(alone, 0.95), "ms", "≤ 120"),
        Figure("frappe → aperçu visible, fiche vide, médiane", statistics.median(blank), "ms", "≤ 60"),
        Figure("frappe → aperçu, 20 éditeurs, médiane", statistics.median(among), "ms", "≤ 60"),
        Figure("frappe → aperçu, 20 éditeurs, 95ᵉ centile", percentile(among, 0.95), "ms", "≤ 150"),
        Figure("dernière frappe → jauge des pages", gauge, "ms", "≤ 2000"),
        Figure("dernière frappe → jauge, 20 éditeurs", late, "ms", "≤ 2000"),
    ]


def _among(server: Server, mine: str, others: list[str]) -> tuple[list[float], float]:
    """Type while others write, each in a draft of their own; they run in another process."""
    seconds = str((KEYS + len(MARK)) * (PAUSE / 1000) + 12)
    crowd = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.editors", server.url, seconds, *others],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert crowd.stderr is not None
        if OPENED not in map(str.strip, crowd.stderr):
            raise RuntimeError("the others could not open their page")
        time.sleep(2)  # they have begun
        return _typed(server, mine, FIELD)
    finally:
        crowd.communicate(timeout=120)
        if crowd.returncode:
            raise RuntimeError("the others could not write")


def _typed(server: Server, path: str, field: str) -> tuple[list[float], float]:
    """Type in a field of the draft at `path`; return the delays of the keys, and that of the gauge after the last one, in milliseconds."""
    with sync_playwright() as playwright:
        chromium = find()
        options = {"executable_path": chromium} if chromium else {}
        browser = playwright.chromium.launch(args=CHROMIUM_ARGUMENTS, **options)  # type: ignore[arg-type]
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")
        context.request.post(
            f"{server.url}/connexion/demonstration/{ACCOUNTS['centre']}",
            headers={"Origin": server.url},
            max_redirects=0,
        )
        page = context.new_page()
        page.goto(f"{server.url}{path}?champ={field}")
        page.wait_for_function("window.did_handshake === true")
        page.wait_for_timeout(1500)
        page.evaluate(PLACE, field)
        page.keyboard.type(MARK, delay=PAUSE)
        page.evaluate(WATCH, [field, MARK])
        for number in range(KEYS):
            page.keyboard.type(SENTENCE[number % len(SENTENCE)])
            page.wait_for_timeout(PAUSE)
        last = time.perf_counter() - PAUSE / 1000
        page.wait_for_function(GAUGE, timeout=30_000)
        gauge = (time.perf_counter() - last) * 1000
        page.wait_for_timeout(500)
        delays = page.evaluate("window.delays")
        browser.close()
    if len(delays) < KEYS // 2:
        raise RuntimeError(f"only {len(delays)} keys of {KEYS} were seen in the preview")
    return delays, gauge
