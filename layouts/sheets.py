"""A fiche laid out on its sheets of A4: what the PDF, the gauge and the pictures of the pages are made from."""

import logging
from dataclasses import replace
from typing import Any

import weasyprint

from models.content import FicheContent

from . import outline, paper
from .fitting import best_fit, two_pages
from .manifest import manifest
from .markup import article, blocks, document, others
from .outline import Expected, Fiche
from .setting import Fit, Setting

_log = logging.getLogger(__name__)


def lay_out(
    content: FicheContent,
    setting: Setting,
    fetcher: paper.OwnFetcher,
    images: dict[str, Any],
    chosen: Fit | None = None,
    last: Fit | None = None,
    *,
    rough: bool = False,
) -> tuple[Fit, weasyprint.Document]:
    """Return the measures found and the document laid out with them; hold `paper.LAYOUT_LOCK`.

    `images` keeps decoded pictures from one layout to the next. `chosen` are measures found before: they are kept
    as long as the fiche holds on as many pages with them. `last` are those of the same fiche a few words ago: they are
    tried first. `rough`: only to know how many pages it takes.
    """
    once = _layout(content, setting, fetcher, images)
    if chosen is not None and chosen.pages:
        again = once(chosen, False)
        fits = len(again.pages) <= chosen.pages and not paper.card_runs_over(again)
        if fits and not _incomplete(again, content, setting, chosen):
            return chosen, again
    fit, laid_out = best_fit(
        _fiche(content, setting), once, rules=manifest(setting.gabarit).fit, last=last, rough=rough
    )
    if _incomplete(laid_out, content, setting, fit):  # rather plain than incomplete
        fit = Fit(flow=True, band=True, split=0, photo_mm=40)
        laid_out = once(fit, False)
        if _incomplete(laid_out, content, setting, fit):
            _log.error("some text of a fiche is not on its sheets (gabarit %s)", setting.gabarit)
    return replace(fit, pages=len(laid_out.pages)), laid_out


def holds(content: FicheContent, setting: Setting, fetcher: paper.OwnFetcher, images: dict[str, Any]) -> bool:
    """Tell whether a fiche holds on two pages; hold `paper.LAYOUT_LOCK`."""
    once = _layout(content, setting, fetcher, images)
    return two_pages(_fiche(content, setting), once, rules=manifest(setting.gabarit).fit) is not None


def _layout(
    content: FicheContent, setting: Setting, fetcher: paper.OwnFetcher, images: dict[str, Any]
) -> paper.Layout:
    on_paper, sheet = _on_paper(setting), paper.sheets(setting.gabarit, setting.palette)

    def once(fit: Fit, endless: bool) -> weasyprint.Document:
        html = weasyprint.HTML(
            string=document(content, on_paper, fit, css=""), base_url="media:", url_fetcher=fetcher
        )
        css = (sheet, paper.ruler(6000)) if endless else (sheet,)
        return paper.render(html, *css, images=images)

    return once


def _on_paper(setting: Setting) -> Setting:
    return replace(setting, media_base="media:", placeholder=False)


def _fiche(content: FicheContent, setting: Setting) -> Fiche:
    return Fiche(
        names=tuple(blocks(content)),
        picture=content.cover is not None,
        photos=len(others(content)),
        expected=Expected(setting.gabarit, outline.outline(article(content, _on_paper(setting)))),
    )


def _incomplete(laid_out: weasyprint.Document, content: FicheContent, setting: Setting, fit: Fit) -> bool:
    return paper.lost_text(laid_out, article(content, _on_paper(setting), fit))
