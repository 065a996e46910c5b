"""Gardens, paths and water."""

from __future__ import annotations

from dataclasses import replace

from tools.illustrations.cast import (
    BINTA,
    CAMILLE,
    CHLOE,
    DJIBRIL,
    ELIOTT,
    FARAH,
    FATOU,
    GABRIEL,
    HAWA,
    INES,
    JEANNE,
    LINH,
    MARCEL,
    NADIA,
    OUMAR,
    ROSA,
    SAMIRA,
    THEO,
)  # fmt: skip
from tools.illustrations.indoors import bag, books, crate, suitcase
from tools.illustrations.outdoors import (
    bed,
    bench,
    bird,
    block,
    cloud,
    flower,
    ground,
    hill,
    house,
    plant,
    tree,
)  # fmt: skip
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
    SKY,
    SLATE,
    SUN,
    TEAL,
    WOOD,
    Point,
    Sheet,
    light,
    mix,
    shade,
)  # fmt: skip


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
    Person(s, replace(BINTA, top=PAPER, bottom=CORAL), 945, 925, 385, face=-1, near=(890, 755), far=(965, 765), look_at=-1)
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
    for x, y, c in ((610, 575, SUN), (690, 548, CORAL), (760, 535, SAGE), (840, 560, OCHRE), (900, 590, CORAL), (650, 600, SAGE)):
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
    Person(s, replace(OUMAR, over="tablier", over_colour=TEAL), 1160, 930, 630, face=-1, lean=-6, near=(945, 500), far=(905, 515), down=0.1)
    for x in (70, 150, 230):
        flower(s, x, 950, 150 - x / 4, SUN)
    return s


def marche_sante() -> Sheet:
    s = Sheet(SKY)
    s.circle(1200, 210, 100, SUN)
    cloud(s, 330, 180, 1.4)
    cloud(s, 820, 120, 1)
    hill(s, -400, 800, 600, 280, LAGOON)
    hill(s, 300, 1500, 620, 330, TEAL)
    hill(s, 900, 2000, 640, 360, SLATE)
    hill(s, -300, 1100, 760, 520, SAGE)
    hill(s, 600, 2100, 760, 500, MOSS)
    for x, h in ((1290, 170), (1360, 220), (1440, 160), (90, 190), (30, 140)):
        tree(s, x, 640, h, LEAF, "pin")
    s.path("M0,870C400,790 900,800 1500,850L1500,1000L0,1000Z", SAND)
    s.path("M0,930C400,880 900,890 1500,930L1500,1000L0,1000Z", shade(SAND, 0.1))
    group = ((JEANNE, 250, 520), (replace(OUMAR, legs="pantalon", top=CORAL), 520, 570), (LINH, 800, 545))
    for look, x, h in group:
        look = replace(look, legs="pantalon", shoes=PAPER)
        hx, hy = x + h * 0.3, 925 - h * 0.55
        far = (x + h * 0.22, 925 - h * 0.5)
        _tool(s, far, (far[0] - h * 0.2, 925), 7)
        p = Person(s, look, x, 925, h, walking=True, near=(hx - 40, hy), far=far, lean=3, legs=True)
        _tool(s, (hx - 36, hy - 12), (hx - 30 - h * 0.02, 932), 7)
        assert p
    Person(s, replace(NADIA, over="gilet", over_colour=CORAL, shoes=PAPER), 1090, 920, 580, walking=True, near=(1280, 490), far="hanche", look_at=-1, mood="rire")
    for x in (60, 140, 1350, 1420):
        flower(s, x, 990, 80, CORAL if x % 3 else PAPER)
    return s


def nettoyage_riviere() -> Sheet:
    s = Sheet(CREAM)
    s.circle(260, 220, 120, SUN)
    hill(s, -300, 900, 520, 330, SAGE)
    hill(s, 600, 1900, 520, 300, mix(SAGE, MOSS, 0.5))
    for x, h, c in ((1310, 560, LEAF), (170, 480, MOSS)):
        tree(s, x, 600, h, c, "saule")
    ground(s, 560, MOSS, 12)
    s.path("M0,690C300,640 700,640 900,690S1300,760 1500,700L1500,1000L0,1000Z", LAGOON)
    s.path("M0,800C300,760 600,800 900,820S1300,830 1500,810L1500,1000L0,1000Z", TEAL)
    for x, y, w in ((120, 740, 130), (600, 705, 170), (1150, 770, 160), (330, 860, 190), (900, 900, 220), (1250, 930, 140)):
        s.path(f"M{x},{y}q{w / 4},-14 {w / 2},0t{w / 2},0", None, light(LAGOON, 0.5), 5)
    _tool(s, (560, 520), (300, 800), 10)
    s.path("M310,770q-90,-10 -110,50q50,50 130,0z", mix(PAPER, LAGOON, 0.3), SLATE, 6)
    Person(s, replace(CHLOE, bottom=SUN, shoes=SUN), 640, 870, 560, face=-1, lean=-8, near=(500, 585), far=(545, 540), down=0.1)
    s.path("M520,838q110,-22 240,0l0,60l-240,0z", TEAL)
    s.path("M530,842q110,18 220,0", None, light(LAGOON, 0.5), 5)
    Person(s, replace(DJIBRIL, bottom=LEAF, shoes=LEAF), 960, 800, 560, near=(1075, 560), far=(1095, 560), face=1, lean=4)
    bag(s, 1100, 556, 120, INK)
    s.path("M850,752q110,-22 240,0l0,58l-240,0z", LAGOON)
    s.path("M850,756q110,18 230,0", None, light(LAGOON, 0.5), 5)
    Person(s, replace(CAMILLE, bottom=CORAL, shoes=CORAL), 1290, 690, 370, face=-1, near=(1180, 530), far="avant")
    s.path("M1160,500l24,-8l12,44l-26,6z", light(LAGOON, 0.6), SLATE, 4)
    s.oval(400, 930, 60, 14, shade(TEAL, 0.2))
    bird(s, 560, 200, 26)
    bird(s, 660, 250, 20)
    return s


