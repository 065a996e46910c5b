"""Parents, babies, elders, newcomers. Each scene is described in index.toml, under its name."""
# ruff: noqa: D103

from __future__ import annotations

import math
from dataclasses import replace

from tools.illustrations.cast import (
    BERNARD,
    CHLOE,
    DJIBRIL,
    ELISE,
    FARAH,
    FATOU,
    GABRIEL,
    GASTON,
    HABI,
    IDRISS,
    INES,
    JEANNE,
    LINH,
    OUMAR,
    ROSA,
    SAMIRA,
    YVONNE,
)
from tools.illustrations.heads import head
from tools.illustrations.indoors import (
    bag,
    chair,
    mug,
    pot,
    room,
    suitcase,
    toys,
    window,
)
from tools.illustrations.outdoors import (
    block,
    hill,
    tree,
)
from tools.illustrations.people import Person
from tools.illustrations.sheet import (
    BARK,
    BLACK,
    BRICK,
    BROWN,
    CORAL,
    CREAM,
    DUSK,
    INK,
    LAGOON,
    LEAF,
    MIST,
    OCHRE,
    PAPER,
    PEACH,
    PLUM,
    ROSE,
    SAGE,
    SAND,
    SKY,
    STONE,
    SUN,
    TEAL,
    WOOD,
    Point,
    Sheet,
    light,
    shade,
)


