"""What a piece is: something made from a published fiche, kept as a file and downloaded under a readable name.

A module that makes pieces declares them (`POSTER_A3 = Piece(…)`) and `catalogue.py` lists them; storing, serving,
progress and making anew when a gabarit changes follow by themselves.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from models.content import FicheContent

from .setting import Fit, Setting


@dataclass(frozen=True)
class Order:
    """What a piece is made from."""

    content: FicheContent
    setting: Setting
    media: Path  # the folder of the stored pictures
    fit: Fit | None = None  # the measures stored with the fiche; None: not chosen yet
    parts: Mapping[str, Path] = field(default_factory=dict)  # the pieces it `needs`, by name


@dataclass(frozen=True)
class Made:
    """A piece as it was made; `fit` is set by a piece that chose the measures of the sheets, `pages` by a PDF."""

    data: bytes
    fit: Fit | None = None
    pages: int = 0


@dataclass(frozen=True)
class Piece:
    """A kind of piece.

    `name` is the end of its address, `/fiches/SLUG/NAME` ("affiche-a3.pdf"). `make` is a function at the top of a
    module: it runs in another process, with thirty seconds and a bounded memory. It may raise `NotOffered` when the
    fiche lacks what the piece shows.
    """

    name: str
    label: str  # what people read: "Affiche A3"
    media_type: str
    make: Callable[[Order], Made]
    needs: tuple[str, ...] = ()  # names of pieces made before, given in `Order.parts`
    fitted: bool = False  # depends on the measures of the sheets: made anew when they change
    version: int = 1  # raise it when the piece changes by something else than the code of `layouts`
    note: str = ""  # one line under the label: what it is for
    words: Callable[[FicheContent, Setting], str] | None = (
        None  # of a picture: all that it shows, its alternative text
    )

    @property
    def suffix(self) -> str:
        """The end of the file's name, with its point."""
        return Path(self.name).suffix


class NotOffered(Exception):
    """This fiche lacks what the piece shows: it is not proposed."""
