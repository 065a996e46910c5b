"""The network, the model of the neighbourhood, the café, the street party. Each scene is described in index.toml, under its name."""
# ruff: noqa: D103

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from tools.illustrations.cast import (
    ADAM,
    BERNARD,
    CAMILLE,
    DJIBRIL,
    FATOU,
    GABRIEL,
    HAWA,
    JEANNE,
    KEVIN,
    LINH,
    MARCEL,
    OUMAR,
    SAMIRA,
    THEO,
    YVONNE,
)
from tools.illustrations.indoors import (
    chair,
    mug,
    table,
)
from tools.illustrations.outdoors import (
    bird,
    block,
    church,
    cloud,
    hill,
    house,
    paving,
    tree,
)
from tools.illustrations.people import Person
from tools.illustrations.sheet import (
    BARK,
    BRICK,
    CORAL,
    CREAM,
    DUSK,
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
    SKY,
    SLATE,
    STONE,
    SUN,
    TEAL,
    Sheet,
    light,
    mix,
    shade,
)


def reseau_france() -> Sheet:
    s = Sheet(CREAM)
    s.circle(1230, 190, 110, SUN)
    cloud(s, 250, 130, 1.2, MIST)
    cloud(s, 860, 110, 0.9, MIST)
    hill(s, -500, 700, 520, 230, SKY)
    hill(s, 300, 1300, 520, 260, LAGOON)
    hill(s, 850, 2100, 560, 250, SAGE)
    hill(s, -400, 900, 700, 420, mix(SAGE, SUN, 0.35))
    hill(s, 500, 1700, 720, 440, MOSS)
    hill(s, -500, 700, 900, 600, LEAF)
    hill(s, -200, 1900, 980, 700, TEAL)
    s.path("M690,1000C760,900 640,840 760,760S980,640 900,560S960,470 1010,440", None, LAGOON, 30)
    for i in range(5):
        s.path(f"M{1080 + i * 70},{640 - i * 4}q30,60 20,120", None, LEAF, 5)
        s.path(f"M{60 + i * 60},{520 - i * 12}q40,40 30,110", None, OCHRE, 5)
    stops = (
        (110, 330),
        (330, 470),
        (560, 340),
        (800, 460),
        (1020, 330),
        (1290, 360),
        (1180, 560),
        (900, 690),
        (560, 700),
        (250, 690),
        (330, 470),
    )
    d = f"M{stops[0][0]},{stops[0][1]}"
    for (x0, y0), (x1, y1) in pairwise(stops):
        d += f"C{x0 + (x1 - x0) * 0.3},{y0 - 60} {x0 + (x1 - x0) * 0.7},{y1 + 60} {x1},{y1}"
    s.path(d, None, PAPER, 15)
    s.raw(
        f'<path d="{d}" fill="none" stroke="{CORAL}" stroke-width="7" stroke-linecap="round" stroke-dasharray="22 15"/>'
    )
    for x, y, w, h, c, r in (
        (60, 335, 92, 70, PAPER, BRICK),
        (510, 345, 100, 80, SUN, PLUM),
        (985, 335, 84, 66, PEACH, BRICK),
        (1240, 365, 110, 84, PAPER, CORAL),
        (760, 470, 96, 78, PAPER, TEAL),
        (1130, 570, 120, 92, CREAM, PLUM),
        (200, 700, 120, 96, PEACH, CORAL),
    ):
        house(s, x, y, w, h, c, r, door=INK)
    church(s, 270, 480, 170, PAPER, SLATE)
    block(s, 500, 710, 120, 190, CORAL, columns=3, rows=4, lit=SUN)
    block(s, 870, 700, 90, 140, SUN, columns=3, rows=3, lit=PAPER)
    for x, y, h, k in (
        (180, 340, 90, "pin"),
        (220, 350, 70, "pin"),
        (640, 360, 110, "rond"),
        (1120, 350, 90, "ovale"),
        (1390, 390, 130, "ovale"),
        (690, 480, 90, "rond"),
        (1290, 580, 120, "rond"),
        (90, 720, 150, "rond"),
        (690, 730, 100, "ovale"),
        (1050, 720, 130, "pin"),
        (420, 480, 90, "ovale"),
        (1400, 700, 170, "rond"),
    ):
        tree(s, x, y, h, LEAF if y < 600 else MOSS, k)
    for look, x, y, h, f in (
        (FATOU, 400, 760, 210, 1),
        (BERNARD, 700, 375, 120, -1),
        (HAWA, 900, 480, 130, -1),
        (MARCEL, 1090, 600, 150, 1),
        (LINH, 800, 770, 200, 1),
        (ADAM, 460, 770, 130, 1),
        (SAMIRA, 1200, 380, 120, -1),
        (THEO, 160, 350, 110, 1),
        (KEVIN, 1000, 730, 180, -1),
    ):
        Person(s, look, x, y, h, face=f, near="salut" if x % 200 else "haut", far="bas", mood="rire")
    bird(s, 480, 190, 24)
    bird(s, 570, 150, 18)
    return s


