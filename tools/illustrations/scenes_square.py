"""Squares, streets and the map: gathering, voting, speaking up."""

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
    ELIOTT,
    ELISE,
    FARAH,
    FATOU,
    GABRIEL,
    HAWA,
    IDRISS,
    JEANNE,
    KEVIN,
    LINH,
    MARCEL,
    NADIA,
    OUMAR,
    PAULINE,
    SAMIRA,
    THEO,
    YVONNE,
)  # fmt: skip
from tools.illustrations.indoors import (
    chair,
    mug,
    papers,
    poster,
    room,
    table,
    wheelchair,
    window,
)  # fmt: skip
from tools.illustrations.outdoors import (
    bird,
    block,
    bunting,
    bush,
    church,
    cloud,
    hill,
    house,
    paving,
    tree,
)  # fmt: skip
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
    WOOD,
    Point,
    Sheet,
    light,
    mix,
    shade,
)  # fmt: skip


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
    stops = ((110, 330), (330, 470), (560, 340), (800, 460), (1020, 330), (1290, 360), (1180, 560), (900, 690), (560, 700), (250, 690), (330, 470))
    d = f"M{stops[0][0]},{stops[0][1]}"
    for (x0, y0), (x1, y1) in zip(stops, stops[1:], strict=False):
        d += f"C{x0 + (x1 - x0) * 0.3},{y0 - 60} {x0 + (x1 - x0) * 0.7},{y1 + 60} {x1},{y1}"
    s.path(d, None, PAPER, 15)
    s.raw(f'<path d="{d}" fill="none" stroke="{CORAL}" stroke-width="7" stroke-linecap="round" stroke-dasharray="22 15"/>')
    for x, y, w, h, c, r in ((60, 335, 92, 70, PAPER, BRICK), (510, 345, 100, 80, SUN, PLUM), (985, 335, 84, 66, PEACH, BRICK), (1240, 365, 110, 84, PAPER, CORAL), (760, 470, 96, 78, PAPER, TEAL), (1130, 570, 120, 92, CREAM, PLUM), (200, 700, 120, 96, PEACH, CORAL)):
        house(s, x, y, w, h, c, r, door=INK)
    church(s, 270, 480, 170, PAPER, SLATE)
    block(s, 500, 710, 120, 190, CORAL, columns=3, rows=4, lit=SUN)
    block(s, 870, 700, 90, 140, SUN, columns=3, rows=3, lit=PAPER)
    for x, y, h, k in ((180, 340, 90, "pin"), (220, 350, 70, "pin"), (640, 360, 110, "rond"), (1120, 350, 90, "ovale"), (1390, 390, 130, "ovale"), (690, 480, 90, "rond"), (1290, 580, 120, "rond"), (90, 720, 150, "rond"), (690, 730, 100, "ovale"), (1050, 720, 130, "pin"), (420, 480, 90, "ovale"), (1400, 700, 170, "rond")):
        tree(s, x, y, h, LEAF if y < 600 else MOSS, k)
    for look, x, y, h, f in ((FATOU, 400, 760, 210, 1), (BERNARD, 700, 375, 120, -1), (HAWA, 900, 480, 130, -1), (MARCEL, 1090, 600, 150, 1), (LINH, 800, 770, 200, 1), (ADAM, 460, 770, 130, 1), (SAMIRA, 1200, 380, 120, -1), (THEO, 160, 350, 110, 1), (KEVIN, 1000, 730, 180, -1)):
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
    for x, y, r, c in ((1180, 120, 150, MOSS), (1400, 80, 200, LEAF), (1300, 230, 130, shade(LEAF, 0.14)), (1480, 240, 130, MOSS)):
        s.circle(x, y, r, c)
    for x, f in ((470, 1), (1010, -1)):
        chair(s, x, 770, f, 1.25, TEAL)
    Person(s, replace(MARCEL, top=LEAF), 480, 760, 620, sitting=True, near=(640, 630), far=(660, 610), mood="rire")
    Person(s, replace(YVONNE, top=PLUM), 1000, 760, 600, sitting=True, face=-1, near=(850, 635), far=(840, 610), down=0.1)
    Person(s, replace(OUMAR, hair="chapeau", hair_colour=STONE, top=SUN), 745, 740, 610, sitting=True, legs=False, face=0, near="bas", far="bas", look_at=1)
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
    for x, w, h, c in ((-30, 240, 480, PLUM), (215, 180, 380, TEAL), (1080, 210, 420, BRICK), (1295, 240, 510, TEAL)):
        block(s, x, 720, w, h, shade(c, 0.2), columns=3, rows=6, lit=SUN)
    s.rect(0, 715, 1500, 285, shade(DUSK, 0.4))
    for a, b, sag in (((-10, 150), (760, 120), 70), ((740, 120), (1510, 150), 70), ((180, 280), (1320, 280), 90)):
        s.path(f"M{a[0]},{a[1]}Q{(a[0] + b[0]) / 2},{(a[1] + b[1]) / 2 + sag * 2} {b[0]},{b[1]}", None, INK, 4)
        for i in range(7):
            t = (i + 0.5) / 7
            x = (1 - t) ** 2 * a[0] + t * (1 - t) * (a[0] + b[0]) + t * t * b[0]
            y = (1 - t) ** 2 * a[1] + t * (1 - t) * (a[1] + b[1] + sag * 4) + t * t * b[1]
            c = (SUN, CORAL, PAPER, ROSE)[i % 4]
            s.circle(x, y + 30, 44, c, opacity=0.16)
            s.oval(x, y + 30, 25, 28, c)
            s.rect(x - 9, y, 18, 7, INK)
    guests = ((replace(JEANNE, top=CORAL), 190, 1, 640), (replace(DJIBRIL, top=SUN), 420, 1, 660), (replace(LINH, top=PAPER), 640, 1, 640), (replace(BERNARD, top=LEAF), 880, -1, 650), (replace(FATOU, top=ROSE), 1100, -1, 650), (replace(GABRIEL, top=LAGOON), 1320, -1, 660))
    for i, (look, x, f, h) in enumerate(guests):
        hand = (x + f * 105, 500 + (i % 2) * 24)
        Person(s, look, x, 800, h, sitting=True, legs=False, face=f, near=hand, far=(x + f * 90, 690), mood="rire" if i % 2 else "sourire")
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


