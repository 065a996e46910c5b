"""The gabarits that are installed: one folder each, with its templates, style sheets and manifest.

All that is proper to a gabarit stands in its folder: adding one needs no Python. The manifest is read and checked once;
a wrong one is refused with the file and the key to mend.
"""

import hashlib
import tomllib
from enum import StrEnum
from functools import cache, cached_property
from math import ceil
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

GABARITS = Path(__file__).parent / "gabarits"
PIECES = Path(__file__).parent / "pieces"  # what gabarits share: networks, slide, poster…
FONTS = Path(__file__).parent / "fonts"
_DATA = (
    "communes.csv.xz",
    "departements.json",
    "departements_map.json",
    "taxonomies.toml",
)  # what pieces say

Millimetres = Annotated[float, Field(ge=0, le=2000)]
Share = Annotated[float, Field(gt=0, le=4)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
Bounds = tuple[Millimetres, Millimetres, Millimetres]  # smallest, nominal, largest height


class Palette(StrEnum):
    """The six colour sets of a fiche: each gabarit gives them its own colours."""

    LAGUNE = "lagune"
    BRIQUE = "brique"
    TOURNESOL = "tournesol"
    JARDIN = "jardin"
    PRUNE = "prune"
    ENCRE = "encre"


class WrongManifest(ValueError):
    """A manifest that can't be used; the message (French) names the file and the key."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Face(_Part):
    """A family of fonts and the faces of it that the gabarit uses; only these are loaded."""

    family: str
    file: str  # layouts/fonts/<file>-<weight>-<style>.woff2 and .ttf
    weights: tuple[int, ...]
    styles: tuple[Literal["normal", "italic"], ...] = ("normal",)


class CoverRules(_Part):
    """Heights of the cover picture, mm."""

    photo: Bounds
    plain: Bounds  # of the field of colour, when there is no picture
    tight: Millimetres  # smallest height of the picture when there is much to say


class PhotoRules(_Part):
    """Heights of the other pictures, mm, and how many stand in a row when there are 1, 2, 3… of them."""

    smallest: Millimetres
    nominal: Millimetres
    largest: Millimetres
    beside_largest: Millimetres  # on page one
    column_largest: Millimetres = 0.0  # in the column of the identity card
    flowing: Millimetres  # when the text runs over
    per_row_beside: Annotated[tuple[int, ...], Field(min_length=1)] = (1, 2)
    per_row_across: Annotated[tuple[int, ...], Field(min_length=1)] = (1, 2)

    def rows(self, photos: int, where: str) -> int:
        """Return how many rows so many pictures make "beside" the card, "across" the page or in its "column"."""
        if not photos or where == "column":
            return photos
        per_row = self.per_row_beside if where == "beside" else self.per_row_across
        return ceil(photos / per_row[min(photos, len(per_row)) - 1])


class Start(_Part):
    """Where a search begins: factor on titles, density, and custom properties of its own for the style sheet."""

    title: Share
    density: Share
    properties: dict[str, float] = Field(default_factory=dict)


class FitRules(_Part):
    """How a fiche is made to fill its pages (see layouts/fitting.py and layouts/flowing.py)."""

    way: Literal["column", "bands", "flow"]
    page_one: Millimetres  # usable heights
    page_two: Millimetres
    density_min: Share
    density_max: Share
    comfort: Share  # below, pictures shrink before the type does
    growth: Share  # height of text goes with density to this power
    flow_density: Share  # when the text runs over
    stable: Share = 0.03  # two densities that need no new measure
    gap: Millimetres = 0.0  # between two blocks, at density 1
    main_padding: Millimetres = 0.0  # above the first block of page one, at density 1
    column_gap: Millimetres = 0.0  # between two blocks of the card's column, at density 1
    air_max: Millimetres = 5.0  # added between two blocks at most
    bare_label: Millimetres = 0.0  # a block of figures lower than that has a label only
    waste: Millimetres = 3.0  # what page breaks usually leave white, where text flows
    cover: CoverRules
    photos: PhotoRules
    columns: tuple[str, ...] = ()  # blocks that may go in the card's column
    starts: Annotated[tuple[Start, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ordered(self) -> "FitRules":
        if not self.density_min <= self.comfort <= self.density_max:
            raise ValueError("density_min ≤ comfort ≤ density_max")
        for bounds in (self.cover.photo, self.cover.plain):
            if list(bounds) != sorted(bounds):
                raise ValueError("cover : du plus petit au plus grand")
        return self

    def properties(self, title: float) -> dict[str, float]:
        """Return the custom properties that go with a factor on titles."""
        return min(self.starts, key=lambda start: abs(start.title - title)).properties


class Manifest(_Part):
    """What a gabarit says of itself."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,30}$")]
    label: Annotated[str, StringConstraints(min_length=2)]
    description: Annotated[str, StringConstraints(min_length=10)]
    paper: Colour  # what is printed on
    contrast: tuple[tuple[str, str], ...]  # (text, ground): colours of the palettes, or "paper"; AA is proven
    fonts: Annotated[tuple[Face, ...], Field(min_length=1)]
    fit: FitRules
    palettes: dict[str, dict[str, str]]  # palette name -> "label" and colours (#rrggbb)

    @model_validator(mode="after")
    def _whole(self) -> "Manifest":
        missing = [palette.value for palette in Palette if palette not in self.palettes]
        if missing:
            raise ValueError(f"palettes : il manque {', '.join(missing)}")
        keys = set(next(iter(self.palettes.values())))
        for name, values in self.palettes.items():
            if set(values) != keys or "label" not in values:
                raise ValueError(f"palettes.{name} : mêmes clés que les autres, dont label")
        for text, ground in self.contrast:
            for key in (text, ground):
                if key not in keys | {"paper"}:
                    raise ValueError(f"contrast : la couleur « {key} » n’existe pas")
        for face in self.faces:
            if not (FONTS / f"{face[1]}-{face[2]}-{face[3]}.ttf").is_file():
                raise ValueError(f"fonts : il n’y a pas de fichier {face[1]}-{face[2]}-{face[3]}.ttf")
        return self

    @property
    def folder(self) -> Path:
        """Where its templates and style sheets are."""
        return GABARITS / self.name

    @property
    def faces(self) -> list[tuple[str, str, int, str]]:
        """The faces it uses: family, stem of the file, weight, style."""
        return [
            (face.family, face.file, weight, style)
            for face in self.fonts
            for weight in face.weights
            for style in face.styles
        ]

    @cached_property
    def version(self) -> str:
        """Eight characters that change with any file that its pieces are made from: those made before are made again.

        These files are its folder, its fonts, the templates that all gabarits share, the code of this package and the
        words of the models. They are read once in the life of a process.
        """
        root = Path(__file__).parents[1]
        files = {
            *self.folder.rglob("*"),
            *(FONTS / f"{file}-{weight}-{style}.ttf" for _, file, weight, style in self.faces),
            *(GABARITS / "_parts").rglob("*"),
            *PIECES.rglob("*"),
            *(root / "layouts").glob("*.py"),
            *(root / "models" / f"{name}.py" for name in ("content", "geography", "taxonomy")),
            *(root / "models" / "data" / name for name in _DATA),
        }
        digest = hashlib.sha256()
        for path in sorted(files):
            if path.is_file():
                data = path.read_bytes()
                digest.update(f"{path.relative_to(root)} {len(data)}\n".encode() + data)
        return digest.hexdigest()[:8]

    def colours(self, palette: str) -> dict[str, str]:
        """Return the colours of a palette; those of the first one when the name is unknown."""
        chosen = self.palettes.get(palette) or next(iter(self.palettes.values()))
        return {name: value for name, value in chosen.items() if name != "label"}

    def painted(self, css: str, palette: str) -> str:
        """Return `css` with the colours of a palette in place of `var(--f-…)`: rules of `@page` see no property."""
        for name, value in (self.colours(palette) | {"paper": self.paper}).items():
            css = css.replace(f"var(--f-{name.replace('_', '-')})", value)
        return css

    def palette_css(self) -> str:
        """Return the palettes as sets of custom properties."""
        rules = []
        for name in self.palettes:
            values = ";".join(
                f"--f-{key.replace('_', '-')}:{value}" for key, value in self.colours(name).items()
            )
            rules.append(f'.fiche[data-palette="{name}"]{{{values}}}')
        return "\n".join(rules)


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; WrongManifest says in French which file and which key to mend."""
    where = f"{path.parent.name}/{path.name}"
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # TOMLDecodeError and UnicodeDecodeError are ValueError
        raise WrongManifest(f"{where} ne peut pas être lu : {error}") from None
    try:
        made = Manifest.model_validate(values)
    except ValidationError as error:
        problem = error.errors()[0]
        key = ".".join(str(part) for part in problem["loc"]) or "l’ensemble"
        reason = {"missing": "il manque", "extra_forbidden": "cette clé n’existe pas"}.get(
            problem["type"], problem["msg"].removeprefix("Value error, ")
        )
        raise WrongManifest(f"{where}, {key} : {reason}") from None
    if made.name != path.parent.name:
        raise WrongManifest(f"{where}, name : « {made.name} » doit être le nom du dossier")
    return made


@cache
def manifest(name: str) -> Manifest:
    """Return the manifest of the gabarit called `name`; KeyError if it isn't installed."""
    found = {each.name: each for each in list_gabarits()}
    return found[name]


@cache
def list_gabarits() -> list[Manifest]:
    """Return the installed gabarits, by name; WrongManifest when one can't be used."""
    return [read_manifest(path) for path in sorted(GABARITS.glob("*/manifest.toml"))]