def cafe_village() -> Sheet:
    s = Sheet(PEACH)
    s.rect(0, 150, 820, 640, CREAM)
    s.poly([(-20, 160), (60, 60), (780, 60), (850, 160)], BRICK)
    for x in (90, 350, 610):
        s.rect(x, 210, 110, 140, LAGOON, 3)
        s.rect(x - 52, 206, 48, 148, TEAL, 3)
        s.rect(x + 114, 206, 48, 148, TEAL, 3)
    s.rect(70, 500, 330, 290, INK, 4)
    s.rect(86, 516, 298, 200, SUN, 2)
    s.rect(480, 480, 170, 310, TEAL, 4)
    s.rect(500, 500, 130, 160, LAGOON, 3)
    for i in range(8):
        x = 40 + i * 92
        s.path(f"M{x},410h92v80q-46,40 -92,0z", CORAL if i % 2 else PAPER)
    church(s, 1130, 640, 380, CREAM, SLATE)
    house(s, 930, 645, 150, 130, PAPER, BRICK)
    paving(s, 640, SAND, shade(SAND, 0.1))
    s.rect(0, 640, 820, 150, CREAM)
    s.rect(70, 500, 330, 290, INK, 4)
    s.rect(86, 516, 298, 200, SUN, 2)
    s.rect(480, 480, 170, 310, TEAL, 4)
    s.rect(500, 500, 130, 160, LAGOON, 3)
    s.path("M1330,900C1350,700 1340,500 1330,260L1420,260C1410,500 1420,700 1450,900Z", BARK)
    for x, y, r, c in (
        (1180, 120, 150, MOSS),
        (1400, 80, 200, LEAF),
        (1300, 230, 130, shade(LEAF, 0.14)),
        (1480, 240, 130, MOSS),
    ):
        s.circle(x, y, r, c)
    for x, f in ((470, 1), (1010, -1)):
        chair(s, x, 770, f, 1.25, TEAL)
    Person(
        s,
        replace(MARCEL, top=LEAF),
        480,
        760,
        620,
        sitting=True,
        near=(640, 630),
        far=(660, 610),
        mood="rire",
    )
    Person(
        s,
        replace(YVONNE, top=PLUM),
        1000,
        760,
        600,
        sitting=True,
        face=-1,
        near=(850, 635),
        far=(840, 610),
        down=0.1,
    )
    Person(
        s,
        replace(OUMAR, hair="chapeau", hair_colour=STONE, top=SUN),
        745,
        740,
        610,
        sitting=True,
        legs=False,
        face=0,
        near="bas",
        far="bas",
        look_at=1,
    )
    s.poly([(690, 780), (820, 780), (840, 905), (670, 905)], shade(SLATE, 0.2))
    s.path("M600,676H900L912,790q-26,24 -52,0t-52,0t-52,0t-52,0t-52,0t-52,0Z", CORAL)
    for i in range(6):
        s.poly([(612 + i * 50, 676), (636 + i * 50, 676), (636 + i * 51, 792), (610 + i * 51, 792)], PAPER)
    s.rect(590, 666, 320, 22, PAPER, 10)
    for x, y, t in ((660, 610, -14), (678, 606, 4), (836, 608, -6), (820, 610, 12)):
        with s.at(x, y, t):
            s.rect(-15, -32, 30, 46, PAPER, 4)
            s.rect(-8, -22, 16, 16, CORAL, 3)
    mug(s, 700, 672, 36, CORAL)
    mug(s, 770, 672, 36, TEAL)
    return s


