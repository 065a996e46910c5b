"""Gardens, a tree, a box of books. Each scene is described in index.toml, under its name."""
# ruff: noqa: D103

from __future__ import annotations

from dataclasses import replace

from tools.illustrations.cast import (
    BINTA,
    FARAH,
    FATOU,
    GABRIEL,
    HAWA,
    MARCEL,
    OUMAR,
    SAMIRA,
)
from tools.illustrations.indoors import (
    books,
    crate,
)
from tools.illustrations.outdoors import (
    bed,
    bench,
    block,
    flower,
    ground,
    hill,
    house,
    plant,
    tree,
)
from tools.illustrations.people import Person
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
    OCHRE,
    PAPER,
    PEACH,
    PLUM,
    ROSE,
    SAGE,
    SAND,
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


def _tool(s: Sheet, a: Point, b: Point, width: float = 11) -> None:
    s.line([a, b], BARK, width)


def jardin_partage() -> Sheet:
    s = Sheet(SUN)
    s.circle(1180, 250, 150, light(SUN, 0.6))
    block(s, 60, 640, 380, 520, ROSE, columns=5, rows=6, balcony=PAPER)
    block(s, 470, 640, 270, 400, TEAL, columns=4, rows=5, lit=PEACH, balcony=LAGOON)
    block(s, 1010, 640, 420, 330, BRICK, columns=6, rows=4, balcony=PEACH)
    tree(s, 880, 660, 380, MOSS)
    ground(s, 630, SAGE, 10)
    ground(s, 760, MOSS, 14)
    for i, x in enumerate(range(90, 560, 60)):
        plant(s, x, 800, 130 + (i % 3) * 26, LEAF, CORAL if i % 2 else "")
    bed(s, 50, 890, 530, 92)

    def can(sheet: Sheet, a: Point, b: Point) -> None:
        x, y = a
        sheet.path(f"M{x - 66},{y + 46}L{x - 128},{y - 6}", None, SLATE, 13)
        sheet.oval(x - 132, y - 10, 20, 9, SLATE, -40)
        sheet.path(f"M{x - 26},{y + 8}q26,-34 52,0", None, INK, 8)
        sheet.path(f"M{x - 56},{y + 6}h92l12,88h-116z", LAGOON)
        for i in range(4):
            sheet.line([(x - 150 - i * 9, y + 12 + i * 14), (x - 158 - i * 9, y + 44 + i * 14)], PAPER, 4)

    Person(s, FATOU, 760, 905, 600, face=-1, near=(650, 620), far=(640, 610), lean=-4, hold=can)
    Person(
        s,
        replace(BINTA, top=PAPER, bottom=CORAL),
        945,
        925,
        385,
        face=-1,
        near=(890, 755),
        far=(965, 765),
        look_at=-1,
    )
    crate(s, 858, 812, 124, (CORAL, CORAL, SUN, BRICK))
    _tool(s, (1105, 600), (1000, 910), 13)
    s.path("M985,890l34,10l-14,58q-26,-10 -38,-14z", SLATE)
    Person(s, MARCEL, 1210, 915, 590, face=-1, lean=-9, near=(1072, 690), far=(1098, 625), down=0.12)
    for i in range(6):
        flower(s, 1330 + i * 30, 950 - (i % 3) * 14, 90 + (i * 31) % 60, (CORAL, PAPER, PLUM)[i % 3])
    return s


