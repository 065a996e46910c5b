"""On the move: cars, bikes, a van, a walk at night. Each scene is described in index.toml, under its name."""
# ruff: noqa: D103

from __future__ import annotations

import math
from dataclasses import replace

from tools.illustrations.cast import (
    ADAM,
    AMINA,
    BINTA,
    CAMILLE,
    CHLOE,
    DAO,
    DJIBRIL,
    ELIOTT,
    ELISE,
    FATOU,
    GASTON,
    IDRISS,
    MARCEL,
    NADIA,
    PAULINE,
    SAMIRA,
    YVONNE,
)
from tools.illustrations.indoors import (
    books,
    room,
    window,
)
from tools.illustrations.outdoors import (
    bicycle,
    block,
    car,
    church,
    cloud,
    ground,
    hill,
    house,
    lamp,
    paving,
    tree,
    wheel,
    windows,
)
from tools.illustrations.people import Person
from tools.illustrations.sheet import (
    BARK,
    BLACK,
    BRICK,
    CORAL,
    CREAM,
    DUSK,
    INK,
    LAGOON,
    LEAF,
    LILAC,
    MIST,
    MOSS,
    NIGHT,
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
    WOOD,
    Point,
    Sheet,
    light,
    mix,
    shade,
)


def covoiturage_solidaire() -> Sheet:
    s = Sheet(SUN)
    s.circle(330, 300, 150, light(SUN, 0.55))
    hill(s, -300, 900, 620, 380, OCHRE)
    hill(s, 500, 2000, 640, 330, MOSS)
    church(s, 560, 640, 330, CREAM, SLATE)
    for x, w, h, c, r in (
        (760, 150, 120, PAPER, BRICK),
        (430, 130, 110, PEACH, PLUM),
        (940, 170, 140, CREAM, BRICK),
    ):
        house(s, x, 645, w, h, c, r)
    tree(s, 120, 660, 330, LEAF, "ovale")
    tree(s, 1410, 670, 460, LEAF, "ovale")
    ground(s, 640, SAGE, 8)
    s.rect(0, 790, 1500, 210, SLATE)
    s.rect(0, 780, 1500, 16, STONE)
    for x in range(40, 1500, 220):
        s.rect(x, 925, 120, 10, MIST)
    s.poly([(318, 694), (412, 570), (845, 570), (892, 694)], SKY)
    s.path("M600,720V610q0,-24 22,-24h20q24,0 24,24V720Z", PLUM)
    Person(
        s,
        replace(NADIA, top=TEAL),
        560,
        832,
        470,
        face=-1,
        near=(420, 690),
        far=(410, 680),
        sitting=True,
        legs=False,
        mood="rire",
    )
    s.line([(398, 700), (432, 660)], INK, 13)
    car(s, 60, 905, 900, CORAL)
    s.line([(1050, 640), (1034, 900)], BARK, 10)
    Person(s, YVONNE, 1120, 905, 560, face=-1, near=(1050, 640), far="avant", lean=-3)
    Person(s, replace(DJIBRIL, top=LEAF), 1285, 900, 610, face=-1, near="salut", far=(1150, 560), mood="rire")
    return s


