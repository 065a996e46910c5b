"""Inside: walls and floors, tables, chairs, shelves, crockery, machines and things that hands hold."""

from __future__ import annotations

import math

from tools.illustrations.sheet import (
    BARK,
    BRICK,
    CORAL,
    INK,
    LAGOON,
    LEAF,
    MOSS,
    OCHRE,
    PAPER,
    PLUM,
    SKY,
    SLATE,
    SUN,
    TEAL,
    WOOD,
    Point,
    Sheet,
    light,
    shade,
)

BOOKS = (CORAL, TEAL, SUN, PLUM, LEAF, PAPER, LAGOON, BRICK, OCHRE)


def room(s: Sheet, floor_y: float, floor: str, skirting: str = "") -> None:
    """The floor of a room from floor_y down, with its skirting board."""
    s.rect(0, floor_y, 1500, 1000 - floor_y, floor)
    s.rect(0, floor_y - 16, 1500, 16, skirting or shade(floor, 0.14))


def window(
    s: Sheet,
    x: float,
    y: float,
    w: float,
    h: float,
    outside: str = SKY,
    frame: str = PAPER,
    green: str = MOSS,
) -> None:
    """A window onto sky and a tree top."""
    s.rect(x - 14, y - 14, w + 28, h + 28, frame, 4)
    with s.inside(f"M{x},{y}h{w}v{h}h{-w}z"):
        s.rect(x, y, w, h, outside)
        s.circle(x + w * 0.72, y + h * 1.02, w * 0.34, green)
        s.circle(x + w * 0.3, y + h * 1.12, w * 0.3, shade(green))
    s.rect(x + w / 2 - 6, y, 12, h, frame)
    s.rect(x, y + h * 0.42, w, 10, frame)
    s.rect(x - 28, y + h + 10, w + 56, 16, shade(frame, 0.1), 3)


def table(
    s: Sheet,
    x: float,
    y: float,
    w: float,
    colour: str = WOOD,
    *,
    front: float = 0,
    thick: float = 26,
    low: float = 1000,
) -> None:
    """A table whose top edge is at y; front > 0 hangs a panel or a cloth in front instead of legs."""
    if front:
        s.rect(x + 14, y + thick - 4, w - 28, front, shade(colour, 0.14), 4)
    else:
        for dx in (36, w - 58):
            s.poly(
                [(x + dx, y + thick), (x + dx + 24, y + thick), (x + dx + 20, low), (x + dx + 4, low)],
                shade(colour, 0.24),
            )
    s.rect(x, y, w, thick, colour, 8)
    s.rect(x, y + thick - 8, w, 8, shade(colour, 0.16), 4)


def chair(s: Sheet, x: float, y: float, face: int = 1, size: float = 1, colour: str = TEAL) -> None:
    """A simple chair: seat centred on (x, y), legs below, back on the side opposite to face."""
    with s.at(x, y, 0, size * face, size):
        for a, b in (((-56, 0), (-66, 130)), ((56, 0), (64, 130))):
            s.line([a, b], shade(colour, 0.25), 11)
        s.line([(-58, 0), (-78, -150)], shade(colour, 0.25), 11)
        s.path("M-86,-160C-92,-110 -82,-80 -68,-70L-56,-72C-66,-100 -70,-130 -66,-162Z", colour)
        s.rect(-66, -10, 132, 20, colour, 9)


def shelf(s: Sheet, x: float, y: float, w: float, colour: str = WOOD) -> None:
    """A plank on the wall, its top at y."""
    s.rect(x, y, w, 16, colour, 3)
    s.rect(x, y + 12, w, 5, shade(colour, 0.2))


def books(s: Sheet, x: float, y: float, w: float, h: float, seed: int = 0) -> None:
    """A row of books standing on y."""
    at, i = x, seed
    while at < x + w - 12:
        width = 14 + (i * 7) % 17
        tall = h * (0.72 + ((i * 37) % 28) / 100)
        fill = BOOKS[(i * 5 + seed) % len(BOOKS)]
        s.rect(at, y - tall, width, tall, fill, 2)
        s.rect(at + 3, y - tall * 0.78, width - 6, tall * 0.1, light(fill, 0.55) if fill != PAPER else SLATE)
        at += width + 2
        i += 1


