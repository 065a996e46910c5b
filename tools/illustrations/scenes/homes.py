"""Homes: painting, sharing, visiting, heating, negotiating. Each scene is described in index.toml, under its name."""
# ruff: noqa: D103

from __future__ import annotations

from dataclasses import replace

from tools.illustrations.cast import (
    AMINA,
    BERNARD,
    CAMILLE,
    CHLOE,
    ELISE,
    FATOU,
    GABRIEL,
    GASTON,
    HAWA,
    IDRISS,
    JEANNE,
    KEVIN,
    LINH,
    OUMAR,
    PAULINE,
    ROSA,
    SAMIRA,
    THEO,
    YVONNE,
    ZACHARIE,
)
from tools.illustrations.indoors import (
    books,
    chair,
    cooker_pot,
    frame,
    mug,
    papers,
    pot,
    room,
    shelf,
    steam,
    table,
    wheelchair,
    window,
)
from tools.illustrations.outdoors import (
    bicycle,
    block,
    bush,
    ground,
    plant,
    tree,
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
    mix,
    shade,
)


def renovation_logement() -> Sheet:
    s = Sheet(PEACH)
    s.path("M0,0H720L760,140L690,300L780,470L700,700H0Z", LAGOON)
    room(s, 800, SAND, PAPER)
    window(s, 960, 130, 320, 340, SKY, PAPER, SAGE)
    for x, y, t in ((180, 900, -8), (420, 940, 6), (660, 900, 3), (980, 930, -6), (1240, 900, 8)):
        with s.at(x, y, t, 1, 0.4):
            s.rect(-130, -90, 260, 180, PAPER)
            for i in range(5):
                s.rect(-110, -70 + i * 30, 220 - (i % 2) * 60, 12, STONE)
    for a, b in (((1050, 930), (1120, 480)), ((1270, 930), (1180, 480))):
        s.line([a, b], CORAL, 15)
    for i in range(4):
        s.line([(1066 + i * 15, 850 - i * 95), (1256 - i * 18, 850 - i * 95)], CORAL, 11)

    def roller(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.line([(b[0] - 40, b[1] + 130), (a[0] + 40, a[1] - 150)], BARK, 11)
        sheet.line([(a[0] + 40, a[1] - 150), (a[0] + 50, a[1] - 180)], SLATE, 9)
        sheet.rect(a[0] - 10, a[1] - 222, 130, 46, shade(LAGOON, 0.12), 16)

    def brush(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.line([(a[0], a[1] + 12), (a[0], a[1] - 46)], WOOD, 14)
        sheet.rect(a[0] - 22, a[1] - 84, 44, 44, shade(LAGOON, 0.12), 5)

    Person(
        s,
        replace(CHLOE, top=PAPER, bottom=TEAL, pattern="bretelles"),
        290,
        915,
        620,
        face=-1,
        near=(190, 480),
        far="hanche",
        hold=brush,
        tilt=-8,
    )
    Person(
        s,
        replace(OUMAR, top=SUN, bottom=PLUM, pattern="bretelles"),
        560,
        920,
        640,
        near=(650, 540),
        far=(620, 640),
        hold=roller,
        tilt=-8,
    )
    Person(
        s,
        replace(AMINA, top=CORAL, hair_colour=TEAL, legs="pantalon", bottom=PLUM),
        900,
        920,
        600,
        near=(1040, 660),
        far="avant",
        mood="rire",
    )
    s.path("M1006,640h84l-8,84h-68z", MIST)
    s.oval(1048, 640, 42, 10, LAGOON)
    s.path("M720,880h100l-10,80h-80z", MIST)
    s.oval(770, 880, 50, 12, LAGOON)
    return s


def habitat_partage() -> Sheet:
    s = Sheet(DUSK)
    s.circle(1300, 170, 80, SUN)
    for i in range(18):
        s.circle((i * 331) % 1500, 30 + (i * 97) % 260, 3, MIST)
    ground(s, 850, LEAF, 8)
    s.poly([(230, 300), (750, 60), (1270, 300)], CORAL)
    s.poly([(230, 300), (750, 60), (690, 300)], shade(CORAL))
    s.rect(270, 290, 960, 570, CREAM)
    rooms = (
        (290, 310, 450, 170, SUN),
        (760, 310, 450, 170, LAGOON),
        (290, 500, 450, 170, PEACH),
        (760, 500, 450, 170, SAGE),
        (290, 690, 450, 165, LILAC),
        (760, 690, 450, 165, OCHRE),
    )
    for x, y, w, h, c in rooms:
        s.rect(x, y, w, h, c)
    s.rect(290, 690, 450, 165, mix(LILAC, PAPER, 0.3))
    books(s, 310, 400, 130, 70, 1)
    shelf(s, 305, 400, 140)
    Person(
        s,
        BERNARD,
        580,
        440,
        205,
        sitting=True,
        face=-1,
        near=(530, 420),
        far=(520, 415),
        feet=((530, 480), (536, 480)),
        down=0.2,
    )
    s.rect(560, 430, 90, 50, CORAL, 12)
    s.rect(622, 390, 26, 90, CORAL, 12)
    s.path("M498,408l24,6l24,-6v22l-24,6l-24,-6z", PAPER)
    Person(s, HAWA, 860, 478, 158, near=(908, 398), far=(910, 396))
    s.path("M915,398q26,-16 42,0q18,22 -6,34q-30,10 -40,-12z", BARK)
    s.line([(950, 402), (1000, 374)], BARK, 7)
    Person(s, THEO, 1090, 478, 160, face=-1, near="salut", far="salut", mood="chante")
    frame(s, 1150, 330, 44, 56, PAPER, CORAL)
    Person(s, replace(FATOU, over="tablier", over_colour=SUN), 420, 668, 160, near=(478, 598), far=(484, 600))
    s.rect(460, 618, 160, 52, TEAL, 3)
    cooker_pot(s, 510, 618, 60, CORAL)
    steam(s, 510, 578, 34, PAPER)
    Person(s, CAMILLE, 670, 668, 120, face=-1, near=(625, 608), far="avant")
    for i in range(4):
        plant(s, 990 + i * 50, 668, 70 + i * 14, LEAF, CORAL if i % 2 else SUN)
    Person(s, ELISE, 860, 668, 156, near=(925, 598), far=(925, 600))
    s.path("M916,590h34l4,34h-42zM950,604l26,-18", LAGOON, LAGOON, 5)
    table(s, 330, 780, 260, WOOD, low=852, thick=12)
    Person(
        s, replace(LINH, top=CORAL), 380, 790, 190, sitting=True, legs=False, near=(430, 772), far=(440, 770)
    )
    Person(s, IDRISS, 540, 790, 190, sitting=True, face=-1, legs=False, near=(490, 772), far=(480, 770))
    table(s, 330, 780, 260, WOOD, low=852, thick=12)
    mug(s, 430, 780, 20, PAPER)
    mug(s, 490, 780, 20, TEAL)
    s.rect(650, 730, 70, 125, TEAL, 3)
    bicycle(s, 900, 853, 34, CORAL)
    Person(s, GASTON, 1030, 853, 84, near="haut", far="avant")
    Person(s, replace(PAULINE, top=PLUM), 1120, 853, 158, face=-1, near=(1060, 800), far="avant")
    s.rect(270, 482, 960, 16, STONE)
    s.rect(270, 672, 960, 16, STONE)
    s.rect(742, 300, 16, 560, STONE)
    tree(s, 140, 860, 340, TEAL, "ovale")
    tree(s, 1380, 860, 300, MOSS, "rond")
    return s


def visite_a_domicile() -> Sheet:
    s = Sheet(SAGE)
    window(s, 590, 100, 330, 380, SUN, PAPER, LEAF)
    s.path("M520,60h90q10,240 -60,470h-40z", CORAL)
    s.path("M990,60h-90q-10,240 60,470h40z", CORAL)
    s.rect(490, 48, 530, 18, BARK, 8)
    frame(s, 150, 150, 150, 190, SKY, TEAL)
    frame(s, 1200, 170, 130, 160, PEACH, PLUM)
    room(s, 800, PLUM, shade(SAGE, 0.16))
    s.oval(750, 930, 620, 56, shade(PLUM, 0.3))
    s.line([(150, 890), (150, 430)], INK, 10)
    s.path("M80,440l30,-110h80l30,110z", SUN)
    s.path("M270,860V500q0,-70 70,-70h60q60,0 60,70v190h130v170z", TEAL)
    Person(
        s,
        replace(YVONNE, top=PLUM, pattern=""),
        480,
        700,
        640,
        sitting=True,
        near=(690, 620),
        far=(700, 590),
        mood="rire",
        feet=((640, 912), (610, 912)),
        tilt=4,
    )
    s.path("M270,860V640q0,-40 40,-40h20q34,0 34,40v30h210q40,0 40,40v150z", shade(TEAL, 0.14))
    for x in (300, 570):
        s.rect(x, 860, 22, 50, BARK)
    chair(s, 980, 720, -1, 1.35, SUN)
    Person(
        s,
        replace(ZACHARIE, hair="court", hair_colour=BLACK, top=CORAL, bottom=INK),
        970,
        710,
        640,
        sitting=True,
        face=-1,
        near=(800, 620),
        far=(770, 600),
        lean=-5,
    )
    with s.at(738, 604, -4):
        s.path("M-86,-14l84,16l88,-16v76l-88,14l-84,-14z", PAPER)
        for x, y, c in ((-70, 2, LAGOON), (-36, 8, CORAL), (16, 12, SUN), (50, 4, LEAF)):
            s.rect(x, y + 4, 26, 30, c)
    s.rect(1190, 700, 190, 20, WOOD, 6)
    s.line([(1285, 720), (1285, 905)], shade(WOOD, 0.3), 16)
    mug(s, 1240, 700, 46, CORAL)
    pot(s, 1330, 700, 76, BRICK)
    return s


def facture_energie() -> Sheet:
    s = Sheet(SUN)
    s.rect(0, 560, 1500, 440, OCHRE)
    s.rect(90, 400, 300, 250, PAPER, 10)
    for i in range(6):
        s.rect(108 + i * 46, 386, 32, 278, MIST, 12)
    window(s, 1060, 120, 320, 300, DUSK, PAPER, INK)
    s.circle(1290, 180, 32, CREAM)
    s.line([(750, 0), (750, 130)], INK, 5)
    s.circle(750, 220, 130, light(SUN, 0.55))
    s.path("M730,130h40v40h-40z", SLATE)
    s.path("M750,165c50,0 66,44 48,80q-14,22 -16,38h-64q-2,-16 -16,-38c-18,-36 -2,-80 48,-80z", PAPER)
    Person(
        s,
        replace(ROSA, top=CORAL, hair="chignon"),
        290,
        745,
        740,
        sitting=True,
        legs=False,
        near=(460, 690),
        far=(520, 680),
        down=0.14,
    )
    Person(
        s,
        replace(OUMAR, top=TEAL),
        560,
        735,
        760,
        sitting=True,
        legs=False,
        near=(640, 690),
        far=(700, 680),
        down=0.16,
    )
    Person(
        s,
        replace(KEVIN, top=PLUM, glasses=True),
        1090,
        745,
        760,
        sitting=True,
        legs=False,
        face=-1,
        near=(880, 660),
        far=(960, 690),
        lean=-4,
    )
    table(s, 0, 705, 1500, TEAL, front=295)
    papers(s, 740, 716, 210, PAPER, 6, picture=CORAL)
    papers(s, 520, 724, 150, MIST, -12)
    mug(s, 1200, 707, 62, CORAL)
    s.rect(960, 688, 100, 20, INK, 5)
    return s.frame(120, 130, 1210)


def locataires_bailleur() -> Sheet:
    s = Sheet(PEACH)
    block(s, 60, 800, 800, 740, TEAL, columns=6, rows=6, lit=SUN, glass=shade(TEAL, 0.35), balcony=LAGOON)
    block(s, 900, 800, 520, 520, BRICK, columns=5, rows=5, lit=SUN, balcony=PEACH)
    s.rect(520, 610, 150, 190, INK)
    s.rect(536, 626, 56, 174, LAGOON)
    s.rect(598, 626, 56, 174, LAGOON)
    s.rect(490, 590, 210, 24, shade(TEAL, 0.4))
    s.rect(0, 795, 1500, 205, STONE)
    bush(s, 80, 800, 110, LEAF)
    bush(s, 1400, 800, 130, LEAF)
    Person(s, replace(OUMAR, top=PLUM, bottom=INK), 250, 915, 610, near=(330, 640), far="hanche")
    Person(s, JEANNE, 420, 920, 560, near="poitrine", far="avant")
    wheelchair(s, 690, 775, 6.2, 1, False)
    Person(
        s,
        replace(HAWA, top=SUN, bottom=CORAL, legs="pantalon", hair="tresses"),
        690,
        775,
        600,
        sitting=True,
        near=(850, 600),
        far=(880, 590),
        mood="rire",
    )
    wheelchair(s, 690, 775, 6.2, 1, True)
    s.path("M862,520l120,-16l16,120l-120,16z", SUN)
    s.path("M876,534l92,-12l3,20l-92,12zM882,574l92,-12M886,600l70,-9", PAPER, SLATE, 4)
    Person(
        s,
        replace(GABRIEL, top=DUSK, bottom=SLATE, hair="meche", beard="", glasses=True),
        1120,
        920,
        630,
        face=-1,
        near=(1000, 560),
        far=(985, 610),
    )
    s.poly([(1088, 520), (1118, 520), (1108, 640), (1098, 640)], CORAL)
    Person(s, replace(SAMIRA, top=LEAF, over=""), 1320, 925, 570, face=-1, near="menton", far="bas")
    return s
