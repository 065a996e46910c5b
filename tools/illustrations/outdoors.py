"""Outside: skies, hills, trees, houses and blocks of flats, street furniture, vehicles."""

from __future__ import annotations

import math

from tools.illustrations.sheet import (
    BARK,
    BRICK,
    CORAL,
    CREAM,
    INK,
    LAGOON,
    LEAF,
    MIST,
    MOSS,
    PAPER,
    SLATE,
    SUN,
    TEAL,
    WOOD,
    Point,
    Sheet,
    light,
    mix,
    shade,
)


def ground(s: Sheet, y: float, fill: str, wave: float = 0) -> None:
    """The ground from y to the bottom of the sheet, flat or gently waving."""
    s.path(
        f"M0,{y}C400,{y - wave} 700,{y + wave} 1000,{y}S1400,{y - wave * 0.6} 1500,{y}L1500,1000L0,1000Z",
        fill,
    )


def hill(s: Sheet, left: float, right: float, base: float, top: float, fill: str) -> None:
    """A hill whose top is between left and right, filled down to the bottom."""
    mid = (left + right) / 2
    span = (right - left) / 2
    s.path(
        f"M{left},{base}C{left + span * 0.5},{base} {mid - span * 0.5},{top} {mid},{top}S{right - span * 0.5},{base} {right},{base}L{right},1000L{left},1000Z",
        fill,
    )


def cloud(s: Sheet, x: float, y: float, size: float, fill: str = PAPER) -> None:
    """A flat-bottomed cloud centred on (x, y)."""
    with s.at(x, y, 0, size):
        s.path(
            "M-60,20C-90,20 -90,-16 -58,-18C-54,-50 -8,-56 6,-30C30,-46 60,-30 56,-10C86,-12 88,20 60,20Z",
            fill,
        )


def bird(s: Sheet, x: float, y: float, size: float, colour: str = INK) -> None:
    """A bird in the distance."""
    s.path(
        f"M{x - size},{y - size * 0.3}Q{x - size * 0.4},{y - size * 0.7} {x},{y}Q{x + size * 0.4},{y - size * 0.7} {x + size},{y - size * 0.3}",
        None,
        colour,
        5,
    )


def tree(s: Sheet, x: float, y: float, h: float, fill: str = LEAF, kind: str = "rond") -> None:
    """A tree on (x, y): rond, ovale, pin, platane or saule."""
    trunk = shade(BARK, 0.1)
    w = h * 0.045
    s.path(f"M{x - w},{y}L{x - w * 0.5},{y - h * 0.6}L{x + w * 0.5},{y - h * 0.6}L{x + w},{y}Z", trunk)
    dark, pale = shade(fill, 0.14), light(fill, 0.12)
    if kind == "rond":
        s.circle(x, y - h * 0.66, h * 0.33, fill)
        s.path(
            f"M{x},{y - h * 0.99}A{h * 0.33},{h * 0.33} 0 0 0 {x},{y - h * 0.33}C{x - h * 0.2},{y - h * 0.5} {x - h * 0.2},{y - h * 0.85} {x},{y - h * 0.99}Z",
            dark,
        )
        s.path(
            f"M{x},{y - h * 0.2}L{x},{y - h * 0.72}M{x},{y - h * 0.5}l{h * 0.11},{-h * 0.1}M{x},{y - h * 0.58}l{-h * 0.1},{-h * 0.09}",
            None,
            trunk,
            w * 0.7,
        )
    elif kind == "ovale":
        s.oval(x, y - h * 0.6, h * 0.2, h * 0.4, fill)
        s.path(f"M{x},{y - h}C{x - h * 0.27},{y - h} {x - h * 0.27},{y - h * 0.2} {x},{y - h * 0.2}Z", dark)
        s.line([(x, y), (x, y - h * 0.7)], trunk, w * 0.7)
    elif kind == "pin":
        for i in range(3):
            k = h * (0.22 - i * 0.05)
            top = y - h * (0.62 + i * 0.19)
            s.poly(
                [(x - k, y - h * (0.22 + i * 0.2)), (x + k, y - h * (0.22 + i * 0.2)), (x, top)],
                fill if i % 2 else dark,
            )
    elif kind == "platane":
        for dx, dy, r, c in (
            (-0.26, -0.62, 0.2, dark),
            (0.26, -0.64, 0.2, fill),
            (0, -0.82, 0.22, pale),
            (0, -0.62, 0.22, fill),
        ):
            s.circle(x + dx * h, y + dy * h, r * h, c)
        s.path(
            f"M{x},{y - h * 0.2}L{x},{y - h * 0.7}M{x},{y - h * 0.4}l{h * 0.18},{-h * 0.2}M{x},{y - h * 0.45}l{-h * 0.18},{-h * 0.17}",
            None,
            trunk,
            w,
        )
    else:
        s.path(
            f"M{x - h * 0.4},{y - h * 0.2}C{x - h * 0.5},{y - h * 0.9} {x - h * 0.1},{y - h} {x},{y - h}C{x + h * 0.1},{y - h} {x + h * 0.5},{y - h * 0.9} {x + h * 0.42},{y - h * 0.16}C{x + h * 0.3},{y - h * 0.5} {x + h * 0.2},{y - h * 0.4} {x + h * 0.16},{y - h * 0.22}C{x + h * 0.1},{y - h * 0.5} {x - h * 0.05},{y - h * 0.5} {x - h * 0.08},{y - h * 0.2}C{x - h * 0.16},{y - h * 0.5} {x - h * 0.3},{y - h * 0.5} {x - h * 0.4},{y - h * 0.2}Z",
            fill,
        )


