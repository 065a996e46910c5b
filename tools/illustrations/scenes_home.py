"""Inside: homes, halls and shops."""

from __future__ import annotations

import math
from dataclasses import replace

from tools.illustrations.cast import (
    ADAM,
    AMINA,
    BERNARD,
    CAMILLE,
    CHLOE,
    DJIBRIL,
    ELIOTT,
    ELISE,
    FARAH,
    FATOU,
    GABRIEL,
    GASTON,
    HABI,
    HAWA,
    IDRISS,
    INES,
    JEANNE,
    KEVIN,
    LINH,
    MARCEL,
    NADIA,
    OUMAR,
    PAULINE,
    ROSA,
    SAMIRA,
    THEO,
    YVONNE,
    ZACHARIE,
)  # fmt: skip
from tools.illustrations.indoors import (
    bag,
    books,
    chair,
    cooker_pot,
    crate,
    frame,
    jars,
    mug,
    pot,
    room,
    shelf,
    steam,
    suitcase,
    table,
    window,
)  # fmt: skip
from tools.illustrations.outdoors import (
    bicycle,
    block,
    bunting,
    ground,
    hill,
    plant,
    tree,
)  # fmt: skip
from tools.illustrations.people import Person
from tools.illustrations.sheet import (
    BARK,
    BLACK,
    BRICK,
    CORAL,
    CREAM,
    DEEP,
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
    ROSE,
    SAGE,
    SAND,
    SKY,
    SLATE,
    STONE,
    SUN,
    TEAL,
    WHITE,
    WOOD,
    Point,
    Sheet,
    light,
    mix,
    shade,
)  # fmt: skip


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

    Person(s, replace(CHLOE, top=PAPER, bottom=TEAL, pattern="bretelles"), 290, 915, 620, face=-1, near=(190, 480), far="hanche", hold=brush, tilt=-8)
    Person(s, replace(OUMAR, top=SUN, bottom=PLUM, pattern="bretelles"), 560, 920, 640, near=(650, 540), far=(620, 640), hold=roller, tilt=-8)
    Person(s, replace(AMINA, top=CORAL, hair_colour=TEAL, legs="pantalon", bottom=PLUM), 900, 920, 600, near=(1040, 660), far="avant", mood="rire")
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
    rooms = ((290, 310, 450, 170, SUN), (760, 310, 450, 170, LAGOON), (290, 500, 450, 170, PEACH), (760, 500, 450, 170, SAGE), (290, 690, 450, 165, LILAC), (760, 690, 450, 165, OCHRE))
    for x, y, w, h, c in rooms:
        s.rect(x, y, w, h, c)
    s.rect(290, 690, 450, 165, mix(LILAC, PAPER, 0.3))
    books(s, 310, 400, 130, 70, 1)
    shelf(s, 305, 400, 140)
    Person(s, BERNARD, 580, 440, 205, sitting=True, face=-1, near=(530, 420), far=(520, 415), feet=((530, 480), (536, 480)), down=0.2)
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
    Person(s, replace(LINH, top=CORAL), 380, 790, 190, sitting=True, legs=False, near=(430, 772), far=(440, 770))
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
    Person(s, replace(YVONNE, top=PLUM, pattern=""), 480, 700, 640, sitting=True, near=(690, 620), far=(700, 590), mood="rire", feet=((640, 912), (610, 912)), tilt=4)
    s.path("M270,860V640q0,-40 40,-40h20q34,0 34,40v30h210q40,0 40,40v150z", shade(TEAL, 0.14))
    for x in (300, 570):
        s.rect(x, 860, 22, 50, BARK)
    chair(s, 980, 720, -1, 1.35, SUN)
    Person(s, replace(ZACHARIE, hair="court", hair_colour=BLACK, top=CORAL, bottom=INK), 970, 710, 640, sitting=True, face=-1, near=(800, 620), far=(770, 600), lean=-5)
    with s.at(738, 604, -4):
        s.path("M-86,-14l84,16l88,-16v76l-88,14l-84,-14z", PAPER)
        for x, y, c in ((-70, 2, LAGOON), (-36, 8, CORAL), (16, 12, SUN), (50, 4, LEAF)):
            s.rect(x, y + 4, 26, 30, c)
    s.rect(1190, 700, 190, 20, WOOD, 6)
    s.line([(1285, 720), (1285, 905)], shade(WOOD, 0.3), 16)
    mug(s, 1240, 700, 46, CORAL)
    pot(s, 1330, 700, 76, BRICK)
    return s