def cafe_parents() -> Sheet:
    s = Sheet(ROSE)
    s.circle(1240, 260, 190, PEACH)
    window(s, 560, 90, 380, 300, SKY, PAPER, SAGE)
    pot(s, 110, 800, 200, TEAL, LEAF)
    room(s, 790, PLUM, shade(ROSE, 0.2))
    s.oval(750, 930, 640, 62, shade(PLUM, 0.3))
    s.rect(240, 560, 300, 260, TEAL, 40)
    s.rect(960, 560, 320, 260, SUN, 40)

    def baby(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.oval(490, 600, 52, 88, PAPER, 24)
        head(sheet, 522, 520, 38, face=-1, tilt=14, skin=BROWN, hair="court", hair_colour=BLACK, mood="calme")

    Person(
        s,
        replace(FATOU, top=CORAL, pattern="", legs="pantalon", bottom=INK),
        400,
        740,
        640,
        sitting=True,
        near=(500, 650),
        far=(540, 600),
        hold=baby,
        tilt=6,
    )
    Person(
        s,
        replace(GABRIEL, top=LEAF),
        1110,
        740,
        640,
        sitting=True,
        face=-1,
        near=(980, 610),
        far=(940, 640),
        mood="rire",
    )
    mug(s, 950, 612, 48, PAPER)
    Person(
        s,
        replace(CHLOE, top=MIST, bottom=DUSK),
        760,
        720,
        620,
        sitting=True,
        face=0,
        legs=False,
        near=(800, 640),
        far=(700, 640),
        look_at=-1,
    )
    s.rect(600, 690, 310, 24, WOOD, 10)
    s.poly([(740, 714), (772, 714), (800, 880), (712, 880)], shade(WOOD, 0.25))
    mug(s, 690, 690, 50, SUN)
    mug(s, 790, 690, 50, CORAL)
    s.oval(845, 686, 40, 8, PAPER)
    Person(s, replace(GASTON, top=CORAL), 560, 925, 230, near="avant", far="avant", face=1)
    toys(s, 650, 935, 34)
    return s


def eveil_tout_petits() -> Sheet:
    s = Sheet(SKY)
    for x, c in ((160, CORAL), (420, SUN), (1080, LEAF), (1330, PLUM)):
        s.line([(x, 0), (x, 120)], INK, 3)
        s.circle(x, 160, 44, c)
        s.circle(x + 14, 146, 10, light(c, 0.5))
    window(s, 590, 110, 320, 250, CREAM, PAPER, SAGE)
    room(s, 640, PEACH, PAPER)
    s.oval(750, 850, 660, 128, CORAL)
    s.oval(750, 846, 560, 98, SUN)
    s.oval(750, 842, 420, 68, ROSE)
    Person(
        s,
        replace(LINH, legs="pantalon"),
        300,
        800,
        600,
        sitting=True,
        near=(430, 640),
        far="avant",
        feet=((540, 850), (500, 855)),
        mood="rire",
    )

    def drum(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.circle(a[0] + 38, a[1] - 6, 54, TEAL)
        sheet.circle(a[0] + 38, a[1] - 6, 43, CREAM)
        for i in range(5):
            t = i * 1.25
            sheet.circle(a[0] + 38 + math.cos(t) * 49, a[1] - 6 + math.sin(t) * 49, 6, SUN)

    def shaker(sheet: Sheet, a: Point, b: Point) -> None:
        for p, c in ((a, CORAL), (b, LEAF)):
            sheet.line([(p[0], p[1] + 14), (p[0] + 4, p[1] - 30)], BARK, 8)
            sheet.oval(p[0] + 6, p[1] - 44, 19, 24, c)

    Person(
        s,
        replace(DJIBRIL, top=PLUM),
        1200,
        800,
        610,
        sitting=True,
        face=-1,
        near=(1050, 620),
        far="avant",
        feet=((970, 850), (1010, 855)),
        hold=drum,
    )
    Person(
        s,
        replace(ROSA, top=TEAL, legs="pantalon", bottom=LEAF),
        760,
        750,
        600,
        sitting=True,
        face=0,
        legs=False,
        near="salut",
        far="salut",
        mood="chante",
    )
    s.path("M640,760C650,700 870,700 880,760C900,810 620,810 640,760Z", LEAF)
    Person(
        s,
        replace(GASTON, top=CORAL),
        560,
        880,
        250,
        near=(610, 780),
        far=(640, 760),
        hold=shaker,
        mood="rire",
    )
    Person(s, replace(INES, top=LAGOON), 940, 885, 240, face=-1, near="haut", far="avant", mood="rire")
    Person(
        s, replace(HABI, top=PAPER, bottom=TEAL), 755, 930, 250, face=0, near="salut", far="bas", mood="rire"
    )
    return s


def gym_douce() -> Sheet:
    s = Sheet(LAGOON)
    for x in (80, 330, 580):
        s.rect(x, 70, 200, 480, MIST, 100)
        s.rect(x + 92, 70, 16, 480, LAGOON)
        s.rect(x, 300, 200, 14, LAGOON)
    s.rect(900, 90, 520, 460, light(LAGOON, 0.4), 6)
    room(s, 700, SAND, PAPER)
    for x, y, c in ((330, 925, CORAL), (900, 856, LEAF), (700, 925, PLUM), (1140, 925, TEAL)):
        s.oval(x, y, 170, 30, c)
    chair(s, 330, 745, 1, 1.25, PLUM)
    Person(
        s,
        replace(JEANNE, legs="pantalon", shoes=PAPER),
        330,
        732,
        590,
        sitting=True,
        near=(285, 380),
        far=(490, 430),
        mood="rire",
    )
    Person(
        s,
        replace(BERNARD, over="", top=SUN, shoes=PAPER, bottom=LEAF),
        700,
        920,
        600,
        face=0,
        near=(790, 230),
        far=(610, 230),
        mood="rire",
    )
    Person(
        s,
        replace(YVONNE, legs="pantalon", shoes=PAPER),
        900,
        850,
        520,
        face=0,
        near=(990, 260),
        far=(820, 270),
    )
    Person(
        s,
        replace(DJIBRIL, top=CORAL, bottom=INK, legs="short"),
        1170,
        925,
        630,
        face=-1,
        near=(1222, 240),
        far=(1010, 310),
        mood="rire",
    )
    chair(s, 110, 720, 1, 1.1, TEAL)
    Person(s, replace(OUMAR, shoes=PAPER), 110, 706, 520, sitting=True, near=(68, 395), far=(255, 440))
    s.circle(1370, 880, 60, SUN)
    s.path("M1316,868q54,34 108,0", None, OCHRE, 8)
    return s


def accueil_nouveaux_arrivants() -> Sheet:
    s = Sheet(SKY)
    s.rect(0, 0, 800, 820, CORAL)
    for r in range(14):
        for c in range(6 - r % 2):
            s.rect(20 + c * 140 + (r % 2) * 60, 18 + r * 58, 60, 18, shade(CORAL, 0.08), 2)
    s.rect(150, 190, 330, 630, PAPER)
    s.rect(176, 216, 278, 604, SUN)
    s.path("M176,216L60,170V880L176,820Z", TEAL)
    s.circle(82, 540, 12, SUN)
    s.path("M190,260h250v120q-125,40 -250,0z", light(SUN, 0.4))
    window(s, 570, 260, 150, 220, LAGOON, PAPER, SAGE)
    hill(s, 500, 1900, 640, 470, SAGE)
    block(s, 940, 660, 170, 300, PLUM, columns=3, rows=5)
    block(s, 1280, 660, 190, 240, TEAL, columns=3, rows=4)
    tree(s, 1180, 680, 300, LEAF)
    s.rect(0, 660, 1500, 0, LEAF)
    s.path("M800,660H1500V1000H0V820H800Z", STONE)
    s.path("M150,820H480L540,880H90Z", shade(STONE, 0.1))
    pot(s, 640, 830, 130, TEAL, LEAF)
    Person(
        s,
        replace(ELISE, top=TEAL, over_colour=PAPER),
        490,
        905,
        590,
        near=(655, 590),
        far="poitrine",
        mood="rire",
    )
    Person(s, replace(IDRISS, top=PLUM, bottom=INK), 822, 925, 620, face=-1, near=(672, 590), far="bas")
    Person(
        s,
        replace(SAMIRA, over="", top=LEAF, hair_colour=CREAM, glasses=False),
        1100,
        930,
        590,
        face=-1,
        near=(1130, 660),
        far="poitrine",
    )
    bag(s, 1134, 670, 120, SUN)
    Person(s, replace(FARAH, top=CORAL), 980, 945, 360, face=-1, near="bas", far=(930, 790))
    suitcase(s, 1310, 940, 200, BRICK)
    return s
