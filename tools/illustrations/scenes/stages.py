"""Stages, screens and microphones. Each scene is described in index.toml, under its name."""
# ruff: noqa: D103

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tools.illustrations.cast import (
    ADAM,
    AMINA,
    BERNARD,
    BINTA,
    CAMILLE,
    DJIBRIL,
    FATOU,
    HAWA,
    JEANNE,
    KEVIN,
    LINH,
    OUMAR,
    THEO,
    YVONNE,
)
from tools.illustrations.indoors import (
    mug,
    papers,
    table,
)
from tools.illustrations.outdoors import (
    bicycle,
    bird,
    block,
    ground,
    hill,
    tree,
)
from tools.illustrations.people import Person
from tools.illustrations.sheet import (
    BLACK,
    BLOND,
    BRICK,
    BROWN,
    CHESTNUT,
    CORAL,
    DARK,
    DEEP,
    DUSK,
    FAIR,
    GINGER,
    GREY,
    INK,
    LAGOON,
    LEAF,
    LILAC,
    MIST,
    NIGHT,
    OCHRE,
    PALE,
    PAPER,
    PEACH,
    PLUM,
    ROSE,
    SLATE,
    SUN,
    TAN,
    TEAL,
    WHITE,
    WOOD,
    Point,
    Sheet,
    light,
    shade,
)


def chorale_generations() -> Sheet:
    s = Sheet(PLUM)
    s.path("M0,0H1500V560Q750,700 0,560Z", shade(PLUM, 0.16))
    for i in range(9):
        s.path(
            f"M{60 + i * 172},0Q{750 + (i - 4) * 120},300 {750 + (i - 4) * 190},640",
            None,
            light(PLUM, 0.07),
            40,
        )
    s.rect(0, 660, 1500, 340, WOOD)
    for i in range(9):
        s.line([(750 + (i - 4) * 150, 660), (750 + (i - 4) * 330, 1000)], shade(WOOD, 0.1), 4)
    s.rect(330, 660, 1110, 60, shade(WOOD, 0.26), 6)

    def score(fill: str) -> Callable[[Sheet, Point, Point], None]:
        def hold(sheet: Sheet, a: Point, b: Point) -> None:
            x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2 - 8
            sheet.path(f"M{x - 52},{y - 34}l52,10l52,-10v62l-52,10l-52,-10z", fill)
            sheet.line([(x, y - 24), (x, y + 38)], SLATE, 3)

        return hold

    back = (
        (BERNARD, 480),
        (replace(FATOU, top=SUN), 690),
        (replace(DJIBRIL, top=TEAL), 900),
        (replace(JEANNE, top=LAGOON), 1110),
        (replace(OUMAR, top=CORAL), 1320),
    )
    for i, (look, x) in enumerate(back):
        Person(
            s,
            look,
            x,
            725,
            520,
            face=(0, -1)[i % 2],
            near=(x + 44, 500),
            far=(x - 44, 500),
            mood="chante",
            hold=score((PAPER, SUN)[i % 2]),
            down=0.02,
        )
    front = (
        (replace(CAMILLE, top=SUN), 590, 410),
        (replace(ADAM, top=CORAL), 795, 400),
        (replace(YVONNE, top=TEAL), 1010, 530),
        (replace(BINTA, top=LAGOON), 1225, 400),
    )
    for i, (look, x, h) in enumerate(front):
        y = 900 - h * (0.62 if h < 500 else 0.6)
        Person(
            s,
            look,
            x,
            905,
            h,
            face=(-1, 0)[i % 2],
            near=(x + 40, y),
            far=(x - 40, y),
            mood="chante",
            hold=score((CORAL, PAPER)[i % 2]),
        )
    Person(
        s,
        replace(HAWA, top=INK, bottom=INK, sleeve=1.0),
        210,
        940,
        620,
        face=1,
        near=(330, 480),
        far=(300, 380),
        mood="rire",
    )
    s.line([(338, 478), (400, 420)], PAPER, 6)
    return s