def jars(s: Sheet, x: float, y: float, count: int, size: float, fills: tuple[str, ...]) -> None:
    """A row of labelled jars standing on y."""
    for i in range(count):
        xx = x + i * size * 1.15
        s.rect(xx, y - size, size * 0.86, size, light(fills[i % len(fills)], 0.25), size * 0.14)
        s.rect(xx, y - size * 0.66, size * 0.86, size * 0.66, fills[i % len(fills)], size * 0.14)
        s.rect(xx + size * 0.08, y - size * 1.14, size * 0.7, size * 0.18, INK, 3)
        s.rect(xx + size * 0.16, y - size * 0.5, size * 0.54, size * 0.26, PAPER, 2)


def mug(s: Sheet, x: float, y: float, size: float = 40, fill: str = CORAL) -> None:
    """A cup standing on (x, y)."""
    s.circle(x + size * 0.5, y - size * 0.5, size * 0.24, None, fill, size * 0.13)
    s.path(f"M{x - size * 0.45},{y - size}h{size * 0.9}l{-size * 0.08},{size}h{-size * 0.74}z", fill)
    s.oval(x, y - size, size * 0.45, size * 0.1, shade(fill, 0.3))


def steam(s: Sheet, x: float, y: float, size: float, colour: str = PAPER) -> None:
    """Three threads of steam rising from (x, y)."""
    for dx in (-0.5, 0, 0.5):
        xx = x + dx * size
        s.path(
            f"M{xx},{y}c{-size * 0.3},{-size * 0.3} {size * 0.3},{-size * 0.5} 0,{-size * 0.9}",
            None,
            colour,
            size * 0.1,
            0.75,
        )


def papers(
    s: Sheet, x: float, y: float, w: float, fill: str = PAPER, turn: float = 0, picture: str = ""
) -> None:
    """A flat sheet on a table, in perspective, with lines of writing."""
    with s.at(x, y, 0, 1, 0.36), s.at(0, 0, turn):
        s.rect(-w / 2, -w * 0.65, w, w * 1.3, fill)
        top = -w * 0.5
        if picture:
            s.rect(-w * 0.38, top, w * 0.76, w * 0.5, picture)
            top += w * 0.62
        while top < w * 0.5:
            s.rect(-w * 0.38, top, w * 0.7, w * 0.06, SLATE, opacity=0.55)
            top += w * 0.15


def poster(
    s: Sheet, x: float, y: float, w: float, h: float, fill: str = PAPER, motif: str = CORAL, kind: int = 0
) -> None:
    """A sheet pinned on a wall with a simple motif (0 to 5) and lines of writing."""
    s.rect(x + 5, y + 6, w, h, "#1B1030", 2, 0.14)
    s.rect(x, y, w, h, fill, 2)
    cx, cy, r = x + w / 2, y + h * 0.36, min(w, h) * 0.24
    if kind == 0:
        s.circle(cx, cy, r, motif)
    elif kind == 1:
        s.poly([(cx - r, cy + r), (cx, cy - r), (cx + r, cy + r)], motif)
    elif kind == 2:
        s.path(f"M{cx},{cy + r}V{cy - r * 0.2}", None, BARK, 7)
        s.circle(cx, cy - r * 0.3, r * 0.75, motif)
    elif kind == 3:
        s.rect(cx - r, cy - r * 0.3, r * 2, r * 1.3, motif)
        s.poly(
            [(cx - r * 1.2, cy - r * 0.3), (cx, cy - r * 1.2), (cx + r * 1.2, cy - r * 0.3)],
            shade(motif, 0.2),
        )
    elif kind == 4:
        for dx in (-0.9, 0.9):
            s.circle(cx + dx * r, cy + r * 0.3, r * 0.6, None, motif, 6)
        s.line(
            [(cx - r * 0.9, cy + r * 0.3), (cx - r * 0.2, cy - r * 0.5), (cx + r * 0.9, cy + r * 0.3)],
            motif,
            6,
        )
    else:
        s.rect(x + w * 0.1, y + h * 0.1, w * 0.8, h * 0.5, motif)
    for i in range(3):
        s.rect(x + w * 0.16, y + h * (0.7 + i * 0.09), w * (0.68 - 0.14 * i), h * 0.035, SLATE, 2, 0.7)


