"""From a keystroke to the preview that shows it, in a real browser."""

import statistics
import subprocess
import sys
import time

from playwright.sync_api import sync_playwright

from benchmarks.figure import Figure, percentile
from tests.journeys.server import ACCOUNTS, CHROMIUM_ARGUMENTS, Server
from tools.need_chromium import find

KEYS = 80
SENTENCE = "des voisins conduisent leurs voisins "
WAGTAIL = 1540  # milliseconds
PAUSE = 130  # milliseconds between keys: about ninety words a minute

# Notes the time of each key and, at every change inside the frame, of the first showing of the whole text.
WATCH = """(field) => {
  const input = document.querySelector(`[data-field="${field}"] input, [data-field="${field}"] textarea, input[data-field="${field}"]`);
  const frame = document.querySelector('iframe');
  const waiting = [];
  const bare = (text) => text.replace(/[\\u00ad\\u200b]/g, '').replace(/\\s+/g, ' ').trim();
  window.delays = [];
  // A space at the end shows nothing by itself: there is nothing to wait for.
  let last = '';
  input.addEventListener('input', () => {
    const text = bare(input.value);
    if (text !== last) waiting.push([text, performance.now()]);
    last = text;
  });
  const look = () => {
    const text = bare(frame.contentDocument.body.textContent);
    for (const entry of [...waiting]) {
      if (!entry[0] || !text.includes(entry[0])) continue;
      requestAnimationFrame(() => window.delays.push(performance.now() - entry[1]));
      waiting.splice(waiting.indexOf(entry), 1);
    }
  };
  new MutationObserver(look).observe(frame.contentDocument.body, { subtree: true, childList: true, characterData: true });
  input.focus();
}"""


CROWD = 19  # editors who write at the same time
GAUGE = "document.querySelector('.fit-pages') && !document.querySelector('.sheet-fit.is-late')"


def run(server: Server) -> list[Figure]:
    """Type a title, key by key, alone then among twenty; median and 95th percentile, beside the published figure of
    Wagtail's preview (1,540 ms, median)."""
    alone, gauge = _typed(server)
    among, late = _among(server)
    median = statistics.median(alone)
    return [
        Figure("frappe → aperçu visible, médiane", median, "ms", "≤ 60"),
        Figure("frappe → aperçu visible, médiane / Wagtail (1 540 ms)", median / WAGTAIL, "×", "≤ 0.1"),
        Figure("frappe → aperçu visible, 95ᵉ centile", percentile(alone, 0.95), "ms", "≤ 120"),
        Figure("frappe → aperçu, 20 éditeurs, médiane", statistics.median(among), "ms", "≤ 60"),
        Figure("frappe → aperçu, 20 éditeurs, 95ᵉ centile", percentile(among, 0.95), "ms", "≤ 150"),
        Figure("dernière frappe → jauge des pages", gauge, "ms", "≤ 2000"),
        Figure("dernière frappe → jauge, 20 éditeurs", late, "ms", "≤ 2000"),
    ]


def _among(server: Server) -> tuple[list[float], float]:
    """Type while others write, each in a draft of their own; they run in another process."""
    seconds = str(KEYS * (PAUSE / 1000) + 12)
    others = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.editors", server.url, str(CROWD), seconds], stdout=subprocess.PIPE
    )
    try:
        time.sleep(5)  # all have opened their page
        return _typed(server)
    finally:
        others.communicate(timeout=120)
        if others.returncode:
            raise RuntimeError("the others could not write")


def _typed(server: Server) -> tuple[list[float], float]:
    """Return the delays of the keys, and that of the gauge after the last one, in milliseconds."""
    with sync_playwright() as playwright:
        path = find()
        options = {"executable_path": path} if path else {}
        browser = playwright.chromium.launch(args=CHROMIUM_ARGUMENTS, **options)  # type: ignore[arg-type]
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")
        context.request.post(
            f"{server.url}/connexion/demonstration/{ACCOUNTS['centre']}",
            headers={"Origin": server.url},
            max_redirects=0,
        )
        page = context.new_page()
        page.goto(f"{server.url}/ecrire/nouvelle")
        page.wait_for_function("window.did_handshake === true")
        page.wait_for_timeout(1500)
        page.evaluate(WATCH, "title")
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
