"""Pieces of one sheet made from a fiche: pictures for social networks, a slide, a single A4 page.

A piece is laid out once for all gabarits in `pieces/NAME/NAME.html` and `.css`, with the colours and the faces of the
gabarit (`var(--f-field)`, `var(--p-head)`); files of the same names in the folder of a gabarit replace them. Only the
colours that every gabarit has are used: field, accent and what is written on them, strong, pop, ink, muted, soft.

Boxes are in CSS pixels. The size of type is chosen from the widths of letters, so that what is long still holds; what
doesn't hold even in the smallest type is cut after a whole word and says so with "…": the fiche on line has the rest.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import weasyprint
from jinja2 import Environment, FileSystemLoader
from lxml import html

from models.content import FicheContent
from models.taxonomy import label

from . import paper, tagging, typography, wording
from .dress import dress, fit
from .excerpts import address, figures, lead, saying, shorten
from .manifest import GABARITS, PIECES, manifest
from .markup import environment, picture_of, qr_code
from .paper import MediaFinder
from .setting import Setting

NETWORKS = {"large": (1200, 630), "carre": (1080, 1080), "vertical": (1080, 1920)}  # pixels
SLIDE = (1920, 1080)
SHEET = (793.7, 1122.52)  # A4


def network_picture(
    content: FicheContent, setting: Setting, *, media: MediaFinder | Path, form: str
) -> bytes:
    """Return a PNG for social networks; `form` is a key of NETWORKS. Half a second of processor."""
    return _png(_network(content, setting, media, form).document, NETWORKS[form])


def slide_pdf(content: FicheContent, setting: Setting, *, media: MediaFinder | Path) -> bytes:
    """Return the slide, 16:9, as tagged PDF (PDF/UA-1)."""
    return tagging.tagged(_slide(content, setting, media).document)


def slide_picture(content: FicheContent, setting: Setting, *, media: MediaFinder | Path) -> bytes:
    """Return the slide as a PNG of 1920 x 1080 pixels."""
    return _png(_slide(content, setting, media).document, SLIDE)


def single_page(content: FicheContent, setting: Setting, *, media: MediaFinder | Path) -> bytes:
    """Return the fiche in one A4 page, for those who have two minutes, as tagged PDF (PDF/UA-1)."""
    return tagging.tagged(lay_out_page(content, setting, media).document)


@dataclass(frozen=True)
class Sheet:
    """A piece of one sheet as it was laid out, to be proof-read."""

    name: str
    document: weasyprint.Document
    markup: str


def sheets(content: FicheContent, setting: Setting, media: MediaFinder | Path) -> Iterator[Sheet]:
    """Yield every piece of one sheet."""
    for form in NETWORKS:
        yield _network(content, setting, media, form)
    yield _slide(content, setting, media)
    yield lay_out_page(content, setting, media)


# --- laying out -------------------------------------------------------------------------------------------------------


@cache
def _templates() -> Environment:
    return environment().overlay(loader=FileSystemLoader([PIECES, GABARITS]))


def _markup(name: str, content: FicheContent, setting: Setting, **values: Any) -> str:
    """Return the <article class="piece"> of a piece, from the gabarit's own template if it has one."""
    template = _templates().select_template([f"{setting.gabarit}/{name}.html", f"{name}/{name}.html"])
    return template.render(
        c=content,
        s=setting,
        title=content.title.strip(),
        lead=lead(content),
        themes=[label("theme_courts", key) for key in content.themes],
        place=wording.place_name(content.commune) or content.place.strip(),
        centre=content.card.name.strip(),
        cover=content.cover,
        picture=lambda photo: picture_of(photo, "media:"),
        qr=qr_code(setting.public_url) if setting.public_url else "",
        address=address(setting),
        host=address(setting).partition("/")[0],
        fit=partial(fit, setting.gabarit),
        **values,
    )


@cache
def _sheet(name: str, gabarit: str, size: tuple[float, float]) -> weasyprint.CSS:
    owner = manifest(gabarit)
    own = owner.folder / f"{name}.css"
    css = [
        *dress(gabarit),
        (PIECES / "shared.css").read_text(encoding="utf-8"),
        (own if own.is_file() else PIECES / name / f"{name}.css").read_text(encoding="utf-8"),
        f"@page {{ size: {size[0]}px {size[1]}px; margin: 0 }}",
    ]
    return weasyprint.CSS(
        string="\n".join(css),
        font_config=paper.fonts(),
        url_fetcher=paper.OwnFetcher(),
        base_url="font:",
    )


def _laid_out(
    name: str,
    content: FicheContent,
    setting: Setting,
    media: MediaFinder | Path,
    size: tuple[float, float],
    **values: Any,
) -> Sheet:
    on_paper = replace(setting, media_base="media:", placeholder=False)
    title = typography.bare(content.title) or "Fiche sans titre"
    markup = _markup(name, content, on_paper, **values)
    with paper.LAYOUT_LOCK:
        html = paper.page(title, markup, paper.OwnFetcher(media))
        document = paper.render(html, _sheet(name, setting.gabarit, size), images={})
    form = f"{name}-{values['form']}" if "form" in values else name
    return Sheet(form, document, markup)


