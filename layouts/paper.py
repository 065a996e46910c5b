"""Paper: WeasyPrint set up once per process, fed by our own addresses only, its PDF completed for PDF/UA."""

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import unquote

import weasyprint
from markupsafe import Markup
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from .manifest import FONTS
from .markup import paper_css
from .pictures import NAME
from .setting import Fit

logging.getLogger("weasyprint").setLevel(logging.ERROR)  # a broken picture is no reason to fill the log

MediaFinder = Callable[[str], Path]
Layout = Callable[[Fit, bool], weasyprint.Document]  # (measures, on the endless sheet?) -> laid out document
_FONT_NAME = re.compile(r"[0-9a-z-]+\.ttf")

# Pango's font map is shared by the whole process: one layout at a time (several fiches at once need several processes).
LAYOUT_LOCK = Lock()


class OwnFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Opens `media:KEY-WIDTH.jpg` and `font:NAME.ttf`, nothing else: no network, no file outside two folders."""

    def __init__(self, media: MediaFinder | Path | None = None) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=False)
        self._media = media

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the file behind one of our own addresses; ValueError for any other."""
        scheme, _, name = url.partition(":")
        name = unquote(name)
        if scheme == "font" and _FONT_NAME.fullmatch(name):
            return self._response(url, FONTS / name, "font/ttf")
        if scheme == "media" and self._media is not None and NAME.fullmatch(name):
            path = self._media / name if isinstance(self._media, Path) else self._media(name)
            return self._response(url, path, "image/webp" if name.endswith("webp") else "image/jpeg")
        raise ValueError(f"address refused: {url[:80]}")

    @staticmethod
    def _response(url: str, path: Path, kind: str) -> URLFetcherResponse:
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


@cache
def fonts() -> FontConfiguration:
    """The fonts of the process, loaded once (450 ms saved a document)."""
    return FontConfiguration()


@cache
def sheets(gabarit: str, palette: str) -> weasyprint.CSS:
    """The style sheet for paper in one palette, parsed once."""
    return weasyprint.CSS(
        string=paper_css(gabarit, palette, "font:", "ttf"),
        font_config=fonts(),
        url_fetcher=OwnFetcher(),
        base_url="font:",
    )


@cache
def ruler(height_mm: int) -> weasyprint.CSS:
    """A sheet without end: what blocks measure when nothing breaks them."""
    return weasyprint.CSS(
        string=f"@page {{ size: 210mm {height_mm}mm; margin: 0 }} .fiche .f-two {{ break-before: auto }}",
        font_config=fonts(),
    )


def render(html: weasyprint.HTML, *css: weasyprint.CSS, images: dict[str, Any]) -> weasyprint.Document:
    """Lay out a parsed document; `images` keeps decoded pictures between measures."""
    return html.render(font_config=fonts(), stylesheets=list(css), cache=images)


def page(title: str, fragment: str, fetcher: OwnFetcher) -> weasyprint.HTML:
    """Return a parsed document around a fragment of ours, whose template escaped what people wrote."""
    markup = Markup(
        '<!DOCTYPE html><html lang="fr"><head><title>{}</title></head><body>{}</body></html>'
    ).format(title, Markup(fragment))  # noqa: S704 - escaped by the template
    return weasyprint.HTML(string=str(markup), base_url="media:", url_fetcher=fetcher)


def lost_text(document: weasyprint.Document, fragment: str) -> bool:
    """Tell whether some text of `fragment` isn't on the pages (layout engines may drop what they can't break)."""
    expected = Counter(filter(str.isalnum, _text(fragment)))
    there: Counter[str] = Counter()
    for page in document.pages:
        for box in body_boxes(page):
            if isinstance(box, boxes.TextBox):
                there.update(filter(str.isalnum, box.text))
    return any(there[character] < count for character, count in expected.items())