def bush(s: Sheet, x: float, y: float, w: float, fill: str = MOSS) -> None:
    """A bush of half width w standing on (x, y)."""
    s.path(
        f"M{x - w},{y}C{x - w * 1.1},{y - w * 0.6} {x - w * 0.5},{y - w * 0.8} {x - w * 0.35},{y - w * 0.6}C{x - w * 0.2},{y - w * 1.1} {x + w * 0.4},{y - w} {x + w * 0.4},{y - w * 0.55}C{x + w * 0.8},{y - w * 0.8} {x + w * 1.1},{y - w * 0.3} {x + w},{y}Z",
        fill,
    )


def plant(s: Sheet, x: float, y: float, h: float, fill: str = LEAF, fruit: str = "") -> None:
    """A leafy stem on (x, y), with fruits of a colour when given."""
    s.line([(x, y), (x, y - h)], shade(fill), 5)
    for i in range(4):
        yy = y - h * (0.25 + i * 0.22)
        for side in (-1, 1):
            s.oval(
                x + side * h * 0.17,
                yy - h * 0.06,
                h * 0.17,
                h * 0.075,
                fill if side > 0 else shade(fill, 0.1),
                -side * 32,
            )
    if fruit:
        for i, dx in enumerate((-0.16, 0.2, -0.2)):
            s.circle(x + dx * h, y - h * (0.2 + i * 0.24), h * 0.085, fruit)


def flower(s: Sheet, x: float, y: float, h: float, fill: str = CORAL) -> None:
    """A flower of height h growing on (x, y)."""
    s.line([(x, y), (x, y - h)], LEAF, 4)
    s.oval(x + h * 0.16, y - h * 0.35, h * 0.18, h * 0.07, LEAF, -30)
    for i in range(6):
        a = i * math.pi / 3
        s.circle(x + math.cos(a) * h * 0.13, y - h + math.sin(a) * h * 0.13, h * 0.12, fill)
    s.circle(x, y - h, h * 0.1, SUN if fill != SUN else BARK)


def windows(
    s: Sheet, x: float, y: float, w: float, h: float, columns: int, rows: int, lit: str, dark: str
) -> None:
    """A regular grid of windows, some lit."""
    cw, ch = w / columns, h / rows
    for r in range(rows):
        for c in range(columns):
            fill = lit if (r * 5 + c * 3 + r * c) % 4 == 1 else dark
            s.rect(x + c * cw + cw * 0.22, y + r * ch + ch * 0.2, cw * 0.56, ch * 0.56, fill, 3)


def block(
    s: Sheet, x: float, y: float, w: float, h: float, fill: str, *, columns: int = 5, rows: int = 6, lit: str = SUN,
    glass: str = "", balcony: str = "",
) -> None:  # fmt: skip
    """A block of flats standing on y, with balconies of a colour on every other column."""
    s.rect(x, y - h, w, h, fill)
    s.rect(x, y - h, w * 0.12, h, shade(fill, 0.12))
    s.rect(x - 6, y - h - 12, w + 12, 16, shade(fill, 0.22))
    glass = glass or mix(fill, INK, 0.4)
    area = (x + w * 0.14, y - h + 20, w * 0.84, h - 30)
    windows(s, *area, columns, rows, lit, glass)
    if balcony:
        cw, ch = area[2] / columns, area[3] / rows
        for r in range(rows):
            for c in range(0, columns, 2):
                s.rect(
                    area[0] + c * cw + cw * 0.08,
                    area[1] + r * ch + ch * 0.58,
                    cw * 0.84,
                    ch * 0.26,
                    balcony,
                    2,
                )


