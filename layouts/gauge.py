"""The gauge: what the real layout says of a fiche being written, and pictures of its sheets.

Nothing is estimated that can be laid out: "three lines too many" is said once the fiche, shortened by three lines, has
been laid out and held on two pages.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from weasyprint import Document
from weasyprint.formatting_structure import boxes

from models import guide
from models.content import FicheContent
from models.guide import count_words

from . import paper, sheets
from .markup import others
from .setting import Fit, Setting

PAGES = 2  # recto verso
TIGHT = 0.92  # density below which little can be added
ROOMY = 1.0  # density from which a picture more shrinks neither type nor pictures below comfort
PHOTOS_MAX = 6
KEPT = 25  # words that a text keeps when it is shortened: a sentence or two
TRIES = 5  # layouts spent on telling how much is too much
DPI = 110
QUALITY = 82
_SHORTENED = (  # texts that can be shortened, "*" standing for every item of a list
    *("constat.text", "response.text", "residents.text", "implementation.text", "implementation.steering"),
    *("implementation.means", "stages.*.text", "changes.people", "changes.centre", "changes.territory"),
    *("voices.quotes.*.text", "success_factors.*", "attention_points.*.text", "advice.*", "summary"),
    "card.mission",
)


@dataclass(frozen=True)
class Cut:
    """A text to shorten by so many words (of the guide's step `step`)."""

    path: str
    step: str
    words: int


@dataclass(frozen=True)
class Gauge:
    """How a fiche fills its sheets."""

    pages: int
    left: tuple[int, ...]  # whole lines of text that still hold at the end of each page
    over: int = 0  # lines to take away before it holds on two pages in the densest type; 0 when it holds
    cuts: tuple[Cut, ...] = ()  # where to take them: the texts furthest above what the guide recommends
    exact: bool = True  # False: `over` is a first guess, that `refine` replaces
    photo: bool = False  # a picture more would hold without squeezing the rest
    hidden: int = 0  # pictures that are not shown on paper, so that the text holds
    tight: bool = False  # it holds, in the densest types
    steps: tuple[tuple[int, int], ...] = ()  # (number of a step, rank of the page where it begins)


@dataclass(frozen=True)
class Known:
    """What was found of the same fiche a moment ago: `over` lines too many with `words` words, the measures of its pages."""

    over: int = 0
    words: int = 0
    fit: Fit | None = None


def measure(
    content: FicheContent,
    setting: Setting,
    media: Path,
    *,
    pictures: bool = False,
    known: Known | None = None,
) -> tuple[Gauge, Known, list[bytes]]:
    """Lay a fiche out as its PDF will be; return what the pages say, what serves to say it sooner a few words later,
    and JPEG pictures of the pages if asked.

    What is said of a fiche that is too long is a guess (`exact` False), a good one when `known` is given: `refine`
    takes longer. One to four layouts, one with `known` for most changes: not in the event loop.
    """
    images: dict[str, Any] = {}
    last = known.fit if known and not pictures else None  # pictures show what the PDF will be, from nothing
    with paper.LAYOUT_LOCK:
        fit, document = sheets.lay_out(
            content, setting, _SmallPictures(media), images, last=last, rough=not pictures
        )
        seen = _pictures(document, images) if pictures else []
        pages = len(document.pages)
        gauge = Gauge(
            pages=pages,
            left=tuple(_left(page) for page in document.pages),
            photo=pages <= PAGES
            and fit.density >= ROOMY
            and fit.photos is None
            and len(content.photos) < PHOTOS_MAX,
            hidden=len(others(content)) - len(others(content, fit)),
            tight=pages <= PAGES and fit.density < TIGHT,
            steps=tuple(sorted(_steps(document).items())),
        )
        if pages > PAGES:
            texts, a_line = _longest_first(content), _words_a_line(document)
            lines = _first_guess(document)
            if known and known.over:
                grown = words_of(content) - known.words
                lines = known.over + math.ceil(grown / (sum(a_line.values()) / max(1, len(a_line)) or 10))
            lines = max(1, min(lines, _most(texts, a_line)))
            gauge = replace(gauge, over=lines, cuts=tuple(_cuts(texts, a_line, lines)), exact=False)
    return gauge, Known(known.over if known else 0, known.words if known else 0, fit), seen


def refine(content: FicheContent, setting: Setting, media: Path, gauge: Gauge) -> Gauge:
    """Return the gauge of a fiche that is too long with the true number of lines, found by shortening it.

    Up to `TRIES` times the work of `measure`.
    """
    images: dict[str, Any] = {}
    fetcher = _SmallPictures(media)

    def holds(shorter: FicheContent) -> bool:
        return sheets.holds(shorter, setting, fetcher, images)

    with paper.LAYOUT_LOCK:
        _, document = sheets.lay_out(content, setting, fetcher, images, rough=True)
        over, cuts, proven = _too_much(content, _words_a_line(document), gauge.over, holds)
    return replace(gauge, over=over, cuts=cuts, exact=proven)


def words_of(content: FicheContent) -> int:
    """Return how many words the texts that can be shortened hold."""
    data = content.model_dump(mode="json")
    return sum(count_words(text) for pattern in _SHORTENED for _, text in _texts(data, pattern.split(".")))


class _SmallPictures(paper.OwnFetcher):
    """Opens the middle size of a picture instead of the printed one: on screen it is as sharp, and decoded faster."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Return the file behind one of our own addresses; ValueError for any other."""
        try:
            return super().fetch(url.replace("-1654.jpg", "-827.jpg"), headers)
        except OSError:
            return super().fetch(url, headers)


# --- what is left -----------------------------------------------------------------------------------------------------


def _lines(page: Any) -> list[Any]:
    return [
        box
        for box in paper.body_boxes(page)
        if isinstance(box, boxes.LineBox) and box.width > 0 and box.height > 0
    ]


def _left(page: Any) -> int:
    """Return how many lines of text still hold under the last thing on a page."""
    inside = page._page_box
    end = inside.position_y + inside.margin_top + inside.height
    found = [box for box in paper.body_boxes(page) if isinstance(box, boxes.LineBox | boxes.ReplacedBox)]
    lowest = max((box.position_y + box.height for box in found), default=0.0)
    heights = Counter(round(box.height, 1) for box in _lines(page))
    line = heights.most_common(1)[0][0] if heights else 18.0
    return max(0, int((end - lowest) // line))


def _steps(document: Document) -> dict[int, int]:
    """Return the rank of the page, from 0, on which each step of the guide begins."""
    found: dict[int, int] = {}
    for rank, page in enumerate(document.pages):
        for box in paper.body_boxes(page):
            step = box.element.get("data-step") if box.element is not None else None
            if step and step.isdigit():
                found.setdefault(int(step), rank)
    return found


# --- what is too much -------------------------------------------------------------------------------------------------


def _too_much(
    content: FicheContent, a_line: dict[int, int], guess: int, holds: Callable[[FicheContent], bool]
) -> tuple[int, tuple[Cut, ...], bool]:
    """Return how many lines must go for the fiche to hold, from which texts, and whether that was seen to be enough."""
    texts = _longest_first(content)
    most = _most(texts, a_line)
    enough, short = 0, 0  # the smallest number of lines that was enough, the largest that was not
    tried = max(1, min(most, guess))
    for _ in range(TRIES):
        if holds(shortened(content, _cuts(texts, a_line, tried))):
            enough = tried
        else:
            short = tried
        if short >= most or (enough and enough - short <= max(1, enough // 8)):
            break
        tried = (enough + short) // 2 if enough else min(most, short * 2)
    lines = enough or min(most, short * 2)
    return lines, tuple(_cuts(texts, a_line, lines)), bool(enough)


def _most(texts: list[tuple[str, str]], a_line: dict[int, int]) -> int:
    """Return how many lines can be taken away at most."""
    return max(
        1,
        sum((count_words(text) - KEPT) // a_line.get(guide.step_of(path).number, 10) for path, text in texts),
    )


def _first_guess(document: Document) -> int:
    """Return a first number of lines to try: those after page two, less what the densest type wins on two pages (seen on the demo fiches)."""
    after = sum(len(_lines(page)) for page in document.pages[PAGES:])
    before = sum(len(_lines(page)) for page in document.pages[:PAGES])
    return round(max(after - 0.27 * before, after / 3))


def _words_a_line(document: Document) -> dict[int, int]:
    """Return how many words a line holds in the parts of each step, by its number."""
    words: dict[int, int] = defaultdict(int)
    lines: dict[int, int] = defaultdict(int)
    for page in document.pages:
        for box in paper.body_boxes(page):
            element = box.element
            if element is None or not isinstance(box, boxes.BlockBox) or not element.get("data-step"):
                continue
            for line in paper.walk(box):
                text = _text(line) if isinstance(line, boxes.LineBox) else ""
                if text.strip():
                    lines[int(element.get("data-step"))] += 1
                    words[int(element.get("data-step"))] += count_words(text)
    return {step: max(3, round(words[step] / lines[step])) for step in lines}


def _text(line: Any) -> str:
    return "".join(box.text for box in paper.walk(line) if isinstance(box, boxes.TextBox))


def _longest_first(content: FicheContent) -> list[tuple[str, str]]:
    """Return the texts that can be shortened as (path, text), furthest above the guide's length first."""
    found = []
    for pattern in _SHORTENED:
        advised = guide.field(pattern).max_words
        for path, text in _texts(content.model_dump(mode="json"), pattern.split(".")):
            words = count_words(text)
            if words > KEPT:
                found.append((words - (advised or 10_000), words, path, text))
    found.sort(key=lambda each: (max(0, each[0]), each[1]), reverse=True)
    return [(path, text) for _, _, path, text in found]


def _texts(node: Any, keys: list[str], path: str = "") -> list[tuple[str, str]]:
    if not keys:
        return [(path, node)] if isinstance(node, str) else []
    key, *rest = keys
    if key == "*":
        return [
            each
            for rank, item in enumerate(node)
            for each in _texts(item, rest, f"{path}.{rank}" if path else str(rank))
        ]
    return _texts(node[key], rest, f"{path}.{key}" if path else key)


def _cuts(texts: list[tuple[str, str]], a_line: dict[int, int], lines: int) -> list[Cut]:
    """Spread `lines` over the texts: as many as it can give to the first, then the next."""
    cuts = []
    for path, text in texts:
        if lines <= 0:
            break
        step = guide.step_of(path)
        per_line = a_line.get(step.number, 10)
        taken = min(lines, (count_words(text) - KEPT) // per_line)
        if taken > 0:
            cuts.append(Cut(path, step.key, taken * per_line))
            lines -= taken
    return cuts


def shortened(content: FicheContent, cuts: list[Cut] | tuple[Cut, ...]) -> FicheContent:
    """Return the content without the last words of some texts."""
    data = content.model_dump(mode="json")
    for cut in cuts:
        *parents, last = cut.path.split(".")
        node = data
        for key in parents:
            node = node[int(key)] if isinstance(node, list) else node[key]
        where: Any = int(last) if isinstance(node, list) else last
        node[where] = _without_end(node[where], cut.words)
    return FicheContent.model_validate(data)


def _without_end(text: str, words: int) -> str:
    """Return `text` without its last `words` words (counted as the guide does), paragraphs kept."""
    wanted = count_words(text) - words
    parts = text.split(" ")
    low, high = 0, len(parts)
    while low < high:
        middle = (low + high + 1) // 2
        if count_words(" ".join(parts[:middle])) <= wanted:
            low = middle
        else:
            high = middle - 1
    return " ".join(parts[:low]).rstrip()


# --- pictures ---------------------------------------------------------------------------------------------------------


def _pictures(document: Document, images: dict[str, Any]) -> list[bytes]:
    """Return the pages as JPEG pictures."""
    written = pypdfium2.PdfDocument(document.write_pdf(cache=images))
    try:
        return [_jpeg(page) for page in written]
    finally:
        written.close()


def _jpeg(page: Any) -> bytes:
    out = BytesIO()
    page.render(scale=DPI / 72).to_pil().save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
