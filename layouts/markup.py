"""From the content of a fiche to HTML, style sheet and plain text: one template for preview, page and PDF."""

import re
from functools import cache, lru_cache
from html import unescape

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from models.content import FicheContent, Photo
from models.taxonomy import label

from . import typography, wording
from .manifest import GABARITS, manifest
from .pictures import sources, stem
from .setting import Fit, Setting


@cache
def environment() -> Environment:
    """Return the environment of the templates, with the filters that they all may use."""
    made = Environment(
        loader=FileSystemLoader(GABARITS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        fr=typography.french,
        inline=typography.inline,
        paragraphs=typography.paragraphs,
        title=typography.title,
        bare=typography.bare,
        href=typography.href,
        breakable=typography.breakable,
        euros=wording.euros,
        number=wording.number,
        day=wording.day,
    )
    return made


def blocks(content: FicheContent) -> list[str]:
    """Return the names of the blocks that have something to show, in reading order."""
    how, changes, voices = content.implementation, content.changes, content.voices
    quotes = [quote for quote in voices.quotes if quote.text.strip()]
    tips = [*content.success_factors, *content.advice]
    for point in content.attention_points:
        tips += [point.title, point.text]
    written = {
        "summary": _any(content.summary),
        "constat": _any(content.constat.title, content.constat.text),
        "needs": _any(*content.needs),
        "response": _any(content.response.title, content.response.text),
        "residents": _any(content.residents.text),
        "implementation": _any(how.text, how.steering, how.means, *how.partners, *how.funders)
        or how.cost is not None,
        "stages": any(_any(stage.when, stage.title, stage.text) for stage in content.stages),
        "photos": any(photo is not content.cover for photo in content.photos),
        "changes": _any(changes.people, changes.centre, changes.territory),
        "figures": any(_any(figure.value, figure.label) for figure in changes.figures),
        "voices": bool(quotes) or _any(voices.title, voices.subtitle),
        "tips": _any(*tips),
    }
    return [name for name, there in written.items() if there]


def _has_further(content: FicheContent) -> bool:
    more = content.further
    return _any(more.contact, more.mailbox, more.phone, *(link.url + link.label for link in more.links))


def _any(*texts: str) -> bool:
    return any(text.strip() for text in texts)


def default_split(names: list[str]) -> int:
    """Return how many blocks stand beside the identity card when no fit says so: up to the answer."""
    beside = {"summary", "constat", "needs", "response"}
    return sum(name in beside for name in names) or min(2, len(names))


@lru_cache(maxsize=256)
def qr_code(address: str) -> Markup:
    """Return a QR code as inline SVG, drawn in the colour of the text around it."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(
        scale=1,
        border=0,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        title="Code QR vers la fiche en ligne",
    )
    return Markup(svg.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704 - segno's own drawing


def picture_of(photo: Photo, media_base: str) -> dict[str, object]:
    """Return what an <img> needs: addresses by width, ratio, focus as one of eleven steps (no inline style)."""
    files = sources(stem(photo.media, photo.crop), media_base, width=photo.width)
    return {
        "files": files,
        "width": photo.width,
        "height": photo.height,
        "focus": f"f-x{round(photo.focus_x * 10)} f-y{round(photo.focus_y * 10)}",
    }


def _filled_lists(content: FicheContent) -> dict[str, list[object]]:
    """Return the repeated parts of a fiche without their empty items."""
    return {
        "needs": [need for need in content.needs if _any(need)],
        "stages": [stage for stage in content.stages if _any(stage.when, stage.title, stage.text)],
        "figures": [figure for figure in content.changes.figures if _any(figure.value, figure.label)],
        "quotes": [quote for quote in content.voices.quotes if _any(quote.text)],
        "factors": [factor for factor in content.success_factors if _any(factor)],
        "points": [point for point in content.attention_points if _any(point.title, point.text)],
        "advice": [advice for advice in content.advice if _any(advice)],
    }


def _title_size(text: str) -> str:
    """Return the size class of a title: the shorter, the larger."""
    return next((name for limit, name in ((26, "xl"), (52, "l"), (90, "m")) if len(text) <= limit), "s")


def others(content: FicheContent, fit: Fit | None = None) -> list[Photo]:
    """Return the pictures shown beside the cover: with the measures of a sheet, perhaps not all."""
    found = [photo for photo in content.photos if photo is not content.cover]
    return found if fit is None or fit.photos is None else found[: fit.photos]


def article(content: FicheContent, setting: Setting, fit: Fit | None = None) -> str:
    """Return the <article class="fiche"> fragment, the same for preview, page and PDF. It holds no inline style."""
    column = [name for name in blocks(content) if fit is not None and name in fit.column]
    names = [name for name in blocks(content) if name not in column]
    split = default_split(names) if fit is None or fit.split is None else fit.split
    return (
        environment()
        .get_template(f"{setting.gabarit}/fiche.html")
        .render(
            c=content,
            s=setting,
            fit=fit or Fit(),
            first=names[:split],
            second=names[split:],
            column=column,
            further=_has_further(content),
            title=content.title.strip() or ("Votre titre" if setting.placeholder else ""),
            title_size=_title_size(content.title),
            card=wording.card_lines(content.card),
            facts=wording.action_facts(content),
            allies=wording.allies(content),
            place=wording.place_name(content.commune),
            theme=lambda key: label("theme_courts", key),
            **_filled_lists(content),
            others=others(content, fit),
            picture=lambda photo: picture_of(photo, setting.media_base),
            qr=qr_code(setting.public_url) if setting.public_url else "",
        )
    )


def document(
    content: FicheContent,
    setting: Setting,
    fit: Fit | None = None,
    *,
    screen: bool = False,
    css: str | None = None,
) -> str:
    """Return a whole HTML document.

    `screen` chooses the style sheet of the browser, else that of paper only; `css` replaces both (the PDF writer
    keeps its parsed sheets and passes "").
    """
    if css is None:
        css = (
            stylesheet(setting.gabarit)
            if screen
            else paper_css(setting.gabarit, setting.palette, "/polices", "woff2")
        )
    name = content.card.name.strip()
    heading = typography.bare(content.title) or "Fiche sans titre"
    page = Markup(
        '<!DOCTYPE html>\n<html lang="fr"{style}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        '{author}<meta name="description" content="{description}"><style>{css}</style></head>'
        '<body style="margin:0">{article}</body></html>'
    ).format(
        style=Markup(' style="{}"').format(fit.style(manifest(setting.gabarit).fit)) if fit else "",
        title=heading,
        author=Markup('<meta name="author" content="{}">').format(typography.bare(name)) if name else "",
        description=typography.bare(content.accroche or content.summary),
        css=Markup(css),  # noqa: S704 - our own files
        article=Markup(article(content, setting, fit)),  # noqa: S704 - escaped by the template
    )
    return str(page)


@cache
def _css_file(gabarit: str, name: str) -> str:
    return (manifest(gabarit).folder / name).read_text(encoding="utf-8")


def font_faces(gabarit: str, base: str, suffix: str) -> str:
    """Return the @font-face rules of the faces that a gabarit names: a page loads no other."""
    kind = "woff2" if suffix == "woff2" else "truetype"
    return "\n".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};font-display:swap;'
        f'src:url("{base}{slug}-{weight}-{style}.{suffix}") format("{kind}")}}'
        for family, slug, weight, style in manifest(gabarit).faces
    )


def focus_css() -> str:
    """Return the rules that keep the subject of a picture in view, by steps of a tenth."""
    return "\n".join(
        f".fiche .f-x{x}.f-y{y}{{object-position:{x * 10}% {y * 10}%}}" for x in range(11) for y in range(11)
    )


@cache
def stylesheet(gabarit: str = "reperes", *, fonts_base: str = "/polices") -> str:
    """Return the style sheet for browsers: fonts, palettes, paper (`@media print`) and screen rules."""
    chosen = manifest(gabarit)
    return "\n".join(
        [
            font_faces(gabarit, fonts_base.rstrip("/") + "/", "woff2"),
            chosen.palette_css(),
            focus_css(),
            _css_file(gabarit, "fiche.css"),
            f"@media print{{{_css_file(gabarit, 'paper.css')}}}",
            f"@media screen{{{_css_file(gabarit, 'screen.css')}}}",
        ]
    )


# What only readers of the screen are told: on paper it keeps its place in the order of the text. Transparency would
# put it in a drawing apart, which tags can't reach, and a position after all that is painted in the flow.
_UNSEEN = (
    ".fiche .f-hide{display:block;position:static;width:auto;height:0;overflow:visible;opacity:1;margin:0;padding:0;border:0;"
    "color:transparent;font-size:.1px;line-height:0}"
)


@cache
def paper_css(gabarit: str, palette: str, fonts_base: str, suffix: str) -> str:
    """Return the style sheet for paper, with the page backgrounds in the colours of one palette."""
    chosen = manifest(gabarit)
    page = chosen.painted(_css_file(gabarit, "page.css"), palette)
    return "\n".join(
        [
            font_faces(gabarit, fonts_base, suffix),
            chosen.palette_css(),
            focus_css(),
            _css_file(gabarit, "fiche.css"),
            _css_file(gabarit, "paper.css"),
            page,
            _UNSEEN,
        ]
    )


def plain_text(content: FicheContent) -> str:
    """Return all the text of a fiche in reading order, a line for each piece, without soft hyphens or markup."""
    # Taken from the layout itself, so that what is searched is what is read.
    html = article(content, Setting())
    html = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL).replace('<span class="f-value">', "\n")
    html = re.sub(r"<(?:br|/(?:p|li|h\d|figcaption|ul|ol|div|section|blockquote|footer))\b[^>]*>", "\n", html)
    text = unescape(re.sub(r"<[^>]+>", "", html)).replace(typography.SHY, "").replace(typography.BREAK, "")
    lines = (re.sub(r"[ \t\r\n]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
