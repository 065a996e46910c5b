"""Do the pieces beside the sheets hold: poster, networks, slide, single page? Said in French, for `checking`."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

import weasyprint
from jinja2 import TemplateError, TemplateNotFound

from models.content import FicheContent

from . import cards, contrast, paper, poster, proof
from .cards import Sheet
from .manifest import Palette
from .setting import Setting

Said = tuple[str, tuple[str, ...]]  # what was looked at, and what is to be mended there
_Sheets = Callable[[FicheContent, Setting, Path], Iterator[Sheet]]
_MOST = 5  # problems told of one thing


def inspect(
    setting: Setting, fiches: Mapping[str, FicheContent], coloured: tuple[str, ...], media: Path
) -> Iterator[Said]:
    """Yield what is said of the pieces of `fiches`, then of their colours in every palette for those named in `coloured`."""
    css = poster.poster_stylesheet(setting.gabarit)
    yield "règles de style de l’affiche", tuple(islice(astray(css, ".poster"), _MOST))
    pieces: dict[str, _Sheets] = {
        "affiche": _posters,
        "réseaux, diapositive, fiche en une page": cards.sheets,
    }
    for what, sheets in pieces.items():
        yield what, _safely(_held(setting, fiches, media, sheets))
    shown = [fiches[name] for name in coloured]
    for palette in Palette:
        painted = replace(setting, palette=palette.value)
        said = _safely(_faint(painted, shown, media, list(pieces.values())))
        yield f"couleurs {palette.value} sur l’affiche et les autres pièces", said


def astray(css: str, scope: str) -> Iterator[str]:
    """Yield the selectors of `css` that would reach outside `scope`: a piece is shown among other things."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    for selectors in re.findall(r"(?:^|[{}])\s*([^{}@]+?)\s*\{", css):
        for selector in selectors.split(","):
            if not selector.strip().startswith(scope):
                yield f"« {selector.strip()} » ne commence pas par {scope}."


def faint(document: weasyprint.Document) -> Iterator[str]:
    """Yield what is said of texts that are hard to read on what is behind them."""
    for each in contrast.meetings(document):
        if each.ratio < contrast.READABLE:
            said = f"« {each.text[:30]} » se lit mal : {each.ratio:.1f} au lieu de {contrast.READABLE}"
            yield said.replace(".", ",")


def _safely(problems: Iterator[str]) -> tuple[str, ...]:
    """Return the first problems; a template that can't be read is one of them."""
    said: list[str] = []
    try:
        said += islice(problems, _MOST)
    except TemplateNotFound as reason:
        said.append(f"Le modèle demande {reason.name}, qui n’est pas là.")
    except TemplateError as reason:
        said.append(f"Le modèle ne peut pas être lu : {reason}")
    return tuple(said)


def _posters(content: FicheContent, setting: Setting, media: Path) -> Iterator[Sheet]:
    with paper.LAYOUT_LOCK:
        document = poster.lay_out_poster(content, setting, media, {})
    yield Sheet("affiche", document, poster.poster(content, setting))


def _held(
    setting: Setting, fiches: Mapping[str, FicheContent], media: Path, sheets: _Sheets
) -> Iterator[str]:
    for what, content in fiches.items():
        for sheet in sheets(content, setting, media):
            for problem in _problems(sheet):
                yield f"Fiche {what}, {sheet.name} : {problem}"


def _problems(sheet: Sheet) -> Iterator[str]:
    yield from proof.read_sheet(sheet.document)
    if paper.lost_text(sheet.document, sheet.markup):
        yield "du texte manque."
    if sheet.name == "affiche" and re.search(r"\sstyle=", sheet.markup):
        yield "l’attribut style est refusé par les pages publiques."
    smallest = min(paper.type_sizes(sheet.document.pages[0]), default=proof.TYPE_MIN)
    if sheet.name == "une-page" and smallest < proof.TYPE_MIN - 0.01:
        yield f"un texte est en {smallest:.1f} points, jamais moins de neuf.".replace(".", ",", 1)


def _faint(
    setting: Setting, contents: list[FicheContent], media: Path, pieces: list[_Sheets]
) -> Iterator[str]:
    for content in contents:
        for sheets in pieces:
            for sheet in sheets(content, setting, media):
                yield from (f"{sheet.name} : {each}" for each in faint(sheet.document))
