"""The pieces made from a published fiche, in the order in which they are proposed (see `piece.py`)."""

from . import renderer
from .piece import Made, Order, Piece


def _fiche(order: Order) -> Made:
    laid_out = renderer.pdf(order.content, order.setting, media=order.media, fit=order.fit)
    return Made(laid_out.data, laid_out.fit)


FICHE = Piece(
    name="fiche.pdf",
    label="La fiche, recto verso",
    media_type="application/pdf",
    make=_fiche,
    fitted=True,
    note="A4, à imprimer ou à envoyer.",
)

PIECES: dict[str, Piece] = {piece.name: piece for piece in (FICHE,)}
