"""A booklet of chosen fiches: cover, editorial, contents, territory map, the fiches, index by theme, back cover.

The fiches are bound as they are printed alone, each on facing pages; what stands around them is laid out here, in two
documents that know the numbers of all pages. A page for notes fills what would stay white.

That is done in a process of its own (`command`), which ends before the binding begins: what it took of memory is given
back, and the two never hold theirs at once.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import weasyprint
from jinja2 import Environment, FileSystemLoader
from pydantic import TypeAdapter

from models import geography
from models.content import FicheContent, Photo
from models.taxonomy import label, labels

from . import binding, contrast, limits, paper, tagging, typography, wording
from .dress import dress, fit, settle
from .manifest import PIECES, manifest
from .markup import environment, picture_of, qr_code
from .paper import MediaFinder

GABARIT = "reperes"
LINK = "page:"  # becomes a link inside the bound file; no text of a fiche becomes such an address (typography.href)
RESULT = "brochure.pdf"
JOB = "travail.json"  # of binding
MEMORY_LIMIT = 1024**3  # bytes of address space; three hundred fiches take 0.4 of them
_SHEET = 4  # pages of a folded sheet
_MOSAIC = 6


@dataclass(frozen=True)
class Entry:
    """A fiche of the booklet."""

    title: str
    centre: str
    commune: str  # INSEE code, "" when unknown
    place: str
    themes: tuple[str, ...]  # keys
    cover: Photo | None
    file: Path  # its PDF

    @property
    def where(self) -> str:
        """The place in words."""
        return wording.place_name(self.commune) or self.place.strip()

    @property
    def departement(self) -> geography.Departement | None:
        """The département of the action."""
        known = geography.communes().get(self.commune)
        return geography.departements().get(known.departement_code) if known else None


@dataclass(frozen=True)
class Booklet:
    """What a booklet is made from."""

    title: str
    entries: Sequence[Entry]
    made: date
    subtitle: str = ""
    editorial: str = ""
    signed: str = ""  # who signs the editorial
    palette: str = "lagune"
    address: str = ""  # of the site
    publisher: str = ""

    def write(self, path: Path) -> None:
        """Store what the booklet is made from as JSON."""
        path.write_bytes(TypeAdapter(Booklet).dump_json(self))

    @classmethod
    def read(cls, path: Path) -> "Booklet":
        """Return a booklet stored by `write`."""
        return TypeAdapter(cls).validate_json(path.read_bytes())


@dataclass(frozen=True)
class Territory:
    """A département of the booklet, with the pages of its fiches."""

    code: str
    name: str
    pages: tuple[int, ...]


@dataclass(frozen=True)
class Theme:
    """A theme of the booklet, with its fiches as (title, page)."""

    name: str
    lines: tuple[tuple[str, int], ...]


def entry(content: FicheContent, file: Path) -> Entry:
    """Return what a booklet says of a fiche whose PDF is `file`."""
    return Entry(
        title=content.title.strip() or "Fiche sans titre",
        centre=content.card.name,
        commune=content.commune,
        place=content.place,
        themes=tuple(content.themes),
        cover=content.cover,
        file=file,
    )


def command(book: Path, media: Path) -> list[str]:
    """Return the command that prepares the booklet stored at `book` in the folder where it is; the job of binding
    becomes JOB there."""
    return [sys.executable, "-m", "layouts.booklet", str(book), str(media)]


def prepare(book: Booklet, folder: Path, *, media: MediaFinder | Path) -> Path:
    """Lay out what stands around the fiches into `folder`; return the job of binding (see `binding`), to be stored in
    `folder` as RESULT. ValueError without any fiche."""
    if not book.entries:
        raise ValueError("a booklet without fiches")
    counts = [binding.count_pages(each.file) for each in book.entries]

    def stored(name: str, data: bytes) -> str:
        path = folder / f"{name}.pdf"
        path.write_bytes(data)
        return str(path)

    before, starts, index_page = _front(book, counts, media)
    after = _index_pages(book, starts, media)
    notes = -(index_page + after - 1) % _SHEET
    note = stored("notes", _write("notes", book, media))
    parts = [binding.Part(stored("debut", before), "Sommaire")]
    numbers: list[int | None] = [None] * (starts[0] - 1)
    for each, start, count in zip(book.entries, starts, counts, strict=True):
        parts.append(binding.Part(str(each.file), typography.bare(each.title)))
        numbers += range(start, start + count)
        if count % 2:
            parts.append(binding.Part(note))
            numbers.append(start + count)
    back = _write("fin", book, media, **_after(book, starts, notes))
    parts.append(binding.Part(stored("fin", back), "Les fiches par thème"))
    numbers += [*range(index_page, index_page + after + notes - 1), None]
    accent = manifest(GABARIT).colours(book.palette)["accent"]
    job = binding.Job(
        parts=tuple(parts),
        title=typography.bare(book.title),
        numbered=tuple(numbers),
        digits=stored("chiffres", _write("numeros", book, media)),
        tab=binding.Tab(27, 27, 28, contrast.from_hex(accent)),
        link=LINK,
        result=str(folder / RESULT),
    )
    path = folder / JOB
    job.write(path)
    return path


# --- numbers of pages -------------------------------------------------------------------------------------------------


def _starts(first: int, counts: Iterable[int]) -> list[int]:
    """Return the page where each fiche begins: always on the left, so that recto and verso face each other."""
    starts, page = [], first
    for count in counts:
        starts.append(page)
        page += count + count % 2
    return starts


def _front(book: Booklet, counts: list[int], media: MediaFinder | Path) -> tuple[bytes, list[int], int]:
    """Return the pages before the fiches, where each fiche begins, and where the index does."""
    first, inside = 4, False
    for _ in range(4):  # printed numbers change the number of pages only when one takes a line more
        starts = _starts(first, counts)
        index_page = starts[-1] + counts[-1] + counts[-1] % 2
        document = _lay_out("debut", book, media, **_before(book, starts, index_page, inside))
        pages = len(document.pages) - inside
        if len(document.pages) + 1 == first and first % 2 == 0:
            break
        inside = pages % 2 == 0
        first = pages + inside + 1
    return tagging.tagged(document), starts, index_page


def _index_pages(book: Booklet, starts: list[int], media: MediaFinder | Path) -> int:
    """Return how many pages come after the fiches, without any for notes."""
    return len(_lay_out("fin", book, media, **_after(book, starts, 0)).pages)


def _before(book: Booklet, starts: list[int], index_page: int, inside: bool) -> dict[str, Any]:
    territories = _territories(book, starts)
    photos = [each.cover for each in book.entries if each.cover is not None]
    most = next((count for count in (_MOSAIC, 4, 3, 2, 1) if len(photos) >= count), 0)
    return {
        "pages": starts,
        "index_page": index_page,
        "inside": inside,
        "mosaic": photos[:most],
        "themes": _themes(book, starts),
        "territories": territories,
        "counted": {each.code for each in territories},
        "map": geography.map_geometry(),
        "pins": _pins(book),
    }


def _after(book: Booklet, starts: list[int], notes: int) -> dict[str, Any]:
    return {"themes": _themes(book, starts), "notes": notes}


def _territories(book: Booklet, starts: list[int]) -> list[Territory]:
    pages: dict[str, list[int]] = defaultdict(list)
    for each, start in zip(book.entries, starts, strict=True):
        if each.departement:
            pages[each.departement.code].append(start)
    known = geography.departements()
    found = [Territory(code, known[code].name, tuple(there)) for code, there in pages.items()]
    return sorted(found, key=lambda each: geography.fold(each.name))


def _themes(book: Booklet, starts: list[int]) -> list[Theme]:
    lines: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for each, start in zip(book.entries, starts, strict=True):
        for key in each.themes:
            lines[key].append((each.title, start))
    return [Theme(label("themes", key), tuple(lines[key])) for key in labels("themes") if key in lines]


def _pins(book: Booklet) -> list[geography.Position]:
    pins: list[geography.Position] = []
    for each in book.entries:
        commune = geography.communes().get(each.commune)
        if commune:
            pins += geography.project(commune.lat, commune.lon, commune.departement_code)
    return pins


# --- laying out -------------------------------------------------------------------------------------------------------


@cache
def _templates() -> Environment:
    return environment().overlay(loader=FileSystemLoader(PIECES / "brochure"))


@cache
def _css(name: str, palette: str) -> weasyprint.CSS:
    file = "numeros.css" if name == "numeros" else "brochure.css"
    drawn = (PIECES / "brochure" / file).read_text(encoding="utf-8")
    css = [*dress(GABARIT), settle(drawn, GABARIT, palette)]
    return weasyprint.CSS(
        string="\n".join(css),
        font_config=paper.fonts(),
        url_fetcher=paper.OwnFetcher(),
        base_url="font:",
    )


def _lay_out(name: str, book: Booklet, media: MediaFinder | Path, **values: Any) -> weasyprint.Document:
    fragment = (
        _templates()
        .get_template(f"{name}.html")
        .render(
            book=book,
            to=LINK,
            k=manifest(GABARIT).colours(book.palette),
            fit=partial(fit, GABARIT),
            picture=lambda photo: picture_of(photo, "media:"),
            qr=qr_code(book.address) if book.address else "",
            host=book.address.partition("://")[2],
            **values,
        )
    )
    html = paper.page(typography.bare(book.title), fragment, paper.OwnFetcher(media))
    with paper.LAYOUT_LOCK:
        document = paper.render(html, _css(name, book.palette), images={})
    _join_dots(document)
    return document


def _join_dots(document: weasyprint.Document) -> None:
    """Make one text of the dots that lead to a number of page.

    WeasyPrint makes a text of each dot, tagged by itself: half of the tags of a booklet, its memory and its time, and
    as many stops for who reads it by ear.
    """
    for page in document.pages:
        for box in paper.body_boxes(page):
            if box.is_leader and box.children:
                dots = box.children[-1]  # they are laid from the right
                dots.text = dots.pango_layout.text = dots.text * len(box.children)
                dots.width *= len(box.children)
                box.children = (dots,)


def _write(name: str, book: Booklet, media: MediaFinder | Path, **values: Any) -> bytes:
    return tagging.tagged(_lay_out(name, book, media, **values))


def _main() -> None:
    limits.be_modest(MEMORY_LIMIT)
    path, media = map(Path, sys.argv[1:])
    try:
        prepare(Booklet.read(path), path.parent, media=media)
    except MemoryError:
        sys.exit(limits.OUT_OF_MEMORY)


if __name__ == "__main__":
    _main()
