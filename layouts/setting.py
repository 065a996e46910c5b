"""What surrounds the content of a fiche when it is laid out, and the measures found for a sheet of paper."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from .manifest import FitRules


@dataclass(frozen=True)
class Setting:
    """What surrounds the content: nothing here is written by the author of the fiche."""

    gabarit: str = "reperes"
    palette: str = "lagune"
    public_url: str = ""  # "" while the fiche is not published: no QR code
    updated: date | None = None
    media_base: str = "/medias"  # pictures are <media_base>/<key>-<width>.jpg
    placeholder: bool = False  # preview of an empty draft: show "Votre titre"


@dataclass(frozen=True)
class Fit:
    """The few measures that make a fiche fill its pages (millimetres, but `density`)."""

    density: float = 1.0  # factor on type and spacing
    cover_mm: float = 84.0  # height of the cover picture
    photo_mm: float = 48.0  # height of the other pictures
    air1: float = 0.0  # added between the blocks of the first page
    air2: float = 0.0  # added between the blocks of the second page
    split: int | None = None  # how many blocks stand beside the identity card; None: up to the answer
    column: tuple[str, ...] = ()  # blocks that stand in the card's column: "summary", "figures"
    title: float = 1.0  # factor on the title and the sentence under it
    flow: bool = False  # let the text run over as many pages as it needs
    band: bool = False  # identity card across the page, when it is too long for the column
    photos: int | None = None  # how many pictures are shown beside the cover; None: all
    pages: int = 0  # how many sheets these measures filled; 0: not laid out yet

    def to_dict(self) -> dict[str, Any]:
        """Return the measures as JSON values."""
        return asdict(self) | {"column": list(self.column)}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "Fit":
        """Build the measures from `to_dict()`'s result; unknown keys are ignored."""
        known = {key: value for key, value in values.items() if key in cls.__dataclass_fields__}
        return cls(**known | {"column": tuple(known.get("column", ()))})

    def on_screen(self) -> "Fit":
        """Return the measures that a web page follows: its blocks in the same places, all its pictures."""
        return replace(self, photos=None)

    def style(self, rules: FitRules) -> str:
        """The measures as CSS custom properties, with those of the gabarit that go with them."""
        own = "".join(f"--{name}:{value:g};" for name, value in rules.properties(self.title).items())
        return (
            f"{own}--k:{self.density:.4f};--cover:{self.cover_mm:.2f}mm;--photo:{self.photo_mm:.2f}mm;"
            f"--air1:{self.air1:.2f}mm;--air2:{self.air2:.2f}mm;--t:{self.title:.2f}"
        )