def depart_vacances() -> Sheet:
    s = Sheet(SKY)
    s.circle(1130, 230, 110, SUN)
    cloud(s, 250, 160, 1.5)
    cloud(s, 690, 230, 0.9)
    s.rect(0, 430, 1500, 260, TEAL)
    s.rect(0, 430, 1500, 90, LAGOON)
    for x, y in ((80, 470), (500, 490), (900, 480), (1300, 500), (250, 570), (760, 580), (1180, 590)):
        s.path(f"M{x},{y}q30,-14 60,0t60,0", None, PAPER, 5)
    s.path("M610,440l10,-150l96,140z", PAPER)
    s.path("M602,440l0,-120l-66,112z", CORAL)
    s.path("M510,442h230l-36,40h-160z", INK)
    s.path("M0,680C400,630 900,650 1500,690L1500,1000L0,1000Z", SAND)
    s.path("M0,680C400,630 900,650 1500,690L1500,720C900,680 400,660 0,712Z", PAPER)
    s.line([(1250, 950), (1180, 420)], PAPER, 14)
    s.path("M940,490C960,360 1080,290 1170,350C1290,280 1420,350 1440,450L1190,440Z", CORAL)
    s.path("M1020,478C1040,400 1100,330 1170,350L1190,440ZM1190,440L1170,350C1260,330 1320,380 1330,446Z", SUN)
    suitcase(s, 1330, 960, 170, PLUM)
    Person(s, replace(IDA, top=SUN), 420, 930, 560, face=1, back=True, near=(560, 700), far="bas", look_at=1)
    Person(s, replace(GABRIEL, sleeve=0.45, legs="short", bottom=TEAL), 800, 935, 590, face=-1, back=True, near="hanche", far=(700, 730))
    Person(s, ELIOTT, 590, 945, 350, near=(705, 705), far=(560, 800), face=1, mood="rire")
    Person(s, replace(HABI_, bottom=CORAL), 1010, 960, 250, face=-1, near=(960, 860), far=(940, 850))
    s.path("M905,880h70l-8,70h-54z", CORAL)
    s.path("M910,880q30,-60 60,0", None, INK, 5)
    s.path("M130,960q90,-110 180,0z", shade(SAND, 0.14))
    s.path("M160,960q60,-130 120,0z", OCHRE)
    s.line([(220, 895), (220, 840)], INK, 5)
    s.poly([(220, 840), (262, 852), (220, 868)], CORAL)
    return s


IDA = replace(ROSA, hair="queue", bottom=PLUM)
HABI_ = replace(INES, hair="couettes")


def boite_a_livres() -> Sheet:
    s = Sheet(mix(SAGE, PAPER, 0.45))
    s.circle(1330, 150, 220, mix(SUN, PAPER, 0.3))
    for x, w, c in ((60, 240, MIST), (340, 200, PEACH), (1180, 260, CREAM)):
        house(s, x, 660, w, 240, c, SLATE, panes=LAGOON)
    ground(s, 650, MOSS, 10)
    ground(s, 850, SAND, 10)
    s.path("M690,880C720,760 720,500 700,300L800,300C790,500 800,760 840,880Z", BARK)
    for x, y, r, c in ((560, 170, 170, LEAF), (940, 150, 190, shade(LEAF, 0.16)), (750, 90, 200, MOSS), (700, 260, 130, LEAF), (860, 270, 110, MOSS)):
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
    Person(s, replace(GABRIEL, top=TEAL), 330, 800, 590, sitting=True, near=(408, 722), far=(440, 715), down=0.2)
    Person(s, FARAH, 545, 800, 430, sitting=True, face=-1, near=(505, 712), far=(480, 710), down=0.16, mood="rire")
    s.path("M390,735l62,-18l66,18l0,-62l-66,-14l-62,14z", PAPER)
    s.path("M452,718l0,-58", None, SLATE, 4)
    s.path("M385,742l67,-18l72,18l0,-8l-72,-17l-67,17z", CORAL)
    return s


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
    Person(s, BINTA, 322, 560, 250, sitting=False, near="salut", far=(400, 440), legs=True, face=1, mood="rire")
    s.rect(232, 540, 176, 20, WOOD)
    Person(s, ELIOTT, 575, 690, 310, sitting=True, lean=-12, near=(610, 540), far=(680, 560), feet=((680, 815), (690, 812)), mood="rire")
    for a, b in (((930, 900), (1000, 290)), ((1070, 900), (1000, 290)), ((1330, 900), (1400, 290)), ((1390, 900), (1400, 290))):
        s.line([a, b], TEAL, 16)
    s.line([(990, 292), (1410, 292)], TEAL, 18)
    for x in (1175, 1235):
        s.line([(x - 15, 300), (x + 40, 690)], INK, 5)
    s.rect(1190, 686, 120, 16, INK, 6)
    Person(s, DAO_, 1240, 682, 320, sitting=True, face=-1, near=(1205, 560), far=(1180, 560), lean=6, mood="rire", feet=((1140, 740), (1150, 730)))
    Person(s, replace(THEO, pattern="", top=PLUM), 1400, 915, 560, face=-1, near=(1290, 610), far=(1295, 640))
    return s


DAO_ = replace(CAMILLE, top=PAPER)
