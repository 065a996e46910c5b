"""The sheet of paper: palette, shape helpers and the SVG text they add up to.

Every scene is drawn in a space of 1500 x 1000 units, origin top left.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

WIDTH, HEIGHT = 1500, 1000

INK, TEAL, CORAL, SUN, LEAF = "#0B2E33", "#0E5A63", "#C8401A", "#FFC857", "#2F7A4D"
PAPER, MIST = "#FFFDF7", "#E8F1F1"
PLUM, BRICK, ROSE, PEACH, LILAC = "#6B2D5C", "#9C3B24", "#E98A7A", "#F6B799", "#B79AC8"
SKY, LAGOON, DUSK, NIGHT = "#BFE0E3", "#6FB3BF", "#34456F", "#17263F"
SAND, CREAM, OCHRE, WOOD, BARK = "#F2DDB4", "#FBF1DC", "#DE9B2E", "#BF7F48", "#7E4B28"
SAGE, MOSS, STONE, SLATE = "#A9C99A", "#5B8F4E", "#D9D2C3", "#5E7378"

PALE, FAIR, TAN, BROWN, DEEP = "#F7D2B5", "#EBB890", "#CC8F63", "#9B6140", "#6A4130"
BLACK, DARK, CHESTNUT, BLOND, GINGER, GREY, WHITE = (
    "#211C22", "#4A2C20", "#7C4B2B", "#DBA847", "#B3501E", "#AFACA8", "#EEEBE6",
)  # fmt: skip

Point = tuple[float, float]


def mix(colour: str, other: str, share: float) -> str:
    """The colour moved towards another one by share (0 to 1), as #RRGGBB."""
    a = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    b = [int(other[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(p + (q - p) * share):02X}" for p, q in zip(a, b, strict=True))


def shade(colour: str, share: float = 0.14) -> str:
    """The same paper, in shadow."""
    return mix(colour, "#1B1030" if colour != INK else "#000000", share)


def light(colour: str, share: float = 0.2) -> str:
    """The same paper, in the sun."""
    return mix(colour, PAPER, share)


class Sheet:
    """Shapes in painting order; str(sheet) is the SVG document."""

    def __init__(self, background: str) -> None:
        self.parts: list[str] = []
        self.background = background
        self.view = (0.0, 0.0, float(WIDTH))
        self._ids = 0

    def frame(self, x: float, y: float, width: float) -> Sheet:
        """Crop to a rectangle of the same proportions, to bring people nearer; returns the sheet."""
        self.view = (x, y, width)
        return self

    def __str__(self) -> str:
        x, y, w = self.view
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x:g} {y:g} {w:g} {w * HEIGHT / WIDTH:.2f}"'
        head += ' preserveAspectRatio="xMidYMid slice">'
        return f'{head}<rect width="{WIDTH}" height="{HEIGHT}" fill="{self.background}"/>{"".join(self.parts)}</svg>'

    def raw(self, text: str) -> None:
        """Add SVG text as it is."""
        self.parts.append(text)

    def _paint(self, fill: str | None, stroke: str | None, width: float, opacity: float) -> str:
        text = f' fill="{fill or "none"}"'
        if stroke:
            text += f' stroke="{stroke}" stroke-width="{width:.1f}" stroke-linecap="round" stroke-linejoin="round"'
        return text + (f' opacity="{opacity}"' if opacity != 1 else "")

    def path(
        self, d: str, fill: str | None = None, stroke: str | None = None, width: float = 3, opacity: float = 1
    ) -> None:
        """A shape or a line from path data."""
        self.raw(f'<path d="{d}"{self._paint(fill, stroke, width, opacity)}/>')

    def poly(self, points: Sequence[Point], fill: str, opacity: float = 1) -> None:
        """A filled polygon."""
        self.path("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points) + "Z", fill, opacity=opacity)

    def rect(
        self, x: float, y: float, w: float, h: float, fill: str, r: float = 0, opacity: float = 1
    ) -> None:
        """A rectangle with corners of radius r."""
        self.raw(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{r}"'
            f"{self._paint(fill, None, 0, opacity)}/>"
        )

    def circle(
        self, x: float, y: float, r: float, fill: str | None, stroke: str | None = None, width: float = 3,
        opacity: float = 1,
    ) -> None:  # fmt: skip
        """A disc or a ring."""
        self.raw(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"{self._paint(fill, stroke, width, opacity)}/>'
        )

    def oval(
        self, x: float, y: float, rx: float, ry: float, fill: str, turn: float = 0, opacity: float = 1
    ) -> None:
        """An ellipse turned by degrees."""
        spin = f' transform="rotate({turn:.1f} {x:.1f} {y:.1f})"' if turn else ""
        self.raw(
            f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}"'
            f"{self._paint(fill, None, 0, opacity)}{spin}/>"
        )

    def line(self, points: Sequence[Point], stroke: str, width: float = 4, opacity: float = 1) -> None:
        """A broken line with round ends."""
        d = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.path(d, None, stroke, width, opacity)

    @contextmanager
    def at(
        self, x: float, y: float, turn: float = 0, sx: float = 1, sy: float | None = None
    ) -> Iterator[None]:
        """Draw in a space moved to (x, y), turned by degrees, scaled."""
        sy = sx if sy is None else sy
        self.raw(f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn:.1f}) scale({sx:.4f} {sy:.4f})">')
        yield
        self.raw("</g>")

    @contextmanager
    def inside(self, d: str) -> Iterator[None]:
        """Keep what is drawn within the outline d."""
        self._ids += 1
        self.raw(f'<clipPath id="c{self._ids}"><path d="{d}"/></clipPath><g clip-path="url(#c{self._ids})">')
        yield
        self.raw("</g>")


