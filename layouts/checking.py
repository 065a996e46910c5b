"""Does a gabarit hold? Its files, its colours, and the hardest fiches laid out in it; said in French, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import weasyprint
from jinja2 import TemplateError

from models.content import FicheContent

from . import contrast, inspecting, paper, proof, sheets, trials
from .manifest import GABARITS, Manifest, Palette, WrongManifest, read_manifest
from .markup import article, stylesheet
from .setting import Setting

FILES = ("fiche.html", "fiche.css", "paper.css", "page.css", "screen.css")
_COLOURED = ("moyenne, quatre photos", "sans photo")  # the fiches whose colours are looked at
_MOST = 5  # problems told of one fiche
_ADDRESS = "https://cestpossible.example/fiches/essai"


@dataclass(frozen=True)
class Line:
    """What was looked at, and what is to be mended there; nothing when it is right."""

    what: str
    problems: tuple[str, ...] = ()
    note: str = ""


def check(name: str) -> Iterator[Line]:
    """Yield a line for each thing looked at, as soon as it is known; half a minute of processor in all."""
    path = GABARITS / name / "manifest.toml"
    try:
        chosen = read_manifest(path)
    except WrongManifest as reason:
        yield Line("manifest.toml", (str(reason),))
        return
    yield Line("manifest.toml")
    missing = [file for file in FILES if not (path.parent / file).is_file()]
    yield Line("fichiers", tuple(f"Il manque {file}." for file in missing))
    if missing:
        return
    yield Line("règles de style", tuple(inspecting.astray(stylesheet(chosen.name), ".fiche")))
    yield Line("couleurs annoncées", tuple(_faint(chosen)))
    with TemporaryDirectory() as folder:
        fetcher = paper.OwnFetcher(trials.store_pictures(Path(folder)))
        yield from _laid_out(chosen.name, fetcher, Path(folder))


def _laid_out(name: str, fetcher: paper.OwnFetcher, media: Path) -> Iterator[Line]:
    """Yield what is said of the hardest fiches, of colours as they meet on paper, and of the poster."""
    setting = Setting(gabarit=name, public_url=_ADDRESS, media_base="media:")
    hardest = trials.trials()
    for what, content in hardest.items():
        try:
            seen = proof.prove(content, setting, fetcher)
            problems = seen.problems[:_MOST]
            note = f"{seen.pages} page{'s' if seen.pages > 1 else ''}"
            if "style=" in article(content, setting):
                problems += ("L’attribut style est refusé par les pages publiques.",)
            if seen.pages == proof.RECTO_VERSO and seen.blanks[-1] > proof.HALF:
                problems += (f"La seconde page est à moitié vide ({seen.blanks[-1]:.0f} mm de blanc).",)
        except TemplateError as reason:
            yield Line(f"fiche {what}", (f"Le modèle ne peut pas être lu : {reason}",))
            return
        yield Line(f"fiche {what}", problems, note)
    for palette in Palette:
        faint: list[str] = []
        for what in _COLOURED:
            _, document = _once(name, palette, hardest[what], fetcher)
            faint += inspecting.faint(document)
        yield Line(f"couleurs {palette.value} sur papier", tuple(faint[:_MOST]))
    for what, said in inspecting.inspect(setting, hardest, _COLOURED, media):
        yield Line(what, said)


def _once(
    name: str, palette: str, content: FicheContent, fetcher: paper.OwnFetcher
) -> tuple[object, weasyprint.Document]:
    with paper.LAYOUT_LOCK:
        return sheets.lay_out(
            content, Setting(gabarit=name, palette=palette, public_url=_ADDRESS), fetcher, {}
        )


def _faint(chosen: Manifest) -> Iterator[str]:
    """Yield the declared pairs of colours that are hard to read."""
    for palette, values in chosen.palettes.items():
        colours = values | {"paper": chosen.paper}
        for text, ground in chosen.contrast:
            found = contrast.ratio(contrast.from_hex(colours[text]), contrast.from_hex(colours[ground]))
            if found < contrast.READABLE:
                said = f"{palette} : {text} sur {ground} se lit mal : {found:.1f} au lieu de {contrast.READABLE}."
                yield said.replace(".", ",", 2)
