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
    content: FicheContent, setting: Setting, fetcher: paper.OwnFetcher, images: dict[str, Any]
) -> tuple[Fit, weasyprint.Document]:
    """Return the measures found and the document laid out with them; hold `paper.LAYOUT_LOCK`.

    `images` keeps decoded pictures from one layout to the next.
    """
    on_paper = replace(setting, media_base="media:", placeholder=False)
    sheet = paper.sheets(setting.gabarit, setting.palette)

    def once(fit: Fit, endless: bool) -> weasyprint.Document:
        html = weasyprint.HTML(
            string=document(content, on_paper, fit, css=""), base_url="media:", url_fetcher=fetcher
        )
        css = (sheet, paper.ruler(6000)) if endless else (sheet,)
        return paper.render(html, *css, images=images)

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
    return fit, laid_out