def theatre_forum() -> Sheet:
    s = Sheet(NIGHT)
    s.rect(220, 60, 1060, 560, SUN)
    s.poly([(520, 60), (980, 60), (1180, 620), (320, 620)], light(SUN, 0.4))
    s.circle(750, 300, 130, OCHRE)
    for side in (-1, 1):
        x = 750 + side * 750
        s.path(
            f"M{x},0H{750 + side * 430}Q{750 + side * 440},330 {750 + side * 570},430Q{750 + side * 500},500 {750 + side * 510},660H{x}Z",
            CORAL,
        )
        for i in range(4):
            s.path(
                f"M{750 + side * (500 + i * 70)},0Q{750 + side * (510 + i * 66)},330 {750 + side * (600 + i * 44)},430",
                None,
                shade(CORAL, 0.2),
                12,
            )
    s.path(
        "M0,0H1500V80Q1375,150 1250,90Q1125,150 1000,90Q875,150 750,90Q625,150 500,90Q375,150 250,90Q125,150 0,80Z",
        BRICK,
    )
    s.rect(130, 610, 1240, 80, WOOD)
    s.rect(130, 684, 1240, 60, shade(WOOD, 0.3))
    Person(
        s,
        replace(AMINA, top=PLUM, hair_colour=TEAL),
        570,
        640,
        440,
        near=(690, 360),
        far="avant",
        mood="rire",
    )
    Person(
        s,
        replace(KEVIN, top=TEAL, hair="chapeau", hair_colour=INK),
        920,
        640,
        460,
        face=-1,
        near="hanche",
        far=(800, 330),
    )
    s.rect(730, 560, 60, 80, BRICK, 4)
    seats = (
        (120, LEAF, "court", BLACK, DEEP),
        (330, PLUM, "carre", WHITE, PALE),
        (540, LAGOON, "boucles", DARK, TAN),
        (760, BRICK, "foulard", SUN, TAN),
        (980, TEAL, "court", BLOND, PALE),
        (1190, OCHRE, "afro", BLACK, DEEP),
        (1400, LILAC, "court", CHESTNUT, FAIR),
    )
    for i, (x, c, hair, hc, skin) in enumerate(seats):
        look = replace(THEO, pattern="", top=shade(c, 0.25), hair=hair, hair_colour=hc, skin=skin)
        up = i in (1, 3, 6)
        Person(
            s,
            look,
            x,
            1120,
            620,
            face=0,
            sitting=True,
            legs=False,
            back=True,
            near=(x + 120, 560) if up else "bas",
            far="bas",
        )
    s.rect(0, 990, 1500, 10, NIGHT)
    return s


def radio_quartier() -> Sheet:
    s = Sheet(CORAL)
    for r in range(5):
        for c in range(12):
            x, y = c * 130, 40 + r * 110
            s.poly([(x, y), (x + 60, y + 50), (x, y + 100), (x - 60, y + 50)], shade(CORAL, 0.1))
    s.rect(590, 110, 320, 190, NIGHT, 12)
    s.path("M620,205h40l14,-40l22,90l22,-120l20,100l18,-50l16,20h110", None, SUN, 8)
    s.rect(1180, 120, 150, 60, INK, 12)
    s.circle(1225, 150, 18, SUN)
    s.circle(1225, 150, 34, SUN, opacity=0.3)
    s.rect(1256, 142, 54, 14, PAPER, 6)

    def cans(x: float, y: float, f: int, size: float) -> None:
        band = f"M{x - f * size * 0.56},{y}C{x - f * size * 0.72},{y - size * 0.8} {x - f * size * 0.3},{y - size * 1.22}"
        s.path(f"{band} {x + f * size * 0.22},{y - size * 1.18}", None, INK, 14)
        s.oval(x - f * size * 0.54, y + size * 0.1, size * 0.26, size * 0.38, INK)
        s.oval(x - f * size * 0.56, y + size * 0.1, size * 0.12, size * 0.22, SUN)

    Person(
        s,
        replace(HAWA, top=SUN, hair="tresses"),
        400,
        770,
        830,
        sitting=True,
        legs=False,
        near=(560, 650),
        far=(600, 620),
        mood="rire",
    )
    cans(415, 424, 1, 64)
    Person(
        s,
        replace(KEVIN, top=TEAL),
        1100,
        770,
        830,
        sitting=True,
        legs=False,
        face=-1,
        near=(980, 470),
        far=(900, 660),
        mood="chante",
    )
    cans(1085, 424, -1, 64)
    table(s, 100, 700, 1300, TEAL, front=300)
    for x, f in ((600, 1), (900, -1)):
        s.line([(x + f * 60, 700), (x + f * 50, 560), (x - f * 40, 480)], INK, 11)
        with s.at(x - f * 52, 470, f * -28):
            s.rect(-24, -46, 48, 84, SLATE, 24)
            s.rect(-24, 0, 48, 12, SUN)
        s.oval(x + f * 60, 700, 54, 10, INK)
    s.path("M640,700l24,-54h172l24,54z", INK)
    for i in range(6):
        s.line([(680 + i * 28, 690), (682 + i * 27, 660)], SLATE, 4)
        s.rect(672 + i * 28, 664 + (i * 7) % 20, 18, 9, (SUN, CORAL, PAPER)[i % 3], 2)
    mug(s, 250, 702, 60, SUN)
    papers(s, 1230, 706, 140)
    return s.frame(120, 80, 1260)


