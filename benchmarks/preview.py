"""From a keystroke to the preview that shows it, in a real browser."""

import statistics

from playwright.sync_api import sync_playwright

from benchmarks.figure import Figure, percentile
from tests.journeys.server import ACCOUNTS, CHROMIUM_ARGUMENTS, Server
from tools.need_chromium import find

KEYS = 80
SENTENCE = "des voisins conduisent leurs voisins "
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


def run(server: Server) -> list[Figure]:
    """Type a title, key by key, and return the median and the 95th percentile."""
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
        page.wait_for_timeout(500)
        delays = page.evaluate("window.delays")
        browser.close()
    if len(delays) < KEYS // 2:
        raise RuntimeError(f"only {len(delays)} keys of {KEYS} were seen in the preview")
    return [
        Figure("frappe → aperçu visible, médiane", statistics.median(delays), "ms", "≤ 60"),
        Figure("frappe → aperçu visible, 95ᵉ centile", percentile(delays, 0.95), "ms", "≤ 120"),
    ]
