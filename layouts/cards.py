"""Pieces of one sheet made from a fiche: pictures for social networks, a slide, a single A4 page.

A piece is laid out once for all gabarits in `pieces/NAME/NAME.html` and `.css`, with the colours and the faces of the
gabarit (`var(--f-field)`, `var(--p-head)`); files of the same names in the folder of a gabarit replace them. Only the
colours that every gabarit has are used: field, accent and what is written on them, strong, pop, ink, muted, soft.

Boxes are in CSS pixels. The size of type is chosen from the widths of letters, so that what is long still holds; what
doesn't hold even in the smallest type is cut after a whole word and says so with "…": the fiche on line has the rest.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import weasyprint
from jinja2 import Environment, FileSystemLoader
from lxml import html  # type: ignore[import-untyped]

from models.content import FicheContent, KeyFigure, Quote
from models.taxonomy import label

from . import lettering, paper, tagging, typography, wording
from .manifest import GABARITS, Face, manifest
from .markup import _environment, _focus_css, _picture, _qr, font_faces
from .paper import MediaFinder
from .setting import Setting

PIECES = Path(__file__).parent / "pieces"
NETWORKS = {"large": (1200, 630), "carre": (1080, 1080), "vertical": (1080, 1920)}  # pixels
SLIDE = (1920, 1080)
SHEET = (793.7, 1122.52)  # A4
_LEAD = 180  # characters: what is read at a glance
_SENTENCE = re.compile(r"(?<=[.!?…»])\s+")


@dataclass(frozen=True)
class Held:
    """A text made to hold in a box, pixels."""

    text: str
    size: int
    height: float
    width: int
    cut: bool = False

    @property
    def style(self) -> str:
        """The size of its type, and a width that makes lines of equal length."""
        return f"font-size:{self.size}px;max-width:{self.width + 4}px"


@dataclass(frozen=True)
class Saying:
    """Words of somebody, and who says them."""

    text: str
    by: str


def network_picture(
    content: FicheContent, setting: Setting, *, media: MediaFinder | Path, form: str
) -> bytes:
    """Return a PNG for social networks; `form` is a key of NETWORKS. Half a second of processor."""
    return _png(_network(content, setting, media, form), NETWORKS[form])


def slide_pdf(content: FicheContent, setting: Setting, *, media: MediaFinder | Path) -> bytes:
    """Return the slide, 16:9, as tagged PDF (PDF/UA-1)."""
    return tagging.tagged(_slide(content, setting, media))


def slide_picture(content: FicheContent, setting: Setting, *, media: MediaFinder | Path) -> bytes:
    """Return the slide as a PNG of 1920 x 1080 pixels."""
    return _png(_slide(content, setting, media), SLIDE)


def single_page(content: FicheContent, setting: Setting, *, media: MediaFinder | Path) -> bytes:
    """Return the fiche in one A4 page, for those who have two minutes, as tagged PDF (PDF/UA-1)."""
    return tagging.tagged(lay_out_page(content, setting, media))


def sheets(
    content: FicheContent, setting: Setting, media: MediaFinder | Path
) -> Iterator[tuple[str, weasyprint.Document]]:
    """Yield every piece of one sheet as (name, laid out document), to be proof-read."""
    for form in NETWORKS:
        yield f"reseaux-{form}", _network(content, setting, media, form)
    yield "diapositive", _slide(content, setting, media)
    yield "une-page", lay_out_page(content, setting, media)


# --- what is shown ----------------------------------------------------------------------------------------------------


def figures(content: FicheContent, most: int) -> list[KeyFigure]:
    """Return the figures that read at a glance, the inhabitants who acted last if there is room."""
    kept = [
        each
        for each in content.changes.figures
        if each.value.strip() and len(each.value.strip()) <= 12 and 0 < len(each.label.strip()) <= 70
    ]
    count = content.residents.count
    if count:
        text = "habitant a agi" if count == 1 else "habitants ont agi"
        kept.append(KeyFigure(value=wording.number(count), label=text))
    return kept[:most]


def saying(content: FicheContent, longest: int) -> Saying | None:
    """Return the first words of somebody that hold in `longest` characters, else the shortest ones cut after a sentence."""
    there = [quote for quote in content.voices.quotes if _said(quote)]
    if not there:
        return None
    chosen = next((quote for quote in there if len(_said(quote)) <= longest), None) or min(
        there, key=lambda quote: len(_said(quote))
    )
    by = ", ".join(part.strip() for part in (chosen.name, chosen.role) if part.strip())
    return Saying(f"« {shorten(_said(chosen), longest)} »", by)


def _said(quote: Quote) -> str:
    return quote.text.strip().strip('«»" \u00a0\u202f').replace("**", "")


def shorten(text: str, longest: int) -> str:
    """Return whole sentences of `text` up to `longest` characters and "…"; whole words when one sentence is longer."""
    text = re.sub(r"\s+", " ", text.strip())
    if len(text) <= longest:
        return text
    kept = ""
    for sentence in _SENTENCE.split(text):
        if len(kept) + len(sentence) + 2 > longest:
            break
        kept = f"{kept} {sentence}".strip()
    if kept:
        return f"{kept} […]"
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def shorten_text(text: str, longest: int) -> str:
    """Return whole sentences of `text` up to `longest` characters, its paragraphs kept."""
    kept: list[str] = []
    left = longest
    for part in typography.split_paragraphs(text):
        if len(part) > left:
            if left > 80 or not kept:
                kept.append(shorten(part, left))
            break
        kept.append(part)
        left -= len(part)
    return "\n\n".join(kept)


def lead(content: FicheContent) -> str:
    """Return the sentence that goes with the title: the accroche, else the beginning of what is told."""
    for text in (content.accroche, content.summary, content.response.text, content.constat.text):
        if text.strip():
            return shorten(text.replace("**", ""), _LEAD)
    return ""


def address(setting: Setting) -> str:
    """Return where the fiche is read, as one types it: without "https://"."""
    return re.sub(r"^https?://", "", setting.public_url)


# --- type that holds --------------------------------------------------------------------------------------------------


def _hold(
    text: str, *, face: str, width: float, height: float, largest: int, smallest: int, line: float
) -> Held:
    """Choose the largest type at which `text`, typeset already, holds in a box; cut it when none does."""

    def tried(words: str) -> lettering.Lettering:
        return lettering.fit(
            words, face=face, width=width, height=height, largest=largest, smallest=smallest, line=line
        )

    found = tried(text)
    if found.height <= height + 0.01:
        return Held(text, found.size, found.height, found.width)
    words = re.split(r"(?<=[ \u200b])", text)
    low, high = 0, len(words)  # the most words that hold
    while low < high:
        middle = (low + high + 1) // 2
        lines = lettering.count_lines(_cut(words[:middle]), face, em=width / smallest)
        low, high = (middle, high) if 0 < lines * smallest * line <= height else (low, middle - 1)
    kept = _cut(words[:low])
    lines = max(1, lettering.count_lines(kept, face, em=width / smallest))
    return Held(kept, smallest, lines * smallest * line, int(width), cut=True)


def _cut(words: Sequence[str]) -> str:
    return "".join(words).rstrip(" \u00a0\u202f\u200b,;:.!?") + "…"


def fit(
    gabarit: str,
    text: str,
    face: str,
    width: float,
    height: float,
    largest: int,
    smallest: int,
    line: float = 1.1,
) -> Held:
    """Return `text` in the largest type with which it holds in a box; `face` is "head", "text" or "strong"."""
    return _hold(
        text,
        face=getattr(faces(gabarit), face),
        width=width,
        height=height,
        largest=largest,
        smallest=smallest,
        line=line,
    )


@dataclass(frozen=True)
class Faces:
    """The files and the families of a gabarit's type."""

    head: str  # file, without suffix
    text: str
    strong: str
    css: str


