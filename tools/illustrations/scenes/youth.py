"""Young people at work and at play. Each scene is described in index.toml, under its name."""
# ruff: noqa: D103

from __future__ import annotations

import math
from dataclasses import replace

from tools.illustrations.cast import (
    BINTA,
    CAMILLE,
    DJIBRIL,
    ELIOTT,
    HAWA,
    KEVIN,
    SAMIRA,
    THEO,
    ZACHARIE,
)
from tools.illustrations.outdoors import (
    block,
    cloud,
    ground,
    hill,
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
    SAGE,
    SAND,
    SKY,
    SLATE,
    STONE,
    SUN,
    TEAL,
    WOOD,
    Point,
    Sheet,
    light,
    shade,
)


def fresque_jeunes() -> Sheet:
    s = Sheet(SKY)
    s.rect(150, 60, 1200, 790, CREAM)
    with s.inside("M150,60h1200v790h-1200z"):
        s.circle(750, 380, 210, SUN)
        for i in range(16):
            a = i * math.pi / 8
            s.line(
                [
                    (750 + math.cos(a) * 245, 380 + math.sin(a) * 245),
                    (750 + math.cos(a) * 300, 380 + math.sin(a) * 300),
                ],
                OCHRE,
                20,
            )
        s.path("M150,850C200,500 360,460 400,200C500,420 420,700 330,850Z", LEAF)
        s.path("M150,640C260,540 260,320 190,160C120,300 120,500 150,640Z", TEAL)
        s.path("M400,200C390,460 330,640 240,850", None, SAGE, 9)
        s.path("M1350,850C1290,560 1160,520 1100,240C1000,480 1080,720 1180,850Z", CORAL)
        s.path("M1100,240C1120,480 1180,660 1290,850", None, PEACH, 9)
        s.path("M1350,620C1240,540 1240,330 1300,160C1380,300 1380,500 1350,620Z", PLUM)
        s.path("M540,180q70,-70 130,0q60,-70 140,-10q-70,0 -120,80q-60,-70 -150,-70z", TEAL)
        s.path("M900,560q60,-60 110,0q50,-60 120,-8q-60,0 -104,68q-50,-60 -126,-60z", PLUM)
        s.path("M480,850C560,680 940,680 1020,850Z", LAGOON)
    s.rect(0, 850, 1500, 150, SLATE)
    s.rect(0, 842, 1500, 14, STONE)
    for foot, top in (((1050, 930), (1120, 470)), ((1250, 930), (1160, 470))):
        s.line([foot, top], INK, 13)
    for i in range(4):
        s.line([(1062 + i * 14, 850 - i * 90), (1236 - i * 20, 850 - i * 90)], INK, 10)
    s.rect(1085, 596, 110, 16, INK)

    def brush(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.line([(a[0] - 10, a[1] + 20), (a[0] + 14, a[1] - 54)], WOOD, 12)
        sheet.path(f"M{a[0] + 2},{a[1] - 50}l26,8l0,-46l-22,-8z", CORAL)

    def roller(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.line([(a[0] + 20, a[1] + 90), (a[0] - 30, a[1] - 160)], BARK, 10)
        sheet.rect(a[0] - 80, a[1] - 190, 96, 36, TEAL, 12)

    Person(
        s,
        replace(ZACHARIE, bottom=DUSK),
        1130,
        600,
        500,
        face=-1,
        near=(1010, 270),
        far=(1060, 400),
        hold=brush,
    )
    Person(
        s,
        replace(HAWA, pattern="bretelles", bottom=TEAL, top=SUN, legs="pantalon"),
        450,
        925,
        590,
        face=-1,
        near=(330, 520),
        far=(345, 610),
        hold=roller,
        tilt=-6,
    )
    Person(s, KEVIN, 820, 930, 570, face=-1, near=(705, 540), far="hanche", hold=brush, mood="rire")
    for x, c in ((610, CORAL), (690, SUN), (960, TEAL)):
        s.path(f"M{x - 34},{880}h68l-6,70h-56z", STONE)
        s.oval(x, 880, 34, 9, c)
        s.path(f"M{x - 24},{884}l0,30q8,12 12,0l0,-26z", c)
    return s


def match_mixte() -> Sheet:
    s = Sheet(CORAL)
    block(s, 40, 560, 300, 420, PLUM, columns=4, rows=6, lit=SUN)
    block(s, 1080, 560, 380, 340, BRICK, columns=5, rows=4, lit=SUN)
    s.circle(760, 330, 170, SUN)
    for x in range(0, 1501, 60):
        s.line([(x, 400), (x, 620)], shade(CORAL, 0.3), 3)
    s.line([(0, 400), (1500, 400)], shade(CORAL, 0.3), 8)
    s.rect(0, 600, 1500, 400, TEAL)
    s.path("M900,600C900,820 1500,820 1500,820L1500,600Z", LAGOON)
    s.path("M0,700H1500", None, PAPER, 7)
    s.oval(420, 860, 330, 84, SUN)
    s.oval(420, 860, 318, 78, TEAL)
    s.line([(1350, 900), (1350, 240)], INK, 22)
    s.line([(1350, 300), (1260, 300)], INK, 14)
    s.rect(1196, 130, 70, 220, PAPER, 4)
    s.path("M1196,260l-96,0", None, SUN, 12)
    s.path(
        "M1104,266l14,90M1132,266l6,90M1160,266l-6,90M1188,266l-14,90M1108,300h76M1114,330h66", None, PAPER, 4
    )
    s.circle(905, 180, 54, OCHRE)
    s.path("M905,126v108M851,180h108M870,142q36,38 0,76M940,142q-36,38 0,76", None, INK, 5)
    Person(
        s,
        replace(
            SAMIRA,
            top=SUN,
            bottom=INK,
            legs="pantalon",
            over="",
            sleeve=1.0,
            glasses=False,
            hair_colour=INK,
            shoes=PAPER,
        ),
        760,
        850,
        590,
        near=(850, 300),
        far=(880, 310),
        tilt=-10,
        feet=((735, 850), (810, 835)),
    )
    Person(
        s,
        replace(DJIBRIL, top=PAPER, bottom=PLUM, legs="short"),
        1000,
        905,
        600,
        face=-1,
        near=(1052, 270),
        far=(930, 310),
        tilt=8,
    )
    Person(
        s,
        replace(KEVIN, top=SUN, bottom=INK, legs="short", sleeve=0.42, shoes=PAPER),
        420,
        880,
        570,
        walking=True,
        near="avant",
        far="salut",
        mood="rire",
    )
    Person(
        s,
        replace(HAWA, top=PAPER, bottom=PLUM, legs="short", hair="queue", sleeve=0.42, shoes=PAPER),
        200,
        915,
        560,
        walking=True,
        near="salut",
        far="avant",
    )
    return s


def chantier_jeunes() -> Sheet:
    s = Sheet(SAGE)
    s.circle(1250, 240, 140, SUN)
    hill(s, -300, 1000, 640, 420, MOSS)
    hill(s, 600, 2000, 640, 480, LEAF)
    block(s, 120, 620, 260, 340, CREAM, columns=4, rows=5, balcony=CORAL)
    tree(s, 520, 640, 330, LEAF, "rond")
    tree(s, 1400, 660, 420, TEAL, "ovale")
    ground(s, 620, SAND, 6)

    def plank(sheet: Sheet, a: Point, b: Point) -> None:
        with sheet.at((a[0] + b[0]) / 2, a[1] + 2, -5):
            sheet.rect(-290, -24, 580, 32, OCHRE, 3)

    Person(
        s,
        replace(ZACHARIE, bottom=TEAL, top=SUN, pattern="bretelles", legs="pantalon"),
        765,
        850,
        590,
        face=0,
        near=(880, 545),
        far=(650, 545),
        hold=plank,
        mood="rire",
    )
    s.rect(560, 640, 400, 26, WOOD, 3)
    s.rect(560, 690, 400, 26, light(WOOD, 0.15), 3)
    s.rect(540, 770, 440, 34, WOOD, 4)
    for x in (570, 920):
        s.rect(x, 630, 30, 290, shade(WOOD, 0.28), 3)

    def drill(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.path(f"M{a[0] - 12},{a[1] + 40}l8,-56l-58,0l0,-32l84,0l0,34l-8,54z", SUN)
        sheet.line([(a[0] - 62, a[1] - 32), (a[0] - 96, a[1] - 32)], INK, 8)

    Person(
        s,
        replace(HAWA, top=CORAL, bottom=DUSK, pattern="bretelles", legs="pantalon"),
        1110,
        920,
        590,
        face=-1,
        near=(1050, 690),
        far=(1020, 680),
        lean=-8,
        down=0.14,
        hold=drill,
    )
    for a in ((60, 930), (330, 930)):
        s.line([a, ((a[0] + 195) / 2 + 40, 760)], BARK, 14)
    s.rect(40, 735, 420, 28, light(WOOD, 0.15), 3)

    def saw(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.path(
            f"M{a[0] - 4},{a[1] - 14}L{a[0] + 150},{a[1] + 70}L{a[0] + 140},{a[1] + 92}L{a[0] - 12},{a[1] + 36}Z",
            MIST,
            SLATE,
            3,
        )
        sheet.rect(a[0] - 30, a[1] - 24, 46, 64, CORAL, 12)

    Person(
        s,
        replace(KEVIN, bottom=LEAF, top=PAPER, pattern="bretelles", legs="pantalon"),
        170,
        915,
        600,
        near=(310, 665),
        far=(380, 720),
        lean=8,
        down=0.14,
        hold=saw,
    )
    s.rect(40, 735, 130, 28, light(WOOD, 0.15), 3)
    return s


DAO_ = replace(CAMILLE, top=PAPER)


def aire_de_jeux() -> Sheet:
    s = Sheet(LAGOON)
    cloud(s, 300, 150, 1.3)
    cloud(s, 1180, 130, 1.6)
    block(s, 30, 620, 260, 330, PEACH, columns=4, rows=4)
    block(s, 1200, 620, 300, 420, CREAM, columns=4, rows=5, balcony=CORAL)
    tree(s, 380, 640, 330, LEAF)
    tree(s, 1120, 640, 300, MOSS)
    ground(s, 610, SAGE, 8)
    s.path("M0,800C300,720 1200,720 1500,800L1500,1000L0,1000Z", PEACH)
    s.oval(560, 905, 360, 60, OCHRE)
    s.oval(1140, 910, 300, 56, CORAL)
    for x in (240, 400):
        s.line([(x, 880), (x, 330)], INK, 16)
    s.poly([(210, 340), (320, 220), (430, 340)], CORAL)
    s.rect(232, 540, 176, 20, WOOD)
    for i in range(4):
        s.line([(246, 600 + i * 70), (394, 600 + i * 70)], SLATE, 9)
    s.path("M400,540C560,560 620,830 780,860L780,892C590,880 530,620 400,580Z", SUN)
    s.path("M400,530C570,550 630,820 780,850", None, shade(SUN, 0.16), 10)
    Person(
        s, BINTA, 322, 560, 250, sitting=False, near="salut", far=(400, 440), legs=True, face=1, mood="rire"
    )
    s.rect(232, 540, 176, 20, WOOD)
    Person(
        s,
        ELIOTT,
        575,
        690,
        310,
        sitting=True,
        lean=-12,
        near=(610, 540),
        far=(680, 560),
        feet=((680, 815), (690, 812)),
        mood="rire",
    )
    for a, b in (
        ((930, 900), (1000, 290)),
        ((1070, 900), (1000, 290)),
        ((1330, 900), (1400, 290)),
        ((1390, 900), (1400, 290)),
    ):
        s.line([a, b], TEAL, 16)
    s.line([(990, 292), (1410, 292)], TEAL, 18)
    for x in (1175, 1235):
        s.line([(x - 15, 300), (x + 40, 690)], INK, 5)
    s.rect(1190, 686, 120, 16, INK, 6)
    Person(
        s,
        DAO_,
        1240,
        682,
        320,
        sitting=True,
        face=-1,
        near=(1205, 560),
        far=(1180, 560),
        lean=6,
        mood="rire",
        feet=((1140, 740), (1150, 730)),
    )
    Person(s, replace(THEO, pattern="", top=PLUM), 1400, 915, 560, face=-1, near=(1290, 610), far=(1295, 640))
    return s