def pedibus() -> Sheet:
    s = Sheet(MIST)
    for x, w, h, c, r in (
        (-40, 250, 300, PEACH, BRICK),
        (250, 210, 260, CREAM, TEAL),
        (500, 240, 340, ROSE, PLUM),
        (1250, 260, 320, SUN, BRICK),
    ):
        house(s, x, 700, w, h, c, r, door=INK)
    s.rect(780, 380, 430, 320, CREAM)
    s.rect(760, 360, 470, 30, BRICK)
    windows(s, 800, 400, 390, 190, 4, 2, SUN, LAGOON)
    s.rect(950, 590, 90, 110, TEAL)
    s.line([(995, 360), (995, 250)], INK, 6)
    for i, c in enumerate((TEAL, PAPER, CORAL)):
        s.rect(998 + i * 28, 252, 28, 54, c)
    tree(s, 1236, 700, 330, MOSS)
    s.rect(0, 700, 1500, 300, STONE)
    s.rect(0, 900, 1500, 100, SLATE)
    s.rect(0, 890, 1500, 16, PAPER)
    for x in range(60, 1500, 210):
        s.rect(x, 912, 110, 88, PAPER)
    kids = (
        (ADAM, 470, 350),
        (CAMILLE, 640, 330),
        (replace(BINTA, top=TEAL), 800, 370),
        (ELIOTT, 960, 340),
        (DAO, 1105, 360),
    )
    Person(
        s,
        replace(IDRISS, over="gilet", over_colour=SUN, top=SUN, bottom=INK),
        270,
        885,
        590,
        walking=True,
        near="bas",
        far=(400, 700),
    )
    for i, (look, x, h) in enumerate(kids):
        colour = (CORAL, SUN, PLUM, LAGOON, LEAF)[i]
        Person(
            s,
            look,
            x,
            890,
            h,
            walking=True,
            far=(x + 100, 745),
            near=(x - 40, 745),
            mood="rire" if i % 2 else "sourire",
        )
        s.rect(x - h * 0.24, 890 - h * 0.73, h * 0.19, h * 0.27, colour, 12)
        s.rect(x - h * 0.23, 890 - h * 0.6, h * 0.15, h * 0.1, shade(colour, 0.2), 5)
    Person(
        s,
        replace(AMINA, top=CORAL, over="gilet", over_colour=SUN, legs="pantalon"),
        1290,
        885,
        560,
        walking=True,
        near="salut",
        far="avant",
        look_at=-1,
    )
    return s


def centre_mobile() -> Sheet:
    s = Sheet(SKY)
    cloud(s, 240, 150, 1.3)
    cloud(s, 1250, 190, 1.1)
    hill(s, -400, 900, 600, 360, SAGE)
    hill(s, 500, 2000, 600, 330, SUN)
    for i in range(6):
        s.path(
            f"M{760 + i * 110},600Q{1000 + i * 70},{470} {1240 + i * 50},{372 + abs(i - 2) * 6}",
            None,
            OCHRE,
            6,
        )
    church(s, 70, 620, 330, CREAM, BRICK)
    house(s, 300, 625, 150, 120, PAPER, BRICK)
    tree(s, 1420, 650, 360, LEAF, "ovale")
    ground(s, 610, MOSS, 8)
    paving(s, 740, SAND, shade(SAND, 0.12))
    s.path(
        "M430,850V380Q430,340 470,340H1010Q1050,340 1072,380L1140,540L1190,570Q1216,586 1216,620V850Z", TEAL
    )
    s.path("M430,760H1216V850H430Z", shade(TEAL, 0.25))
    s.path("M1010,380H1046L1110,540H1010Z", SKY)
    s.rect(520, 430, 380, 210, INK, 6)
    s.rect(530, 440, 360, 200, SUN, 4)
    books(s, 545, 560, 110, 80, 3)
    s.rect(540, 560, 340, 8, WOOD)
    Person(
        s,
        replace(PAULINE, top=CORAL),
        740,
        700,
        440,
        near=(830, 620),
        far=(850, 600),
        sitting=True,
        legs=False,
        mood="rire",
    )
    s.rect(430, 640, 786, 90, shade(TEAL, 0.1))
    s.rect(500, 630, 420, 22, WOOD, 4)
    for i in range(7):
        x = 490 + i * 63
        s.path(
            f"M{x},430l{-12 + i * 2},-90h{63 - 0}l{14 - i * 2 - 2},90q-32,30 -65,0z",
            CORAL if i % 2 == 0 else PAPER,
        )
    wheel(s, 580, 850, 72)
    wheel(s, 1080, 850, 72)
    s.rect(1196, 680, 26, 40, SUN, 6)
    Person(s, MARCEL, 985, 915, 560, face=-1, near=(895, 615), far="avant")
    Person(s, replace(FATOU, top=PLUM), 330, 925, 570, near=(450, 640), far="avant")
    Person(s, replace(GASTON, top=CORAL), 215, 935, 260, near="avant", far="bas", mood="rire")
    return s


