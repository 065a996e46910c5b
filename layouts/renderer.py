"""From the content of a fiche to something to look at: HTML fragment, whole page, style sheet, PDF, plain text.

Pure: content and setting in, text or bytes out; no database, no network, no clock.
"""

import gc
from dataclasses import dataclass
from pathlib import Path

import weasyprint

from models.content import FicheContent

from . import paper, printing, sheets, tagging
from .manifest import Manifest, Palette, list_gabarits, manifest
from .markup import article, document, plain_text, stylesheet
from .paper import MediaFinder
from .poster import poster, poster_pdf, poster_stylesheet
from .setting import Fit, Setting

__all__ = [
    "Fit",
    "Manifest",
    "Palette",
    "Pdf",
    "Setting",
    "article",
    "document",
    "list_gabarits",
    "manifest",
    "pdf",
    "plain_text",
    "poster",
    "poster_pdf",
    "poster_stylesheet",
    "stylesheet",
    "warm",
]


@dataclass
class Pdf:
    """A fiche on paper."""

    data: bytes
    pages: int
    fit: Fit
    overflow_lines: int  # lines past the second page; 0 when the fiche holds recto verso


def pdf(
    content: FicheContent,
    setting: Setting,
    *,
    media: MediaFinder | Path,
    fit: Fit | None = None,
    marks: bool = False,
) -> Pdf:
    """Lay a fiche out on A4 and return it as tagged PDF (PDF/UA-1).

    `media` finds the stored pictures: their folder, or a function from "KEY-1654.jpg" to a path. It takes about
    a second of processor: call it outside the event loop. `fit` are the measures found before, kept while they hold.
    `marks` adds three millimetres of bleed and crop marks, for a printer.
    """
    images: dict[str, object] = {}
    with paper.LAYOUT_LOCK:
        fit, laid_out = sheets.lay_out(content, setting, paper.OwnFetcher(media), images, fit)
    data = tagging.tagged(
        laid_out,
        zoom=printing.zoom(printing.A4) if marks else 1,
        finish=printing.finisher(printing.A4) if marks else None,
        images=images,
    )
    pages = len(laid_out.pages)
    return Pdf(data=data, pages=pages, fit=fit, overflow_lines=paper.lines_after(laid_out, 2))


def warm() -> None:
    """Load fonts and style sheets, so that the first fiche of this process doesn't wait for them.

    What is loaded stays to the end of the process: the collector of garbage doesn't look at it any more (120 ms saved
    each time that it passes, about once a fiche).
    """
    with paper.LAYOUT_LOCK:
        for each in list_gabarits():
            sheet = paper.sheets(each.name, next(iter(each.palettes)))
            paper.render(weasyprint.HTML(string="<p>"), sheet, images={})
    gc.collect()
    gc.freeze()