@cache
def faces(gabarit: str) -> Faces:
    """Return the face of titles (the first of the manifest, at its heaviest) and that of text (its last family)."""
    fonts = manifest(gabarit).fonts
    upright = [face for face in fonts if "normal" in face.styles]
    head = upright[0]
    text = [face for face in upright if face.family == upright[-1].family]
    heavy = max(head.weights)
    plain = _nearest(text, 400)
    strong = _nearest(text, 700)
    css = (
        f'.piece{{--p-head:"{head.family}","DejaVu Sans",sans-serif;--p-heavy:{heavy};'
        f'--p-text:"{text[0].family}","DejaVu Sans",sans-serif;--p-plain:{plain[1]};--p-strong:{strong[1]}}}'
    )
    return Faces(
        f"{head.file}-{heavy}-normal", f"{plain[0]}-{plain[1]}-normal", f"{strong[0]}-{strong[1]}-normal", css
    )


def _nearest(fonts: list[Face], weight: int) -> tuple[str, int]:
    return min(
        ((face.file, each) for face in fonts for each in face.weights),
        key=lambda pair: abs(pair[1] - weight),
    )


# --- laying out -------------------------------------------------------------------------------------------------------


@cache
def _templates() -> Environment:
    return _environment().overlay(loader=FileSystemLoader([PIECES, GABARITS]))


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
        picture=lambda photo: _picture(photo, "media:"),
        qr=_qr(setting.public_url) if setting.public_url else "",
        address=address(setting),
        host=address(setting).partition("/")[0],
        fit=partial(fit, setting.gabarit),
        **values,
    )


def dress(gabarit: str) -> list[str]:
    """Return the style sheets that give a piece the type and the colours of a gabarit."""
    colours = (manifest(gabarit).palette_css() + _focus_css()).replace(".fiche", ".piece")
    return [font_faces(gabarit, "font:", "ttf"), colours, faces(gabarit).css]


@cache
def _sheet(name: str, gabarit: str, size: tuple[float, float]) -> weasyprint.CSS:
    owner = manifest(gabarit)
    own = owner.folder / f"{name}.css"
    css = [
        *dress(gabarit),
        (PIECES / "shared.css").read_text(encoding="utf-8"),
        (own if own.is_file() else PIECES / name / f"{name}.css").read_text(encoding="utf-8"),
        f".piece {{ --f-paper: {owner.paper} }} @page {{ size: {size[0]}px {size[1]}px; margin: 0 }}",
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
) -> weasyprint.Document:
    on_paper = replace(setting, media_base="media:", placeholder=False)
    with paper.LAYOUT_LOCK:
        title = typography.bare(content.title) or "Fiche sans titre"
        html = paper.page(title, _markup(name, content, on_paper, **values), paper.OwnFetcher(media))
        return paper.render(html, _sheet(name, setting.gabarit, size), images={})


def _network(
    content: FicheContent, setting: Setting, media: MediaFinder | Path, form: str
) -> weasyprint.Document:
    values = _network_values(content, form)
    return _laid_out("reseaux", content, setting, media, NETWORKS[form], **values)


def _slide(content: FicheContent, setting: Setting, media: MediaFinder | Path) -> weasyprint.Document:
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


def lay_out_page(content: FicheContent, setting: Setting, media: MediaFinder | Path) -> weasyprint.Document:
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
        document = _laid_out(
            "une-page", content, setting, media, tall, k=density, summary=text, picture_height=0, **values
        )
        return _bottom(document)

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
        for box in paper._body_boxes(document.pages[0])
        if {"p-flow", "p-side"} & set(paper._classes(box))
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
