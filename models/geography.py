"""Communes, départements, their map and the reference of federations: data files with types.

The files of `models/data/` are made by `tools/build_geography.py` from open data (see NOTICE), except
`territoires.csv`, which is kept by hand. Each is read once, when first needed.
"""

import csv
import json
import lzma
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

Position = tuple[float, float]
"""A point on the map, in units of its view box: x to the right, y downwards."""


@dataclass(frozen=True, slots=True)
class Commune:
    """One of the 34,875 communes; `population` is 0 where the census gives none (Mayotte, merged communes)."""

    code: str  # INSEE, five characters: "59350", "2A004"
    name: str  # with its article and a typographic apostrophe: "L’Haÿ-les-Roses"
    departement_code: str
    population: int
    postal_codes: tuple[str, ...]
    lat: float  # of the town hall, degrees
    lon: float


@dataclass(frozen=True, slots=True)
class Departement:
    """One of the 101 départements."""

    code: str  # "01" to "95", "2A", "2B", "971" to "976"
    name: str
    region_code: str
    region: str
    locative: str  # "dans le Nord", "en Charente", "à Paris"
    lat: float  # of a point inside, near the middle, degrees
    lon: float


@dataclass(frozen=True, slots=True)
class MapFrame:
    """The frame of an inset of the map: an overseas département, or Paris and its first ring."""

    zone: str  # "971" … "976", "paris"
    label: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class MapGeometry:
    """What is needed to draw the map of départements as SVG."""

    width: int
    height: int
    paths: dict[str, str]  # département code → `d` of its SVG path
    centers: dict[str, Position]  # département code → a point well inside, for a label or a bubble
    inset_paths: dict[str, str]  # the départements drawn a second time in the inset of Paris
    inset_centers: dict[str, Position]
    frames: tuple[MapFrame, ...]

    @property
    def view_box(self) -> str:
        """The value of the `viewBox` attribute."""
        return f"0 0 {self.width} {self.height}"


@dataclass(frozen=True, slots=True)
class FederationRow:
    """A row of the reference of federations; `departements` holds (code, whether the attachment is certain)."""

    id: str
    name: str
    kind: str  # nationale, pseudo, union_regionale, federation, a_confirmer
    departements: tuple[tuple[str, bool], ...]
    region: str
    certainty: str  # A seen in a public source, A- deduced, B general knowledge, C unknown
    source: str
    to_confirm: bool  # certainty B or C, or a group that stands for an unknown federation


def departement_of(commune_code: str) -> str:
    """Return the code of the département of an INSEE commune code ("59350" → "59", "97411" → "974")."""
    return commune_code[:3] if commune_code.startswith("97") else commune_code[:2]


@cache
def departements() -> dict[str, Departement]:
    """Return the 101 départements by code, in the official order."""
    rows: list[dict[str, Any]] = json.loads((DATA / "departements.json").read_text(encoding="utf-8"))
    return {row["code"]: Departement(**row) for row in rows}


