"""The map of départements, ready to draw: which ones are links, how dark they are, where the points stand."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from app.services.search import Point
from layouts.site.environment import fingerprint, plural
from models import geography

LEVELS = 4  # shades
RADIUS = 7.0  # of a point, in units of the map


@dataclass(frozen=True)
class Area:
    """One département."""

    code: str
    name: str
    count: int
    href: str  # "" when there is nothing to see there
    level: int  # 1 (light) to LEVELS (dark)
    chosen: bool
    shapes: tuple[str, ...]  # ids in the file of shapes

    @property
    def text(self) -> str:
        """What the link says: "Nord (59) : 12 fiches"."""
        return f"{self.name} ({self.code})\u00a0: {plural(self.count, 'fiche')}"


@dataclass(frozen=True)
class Pin:
    """One fiche."""

    slug: str
    title: str
    commune: str
    x: float
    y: float


@dataclass(frozen=True)
class TerritoryMap:
    """What `_map.html` draws."""

    areas: list[Area]
    pins: list[Pin]
    radius: float
    view_box: str
    frames: tuple[geography.MapFrame, ...]
    shapes_url: str

    @property
    def by_name(self) -> list[Area]:
        """The départements in alphabetical order."""
        return sorted(self.areas, key=lambda area: geography.fold(area.name))

    @property
    def covered(self) -> int:
        """How many départements have a fiche."""
        return sum(area.count > 0 for area in self.areas)


@cache
def shapes_svg() -> str:
    """Return the file of shapes: one id a département (`d59`), `p75` … in the inset of Paris, and `fond`, all of them."""
    drawn = geography.map_geometry()
    shapes = [(f"d{code}", path) for code, path in drawn.paths.items()]
    shapes += [(f"p{code}", path) for code, path in drawn.inset_paths.items()]
    defs = "".join(f'<path id="{name}" d="{path}"/>' for name, path in shapes)
    frames = "".join(
        f'<rect x="{frame.x}" y="{frame.y}" width="{frame.width}" height="{frame.height}" rx="8" fill="none" stroke="#c9d6d6"/>'
        for frame in drawn.frames
    )
    ground = "".join(f'<use href="#{name}"/>' for name, _ in shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{drawn.view_box}"><defs>{defs}'
        f'<g id="fond">{frames}{ground}</g></defs></svg>'
    )


@cache
def shapes_url() -> str:
    """Return the address of the file of shapes."""
    return f"/styles/carte.svg?v={fingerprint(shapes_svg())}"


def _level(count: int, most: int) -> int:
    """Return the shade of a count: its own for a few fiches, then by square root, so that one rich département does
    not whiten the others."""
    if most <= LEVELS:
        return count
    return max(1, math.ceil(LEVELS * math.sqrt((count - 1) / (most - 1)))) if count else 0


def _spread(position: geography.Position, rank: int) -> geography.Position:
    """Move the points that share a commune apart, along a sunflower spiral."""
    if rank == 0:
        return position
    distance, angle = RADIUS * 1.5 * math.sqrt(rank), rank * 2.39996
    x, y = position[0] + distance * math.cos(angle), position[1] + distance * math.sin(angle)
    return round(x, 1), round(y, 1)


def _pins(points: Iterable[Point]) -> list[Pin]:
    known, seen, pins = geography.communes(), Counter[str](), []
    for point in points:
        commune = known.get(point.commune_code)
        if commune is None:
            continue
        rank = seen[point.commune_code]
        seen[point.commune_code] += 1
        for position in geography.project(commune.lat, commune.lon, commune.departement_code):
            x, y = _spread(position, rank)
            pins.append(Pin(point.slug, point.title, point.commune, x, y))
    return pins


def build(
    counts: Mapping[str, int], points: Iterable[Point], link: Callable[[str], str], chosen: str | None = None
) -> TerritoryMap:
    """Return the map that shades `counts` (fiches by département code) and shows `points`; `link` gives the address
    of a département, `chosen` is the code of the one being looked at."""
    drawn = geography.map_geometry()
    most = max(counts.values(), default=1)
    areas = []
    for code, departement in geography.departements().items():
        count = counts.get(code, 0)
        shapes = (f"d{code}", f"p{code}") if code in drawn.inset_paths else (f"d{code}",)
        wanted = count > 0 or code == chosen
        areas.append(
            Area(
                code=code,
                name=departement.name,
                count=count,
                href=link(code) if wanted else "",
                level=_level(count, most),
                chosen=code == chosen,
                shapes=shapes,
            )
        )
    return TerritoryMap(areas, _pins(points), RADIUS, drawn.view_box, drawn.frames, shapes_url())