def compostage() -> Sheet:
    s = Sheet(PEACH)
    s.circle(300, 260, 130, SUN)
    hill(s, -300, 900, 640, 400, ROSE)
    hill(s, 500, 1900, 640, 330, BRICK)
    tree(s, 1330, 690, 560, LEAF, "ovale")
    tree(s, 1180, 680, 380, TEAL, "ovale")
    house(s, 80, 660, 190, 130, CREAM, PLUM)
    ground(s, 640, LEAF, 16)
    ground(s, 800, shade(LEAF, 0.25), 10)
    s.rect(520, 590, 520, 40, shade(BARK, 0.35))
    s.path("M530,640C560,540 660,560 720,520C790,500 860,560 1030,630Z", BARK)
    for x, y, c in (
        (610, 575, SUN),
        (690, 548, CORAL),
        (760, 535, SAGE),
        (840, 560, OCHRE),
        (900, 590, CORAL),
        (650, 600, SAGE),
    ):
        s.oval(x, y, 20, 9, c, x % 50)
    for i in range(5):
        s.rect(510, 612 + i * 56, 540, 46, WOOD if i % 2 else light(WOOD, 0.12), 3)
    for x in (504, 770, 1030):
        s.rect(x, 596, 28, 320, shade(WOOD, 0.25), 3)

    def pail(sheet: Sheet, a: Point, b: Point) -> None:
        with sheet.at(a[0] + 52, a[1] - 20, 115):
            sheet.path("M-46,-60h92l-12,96h-68z", CORAL)
            sheet.oval(0, -60, 46, 11, shade(CORAL, 0.3))
        for dx, dy, c in ((118, 40, SUN), (132, 78, SAGE), (112, 104, OCHRE), (140, 120, CORAL)):
            sheet.oval(a[0] + dx, a[1] + dy, 18, 8, c, dx)

    Person(s, SAMIRA, 400, 925, 620, lean=6, near=(500, 500), far=(520, 540), hold=pail, down=0.1)
    _tool(s, (985, 470), (820, 560), 12)
    s.path("M826,540l-42,6M830,556l-50,16M838,570l-44,26", None, INK, 7)
    Person(
        s,
        replace(OUMAR, over="tablier", over_colour=TEAL),
        1160,
        930,
        630,
        face=-1,
        lean=-6,
        near=(945, 500),
        far=(905, 515),
        down=0.1,
    )
    for x in (70, 150, 230):
        flower(s, x, 950, 150 - x / 4, SUN)
    return s


def boite_a_livres() -> Sheet:
    s = Sheet(mix(SAGE, PAPER, 0.45))
    s.circle(1330, 150, 220, mix(SUN, PAPER, 0.3))
    for x, w, c in ((60, 240, MIST), (340, 200, PEACH), (1180, 260, CREAM)):
        house(s, x, 660, w, 240, c, SLATE, panes=LAGOON)
    ground(s, 650, MOSS, 10)
    ground(s, 850, SAND, 10)
    s.path("M690,880C720,760 720,500 700,300L800,300C790,500 800,760 840,880Z", BARK)
    for x, y, r, c in (
        (560, 170, 170, LEAF),
        (940, 150, 190, shade(LEAF, 0.16)),
        (750, 90, 200, MOSS),
        (700, 260, 130, LEAF),
        (860, 270, 110, MOSS),
    ):
        s.circle(x, y, r, c)
    s.rect(930, 610, 26, 290, shade(WOOD, 0.3))
    s.rect(850, 400, 190, 220, CORAL, 4)
    s.rect(866, 424, 158, 84, shade(BARK, 0.3))
    s.rect(866, 520, 158, 84, shade(BARK, 0.3))
    books(s, 870, 508, 150, 78, 2)
    books(s, 870, 604, 120, 74, 5)
    s.poly([(826, 404), (945, 320), (1064, 404)], PLUM)
    Person(s, HAWA, 1200, 930, 600, face=-1, near=(1062, 560), far=(1040, 470), tilt=-4)
    bench(s, 230, 900, 380, WOOD)
    Person(
        s, replace(GABRIEL, top=TEAL), 330, 800, 590, sitting=True, near=(408, 722), far=(440, 715), down=0.2
    )
    Person(
        s,
        FARAH,
        545,
        800,
        430,
        sitting=True,
        face=-1,
        near=(505, 712),
        far=(480, 710),
        down=0.16,
        mood="rire",
    )
    s.path("M390,735l62,-18l66,18l0,-62l-66,-14l-62,14z", PAPER)
    s.path("M452,718l0,-58", None, SLATE, 4)
    s.path("M385,742l67,-18l72,18l0,-8l-72,-17l-67,17z", CORAL)
    return s