def house(
    s: Sheet, x: float, y: float, w: float, h: float, wall: str = CREAM, roof: str = BRICK, *, door: str = TEAL,
    panes: str = LAGOON, chimney: bool = True,
) -> None:  # fmt: skip
    """A small house on y with a pitched roof; w and h are of the walls."""
    if chimney:
        s.rect(x + w * 0.68, y - h - w * 0.42, w * 0.12, w * 0.4, shade(roof, 0.2))
    s.rect(x, y - h, w, h, wall)
    s.rect(x, y - h, w * 0.14, h, shade(wall, 0.1))
    s.poly([(x - w * 0.1, y - h + 4), (x + w / 2, y - h - w * 0.42), (x + w * 1.1, y - h + 4)], roof)
    s.poly(
        [(x - w * 0.1, y - h + 4), (x + w / 2, y - h - w * 0.42), (x + w * 0.4, y - h + 4)], shade(roof, 0.14)
    )
    s.rect(x + w * 0.56, y - h * 0.55, w * 0.24, h * 0.55, door, 3)
    s.circle(x + w * 0.75, y - h * 0.26, w * 0.02, SUN)
    s.rect(x + w * 0.18, y - h * 0.68, w * 0.24, h * 0.3, panes, 2)
    s.line([(x + w * 0.3, y - h * 0.68), (x + w * 0.3, y - h * 0.38)], PAPER, 3)


def church(s: Sheet, x: float, y: float, h: float, wall: str = CREAM, roof: str = SLATE) -> None:
    """A village church of height h; its tower stands on (x, y)."""
    w = h * 0.24
    s.rect(x + w, y - h * 0.34, w * 1.9, h * 0.34, wall)
    s.poly(
        [
            (x + w, y - h * 0.34),
            (x + w * 1.3, y - h * 0.52),
            (x + w * 3, y - h * 0.52),
            (x + w * 3, y - h * 0.34),
        ],
        shade(roof, 0.1),
    )
    s.rect(x, y - h * 0.62, w, h * 0.62, shade(wall, 0.07))
    s.poly([(x - 4, y - h * 0.62), (x + w / 2, y - h), (x + w + 4, y - h * 0.62)], roof)
    s.circle(x + w / 2, y - h * 0.5, w * 0.22, PAPER, INK, 3)
    s.path(
        f"M{x + w * 0.35},{y - h * 0.28}a{w * 0.15},{w * 0.2} 0 0 1 {w * 0.3},0v{w * 0.5}h{-w * 0.3}z", roof
    )


def lamp(s: Sheet, x: float, y: float, h: float, colour: str = INK, glow: str = SUN) -> None:
    """A street lamp of height h on (x, y)."""
    s.line([(x, y), (x, y - h), (x + h * 0.14, y - h)], colour, 8)
    s.path(f"M{x + h * 0.08},{y - h + 2}h{h * 0.12}l{h * 0.02},{h * 0.035}h{-h * 0.16}z", colour)
    s.oval(x + h * 0.14, y - h * 0.955, h * 0.06, h * 0.018, glow)


def bunting(
    s: Sheet, a: Point, b: Point, sag: float, colours: tuple[str, ...], count: int = 11, size: float = 34
) -> None:
    """A string of paper flags from a to b."""
    mid = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + sag * 2)
    s.path(f"M{a[0]},{a[1]}Q{mid[0]},{mid[1]} {b[0]},{b[1]}", None, INK, 3)
    for i in range(count):
        t = (i + 0.5) / count
        x = (1 - t) ** 2 * a[0] + 2 * t * (1 - t) * mid[0] + t * t * b[0]
        y = (1 - t) ** 2 * a[1] + 2 * t * (1 - t) * mid[1] + t * t * b[1]
        s.poly([(x - size / 2, y), (x + size / 2, y), (x, y + size * 1.1)], colours[i % len(colours)])


def bicycle(s: Sheet, x: float, y: float, size: float, colour: str = CORAL, tyre: str = INK) -> None:
    """A bicycle heading right, its wheels on y; size is the wheel's radius, x the bottom bracket."""
    r = size
    back, front = (x - r * 1.25, y - r), (x + r * 1.45, y - r)
    for w in (back, front):
        s.circle(*w, r, None, tyre, r * 0.12)
        for i in range(8):
            a = i * math.pi / 8
            s.line(
                [
                    (w[0] - math.cos(a) * r, w[1] - math.sin(a) * r),
                    (w[0] + math.cos(a) * r, w[1] + math.sin(a) * r),
                ],
                SLATE,
                r * 0.018,
            )
        s.circle(*w, r * 0.12, tyre)
    seat, bar, crank = (x - r * 0.45, y - r * 2.15), (x + r * 1.05, y - r * 2.2), (x, y - r * 0.92)
    s.line([back, seat, crank, back], colour, r * 0.13)
    s.line([crank, bar], colour, r * 0.16)
    s.line([(seat[0] + r * 0.03, seat[1] + r * 0.25), (bar[0], bar[1] + r * 0.1)], colour, r * 0.14)
    s.line([front, (bar[0] - r * 0.06, bar[1] - r * 0.3)], colour, r * 0.13)
    s.path(
        f"M{bar[0] - r * 0.06},{bar[1] - r * 0.3}q{r * 0.3},{-r * 0.2} {r * 0.45},{r * 0.1}",
        None,
        tyre,
        r * 0.11,
    )
    s.path(
        f"M{seat[0] - r * 0.4},{seat[1] - r * 0.12}q{r * 0.4},{-r * 0.2} {r * 0.75},0q{-r * 0.3},{r * 0.2} {-r * 0.75},0z",
        tyre,
    )
    s.circle(*crank, r * 0.24, tyre)
    s.line([(crank[0], crank[1]), (crank[0] + r * 0.25, crank[1] + r * 0.4)], SLATE, r * 0.08)


