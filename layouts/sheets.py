"""A fiche laid out on its sheets of A4: what the PDF, the gauge and the pictures of the pages are made from."""

from dataclasses import replace
from typing import Any

import weasyprint

from models.content import FicheContent

from . import paper
from .fitting import best_fit
from .manifest import manifest
from .markup import article, blocks, default_split, document
from .setting import Fit, Setting


def lay_out(
    content: FicheContent,
    setting: Setting,
    fetcher: paper.OwnFetcher,
    images: dict[str, Any],
    chosen: Fit | None = None,
) -> tuple[Fit, weasyprint.Document]:
    """Return the measures found and the document laid out with them; hold `paper.LAYOUT_LOCK`.

    `images` keeps decoded pictures from one layout to the next. `chosen` are measures found before: they are kept
    as long as the fiche holds on as many pages with them.
    """
    on_paper = replace(setting, media_base="media:", placeholder=False)
    sheet = paper.sheets(setting.gabarit, setting.palette)

    def once(fit: Fit, endless: bool) -> weasyprint.Document:
        html = weasyprint.HTML(
            string=document(content, on_paper, fit, css=""), base_url="media:", url_fetcher=fetcher
        )
        css = (sheet, paper.ruler(6000)) if endless else (sheet,)
        return paper.render(html, *css, images=images)

    if chosen is not None and chosen.pages:
        again = once(chosen, False)
        if len(again.pages) <= chosen.pages and not paper.card_runs_over(again):
            complete = not paper.lost_text(again, article(content, on_paper, chosen))
            if complete:
                return chosen, again
    names = blocks(content)
    fit, laid_out = best_fit(
        names,
        once,
        rules=manifest(setting.gabarit).fit,
        picture=content.cover is not None,
        guess=default_split(names),
    )
    if paper.lost_text(laid_out, article(content, on_paper, fit)):  # rather plain than incomplete
        fit = Fit(flow=True, band=True, split=0, photo_mm=40)
        laid_out = once(fit, False)
    return replace(fit, pages=len(laid_out.pages)), laid_out