def ludotheque() -> Sheet:
    s = Sheet(SUN)
    for r in range(3):
        shelf(s, 80, 210 + r * 150, 1340)
        for i in range(9):
            x = 100 + i * 148 + (r * 37) % 50
            c = (CORAL, TEAL, PLUM, LEAF, LAGOON, ROSE, PAPER)[(i * 3 + r * 2) % 7]
            k = (i + r) % 4
            if k == 0:
                for j in range(3):
                    s.rect(x, 210 + r * 150 - 30 * (j + 1), 110, 28, (c, PAPER, TEAL)[j], 3)
            elif k == 1:
                s.rect(x, 210 + r * 150 - 96, 84, 96, c, 4)
                s.circle(x + 42, 210 + r * 150 - 48, 22, SUN if c != PAPER else CORAL)
            elif k == 2:
                s.circle(x + 46, 210 + r * 150 - 42, 42, c)
                s.path(f"M{x + 6},{210 + r * 150 - 52}q40,24 80,0", None, PAPER, 8)
            else:
                s.rect(x, 210 + r * 150 - 56, 100, 40, c, 8)
                for wx in (22, 78):
                    s.circle(x + wx, 210 + r * 150 - 14, 14, INK)
    room(s, 700, OCHRE)
    s.oval(750, 880, 640, 96, TEAL)
    s.oval(750, 876, 560, 76, LAGOON)
    Person(s, replace(MARCEL, hair="chauve", hair_colour=WHITE, top=PLUM), 390, 800, 620, sitting=True, near=(610, 640), far=(590, 690), feet=((640, 900), (600, 905)), mood="rire", lean=5)
    s.rect(320, 790, 150, 110, CORAL, 26)
    for i, (x, y, c) in enumerate(((680, 810, TEAL), (770, 810, CORAL), (722, 730, SUN), (690, 650, PLUM), (756, 650, LEAF), (722, 570, CORAL))):
        s.rect(x, y, 80, 76, c, 6)
        s.circle(x + 40, y + 38, 16, light(c, 0.4) if i % 2 else shade(c))
    Person(s, replace(ELIOTT, top=PAPER), 985, 900, 420, face=-1, near=(815, 610), far=(830, 660), mood="rire")
    s.poly([(740, 568), (824, 568), (782, 490)], PLUM)
    Person(s, replace(HABI, bottom=SUN, top=CORAL), 1180, 915, 290, face=-1, near=(1090, 790), far="avant")
    s.rect(1040, 770, 56, 54, LEAF, 5)
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
    Person(s, replace(LINH, legs="pantalon"), 300, 800, 600, sitting=True, near=(430, 640), far="avant", feet=((540, 850), (500, 855)), mood="rire")

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

    Person(s, replace(DJIBRIL, top=PLUM), 1200, 800, 610, sitting=True, face=-1, near=(1050, 620), far="avant", feet=((970, 850), (1010, 855)), hold=drum)
    Person(s, replace(ROSA, top=TEAL, legs="pantalon", bottom=LEAF), 760, 750, 600, sitting=True, face=0, legs=False, near="salut", far="salut", mood="chante")
    s.path("M640,760C650,700 870,700 880,760C900,810 620,810 640,760Z", LEAF)
    Person(s, replace(GASTON, top=CORAL), 560, 880, 250, near=(610, 780), far=(640, 760), hold=shaker, mood="rire")
    Person(s, replace(INES, top=LAGOON), 940, 885, 240, face=-1, near="haut", far="avant", mood="rire")
    Person(s, replace(HABI, top=PAPER, bottom=TEAL), 755, 930, 250, face=0, near="salut", far="bas", mood="rire")
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
    Person(s, replace(JEANNE, legs="pantalon", shoes=PAPER), 330, 732, 590, sitting=True, near=(285, 380), far=(490, 430), mood="rire")
    Person(s, replace(BERNARD, over="", top=SUN, shoes=PAPER, bottom=LEAF), 700, 920, 600, face=0, near=(790, 230), far=(610, 230), mood="rire")
    Person(s, replace(YVONNE, legs="pantalon", shoes=PAPER), 900, 850, 520, face=0, near=(990, 260), far=(820, 270))
    Person(s, replace(DJIBRIL, top=CORAL, bottom=INK, legs="short"), 1170, 925, 630, face=-1, near=(1222, 240), far=(1010, 310), mood="rire")
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
    Person(s, replace(ELISE, top=TEAL, over_colour=PAPER), 490, 905, 590, near=(655, 590), far="poitrine", mood="rire")
    Person(s, replace(IDRISS, top=PLUM, bottom=INK), 850, 925, 620, face=-1, near=(672, 590), far="bas")
    Person(s, replace(SAMIRA, over="", top=LEAF, hair_colour=CREAM, glasses=False), 1100, 930, 590, face=-1, near=(1130, 660), far="poitrine")
    bag(s, 1134, 670, 120, SUN)
    Person(s, replace(FARAH, top=CORAL), 980, 945, 360, face=-1, near="bas", far=(930, 790))
    suitcase(s, 1310, 940, 200, BRICK)
    return s


