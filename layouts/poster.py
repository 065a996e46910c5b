"""The poster of a fiche: one portrait page, A3 (or the same reduced to A4), made of what can be read from three metres.

A gabarit offers a poster with two files, `poster.html` and `poster.css`; one without them borrows those of Repères.

`poster.html` is a Jinja template for one fragment:

    <article class="poster" data-gabarit="{{ s.gabarit }}" data-palette="{{ s.palette }}" lang="fr">…</article>

It must be 297 mm x 420 mm and hold everything it shows, whatever the fiche: every part is optional. It is given
- `c` the content, `s` the setting, `title` (the words of the title, or "Votre titre" in the preview of an empty draft),
- `words` the accroche, or else a short quote: `.text` (with « » for a quote), `.by` (who says it, or ""), `.quote` (bool); None,
- `figure` one key figure short enough for a sticker: `.value`, `.label`; None,
- `themes` (short labels), `place`, `centre`, `qr` (inline SVG, "" while the fiche isn't published),
- `cover` the photo or None, `picture(photo)` (`.files`, `.focus`, as in `fiche.html`),
- `fit(text, face=, width=, height=, largest=, smallest=, line=)`: the type that fills a box, mm (see `lettering.fit`);
  the result has `.css` (classes that set size and width, so that lines are of equal length), `.height` (mm), `.lines`,
- `h(mm)`: the class that sets a height, rounded to 5 mm (`p-h210`), because public pages allow no inline style.
The filters are those of `fiche.html`. Type is measured on typeset text: give `fit` what you print (`title|fr|breakable`).

`poster.css` is the same for paper and screen: mm, no `@media`, every rule under `.poster`, classes in `p-`; the colours
are the palette's (`--f-field`, `--f-on-field` …), photos take the classes `f-x5 f-y5` for their focus. WeasyPrint and
browsers both read it: absolute boxes in mm rather than grids.
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import weasyprint

from models.content import FicheContent, KeyFigure
from models.taxonomy import label

from . import lettering, paper, printing, tagging, typography, wording
from .manifest import manifest
from .markup import _environment, _focus_css, _picture, _qr, font_faces
from .paper import MediaFinder
from .setting import Setting

SIZE = (297, 420)  # mm
QUOTE_MAX = 220  # characters: what a passer-by reads
_FALLBACK = "reperes"


@dataclass(frozen=True)
class Words:
    """The sentence of a poster."""

    text: str
    by: str = ""
    quote: bool = False


def poster(content: FicheContent, setting: Setting) -> str:
    """Return the <article class="poster"> fragment, the same for preview and PDF. It holds no inline style."""
    title = content.title.strip() or ("Votre titre" if setting.placeholder else "")
    template = _environment().get_template(f"{_owner(setting.gabarit)}/poster.html")
    return template.render(
        c=content,
        s=setting,
        title=title,
        words=_words(content),
        figure=_figure(content),
        themes=[label("theme_courts", key) for key in content.themes],
        place=_place(content),
        centre=content.card.name.strip(),
        cover=content.cover,
        picture=lambda photo: _picture(photo, setting.media_base),
        qr=_qr(setting.public_url) if setting.public_url else "",
        fit=lettering.fit,
        h=lambda mm: f"p-h{max(5, min(SIZE[1], round(mm / 5) * 5))}",
    )


def poster_stylesheet(gabarit: str, *, fonts_base: str = "/polices") -> str:
    """Return the style sheet of a poster for browsers."""
    return _css(gabarit, fonts_base.rstrip("/") + "/", "woff2")


def poster_pdf(
    content: FicheContent,
    setting: Setting,
    *,
    media: MediaFinder | Path,
    size: str = "A3",
    marks: bool = False,
) -> bytes:
    """Return the poster as tagged PDF (PDF/UA-1), "A3" or "A4". Half a second of processor: not in the event loop.

    `marks` adds three millimetres of bleed and crop marks, for a printer.
    """
    on_paper = replace(setting, media_base="media:", placeholder=False)
    images: dict[str, object] = {}
    scale = {"A3": 1.0, "A4": 210 / 297}[size]
    zoom = printing.zoom(SIZE, scale) if marks else scale
    with paper.LAYOUT_LOCK:
        laid_out = lay_out_poster(content, on_paper, media, images)
    finish = printing.finisher(SIZE, scale) if marks else None
    return tagging.tagged(laid_out, zoom=zoom, finish=finish, images=images)


def lay_out_poster(
    content: FicheContent, setting: Setting, media: MediaFinder | Path, images: dict[str, object]
) -> weasyprint.Document:
    """Lay the poster out on its page; hold `paper.LAYOUT_LOCK`."""
    heading = typography.bare(content.title) or "Affiche"
    html = paper.page(heading, poster(content, setting), paper.OwnFetcher(media))
    return paper.render(html, _parsed(setting.gabarit), images=images)


@cache
def _parsed(gabarit: str) -> weasyprint.CSS:
    page = f"@page {{ size: {SIZE[0]}mm {SIZE[1]}mm; margin: 0 }} html, body {{ margin: 0 }}"
    return weasyprint.CSS(
        string=_css(gabarit, "font:", "ttf") + page,
        font_config=paper.fonts(),
        url_fetcher=paper.OwnFetcher(),
        base_url="font:",
    )


@cache
def _css(gabarit: str, fonts_base: str, suffix: str) -> str:
    owner = manifest(_owner(gabarit))
    sizes = [f".poster .p-fs{mm}{{font-size:{mm}mm}}" for mm in range(3, 91)]
    heights = [f".poster .p-h{mm}{{height:{mm}mm}}" for mm in range(5, SIZE[1] + 1, 5)]
    shared = "\n".join([owner.palette_css(), _focus_css()]).replace(".fiche", ".poster")
    widths = [f".poster .p-w{mm}{{max-width:{mm}mm}}" for mm in range(5, SIZE[0] + 1, 5)]
    own = (owner.folder / "poster.css").read_text(encoding="utf-8")
    return "\n".join([font_faces(owner.name, fonts_base, suffix), shared, *sizes, *heights, *widths, own])


def _owner(gabarit: str) -> str:
    """Return the gabarit whose poster is used: its own, or that of Repères."""
    return gabarit if (manifest(gabarit).folder / "poster.html").is_file() else _FALLBACK


def _words(content: FicheContent) -> Words | None:
    if content.accroche.strip():
        return Words(content.accroche.strip())
    for quote in content.voices.quotes:
        text = quote.text.strip().strip('«»" ')
        if text and len(text) <= QUOTE_MAX:
            by = ", ".join(part.strip() for part in (quote.name, quote.role) if part.strip())
            return Words(f"« {text} »", by, quote=True)
    return None


def _figure(content: FicheContent) -> KeyFigure | None:
    """Return the first figure that a sticker can hold, else how many inhabitants acted."""
    for figure in content.changes.figures:
        if figure.value.strip() and len(figure.value) <= 8 and 0 < len(figure.label.strip()) <= 44:
            return figure
    count = content.residents.count
    if not count or count > 99_999:
        return None
    return KeyFigure(
        value=wording.number(count), label="habitant a agi" if count == 1 else "habitants ont agi"
    )


def _place(content: FicheContent) -> str:
    known, place = wording.place_name(content.commune), content.place.strip()
    return known or place