def frame(s: Sheet, x: float, y: float, w: float, h: float, fill: str, motif: str) -> None:
    """A framed landscape on the wall."""
    s.rect(x - 8, y - 8, w + 16, h + 16, INK, 3)
    s.rect(x, y, w, h, fill)
    with s.inside(f"M{x},{y}h{w}v{h}h{-w}z"):
        s.circle(x + w * 0.65, y + h * 0.35, w * 0.16, SUN)
        s.circle(x + w * 0.3, y + h * 1.1, w * 0.5, motif)
        s.circle(x + w * 0.85, y + h * 1.15, w * 0.4, shade(motif))


def pot(s: Sheet, x: float, y: float, size: float, fill: str = BRICK, leaf: str = LEAF) -> None:
    """A potted plant on y."""
    for a in (-56, -30, -8, 16, 40, 62):
        s.oval(
            x + math.sin(math.radians(a)) * size * 0.8, y - size * 0.75 - math.cos(math.radians(a)) * size * 0.75,
            size * 0.17, size * 0.62, leaf if a % 4 else shade(leaf, 0.12), a,
        )  # fmt: skip
    s.path(
        f"M{x - size * 0.42},{y - size * 0.72}h{size * 0.84}l{-size * 0.12},{size * 0.72}h{-size * 0.6}z",
        fill,
    )
    s.rect(x - size * 0.48, y - size * 0.8, size * 0.96, size * 0.17, shade(fill, 0.12), 4)


def crate(s: Sheet, x: float, y: float, w: float, fruit: tuple[str, ...], wood: str = WOOD) -> None:
    """A crate of round fruit or vegetables, standing on y."""
    r = w * 0.095
    for row in range(2):
        for i in range(5 - row):
            s.circle(
                x + w * 0.13 + r * row + i * w * 0.185,
                y - w * 0.36 - row * r * 1.2,
                r,
                fruit[(i + row * 2) % len(fruit)],
            )
    for i in range(2):
        s.rect(x, y - w * 0.34 + i * w * 0.175, w, w * 0.155, light(wood, 0.14 * (1 - i)), 3)
    for dx in (0, w * 0.93):
        s.rect(x + dx, y - w * 0.37, w * 0.07, w * 0.37, shade(wood, 0.16))


def cooker_pot(s: Sheet, x: float, y: float, w: float, fill: str = SLATE) -> None:
    """A large cooking pot standing on (x, y)."""
    h = w * 0.62
    for side in (-1, 1):
        s.circle(x + side * w * 0.52, y - h * 0.7, w * 0.07, None, INK, w * 0.04)
    s.rect(x - w / 2, y - h, w, h, fill, w * 0.07)
    s.rect(x - w / 2, y - h, w * 0.18, h, shade(fill, 0.16), w * 0.07)
    s.rect(x - w * 0.54, y - h - w * 0.03, w * 1.08, w * 0.07, shade(fill, 0.3), 6)


def laptop(s: Sheet, x: float, y: float, w: float, face: int = 1) -> None:
    """A laptop in profile on y, its screen leaning back; face is where the screen looks."""
    with s.at(x, y, 0, face, 1):
        s.rect(-w * 0.5, -12, w, 12, SLATE, 4)
        s.poly([(-w * 0.5, -10), (-w * 0.42, -10), (-w * 0.66, -w * 0.66), (-w * 0.72, -w * 0.65)], INK)


def pendant(s: Sheet, x: float, y: float, size: float, fill: str = SUN, cord_from: float = 0) -> None:
    """A lamp hanging from the ceiling."""
    s.line([(x, cord_from), (x, y)], INK, 4)
    s.path(
        f"M{x - size},{y + size * 0.7}C{x - size * 0.9},{y + size * 0.1} {x - size * 0.3},{y} {x},{y}C{x + size * 0.3},{y} {x + size * 0.9},{y + size * 0.1} {x + size},{y + size * 0.7}Z",
        fill,
    )
    s.oval(x, y + size * 0.7, size, size * 0.12, light(fill, 0.5))