def reach(a: Point, b: Point, first: float, second: float, bend: float) -> tuple[Point, Point]:
    """Elbow (or knee) and end of a two-bone limb from a towards b; bend is +1 or -1, the side of the joint."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    far = max(math.hypot(dx, dy), 0.001)
    gap = min(max(far, abs(first - second) * 1.05 + 0.1), (first + second) * 0.995)
    ux, uy = dx / far, dy / far
    end = (a[0] + ux * gap, a[1] + uy * gap)
    along = (first**2 - second**2 + gap**2) / (2 * gap)
    aside = math.sqrt(max(first**2 - along**2, 0)) * bend
    return (a[0] + ux * along - uy * aside, a[1] + uy * along + ux * aside), end


def limb(
    sheet: Sheet, a: Point, joint: Point, b: Point, radii: tuple[float, float, float], fill: str,
    span: tuple[float, float] = (0, 1),
) -> None:  # fmt: skip
    """A soft tapered limb from a through joint to b; span draws a part of it (a sleeve, a sock)."""
    p = (joint[0] + (a[0] - joint[0]) * 0.34, joint[1] + (a[1] - joint[1]) * 0.34)
    q = (joint[0] + (b[0] - joint[0]) * 0.34, joint[1] + (b[1] - joint[1]) * 0.34)
    line: list[Point] = [(a[0] + (p[0] - a[0]) * i / 6, a[1] + (p[1] - a[1]) * i / 6) for i in range(6)]
    for i in range(9):
        t = i / 8
        k = ((1 - t) ** 2, 2 * t * (1 - t), t**2)
        line.append(
            (k[0] * p[0] + k[1] * joint[0] + k[2] * q[0], k[0] * p[1] + k[1] * joint[1] + k[2] * q[1])
        )
    line += [(q[0] + (b[0] - q[0]) * i / 6, q[1] + (b[1] - q[1]) * i / 6) for i in range(1, 7)]
    last = len(line) - 1
    low, high = round(span[0] * last), round(span[1] * last)
    left, right, ends = [], [], []
    for i in range(low, high + 1):
        t = i / last
        r = (
            radii[0] + (radii[1] - radii[0]) * t * 2
            if t < 0.5
            else radii[1] + (radii[2] - radii[1]) * (t - 0.5) * 2
        )
        (x0, y0), (x1, y1) = line[max(i - 1, 0)], line[min(i + 1, last)]
        n = max(math.hypot(x1 - x0, y1 - y0), 0.001)
        nx, ny = -(y1 - y0) / n * r, (x1 - x0) / n * r
        x, y = line[i]
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
        ends.append((x, y, r))
    sheet.poly(left + right[::-1], fill)
    sheet.circle(*ends[0], fill)
    if span[1] == 1:
        sheet.circle(*ends[-1], fill)
