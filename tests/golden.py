"""Reference pictures of pages, kept in `tests/golden`: what a change of style moves is seen. `make golden` renews them."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from layouts import binding, booklet, cards, renderer
from tests.factories import full_content, store_pictures

FOLDER = Path(__file__).parent / "golden"
URL = "https://exemple.fr/fiches/essai"
DAY = date(2026, 5, 1)
DPI = 48
COLOURS = 48  # of a stored picture: small files
FAR = 56  # difference of two pixels that is seen, 0 to 255
TOLERANCE = 0.004  # share of pixels that may be far: letters a hair aside


@dataclass(frozen=True)
class Page:
    """A page as it is now, with the name of its reference."""

    name: str
    picture: Image.Image

    @property
    def path(self) -> Path:
        """Where its reference is."""
        return FOLDER / f"{self.name}.png"

    def stored(self) -> bytes:
        """Return the picture as it is kept."""
        out = BytesIO()
        self.picture.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        return out.getvalue()

    def moved(self) -> float:
        """Return the share of pixels that are not those of the reference; 1 when there is none or its size differs."""
        if not self.path.is_file():
            return 1.0
        with Image.open(self.path) as opened, Image.open(BytesIO(self.stored())) as now:
            reference, present = opened.convert("L"), now.convert("L")
        if reference.size != present.size:
            return 1.0
        blurred = (each.filter(ImageFilter.BoxBlur(1)) for each in (reference, present))
        counts = ImageChops.difference(*blurred).histogram()
        return sum(counts[FAR:]) / sum(counts)


def pages(gabarit: str) -> list[Page]:
    """Return the pages of a fiche with something in every field, and its other pieces, in a gabarit."""
    content = full_content()
    setting = renderer.Setting(gabarit=gabarit, public_url=URL, updated=DAY)
    with TemporaryDirectory() as name:
        media = store_pictures(Path(name))
        fiche = renderer.pdf(content, setting, media=media)
        made = {
            "page": fiche.data,
            "imprimeur": renderer.pdf(content, setting, media=media, fit=fiche.fit, marks=True).data,
            "sans-photo": renderer.pdf(full_content(photos=[]), setting, media=media).data,
            "affiche": renderer.poster_pdf(content, setting, media=media, size="A4"),
            "affiche-sans-photo": renderer.poster_pdf(
                full_content(photos=[]), setting, media=media, size="A4"
            ),
            "une-page": cards.single_page(content, setting, media=media),
            "diapositive": cards.slide_pdf(content, setting, media=media),
        }
        networks = {
            form: cards.network_picture(content, setting, media=media, form=form) for form in cards.NETWORKS
        }
    found = [
        Page(f"{gabarit}-{kind}-{number}", picture)
        for kind, data in made.items()
        for number, picture in enumerate(_pictures(data), start=1)
        if (kind, number) != ("imprimeur", 2)
    ]
    return found + [
        Page(f"{gabarit}-reseaux-{form}", Image.open(BytesIO(data)).reduce(4))
        for form, data in networks.items()
    ]


def booklet_pages() -> list[Page]:
    """Return the pages of a booklet of three fiches that are not those of its fiches: cover, contents, map, index and back."""
    contents = [
        full_content(),
        full_content(title="La salle du fond", commune="80021", themes=["solidarite"]),
    ]
    contents.append(full_content(title="Le jardin du mardi", commune="75056", themes=["cadre-de-vie"]))
    with TemporaryDirectory() as name:
        folder = Path(name)
        media = store_pictures(folder)
        fiche = folder / "fiche.pdf"
        fiche.write_bytes(renderer.pdf(full_content(), renderer.Setting(), media=media).data)
        book = booklet.Booklet(
            title="Les habitants prennent la main",
            subtitle="Trois initiatives",
            editorial="Une première phrase de l’éditorial.",
            signed="Le comité",
            entries=[booklet.entry(each, fiche) for each in contents],
            made=DAY,
            address="https://exemple.fr",
            publisher="La fédération",
        )
        job = binding.Job.read(booklet.prepare(book, folder, media=media))
        binding.bind(job, lambda done, total: None)
        pictures = _pictures((folder / booklet.RESULT).read_bytes())
    # Inside the cover and the editorial come first; six pages of fiches stand between map and index.
    ranks = {"couverture": 0, "sommaire": 3, "carte": 4, "index": 11, "dos": -1}
    return [Page(f"brochure-{name}", pictures[rank]) for name, rank in ranks.items()]


def _pictures(data: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def renew() -> None:
    """Write every reference, and say what had moved."""
    FOLDER.mkdir(exist_ok=True)
    kept = set()
    gabarits = (page for chosen in renderer.list_gabarits() for page in pages(chosen.name))
    for page in chain(gabarits, booklet_pages()):
        moved = page.moved()
        if moved > 0:
            page.path.write_bytes(page.stored())
        kept.add(page.path)
        print(f"{page.name} : {'identique' if not moved else f'{moved:.2%} des pixels'}")
    for path in set(FOLDER.glob("*.png")) - kept:
        path.unlink()
        print(f"{path.stem} : retirée")


if __name__ == "__main__":
    renew()