@cache
def communes() -> dict[str, Commune]:
    """Return the communes by INSEE code, sorted by code."""
    found = {}
    with lzma.open(DATA / "communes.csv.xz", "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:  # no field holds a semicolon or a line break: several times faster than csv
            code, name, departement, population, postal_codes, lat, lon = line.rstrip("\n").split(";")
            found[code] = Commune(
                code, name, departement, int(population), tuple(postal_codes.split()), float(lat), float(lon)
            )
    return found


def fold(text: str) -> str:
    """Return a text as it is searched: lower case, no accent, every other sign a space ("Œuilly" → "oeuilly")."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


SHORT_WORDS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
ARTICLE = re.compile(r"^(le|la|les|l) ")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A commune as it is searched."""

    name: str  # folded
    words: str  # " saint etienne 42000 42100 42218": a space before each word of the name and each code
    commune: Commune


@cache
def _search_index() -> dict[str, list[_Entry]]:
    """Return the communes, most peopled first, by the first one, two and three signs of each of their words."""
    index: dict[str, list[_Entry]] = defaultdict(list)
    for commune in sorted(communes().values(), key=lambda commune: (-commune.population, commune.code)):
        name = fold(commune.name)
        words = f"{name} {' '.join(commune.postal_codes)} {commune.code.lower()}"
        entry = _Entry(name, f" {words}", commune)
        for start in {word[:length] for word in words.split() for length in (1, 2, 3)}:
            index[start].append(entry)
    return dict(index)


def find_communes(query: str, limit: int = 10) -> list[Commune]:
    """Return the communes that a person may mean, best first.

    `query` is the beginning of words of a name, a postal code, an INSEE code, or both ("lille 59"). Names come
    whole first, then those that begin with the query, then those that hold its words, each by population. When
    the numbers beside a name fit no code ("Paris 12e"), the name alone is looked for.
    """
    words = [SHORT_WORDS.get(word, word) for word in fold(query).split()]
    if not words:
        return []
    name = " ".join(word for word in words if not word[0].isdigit())
    candidates = min((_search_index().get(word[:3], []) for word in words), key=len)
    tiers: tuple[list[Commune], ...] = ([], [], [], [])
    for entry in candidates:
        if all(f" {word}" in entry.words for word in words):
            tiers[_tier(entry, name, words[0])].append(entry.commune)
    found = [commune for tier in tiers for commune in tier][:limit]
    return found if found or not name or name == " ".join(words) else find_communes(name, limit)


def _tier(entry: _Entry, name: str, number: str) -> int:
    """Rank a match from 0 (exact) to 3; a postal code, which everyone knows, goes before an INSEE code."""
    if not name:
        return 0 if number in entry.commune.postal_codes else 1 if number == entry.commune.code.lower() else 2
    if name in (entry.name, ARTICLE.sub("", entry.name)):
        return 0
    if entry.name.startswith(f"{name} "):
        return 1
    return 2 if entry.name.startswith(name) else 3


@cache
def _map_file() -> dict[str, Any]:
    """Return the map as the build script wrote it."""
    content: dict[str, Any] = json.loads((DATA / "departements_map.json").read_text(encoding="utf-8"))
    return content


@cache
def map_geometry() -> MapGeometry:
    """Return the map of the 101 départements, with insets for those overseas and for Paris."""
    content = _map_file()
    return MapGeometry(
        width=content["width"],
        height=content["height"],
        paths=content["paths"],
        centers={code: (x, y) for code, (x, y) in content["centers"].items()},
        inset_paths=content["inset_paths"],
        inset_centers={code: (x, y) for code, (x, y) in content["inset_centers"].items()},
        frames=tuple(
            MapFrame(name, zone["label"], *zone["frame"])
            for name, zone in content["zones"].items()
            if zone["label"]
        ),
    )


def project(lat: float, lon: float, departement_code: str) -> tuple[Position, ...]:
    """Return where a point (degrees) lies on the map: once, or twice when the inset of Paris shows it too.

    The département says which part of the map to use. Raises KeyError for an unknown one.
    """
    zones = _map_file()["zones"]
    if departement_code not in departements():
        raise KeyError(departement_code)
    main = place(zones.get(departement_code, zones["metropole"]), lat, lon)
    if departement_code in map_geometry().inset_paths:
        return main, place(zones["paris"], lat, lon)
    return (main,)


def place(zone: dict[str, Any], lat: float, lon: float, digits: int = 1) -> Position:
    """Project a point with the parameters of a zone: `lat0`, `lon0`, `scale` (units an Earth radius), `x`, `y`.

    With `parallels`, the projection is Lambert's conformal conic (the official one of mainland France);
    without, it is equirectangular, which is enough for an inset.
    """
    if "parallels" in zone:
        across, up = _lambert(lat, lon, zone["lat0"], zone["lon0"], *zone["parallels"])
    else:
        across = math.radians(lon - zone["lon0"]) * math.cos(math.radians(zone["lat0"]))
        up = math.radians(lat - zone["lat0"])
    return round(zone["x"] + zone["scale"] * across, digits), round(zone["y"] - zone["scale"] * up, digits)


def _lambert(lat: float, lon: float, lat0: float, lon0: float, south: float, north: float) -> Position:
    """Return Lambert's conformal conic projection of a point on a sphere of radius 1 (Snyder 1987, 15-1 to 15-5)."""

    def stretch(degrees: float) -> float:
        return math.tan(math.pi / 4 + math.radians(degrees) / 2)

    cosine = math.cos(math.radians(south))
    n = math.log(cosine / math.cos(math.radians(north))) / math.log(stretch(north) / stretch(south))
    f = cosine * stretch(south) ** n / n
    rho, rho0, angle = f / stretch(lat) ** n, f / stretch(lat0) ** n, n * math.radians(lon - lon0)
    return rho * math.sin(angle), rho0 - rho * math.cos(angle)


@cache
def federation_rows() -> tuple[FederationRow, ...]:
    """Return the reference of federations, to be confirmed by the FCSF where `to_confirm` says so."""
    with (DATA / "territoires.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(_federation_row(row) for row in csv.DictReader(lines, delimiter=";"))


def _federation_row(row: dict[str, str]) -> FederationRow:
    """Read a row of `territoires.csv`."""
    return FederationRow(
        id=row["federation_id"],
        name=row["nom"],
        kind=row["type"],
        departements=tuple(_covered(row["departements"])),
        region=row["region"],
        certainty=row["certitude"],
        source=row["source"],
        to_confirm=row["certitude"] in ("B", "C") or row["type"] == "a_confirmer",
    )


def _covered(cell: str) -> Iterator[tuple[str, bool]]:
    """Read "01,03?" as (01, certain), (03, uncertain); "*" is every département."""
    if cell == "*":
        yield from ((code, True) for code in departements())
        return
    for item in cell.split(","):
        if not item.startswith("+"):  # "+1 inconnue": a federation known by its number only
            yield item.rstrip("?"), not item.endswith("?")