def fete_de_quartier() -> Sheet:
    s = Sheet(DUSK)
    s.path("M0,330Q750,180 1500,330V700H0Z", mix(DUSK, ROSE, 0.55))
    s.path("M0,470Q750,330 1500,470V700H0Z", mix(ROSE, SUN, 0.4))
    for x, w, h, c in (
        (-30, 240, 480, PLUM),
        (215, 180, 380, TEAL),
        (1080, 210, 420, BRICK),
        (1295, 240, 510, TEAL),
    ):
        block(s, x, 720, w, h, shade(c, 0.2), columns=3, rows=6, lit=SUN)
    s.rect(0, 715, 1500, 285, shade(DUSK, 0.4))
    for a, b, sag in (
        ((-10, 150), (760, 120), 70),
        ((740, 120), (1510, 150), 70),
        ((180, 280), (1320, 280), 90),
    ):
        s.path(
            f"M{a[0]},{a[1]}Q{(a[0] + b[0]) / 2},{(a[1] + b[1]) / 2 + sag * 2} {b[0]},{b[1]}", None, INK, 4
        )
        for i in range(7):
            t = (i + 0.5) / 7
            lx = (1 - t) ** 2 * a[0] + t * (1 - t) * (a[0] + b[0]) + t * t * b[0]
            ly = (1 - t) ** 2 * a[1] + t * (1 - t) * (a[1] + b[1] + sag * 4) + t * t * b[1]
            c = (SUN, CORAL, PAPER, ROSE)[i % 4]
            s.circle(lx, ly + 30, 44, c, opacity=0.16)
            s.oval(lx, ly + 30, 25, 28, c)
            s.rect(lx - 9, ly, 18, 7, INK)
    guests = (
        (replace(JEANNE, top=CORAL), 190, 1, 640),
        (replace(DJIBRIL, top=SUN), 420, 1, 660),
        (replace(LINH, top=PAPER), 640, 1, 640),
        (replace(BERNARD, top=LEAF), 880, -1, 650),
        (replace(FATOU, top=ROSE), 1100, -1, 650),
        (replace(GABRIEL, top=LAGOON), 1320, -1, 660),
    )
    for i, (look, x, f, h) in enumerate(guests):
        hand = (x + f * 105, 500 + (i % 2) * 24)
        Person(
            s,
            look,
            x,
            800,
            h,
            sitting=True,
            legs=False,
            face=f,
            near=hand,
            far=(x + f * 90, 690),
            mood="rire" if i % 2 else "sourire",
        )
        s.path(f"M{hand[0] - 16 + f * 12},{hand[1] - 34}h34l-5,46h-24z", (SUN, CORAL, PAPER)[i % 3])
    table(s, 40, 690, 1420, PAPER, front=230, thick=30)
    for i in range(14):
        s.rect(60 + i * 100, 720, 50, 196, CORAL, opacity=0.85)
    for x, c in ((140, SUN), (520, LEAF), (760, CORAL), (1000, SUN), (1240, LEAF)):
        s.oval(x, 686, 60, 14, STONE)
        s.path(f"M{x - 46},684q46,-54 92,0z", c)
    for x in (310, 880):
        s.path(f"M{x - 14},690v-56l8,-14v-30h14v30l8,14v56z", LEAF)
    return s


def maquette_quartier() -> Sheet:
    s = Sheet(LAGOON)
    s.rect(150, 80, 1200, 330, light(LAGOON, 0.35), 6)
    s.path("M180,330L420,260L640,300L900,180L1320,230", None, PAPER, 26)
    s.path("M520,100L560,390M1000,100L960,390", None, PAPER, 18)
    for x, y, c in (
        (250, 160, TEAL),
        (330, 170, CORAL),
        (700, 160, SAGE),
        (760, 320, SUN),
        (1120, 310, PLUM),
        (1150, 130, TEAL),
    ):
        s.rect(x, y, 70, 60, c, 4)
    Person(
        s,
        replace(SAMIRA, top=PLUM, hair_colour=SUN),
        270,
        745,
        720,
        sitting=True,
        legs=False,
        near=(420, 630),
        far=(480, 610),
        down=0.15,
        lean=6,
    )
    Person(
        s,
        replace(DJIBRIL, top=PAPER),
        590,
        725,
        720,
        sitting=True,
        legs=False,
        near=(700, 560),
        far=(640, 640),
        down=0.12,
        mood="rire",
    )
    Person(
        s,
        replace(CAMILLE, top=SUN),
        850,
        760,
        540,
        sitting=True,
        legs=False,
        face=-1,
        near=(760, 680),
        far=(800, 640),
        down=0.1,
    )
    Person(
        s,
        replace(BERNARD, top=CORAL),
        1180,
        745,
        740,
        sitting=True,
        legs=False,
        face=-1,
        near=(1010, 640),
        far=(960, 620),
        down=0.14,
        lean=-5,
    )
    s.path("M60,690H1440L1500,780H0Z", SAGE)
    s.rect(0, 778, 1500, 222, shade(TEAL, 0.1))
    s.path("M700,690L640,780H860L790,690Z", CREAM)
    s.path("M60,730H1440L1448,748H48Z", CREAM)
    for x, w, h, c in (
        (150, 120, 130, CORAL),
        (300, 100, 90, PAPER),
        (1090, 110, 150, TEAL),
        (1230, 120, 100, PAPER),
        (900, 90, 80, SUN),
    ):
        block(s, x, 730, w, h, c, columns=3, rows=max(2, round(h / 40)), lit=SUN)
    for x, y, h in (
        (450, 725, 84),
        (520, 735, 70),
        (600, 770, 90),
        (860, 772, 90),
        (1040, 765, 76),
        (420, 770, 80),
        (1380, 770, 100),
        (110, 770, 90),
    ):
        tree(s, x, y, h, LEAF)
    tree(s, 712, 590, 84, CORAL)
    house(s, 930, 770, 74, 52, PAPER, BRICK)
    return s.frame(110, 110, 1270)
