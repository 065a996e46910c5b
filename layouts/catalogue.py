"""The pieces made from a published fiche, in the order in which they are proposed (see `piece.py`)."""

from functools import partial
from io import BytesIO

from . import binding, cards, kit, renderer, rewriting, sharing
from .piece import Made, Order, Piece
from .setting import Fit

_PDF, _PNG = "application/pdf", "image/png"


def _paper(data: bytes, fit: Fit | None = None) -> Made:
    return Made(data, fit, binding.count_pages(BytesIO(data)))


def _fiche(order: Order) -> Made:
    laid_out = renderer.pdf(order.content, order.setting, media=order.media, fit=order.fit)
    return _paper(laid_out.data, laid_out.fit)


def _one_page(order: Order) -> Made:
    return _paper(cards.single_page(order.content, order.setting, media=order.media))


def _poster_a3(order: Order) -> Made:
    return _paper(renderer.poster_pdf(order.content, order.setting, media=order.media, size="A3"))


def _poster_a4(order: Order) -> Made:
    return _paper(renderer.poster_pdf(order.content, order.setting, media=order.media, size="A4"))


def _fiche_to_print(order: Order) -> Made:
    laid_out = renderer.pdf(order.content, order.setting, media=order.media, fit=order.fit, marks=True)
    return _paper(laid_out.data, laid_out.fit)


def _poster_to_print(order: Order) -> Made:
    return _paper(renderer.poster_pdf(order.content, order.setting, media=order.media, marks=True))


def _large(order: Order) -> Made:
    return Made(cards.network_picture(order.content, order.setting, media=order.media, form="large"))


def _square(order: Order) -> Made:
    return Made(cards.network_picture(order.content, order.setting, media=order.media, form="carre"))


def _vertical(order: Order) -> Made:
    return Made(cards.network_picture(order.content, order.setting, media=order.media, form="vertical"))


def _slide(order: Order) -> Made:
    return _paper(cards.slide_pdf(order.content, order.setting, media=order.media))


def _slide_picture(order: Order) -> Made:
    return Made(cards.slide_picture(order.content, order.setting, media=order.media))


def _block(order: Order) -> Made:
    return Made(sharing.page(order.content, order.setting).encode())


def _plain(order: Order) -> Made:
    return Made(sharing.plain(order.content, order.setting).encode("utf-8-sig"))


def _markdown(order: Order) -> Made:
    return Made(sharing.markdown(order.content, order.setting).encode())


def _rewritable(order: Order) -> Made:
    return Made(rewriting.document(order.content, order.setting, media=order.media))


def _kit(order: Order) -> Made:
    return Made(kit.archive(order, PIECES))


FICHE = Piece(
    name="fiche.pdf",
    label="La fiche, recto verso",
    media_type=_PDF,
    make=_fiche,
    fitted=True,
    note="A4, à imprimer ou à envoyer.",
)
LARGE = Piece(
    "reseaux-large.png",
    "L’image large",
    _PNG,
    _large,
    note="1200 × 630, pour Facebook, LinkedIn et l’aperçu des liens.",
    words=partial(cards.network_words, form="large"),
)
_OTHERS = (
    Piece(
        "une-page.pdf",
        "La fiche en une page",
        _PDF,
        _one_page,
        note="A4, pour les élus et les partenaires : l’essentiel.",
    ),
    Piece("affiche-a3.pdf", "L’affiche A3", _PDF, _poster_a3, note="Pour l’entrée du centre."),
    Piece("affiche-a4.pdf", "L’affiche A4", _PDF, _poster_a4, note="La même, sur une imprimante de bureau."),
    LARGE,
    Piece(
        "reseaux-carre.png",
        "L’image carrée",
        _PNG,
        _square,
        note="1080 × 1080, pour Instagram et Facebook.",
        words=partial(cards.network_words, form="carre"),
    ),
    Piece(
        "reseaux-vertical.png",
        "L’image verticale",
        _PNG,
        _vertical,
        note="1080 × 1920, pour les stories et WhatsApp.",
        words=partial(cards.network_words, form="vertical"),
    ),
    Piece("diapositive.pdf", "La diapositive", _PDF, _slide, note="16:9, à glisser dans une présentation."),
    Piece(
        "diapositive.png",
        "La diapositive en image",
        _PNG,
        _slide_picture,
        note="1920 × 1080.",
        words=cards.slide_words,
    ),
    Piece("pour-le-site.html", "Le bloc pour un site", "text/html", _block, note="À coller dans une page ou une lettre."),
    Piece("pour-la-lettre.txt", "Le texte court", "text/plain", _plain, note="Pour une lettre, un courriel, un bulletin."),
    Piece("pour-la-lettre.md", "Le texte court en Markdown", "text/markdown", _markdown, note="Pour les sites qui le lisent."),
    Piece(
        "a-retravailler.docx",
        "Le document à retravailler",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _rewritable,
        note="Le texte entier et les images, pour Word ou LibreOffice.",
    ),
)  # fmt: skip
_PRINTER = (
    Piece(
        "fiche-imprimeur.pdf",
        "La fiche pour l’imprimeur",
        _PDF,
        _fiche_to_print,
        fitted=True,
        note="Avec 3 mm de fond perdu et les traits de coupe.",
    ),
    Piece(
        "affiche-imprimeur.pdf",
        "L’affiche A3 pour l’imprimeur",
        _PDF,
        _poster_to_print,
        note="Avec 3 mm de fond perdu et les traits de coupe.",
    ),
)
KIT = Piece(
    "kit.zip",
    "Le kit de communication",
    "application/zip",
    _kit,
    needs=tuple(each.name for each in (FICHE, *_OTHERS, *_PRINTER)),
    note="Tout ce qui précède et les photos, en un seul dossier, avec le mode d’emploi et les textes alternatifs.",
)

PIECES: dict[str, Piece] = {piece.name: piece for piece in (FICHE, *_OTHERS, *_PRINTER, KIT)}
# How they are proposed: what one wants to do, and the names of the pieces that serve it.
USES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Imprimer", ("fiche.pdf", "une-page.pdf", "affiche-a3.pdf", "affiche-a4.pdf")),
    ("Publier sur les réseaux", ("reseaux-large.png", "reseaux-carre.png", "reseaux-vertical.png")),
    ("Projeter", ("diapositive.pdf", "diapositive.png")),
    ("Confier à un imprimeur", tuple(piece.name for piece in _PRINTER)),
    ("Reprendre ailleurs", ("pour-le-site.html", "pour-la-lettre.txt", "pour-la-lettre.md", "a-retravailler.docx")),
)  # fmt: skip