def budget_participatif() -> Sheet:
    s = Sheet(SUN)
    s.rect(0, 60, 1500, 440, light(SUN, 0.35))
    for i in range(7):
        poster(s, 70 + i * 200, 110 + (i % 2) * 30, 164, 220, PAPER, (LEAF, CORAL, TEAL, PLUM, LAGOON, BRICK, MOSS)[i], (2, 4, 3, 1, 0, 3, 2)[i])
    for i, n in enumerate((3, 5, 2, 4, 6, 3, 4)):
        for j in range(n):
            s.circle(92 + i * 200 + (j % 3) * 30, 368 + (i % 2) * 30 + j // 3 * 32, 12, CORAL if j % 2 else TEAL)
    room(s, 760, TEAL, PAPER)
    s.rect(1010, 680, 340, 24, WOOD, 6)
    for x in (1040, 1300):
        s.rect(x, 700, 24, 230, shade(WOOD, 0.25))
    s.rect(1090, 540, 190, 142, CORAL, 8)
    s.rect(1090, 540, 190, 24, shade(CORAL, 0.2), 8)
    s.rect(1135, 534, 100, 12, INK, 4)
    s.path("M1150,620l26,26l46,-52", None, PAPER, 16)

    def ballot(sheet: Sheet, a: Point, b: Point) -> None:
        with sheet.at(a[0] + 24, a[1] + 6, 8):
            sheet.rect(-28, -20, 56, 66, PAPER)
            sheet.rect(-18, -6, 36, 7, SLATE)
            sheet.rect(-18, 10, 26, 7, SLATE)

    Person(s, replace(SAMIRA, top=PLUM, over="", hair_colour=CORAL), 930, 915, 610, near=(1150, 470), far="bas", hold=ballot, mood="rire")
    Person(s, replace(BERNARD, top=LEAF), 700, 920, 620, near="poitrine", far="avant", hold=ballot)
    Person(s, replace(CAMILLE, top=CORAL), 535, 930, 390, near="haut", far="bas", hold=ballot, mood="rire")
    wheelchair(s, 290, 770, 6, 1, False)
    Person(s, replace(THEO, pattern="", top=DUSK, bottom=BRICK), 290, 770, 600, sitting=True, near=(400, 650), far="genou", hold=ballot)
    wheelchair(s, 290, 770, 6, 1, True)
    return s


def piscine_petition() -> Sheet:
    s = Sheet(SKY)
    cloud(s, 1150, 140, 1.3)
    cloud(s, 330, 120, 1)
    s.rect(60, 330, 620, 320, PAPER)
    s.rect(40, 300, 660, 40, CORAL)
    for i in range(6):
        s.rect(90 + i * 98, 380, 74, 200, LAGOON, 4)
    s.line([(1230, 700), (1230, 240)], TEAL, 22)
    s.line([(1310, 700), (1310, 240)], TEAL, 22)
    for i in range(6):
        s.line([(1230, 300 + i * 70), (1310, 300 + i * 70)], TEAL, 12)
    s.rect(1040, 225, 300, 22, CORAL, 6)
    bush(s, 760, 650, 130, MOSS)
    bush(s, 1450, 650, 120, LEAF)
    s.rect(0, 645, 1500, 355, STONE)
    s.path("M880,690H1500V800H780Z", LAGOON)
    for x, y in ((930, 730), (1120, 760), (1320, 725)):
        s.path(f"M{x},{y}q24,-12 48,0t48,0", None, PAPER, 5)

    def sign(fill: str, wave: str) -> Callable[[Sheet, Point, Point], None]:
        def hold(sheet: Sheet, a: Point, b: Point) -> None:
            sheet.line([(a[0], a[1] + 60), (a[0], a[1] - 190)], BARK, 12)
            sheet.rect(a[0] - 110, a[1] - 330, 220, 150, fill, 8)
            sheet.path(f"M{a[0] - 80},{a[1] - 240}q20,-24 40,0t40,0t40,0t40,0", None, wave, 11)
            sheet.circle(a[0] + 40, a[1] - 286, 19, wave)
            sheet.line([(a[0] - 60, a[1] - 270), (a[0] + 20, a[1] - 276)], wave, 11)

        return hold

    Person(s, replace(HAWA, top=SUN, bottom=PLUM), 200, 925, 590, near=(285, 460), far="hanche", hold=sign(CORAL, PAPER), mood="rire")
    Person(s, replace(OUMAR, top=TEAL), 480, 920, 600, near=(590, 480), far="avant", hold=sign(SUN, TEAL))
    Person(s, replace(ELIOTT, top=PAPER, bottom=CORAL), 640, 935, 370, near="bas", far="avant", mood="rire")
    s.circle(655, 765, 78, None, SUN, 40)
    s.path("M655,687v0M600,710l-2,-2M733,765h1M577,765h1M655,843v1", None, CORAL, 40)
    table(s, 860, 690, 340, WOOD, low=930)
    papers(s, 1000, 690, 120)
    s.rect(1120, 640, 44, 52, PLUM, 6)
    Person(s, JEANNE, 790, 925, 580, near=(945, 670), far=(935, 680), lean=6, down=0.14)
    Person(s, replace(PAULINE, top=CORAL), 1290, 925, 610, face=-1, near=(1120, 620), far="avant", mood="rire")
    return s


def porteur_de_paroles() -> Sheet:
    s = Sheet(CREAM)
    for x, w, h, c, r in ((-30, 230, 330, PEACH, BRICK), (210, 190, 280, SUN, TEAL), (1130, 200, 300, ROSE, PLUM), (1330, 220, 350, LAGOON, BRICK)):
        house(s, x, 650, w, h, c, r, door=INK)
    hill(s, 200, 1300, 650, 500, SAGE)
    paving(s, 640, STONE, shade(STONE, 0.12))
    s.line([(290, 900), (290, 170)], BARK, 16)
    s.line([(1210, 900), (1210, 170)], BARK, 16)
    s.path("M290,190Q750,260 1210,190", None, INK, 5)
    for i, (c, h) in enumerate(((CORAL, 170), (TEAL, 200), (SUN, 160), (PLUM, 190), (LEAF, 165))):
        x = 320 + i * 176
        y = 208 + (18, 30, 34, 28, 14)[i]
        s.rect(x, y, 156, h, c, 3)
        s.path(f"M{x + 22},{y - 12}v26M{x + 134},{y - 12}v26", None, BARK, 9)
        s.path(f"M{x + 24},{y + 34}h18l-8,22h-14zM{x + 50},{y + 34}h18l-8,22h-14z", INK if c == SUN else PAPER)
        for j in range(3):
            s.rect(x + 24, y + 76 + j * 28, 108 - j * 24, 11, INK if c == SUN else PAPER, 5)
    s.line([(290, 900), (250, 930)], BARK, 12)

    def pad(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.path(f"M{b[0] - 10},{b[1] - 4}l84,-20l20,74l-84,20z", SUN)
        sheet.path(f"M{b[0] + 10},{b[1] + 14}l54,-13M{b[0] + 16},{b[1] + 34}l44,-11", None, INK, 5)
        sheet.line([(a[0] + 4, a[1]), (a[0] + 30, a[1] - 40)], CORAL, 8)

    Person(s, replace(NADIA, top=CORAL), 520, 925, 610, near=(640, 655), far=(600, 690), hold=pad, down=0.08)
    Person(s, replace(IDRISS, top=PLUM), 860, 925, 630, face=-1, near=(740, 600), far="avant", mood="rire")
    Person(s, replace(ELISE, top=TEAL), 1080, 935, 570, face=-1, near="menton", far="bas", look_at=-1)
    Person(s, FARAH, 160, 935, 390, near="haut", far="bas", mood="rire")
    return s


def gratuiterie() -> Sheet:
    s = Sheet(LILAC)
    window(s, 1090, 100, 300, 280, SKY, PAPER, SAGE)
    bunting(s, (0, 40), (1060, 40), 46, (CORAL, PAPER, SUN, TEAL), 13, 38)
    room(s, 770, PLUM, PAPER)
    for x in (130, 700):
        s.line([(x, 900), (x, 280)], INK, 12)
        s.line([(x - 46, 902), (x + 46, 902)], INK, 12)
    s.line([(130, 284), (700, 284)], INK, 12)
    for i, c in enumerate((CORAL, TEAL, SUN, LEAF, ROSE, DUSK, PAPER)):
        x = 196 + i * 72
        s.path(f"M{x},284v22", None, INK, 5)
        if i % 3 == 1:
            s.path(f"M{x - 14},312h28l30,60l26,240q-70,30 -140,0l26,-240z", c)
        else:
            s.path(f"M{x - 18},308q18,16 36,0l32,18l16,170l-24,6l-8,-90v130h-68v-130l-8,90l-24,-6l16,-170z", c)
        if i % 2 == 0:
            s.rect(x - 34, 420, 68, 12, light(c, 0.55) if c != PAPER else CORAL)
    Person(s, replace(AMINA, top=TEAL, hair_colour=SUN), 330, 925, 610, near=(470, 540), far=(420, 520), mood="rire")
    table(s, 820, 690, 620, WOOD, low=940)
    s.circle(900, 640, 50, CORAL)
    s.path("M854,628q46,26 92,0", None, PAPER, 9)
    s.rect(970, 600, 60, 90, SUN, 6)
    s.rect(980, 620, 40, 8, TEAL)
    for i, c in enumerate((TEAL, ROSE, SUN)):
        s.rect(1220, 664 - i * 30, 150, 28, c, 8)
    s.circle(1100, 620, 34, OCHRE)
    s.oval(1100, 672, 42, 30, OCHRE)
    for dx in (-26, 26):
        s.circle(1100 + dx, 592, 14, OCHRE)
        s.circle(1100 + dx * 0.45, 616, 4.5, INK)
    s.oval(1100, 630, 9, 6, INK)
    Person(s, replace(GABRIEL, top=SUN), 720, 925, 630, near=(875, 600), far=(880, 590), down=0.08)
    Person(s, replace(BINTA, top=LEAF, bottom=PAPER), 1010, 945, 400, near=(1075, 700), far=(1130, 690), mood="rire")
    s.rect(1190, 560, 0, 0, SUN)
    Person(s, replace(YVONNE, top=CORAL), 1330, 935, 590, face=-1, near=(1225, 610), far=(1250, 560))
    s.path("M1170,560h110l-8,96h-94z", TEAL)
    return s
