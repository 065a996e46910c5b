"""A fiche told in a few lines, to paste elsewhere: a block of HTML for a site, plain text and Markdown for a letter.

The block carries its own style in every element, because letters and sites drop style sheets; it is one column of at
most 600 pixels, as letters want it. Its picture and its links are addresses of the public page: what is withdrawn there
is withdrawn here.
"""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from models.content import FicheContent, KeyFigure
from models.taxonomy import label

from . import excerpts, typography, wording
from .manifest import PIECES, manifest
from .markup import environment
from .pictures import sources, stem
from .setting import Setting

_FIGURES = 3
_QUOTE = 300  # characters
_SUMMARY = 700
_MARKS = re.compile(r"([\\`*_\[\]<>#|]|~(?=~)|(?<=~)~|!(?=\[))")
_ENTITY = re.compile(r"&(?=#?\w+;)")  # would be shown as the character that it names
_LIST = re.compile(
    r"^(\s*)(\d+)?([-+.)=~])(?=\s|=|~|-|$)", re.MULTILINE
)  # what would begin a list or a title


@dataclass(frozen=True)
class Story:
    """What is told, typeset, without markup."""

    title: str
    lead: str
    summary: tuple[str, ...]  # paragraphs
    figures: tuple[KeyFigure, ...]
    quote: str  # with its quotation marks; ""
    by: str
    themes: tuple[str, ...]
    centre: str
    place: str
    url: str
    picture: str  # address of the cover; ""
    alt: str
    credit: str


def story(content: FicheContent, setting: Setting) -> Story:
    """Choose what is told of a fiche in a few lines."""
    said = excerpts.saying(content, _QUOTE)
    told = content.summary.strip() or content.response.text.strip() or content.constat.text.strip()
    cover = content.cover
    root = "{0.scheme}://{0.netloc}".format(urlsplit(setting.public_url)) if setting.public_url else ""
    picture = ""
    if cover and root:
        picture = root + sources(stem(cover.media, cover.crop), setting.media_base, width=cover.width).src(
            827
        )
    credit = typography.bare(cover.credit) if cover else ""
    return Story(
        title=typography.bare(content.title),
        lead=typography.bare(content.accroche),
        summary=tuple(
            typography.bare(part)
            for part in typography.split_paragraphs(excerpts.shorten_text(told, _SUMMARY))
        ),
        figures=tuple(
            KeyFigure(value=typography.bare(each.value), label=typography.bare(each.label))
            for each in excerpts.figures(content, _FIGURES)
        ),
        quote=typography.bare(said.text) if said else "",
        by=typography.bare(said.by) if said else "",
        themes=tuple(label("theme_courts", key) for key in content.themes),
        centre=typography.bare(content.card.name),
        place=wording.place_name(content.commune) or typography.bare(content.place),
        url=setting.public_url,
        picture=picture,
        alt=typography.bare(cover.alt) if cover else "",
        credit=credit if not credit or "©" in credit else f"© {credit}",
    )


@cache
def _templates() -> Environment:
    return environment().overlay(loader=FileSystemLoader(PIECES))


def html_block(content: FicheContent, setting: Setting) -> str:
    """Return the block for a site or a letter: inline styles only, no script, no style sheet."""
    told = story(content, setting)
    colours = manifest(setting.gabarit).colours(setting.palette)
    return _templates().get_template("bloc/bloc.html").render(t=told, k=colours).strip() + "\n"


def plain(content: FicheContent, setting: Setting) -> str:
    """Return the same as plain text."""
    told = story(content, setting)
    lines = [told.title.upper(), _signed(told), told.lead, *told.summary]
    lines.append("\n".join(f"• {each.value} {each.label}".rstrip() for each in told.figures))
    if told.quote:
        lines.append(told.quote + (f"\n— {told.by}" if told.by else ""))
    if told.url:
        lines.append(f"Lire la fiche : {told.url}")
    return "\n\n".join(line for line in lines if line) + "\n"


def markdown(content: FicheContent, setting: Setting) -> str:
    """Return the same as Markdown (CommonMark)."""
    told = story(content, setting)
    alt = _escaped(told.alt).replace("\n", " ")
    lines = [f"## {_escaped(told.title)}" if told.title else ""]
    if told.picture:
        lines.append(f"![{alt}]({told.picture})" + (f"\n\n*{_escaped(told.credit)}*" if told.credit else ""))
    lines.append(f"*{_escaped(_signed(told))}*" if _signed(told) else "")
    lines.append(f"**{_escaped(told.lead)}**" if told.lead else "")
    lines += [_escaped(part) for part in told.summary]
    lines.append(
        "\n".join(f"- **{_escaped(each.value)}** {_escaped(each.label)}".rstrip() for each in told.figures)
    )
    if told.quote:
        lines.append(
            "> "
            + _escaped(told.quote).replace("\n", " ")
            + (f"\n>\n> — {_escaped(told.by)}" if told.by else "")
        )
    if told.url:
        lines.append(f"[Lire la fiche « {_escaped(told.title)} »]({told.url})")
    return "\n\n".join(line for line in lines if line) + "\n"


def _signed(told: Story) -> str:
    return ", ".join(part for part in (told.centre, told.place) if part)


def _escaped(text: str) -> str:
    """Return `text` so that Markdown shows it as it is."""
    return _LIST.sub(r"\1\2\\\3", _MARKS.sub(r"\\\1", _ENTITY.sub("&amp;", text)))


def page(content: FicheContent, setting: Setting) -> str:
    """Return the block in a whole document, to be opened and copied from."""
    document = Markup(
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{}</title>\n</head>\n'
        "<body>\n<!-- Copiez depuis ici. -->\n{}<!-- Jusqu’ici. -->\n</body>\n</html>\n"
    ).format(typography.bare(content.title), Markup(html_block(content, setting)))  # noqa: S704 - escaped by the template
    return str(document)