def club_emploi() -> Sheet:
    s = Sheet(LEAF)
    s.rect(420, 90, 660, 430, PAPER, 8)
    s.rect(420, 500, 660, 20, SLATE, 6)
    for i in range(12):
        x, y = 456 + (i % 6) * 102, 130 + i // 6 * 170
        if i not in (2, 3, 8, 9):
            s.rect(x, y, 84, 120, (SUN, PEACH, LAGOON, SAGE)[i % 4], 3)
            s.rect(x + 12, y + 20, 60, 10, INK, 4, 0.6)
            s.rect(x + 12, y + 44, 46, 8, INK, 4, 0.4)
            s.rect(x + 12, y + 64, 52, 8, INK, 4, 0.4)
    room(s, 790, shade(LEAF, 0.35), shade(LEAF, 0.5))
    Person(s, replace(NADIA, top=CORAL, bottom=INK), 760, 900, 640, face=0, near=(905, 410), far="hanche", mood="rire")
    for x, f, look in ((280, 1, replace(OUMAR, top=SUN)), (1340, -1, replace(KEVIN, top=PLUM, bottom=SAND))):
        chair(s, x, 742, f, 1.3, TEAL if f > 0 else CORAL)
        Person(s, look, x, 730, 610, sitting=True, face=f, near=(x + f * 130, 610), far="genou")
        s.path(f"M{x + f * 100},{600}l{f * 96},-14l{f * 6},20l{-f * 96},14z", PAPER)
    chair(s, 1050, 800, -1, 1.2, SUN)
    Person(s, replace(SAMIRA, top=LAGOON, over="", hair_colour=PLUM), 1055, 788, 560, sitting=True, face=-1, near="menton", far="genou")
    pot(s, 110, 900, 170, CORAL, SAGE)
    return s


def epicerie_solidaire() -> Sheet:
    s = Sheet(TEAL)
    for r in range(3):
        shelf(s, 60, 220 + r * 140, 1380, WOOD)
    jars(s, 90, 220, 6, 86, (CORAL, SUN, LEAF, OCHRE))
    jars(s, 820, 220, 5, 92, (PLUM, OCHRE, BRICK, SUN))
    books(s, 90, 360, 280, 100, 2)
    jars(s, 1000, 360, 4, 80, (SUN, CORAL, LEAF))
    crate(s, 1180, 500, 220, (SUN, OCHRE))
    crate(s, 90, 500, 220, (LEAF, MOSS))
    bunting(s, (0, 20), (1500, 20), 40, (SUN, CORAL, PAPER), 17, 36)
    Person(s, replace(GABRIEL, over="tablier", over_colour=CORAL, top=PAPER), 560, 790, 740, sitting=True, legs=False, near=(770, 580), far="avant", mood="rire")
    table(s, 40, 690, 860, WOOD, front=310)
    crate(s, 70, 694, 240, (CORAL, BRICK, CORAL))
    crate(s, 320, 694, 200, (LEAF, SAGE, MOSS))
    s.rect(660, 670, 150, 24, SLATE, 5)
    s.oval(735, 664, 70, 10, MIST)
    for x in (710, 760):
        s.oval(x, 650, 34, 20, PLUM)
    bag(s, 830, 566, 130, SUN, leaf=True)
    Person(s, replace(HAWA, top=ROSE, hair="turban", hair_colour=SUN, bottom=PLUM), 1070, 930, 640, face=-1, near=(870, 600), far=(845, 590))
    Person(s, replace(ADAM, top=LAGOON, skin=DEEP), 1240, 945, 380, face=-1, near="salut", far=(1150, 790))
    s.rect(0, 940, 1500, 60, shade(TEAL, 0.3), opacity=0)
    return s