def bubble(
    s: Sheet, x: float, y: float, w: float, h: float, fill: str, tail: Point, lines: int = 0, ink: str = PAPER
) -> None:
    """A speech bubble centred on (x, y) whose tail points to tail."""
    s.path(f"M{x - w * 0.1},{y + h * 0.3}L{tail[0]},{tail[1]}L{x + w * 0.12},{y + h * 0.3}Z", fill)
    s.rect(x - w / 2, y - h / 2, w, h, fill, h * 0.42)
    for i in range(lines):
        width = w * (0.6 if i < lines - 1 else 0.36)
        s.rect(x - w * 0.3, y + (i - (lines - 1) / 2) * h * 0.22 - 5, width, 10, ink, 5, 0.85)


def toys(s: Sheet, x: float, y: float, size: float) -> None:
    """A tower of blocks standing on y."""
    for i, fill in enumerate((TEAL, CORAL, SUN, LEAF)):
        s.rect(x - size / 2 + (i % 2) * size * 0.1, y - size * (i + 1), size, size * 0.97, fill, 5)
    s.poly(
        [(x - size * 0.5, y - size * 4), (x + size * 0.6, y - size * 4), (x + size * 0.05, y - size * 4.8)],
        PLUM,
    )


def bag(s: Sheet, x: float, y: float, w: float, fill: str = CORAL, leaf: bool = False) -> None:
    """A shopping bag hanging from (x, y)."""
    s.path(
        f"M{x - w * 0.22},{y + w * 0.42}C{x - w * 0.22},{y - w * 0.06} {x + w * 0.22},{y - w * 0.06} {x + w * 0.22},{y + w * 0.42}",
        None,
        shade(fill, 0.25),
        w * 0.07,
    )
    if leaf:
        for a in (-24, 0, 26):
            s.oval(x + a, y + w * 0.28, w * 0.09, w * 0.28, LEAF if a else MOSS, a)
    s.path(f"M{x - w * 0.45},{y + w * 0.4}h{w * 0.9}l{w * 0.06},{w * 0.95}h{-w * 1.02}z", fill)


def suitcase(s: Sheet, x: float, y: float, w: float, fill: str = CORAL) -> None:
    """A suitcase standing on (x, y)."""
    h = w * 0.72
    s.path(f"M{x - w * 0.16},{y - h}v{-w * 0.12}h{w * 0.32}v{w * 0.12}", None, INK, w * 0.05)
    s.rect(x - w / 2, y - h, w, h, fill, w * 0.08)
    for dx in (-0.28, 0.2):
        s.rect(x + w * dx, y - h, w * 0.08, h, shade(fill, 0.22))


def wheelchair(s: Sheet, x: float, y: float, u: float, face: int, front: bool) -> None:
    """A wheelchair around somebody whose hips are at (x, y); draw front=False before, front=True after."""
    with s.at(x, y, 0, u * face, u):
        if not front:
            s.path("M-9,-26L-8,4L12,4L20,22", None, INK, 2)
            s.path("M-9,-26L-15,-27", None, INK, 2.4)
            s.rect(-10, -20, 4, 24, PLUM, 1.4)
            s.rect(-9, 2, 24, 4, PLUM, 1.4)
        else:
            s.circle(-1, 11, 15.6, None, INK, 2)
            s.circle(-1, 11, 13, None, SLATE, 0.8)
            for i in range(6):
                a = i * math.pi / 6
                s.line(
                    [
                        (-1 - math.cos(a) * 14, 11 - math.sin(a) * 14),
                        (-1 + math.cos(a) * 14, 11 + math.sin(a) * 14),
                    ],
                    SLATE,
                    0.5,
                )
            s.circle(-1, 11, 2, INK)
            s.circle(18, 23.5, 3.4, INK)
            s.line([(20, 24), (26, 26)], INK, 2)