def cinema_plein_air() -> Sheet:
    s = Sheet(NIGHT)
    for i in range(46):
        s.circle((i * 397) % 1500, 12 + (i * 131) % 380, 2.5 + i % 3, SUN if i % 5 == 0 else MIST)
    block(s, 20, 640, 220, 360, shade(DUSK, 0.1), columns=4, rows=5, glass=NIGHT)
    block(s, 1280, 640, 220, 300, shade(PLUM, 0.3), columns=4, rows=4, glass=NIGHT)
    tree(s, 270, 660, 280, shade(LEAF, 0.5))
    tree(s, 1240, 660, 320, shade(LEAF, 0.5))
    ground(s, 630, shade(LEAF, 0.45), 8)
    for x in (360, 1140):
        s.line([(x, 660), (x, 80)], BLACK, 16)
    s.rect(360, 90, 780, 450, PAPER, 4)
    with s.inside("M380,110h740v410h-740z"):
        s.rect(380, 110, 740, 410, PEACH)
        s.circle(850, 300, 120, SUN)
        hill(s, 200, 900, 470, 300, ROSE)
        hill(s, 600, 1400, 480, 340, CORAL)
        s.rect(380, 455, 740, 80, BRICK)
        bicycle(s, 640, 470, 44, INK)
        Person(
            s,
            replace(LINH, top=PAPER),
            618,
            372,
            170,
            sitting=True,
            near=(684, 352),
            far=(688, 354),
            feet=((640, 462), (655, 440)),
        )
        bird(s, 1000, 190, 20)
    s.poly([(360, 540), (1140, 540), (1420, 1000), (80, 1000)], SUN, 0.07)
    rows = ((690, 400, 9, 0.86), (860, 500, 7, 0.93))
    people = (
        ("court", BLACK, TEAL, DEEP),
        ("carre", BLOND, CORAL, PALE),
        ("afro", BLACK, SUN, BROWN),
        ("court", GREY, LEAF, FAIR),
        ("foulard", ROSE, PLUM, TAN),
        ("chignon", DARK, LAGOON, FAIR),
        ("boucles", GINGER, OCHRE, PALE),
        ("bonnet", CORAL, DUSK, TAN),
    )
    for r, (y, h, count, _) in enumerate(rows):
        for i in range(count):
            hair, hc, c, skin = people[(i * 3 + r * 4) % 8]
            seat = 750 + (i - (count - 1) / 2) * (128 if r == 0 else 176)
            look = replace(
                THEO,
                pattern="",
                top=shade(c, 0.28),
                hair=hair,
                hair_colour=shade(hc, 0.2),
                skin=shade(skin, 0.2),
            )
            kid = (i + r) % 4 == 2
            Person(
                s,
                replace(look, age="enfant") if kid else look,
                seat,
                y + (30 if kid else 0) + 60,
                h * (0.82 if kid else 1),
                face=0,
                sitting=True,
                legs=False,
                back=True,
            )
        s.path(f"M0,{y + 50}Q750,{y + 20} 1500,{y + 50}V{y + 150}H0Z", shade(LEAF, 0.52 + r * 0.12))
    s.rect(0, 930, 1500, 70, shade(LEAF, 0.64))
    return s