def _network(content: FicheContent, setting: Setting, media: MediaFinder | Path, form: str) -> Sheet:
    values = _network_values(content, form)
    return _laid_out("reseaux", content, setting, media, NETWORKS[form], **values)


def _slide(content: FicheContent, setting: Setting, media: MediaFinder | Path) -> Sheet:
    return _laid_out("diapositive", content, setting, media, SLIDE, **_slide_values(content))


def _network_values(content: FicheContent, form: str) -> dict[str, Any]:
    return {"form": form, "figure": next(iter(figures(content, 1)), None)}


def _slide_values(content: FicheContent) -> dict[str, Any]:
    return {"figures": figures(content, 3), "said": saying(content, 180)}


def network_words(content: FicheContent, setting: Setting, form: str) -> str:
    """Return what a picture for networks shows, in words: its alternative text."""
    return _words("reseaux", content, setting, **_network_values(content, form))


def slide_words(content: FicheContent, setting: Setting) -> str:
    """Return what the slide shows, in words: its alternative text."""
    return _words("diapositive", content, setting, **_slide_values(content))


def _words(name: str, content: FicheContent, setting: Setting, **values: Any) -> str:
    """Read all that a piece says from the very HTML that it is drawn from, pictures and code included, in order."""
    tree = html.fragment_fromstring(_markup(name, content, replace(setting, placeholder=False), **values))
    said = []
    for each in tree.xpath(".//img | .//svg[@role] | .//h1 | .//p | .//li | .//figcaption"):
        if each.tag == "img":
            text = f"Photo : {each.get('alt')}" if each.get("alt") else ""
        elif each.tag == "svg":
            text = each.findtext("title") or ""
        else:
            text = each.text_content()
        text = re.sub(r"[ \n]+", " ", text.translate(_UNSAID)).strip()
        if text:
            said.append(text if text[-1] in ".!?…»]" else f"{text}.")
    return " ".join(said)


_UNSAID = str.maketrans("", "", typography.SHY + typography.BREAK)


def lay_out_page(content: FicheContent, setting: Setting, media: MediaFinder | Path) -> Sheet:
    """Lay the single page out: the largest type with which it holds, then as tall a picture as there is room for.

    The text of the summary loses its last sentences only when it doesn't hold at nine points.
    """
    values: dict[str, Any] = {
        "figures": figures(content, 4),
        "said": saying(content, 260),
        "facts": [fact for fact in wording.action_facts(content) if fact[0] in ("Où", "Quand", "Pour qui")],
        "shorten": shorten,
    }

    def used(density: float, text: str) -> float:
        tall = (SHEET[0], 6000)
        sheet = _laid_out(
            "une-page", content, setting, media, tall, k=density, summary=text, picture_height=0, **values
        )
        return _bottom(sheet.document)

    whole = content.summary.strip() or content.response.text.strip() or content.constat.text.strip()
    room = SHEET[1] - _FOOT - (_PICTURE[0] if content.cover else _PLAIN)
    density, text = _chosen(used, whole, room)
    left = SHEET[1] - _FOOT - used(density, text)
    height = min(_PICTURE[1], left) if content.cover else _PLAIN
    return _laid_out(
        "une-page",
        content,
        setting,
        media,
        SHEET,
        k=density,
        summary=text,
        picture_height=int(height),
        **values,
    )


_FOOT = 132.0  # px: height of the foot of the single page
_PICTURE = (150.0, 430.0)  # px: the least and the most of its picture
_PLAIN = 24.0
_DENSITIES = (1.5, 1.36, 1.24, 1.12, 1.0, 0.93, 0.872)  # factor on 11 pt: nine points at least


def _chosen(used: Callable[[float, str], float], text: str, room: float) -> tuple[float, str]:
    low, high = 0, len(_DENSITIES) - 1  # the first density that holds
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if used(_DENSITIES[middle], text) <= room else (middle + 1, high)
    density = _DENSITIES[low]
    longest = len(text)
    while longest > 120 and used(density, text) > room:
        longest = int(longest * 0.8)
        text = shorten(text, longest)
    return density, text


def _bottom(document: weasyprint.Document) -> float:
    """Return where the flow of a document laid out on a tall page ends, and what stands beside it, pixels."""
    ends = [
        float(box.position_y + box.margin_height())
        for box in paper.body_boxes(document.pages[0])
        if {"p-flow", "p-side"} & set(paper.classes_of(box))
    ]
    return max(ends, default=0.0)


def _png(document: weasyprint.Document, size: tuple[int, int]) -> bytes:
    with paper.LAYOUT_LOCK:
        written = document.write_pdf()
    with pypdfium2.PdfDocument(written) as pages:
        image = pages[0].render(scale=96 / 72).to_pil().convert("RGB")
    if image.size != size:  # half a pixel rounded up
        image = image.crop((0, 0, *size))
    out = BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()
