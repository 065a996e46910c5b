"""The gabarits that are installed: one folder each, with its templates, style sheets and manifest."""

import hashlib
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path

GABARITS = Path(__file__).parent / "gabarits"


class Palette(StrEnum):
    """The six colour sets of a fiche."""

    LAGUNE = "lagune"
    BRIQUE = "brique"
    TOURNESOL = "tournesol"
    JARDIN = "jardin"
    PRUNE = "prune"
    ENCRE = "encre"


@dataclass(frozen=True)
class Manifest:
    """What a gabarit says of itself."""

    name: str
    label: str
    description: str
    media: tuple[str, ...]
    palettes: dict[str, dict[str, str]]  # palette name -> "label" and colours (#rrggbb)

    @property
    def folder(self) -> Path:
        """Where its templates and style sheets are."""
        return GABARITS / self.name

    @cached_property
    def version(self) -> str:
        """Eight characters that change with the gabarit or the code: pieces laid out before are laid out again."""
        digest = hashlib.sha256()
        for path in sorted([*self.folder.rglob("*"), *Path(__file__).parent.glob("*.py")]):
            if path.is_file():
                digest.update(path.name.encode() + path.read_bytes())
        return digest.hexdigest()[:8]

    def colours(self, palette: str) -> dict[str, str]:
        """Return the colours of a palette; those of the first one when the name is unknown."""
        chosen = self.palettes.get(palette) or next(iter(self.palettes.values()))
        return {name: value for name, value in chosen.items() if name != "label"}

    def palette_css(self) -> str:
        """Return the palettes as sets of custom properties."""
        rules = []
        for name in self.palettes:
            values = ";".join(
                f"--f-{key.replace('_', '-')}:{value}" for key, value in self.colours(name).items()
            )
            rules.append(f'.fiche[data-palette="{name}"]{{{values}}}')
        return "\n".join(rules)


@cache
def manifest(name: str) -> Manifest:
    """Return the manifest of the gabarit called `name`; KeyError if it isn't installed."""
    found = {each.name: each for each in list_gabarits()}
    return found[name]


@cache
def list_gabarits() -> list[Manifest]:
    """Return the installed gabarits, by name."""
    found = []
    for path in sorted(GABARITS.glob("*/manifest.toml")):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append(
            Manifest(
                name=values["name"],
                label=values["label"],
                description=values["description"],
                media=tuple(values["media"]),
                palettes=values["palettes"],
            )
        )
    return found
