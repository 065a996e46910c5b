"""Reference pictures of pages, kept in `tests/golden`: what a change of style moves is seen. `make golden` renews them."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from layouts import cards, renderer
from tests.factories import full_content, store_pictures

FOLDER = Path(__file__).parent / "golden"
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
    """Return the pages of a fiche with something in every field, and its poster, in a gabarit."""
    content = full_content()
    setting = renderer.Setting(
        gabarit=gabarit, public_url="https://exemple.fr/fiches/essai", updated=date(2026, 5, 1)
    )
    with TemporaryDirectory() as name:
        media = store_pictures(Path(name))
        made = {
            "page": renderer.pdf(content, setting, media=media).data,
            "affiche": renderer.poster_pdf(content, setting, media=media, size="A4"),
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
    ]
    return found + [
        Page(f"{gabarit}-reseaux-{form}", Image.open(BytesIO(data)).reduce(4))
        for form, data in networks.items()
    ]


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
    for chosen in renderer.list_gabarits():
        for page in pages(chosen.name):
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