def wheel(s: Sheet, x: float, y: float, r: float) -> None:
    """The wheel of a car or a van."""
    s.circle(x, y, r, INK)
    s.circle(x, y, r * 0.55, MIST)
    s.circle(x, y, r * 0.2, SLATE)


def car(s: Sheet, x: float, y: float, w: float, colour: str = CORAL) -> None:
    """The body of a small car heading left, x its left end, windows open to show who sits inside."""
    h = w * 0.4
    s.path(
        f"M{x},{y - h * 0.18}C{x - w * 0.01},{y - h * 0.5} {x + w * 0.08},{y - h * 0.56} {x + w * 0.2},{y - h * 0.6}L{x + w * 0.34},{y - h * 0.98}Q{x + w * 0.36},{y - h * 1.02} {x + w * 0.42},{y - h * 1.02}L{x + w * 0.82},{y - h * 1.02}Q{x + w * 0.9},{y - h * 1.02} {x + w * 0.93},{y - h * 0.9}L{x + w},{y - h * 0.5}L{x + w},{y - h * 0.18}Z M{x + w * 0.29},{y - h * 0.6}L{x + w * 0.58},{y - h * 0.6}L{x + w * 0.58},{y - h * 0.92}L{x + w * 0.39},{y - h * 0.92}Z M{x + w * 0.63},{y - h * 0.6}L{x + w * 0.92},{y - h * 0.6}L{x + w * 0.87},{y - h * 0.92}L{x + w * 0.63},{y - h * 0.92}Z",
        colour,
    )
    s.raw("")
    s.rect(x + w * 0.005, y - h * 0.26, w * 0.99, h * 0.13, shade(colour, 0.2), 8)
    s.line([(x + w * 0.605, y - h * 0.58), (x + w * 0.605, y - h * 0.2)], shade(colour, 0.22), 4)
    s.line([(x + w * 0.64, y - h * 0.5), (x + w * 0.7, y - h * 0.5)], shade(colour, 0.3), 7)
    s.oval(x + w * 0.03, y - h * 0.42, w * 0.02, h * 0.08, SUN)
    s.oval(x + w * 0.985, y - h * 0.42, w * 0.014, h * 0.08, BRICK)
    for wx in (0.2, 0.8):
        s.circle(x + w * wx, y - h * 0.14, h * 0.25, shade(colour, 0.3))
        wheel(s, x + w * wx, y - h * 0.1, h * 0.21)


def bench(s: Sheet, x: float, y: float, w: float, colour: str = WOOD) -> None:
    """A public bench of width w standing on y."""
    for dx in (0.1, 0.86):
        s.rect(x + w * dx, y - 74, 14, 74, INK)
    s.rect(x, y - 88, w, 20, colour, 4)
    s.rect(x, y - 160, w, 18, shade(colour), 4)
    s.rect(x, y - 128, w, 18, shade(colour), 4)


def bed(s: Sheet, x: float, y: float, w: float, h: float, wood: str = WOOD) -> None:
    """A raised bed of planks with earth on top, seen from the front."""
    s.rect(x + 6, y - h - 8, w - 12, 24, shade(BARK, 0.3), 8)
    for i in range(2):
        s.rect(x, y - h + i * h / 2, w, h / 2 - 3, wood if i else light(wood, 0.12), 3)
    for dx in (0, w - 16):
        s.rect(x + dx, y - h - 6, 16, h + 6, shade(wood, 0.16), 2)


def paving(s: Sheet, y: float, fill: str, joint: str) -> None:
    """A paved square in slight perspective."""
    s.rect(0, y, 1500, 1000 - y, fill)
    step, yy = 16.0, y
    while yy < 1000:
        s.line([(0, yy), (1500, yy)], joint, 2, 0.5)
        yy += step
        step *= 1.45
    for i in range(-8, 17):
        s.line([(750 + (i - 4) * 110, y), (750 + (i - 4) * 330, 1000)], joint, 2, 0.5)