def atelier_velo() -> Sheet:
    s = Sheet(TEAL)
    room(s, 820, SAND, shade(TEAL, 0.3))
    s.rect(70, 120, 420, 300, shade(TEAL, 0.2), 6)
    for i in range(5):
        x = 120 + i * 80
        s.line([(x, 170), (x, 290 + (i % 3) * 40)], (SUN, MIST, CORAL)[i % 3], 14)
        s.circle(x, 160, 18, None, (SUN, MIST, CORAL)[i % 3], 10)
    for x, y, r in ((1170, 200, 110), (1370, 290, 110)):
        s.circle(x, y, r, None, INK, 14)
        for i in range(6):
            a = i * math.pi / 6
            s.line(
                [(x - math.cos(a) * r, y - math.sin(a) * r), (x + math.cos(a) * r, y + math.sin(a) * r)],
                LAGOON,
                3,
            )
        s.circle(x, y, 14, SUN)
    window(s, 620, 110, 330, 270, SUN, PAPER, OCHRE)
    s.line([(745, 880), (745, 480)], INK, 18)
    s.line([(640, 885), (745, 830), (850, 885)], INK, 18)
    bicycle(s, 745, 780, 118, CORAL, BLACK)

    def spanner(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.line([(a[0] - 10, a[1]), (a[0] + 56, a[1] + 14)], MIST, 12)

    Person(
        s,
        replace(
            SAMIRA, top=SUN, legs="pantalon", over="tablier", over_colour=INK, bottom=PLUM, hair_colour=CORAL
        ),
        370,
        900,
        620,
        near=(530, 590),
        far=(590, 520),
        lean=7,
        down=0.12,
        hold=spanner,
    )
    Person(
        s,
        replace(DJIBRIL, top=LEAF),
        1110,
        905,
        600,
        face=-1,
        near=(940, 620),
        far=(880, 545),
        lean=-8,
        down=0.12,
    )
    s.rect(1250, 800, 190, 110, CORAL, 8)
    s.rect(1250, 836, 190, 12, shade(CORAL, 0.25))
    s.path("M1310,800v-30h70v30", None, INK, 9)
    return s


def marche_exploratoire() -> Sheet:
    s = Sheet(NIGHT)
    s.circle(1240, 170, 76, CREAM)
    s.circle(1212, 152, 66, NIGHT)
    for i in range(26):
        s.circle((i * 397) % 1500, 30 + (i * 151) % 330, 3 + i % 2, SUN if i % 4 == 0 else MIST)
    block(s, -40, 760, 380, 560, DUSK, columns=4, rows=6, glass=shade(DUSK, 0.3))
    block(s, 400, 760, 330, 430, mix(PLUM, NIGHT, 0.35), columns=4, rows=5, glass=NIGHT)
    block(s, 1140, 760, 420, 500, mix(TEAL, NIGHT, 0.4), columns=5, rows=6, glass=NIGHT)
    s.rect(0, 750, 1500, 250, shade(DUSK, 0.45))
    s.rect(0, 745, 1500, 12, DUSK)
    s.poly([(905, 250), (1060, 250), (1330, 960), (640, 960)], SUN, 0.16)
    s.oval(985, 935, 350, 40, SUN, opacity=0.2)
    lamp(s, 860, 930, 700, BLACK, SUN)

    def beam(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.poly(
            [
                (a[0] + 20, a[1] - 8),
                (a[0] + 20, a[1] + 12),
                (a[0] + 330, a[1] + 250),
                (a[0] + 370, a[1] + 100),
            ],
            SUN,
            0.34,
        )
        sheet.rect(a[0] - 6, a[1] - 11, 52, 24, INK, 6)
        sheet.rect(a[0] + 38, a[1] - 15, 18, 32, SUN, 4)

    def notebook(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.path(f"M{b[0] - 30},{b[1] - 6}l76,-26l24,70l-76,26z", PAPER)
        sheet.path(f"M{b[0] - 8},{b[1] + 10}l50,-17M{b[0] - 2},{b[1] + 28}l50,-17", None, SLATE, 4)

    Person(
        s,
        replace(ELISE, top=LILAC, over="", legs="pantalon"),
        190,
        925,
        550,
        walking=True,
        near="bas",
        far="avant",
    )
    Person(
        s,
        replace(FATOU, top=CORAL, legs="pantalon", bottom=OCHRE),
        410,
        925,
        600,
        walking=True,
        near="bas",
        far=(520, 590),
    )
    Person(
        s,
        replace(SAMIRA, top=LAGOON, legs="pantalon", over="", bottom=PEACH),
        640,
        930,
        580,
        near=(760, 625),
        far=(735, 640),
        down=0.18,
        hold=notebook,
    )
    Person(
        s,
        replace(CHLOE, top=SUN, bottom=ROSE),
        1050,
        925,
        600,
        walking=True,
        near=(1190, 620),
        far="bas",
        hold=beam,
    )
    return s