def _text(fragment: str) -> str:
    # On paper the line under the title isn't shown: the strip of facts and the card say the same.
    fragment = re.sub(r"<svg.*?</svg>|<p class=\"f-by\">.*?</p>", "", fragment, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", "", fragment))


def card_runs_over(document: weasyprint.Document) -> bool:
    """Tell whether the identity card's column goes on past the first page (it would lie over the next blocks)."""
    return any(
        box.element_tag == "aside" and box.style["position"] == "absolute"
        for page in document.pages[1:]
        for box in body_boxes(page)
    )


def type_sizes(page: Any) -> set[float]:
    """Return the sizes of type on a page, points."""
    return {
        round(box.style["font_size"] * 0.75, 2)
        for box in body_boxes(page)
        if isinstance(box, boxes.TextBox) and box.text.strip() and "f-hide" not in classes_of(box)
    }


def classes_of(box: Any) -> list[str]:
    """Return the classes of the element of a box."""
    return [] if box.element is None else (box.element.get("class") or "").split()


def lines_after(document: weasyprint.Document, page: int) -> int:
    """Return how many lines of text stand after the page of that rank."""
    return sum(isinstance(box, boxes.LineBox) for each in document.pages[page:] for box in body_boxes(each))


def body_boxes(page: Any) -> Iterator[Any]:
    """Yield the boxes of a page without its margins (running footer)."""
    for child in page._page_box.children:
        if not isinstance(child, boxes.MarginBox):
            yield from walk(child)


def walk(box: Any) -> Iterator[Any]:
    """Yield a box and all that are in it; Box.descendants() stops at what is positioned absolutely."""
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from walk(child)


@dataclass
class BoxHeights:
    """Heights of the parts of a laid out fiche, mm."""

    cover: float = 0.0  # with its picture, and the strip of facts
    card: float = 0.0
    foot: float = 0.0
    blocks: dict[str, float] = field(default_factory=dict)
    children: dict[str, int] = field(default_factory=dict)  # how many pictures
    airy: int = 0  # how many parts take air above them (class f-air)


_MM = 25.4 / 96


def whole_height(document: weasyprint.Document) -> float:
    """Return the height of the whole fiche on the endless sheet, mm."""
    return float(_article(document.pages[0]).border_height()) * _MM


def page_rests(document: weasyprint.Document) -> list[float]:
    """Return what is left white at the end of each page, mm (the fields of colour of the last one are not white)."""
    rests = []
    for page in document.pages:
        inside = page._page_box
        end = inside.position_y + inside.margin_top + inside.height
        lowest = max(
            (
                box.position_y + box.height
                for box in body_boxes(page)
                if isinstance(box, boxes.LineBox | boxes.ReplacedBox)
            ),
            default=0.0,
        )
        if page is document.pages[-1]:
            article = _article(page)
            lowest = max(lowest, article.position_y + article.margin_height())
        rests.append((end - lowest) * _MM)
    return rests


def _article(page: Any) -> Any:
    return next(box for box in body_boxes(page) if box.element_tag == "article")


def box_heights(document: weasyprint.Document, *, last_only: bool = False) -> BoxHeights:
    """Read the heights of the parts of a fiche laid out on pages or on the endless sheet, or of its last page only."""
    found = BoxHeights()
    ends: dict[str, int] = {}  # by block, the rank of the page where it was seen last
    for rank, page in enumerate(document.pages[-1:] if last_only else document.pages):
        for box in body_boxes(page):
            element = box.element
            if element is None or not hasattr(box, "border_height"):
                continue
            classes = classes_of(box)
            height = box.border_height() * _MM
            found.airy += "f-air" in classes
            if "f-cover" in classes or "f-strip" in classes:
                found.cover += height
            elif "f-card" in classes:
                found.card += height
            elif "f-end" in classes:
                found.foot += height
            elif "f-block" in classes:
                name = element.get("data-part")
                found.blocks[name] = found.blocks.get(name, 0.0) + height
                if ends.get(name, rank) < rank:  # broken: its first part goes down to the end of the page
                    found.blocks[name] -= page_rests(document)[ends[name]]
                ends[name] = rank
                found.children[name] = len(element)
    return found
