"""Streets, walls and wheels."""

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
    GABRIEL,
    GASTON,
    HAWA,
    IDRISS,
    JEANNE,
    KEVIN,
    MARCEL,
    NADIA,
    OUMAR,
    PAULINE,
    SAMIRA,
    YVONNE,
    ZACHARIE,
)  # fmt: skip
from tools.illustrations.indoors import (
    books,
    room,
    wheelchair,
    window,
)  # fmt: skip
from tools.illustrations.outdoors import (
    bicycle,
    block,
    bush,
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
)  # fmt: skip
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
)  # fmt: skip


def covoiturage_solidaire() -> Sheet:
    s = Sheet(SUN)
    s.circle(330, 300, 150, light(SUN, 0.55))
    hill(s, -300, 900, 620, 380, OCHRE)
    hill(s, 500, 2000, 640, 330, MOSS)
    church(s, 560, 640, 330, CREAM, SLATE)
    for x, w, h, c, r in ((760, 150, 120, PAPER, BRICK), (430, 130, 110, PEACH, PLUM), (940, 170, 140, CREAM, BRICK)):
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
    Person(s, replace(NADIA, top=TEAL), 560, 832, 470, face=-1, near=(420, 690), far=(410, 680), sitting=True, legs=False, mood="rire")
    s.line([(398, 700), (432, 660)], INK, 13)
    car(s, 60, 905, 900, CORAL)
    s.line([(1050, 640), (1034, 900)], BARK, 10)
    Person(s, YVONNE, 1120, 905, 560, face=-1, near=(1050, 640), far="avant", lean=-3)
    Person(s, replace(DJIBRIL, top=LEAF), 1285, 900, 610, face=-1, near="salut", far=(1150, 560), mood="rire")
    return s


def pedibus() -> Sheet:
    s = Sheet(MIST)
    for x, w, h, c, r in ((-40, 250, 300, PEACH, BRICK), (250, 210, 260, CREAM, TEAL), (500, 240, 340, ROSE, PLUM), (1250, 260, 320, SUN, BRICK)):
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
    kids = ((ADAM, 470, 350), (CAMILLE, 640, 330), (replace(BINTA, top=TEAL), 800, 370), (ELIOTT, 960, 340), (DAO, 1105, 360))
    Person(s, replace(IDRISS, over="gilet", over_colour=SUN, top=SUN, bottom=INK), 270, 885, 590, walking=True, near="bas", far=(400, 700))
    for i, (look, x, h) in enumerate(kids):
        colour = (CORAL, SUN, PLUM, LAGOON, LEAF)[i]
        Person(s, look, x, 890, h, walking=True, far=(x + 100, 745), near=(x - 40, 745), mood="rire" if i % 2 else "sourire")
        s.rect(x - h * 0.24, 890 - h * 0.73, h * 0.19, h * 0.27, colour, 12)
        s.rect(x - h * 0.23, 890 - h * 0.6, h * 0.15, h * 0.1, shade(colour, 0.2), 5)
    Person(s, replace(AMINA, top=CORAL, over="gilet", over_colour=SUN, legs="pantalon"), 1290, 885, 560, walking=True, near="salut", far="avant", look_at=-1)
    return s


def fresque_jeunes() -> Sheet:
    s = Sheet(SKY)
    s.rect(150, 60, 1200, 790, CREAM)
    with s.inside("M150,60h1200v790h-1200z"):
        s.circle(750, 380, 210, SUN)
        for i in range(16):
            a = i * math.pi / 8
            s.line([(750 + math.cos(a) * 245, 380 + math.sin(a) * 245), (750 + math.cos(a) * 300, 380 + math.sin(a) * 300)], OCHRE, 20)
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
    for a, b in (((1050, 930), (1120, 470)), ((1250, 930), (1160, 470))):
        s.line([a, b], INK, 13)
    for i in range(4):
        s.line([(1062 + i * 14, 850 - i * 90), (1236 - i * 20, 850 - i * 90)], INK, 10)
    s.rect(1085, 596, 110, 16, INK)

    def brush(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.line([(a[0] - 10, a[1] + 20), (a[0] + 14, a[1] - 54)], WOOD, 12)
        sheet.path(f"M{a[0] + 2},{a[1] - 50}l26,8l0,-46l-22,-8z", CORAL)

    def roller(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.line([(a[0] + 20, a[1] + 90), (a[0] - 30, a[1] - 160)], BARK, 10)
        sheet.rect(a[0] - 80, a[1] - 190, 96, 36, TEAL, 12)

    Person(s, replace(ZACHARIE, bottom=DUSK), 1130, 600, 500, face=-1, near=(1010, 270), far=(1060, 400), hold=brush)
    Person(s, replace(HAWA, pattern="bretelles", bottom=TEAL, top=SUN, legs="pantalon"), 450, 925, 590, face=-1, near=(330, 520), far=(345, 610), hold=roller, tilt=-6)
    Person(s, KEVIN, 820, 930, 570, face=-1, near=(705, 540), far="hanche", hold=brush, mood="rire")
    for x, c in ((610, CORAL), (690, SUN), (960, TEAL)):
        s.path(f"M{x - 34},{880}h68l-6,70h-56z", STONE)
        s.oval(x, 880, 34, 9, c)
        s.path(f"M{x - 24},{884}l0,30q8,12 12,0l0,-26z", c)
    return s


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
    Person(s, replace(HAWA, top=SUN, bottom=CORAL, legs="pantalon", hair="tresses"), 690, 775, 600, sitting=True, near=(850, 600), far=(880, 590), mood="rire")
    wheelchair(s, 690, 775, 6.2, 1, True)
    s.path("M862,520l120,-16l16,120l-120,16z", SUN)
    s.path("M876,534l92,-12l3,20l-92,12zM882,574l92,-12M886,600l70,-9", PAPER, SLATE, 4)
    Person(s, replace(GABRIEL, top=DUSK, bottom=SLATE, hair="meche", beard="", glasses=True), 1120, 920, 630, face=-1, near=(1000, 560), far=(985, 610))
    s.poly([(1088, 520), (1118, 520), (1108, 640), (1098, 640)], CORAL)
    Person(s, replace(SAMIRA, top=LEAF, over=""), 1320, 925, 570, face=-1, near="menton", far="bas")
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
            s.line([(x - math.cos(a) * r, y - math.sin(a) * r), (x + math.cos(a) * r, y + math.sin(a) * r)], LAGOON, 3)
        s.circle(x, y, 14, SUN)
    window(s, 620, 110, 330, 270, SUN, PAPER, OCHRE)
    s.line([(745, 880), (745, 480)], INK, 18)
    s.line([(640, 885), (745, 830), (850, 885)], INK, 18)
    bicycle(s, 745, 780, 118, CORAL, BLACK)

    def spanner(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.line([(a[0] - 10, a[1]), (a[0] + 56, a[1] + 14)], MIST, 12)

    Person(s, replace(SAMIRA, top=SUN, legs="pantalon", over="tablier", over_colour=INK, bottom=PLUM, hair_colour=CORAL), 370, 900, 620, near=(530, 590), far=(590, 520), lean=7, down=0.12, hold=spanner)
    Person(s, replace(DJIBRIL, top=LEAF), 1110, 905, 600, face=-1, near=(940, 620), far=(880, 545), lean=-8, down=0.12)
    s.rect(1250, 800, 190, 110, CORAL, 8)
    s.rect(1250, 836, 190, 12, shade(CORAL, 0.25))
    s.path("M1310,800v-30h70v30", None, INK, 9)
    return s


def centre_mobile() -> Sheet:
    s = Sheet(SKY)
    cloud(s, 240, 150, 1.3)
    cloud(s, 1250, 190, 1.1)
    hill(s, -400, 900, 600, 360, SAGE)
    hill(s, 500, 2000, 600, 330, SUN)
    for i in range(6):
        s.path(f"M{760 + i * 110},600Q{1000 + i * 70},{470} {1240 + i * 50},{372 + abs(i - 2) * 6}", None, OCHRE, 6)
    church(s, 70, 620, 330, CREAM, BRICK)
    house(s, 300, 625, 150, 120, PAPER, BRICK)
    tree(s, 1420, 650, 360, LEAF, "ovale")
    ground(s, 610, MOSS, 8)
    paving(s, 740, SAND, shade(SAND, 0.12))
    s.path("M430,850V380Q430,340 470,340H1010Q1050,340 1072,380L1140,540L1190,570Q1216,586 1216,620V850Z", TEAL)
    s.path("M430,760H1216V850H430Z", shade(TEAL, 0.25))
    s.path("M1010,380H1046L1110,540H1010Z", SKY)
    s.rect(520, 430, 380, 210, INK, 6)
    s.rect(530, 440, 360, 200, SUN, 4)
    books(s, 545, 560, 110, 80, 3)
    s.rect(540, 560, 340, 8, WOOD)
    Person(s, replace(PAULINE, top=CORAL), 740, 700, 440, near=(830, 620), far=(850, 600), sitting=True, legs=False, mood="rire")
    s.rect(430, 640, 786, 30, shade(TEAL, 0.1))
    s.rect(500, 630, 420, 22, WOOD, 4)
    for i in range(7):
        x = 490 + i * 63
        s.path(f"M{x},430l{-12 + i * 2},-90h{63 - 0}l{14 - i * 2 - 2},90q-32,30 -65,0z", CORAL if i % 2 == 0 else PAPER)
    wheel(s, 580, 850, 72)
    wheel(s, 1080, 850, 72)
    s.rect(1196, 680, 26, 40, SUN, 6)
    Person(s, MARCEL, 985, 915, 560, face=-1, near=(895, 615), far="avant")
    Person(s, replace(FATOU, top=PLUM), 330, 925, 570, near=(450, 640), far="avant")
    Person(s, replace(GASTON, top=CORAL), 215, 935, 220, near="haut", far="avant", mood="rire")
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
    s.path("M1104,266l14,90M1132,266l6,90M1160,266l-6,90M1188,266l-14,90M1108,300h76M1114,330h66", None, PAPER, 4)
    s.circle(905, 180, 54, OCHRE)
    s.path("M905,126v108M851,180h108M870,142q36,38 0,76M940,142q-36,38 0,76", None, INK, 5)
    sporty = {"sleeve": 0.42, "shoes": PAPER}
    Person(s, replace(SAMIRA, top=SUN, bottom=INK, legs="pantalon", over="", sleeve=1.0, glasses=False, hair_colour=INK, shoes=PAPER), 760, 850, 590, near=(850, 300), far=(880, 310), tilt=-10, feet=((735, 850), (810, 835)))
    Person(s, replace(DJIBRIL, top=PAPER, bottom=PLUM, legs="short"), 1000, 905, 600, face=-1, near=(925, 290), far=(955, 320), tilt=8)
    Person(s, replace(KEVIN, top=SUN, bottom=INK, legs="short", sleeve=0.42, shoes=PAPER), 420, 880, 570, walking=True, near="avant", far="salut", mood="rire")
    Person(s, replace(HAWA, top=PAPER, bottom=PLUM, legs="short", hair="queue", **sporty), 200, 915, 560, walking=True, near="salut", far="avant")
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
        sheet.poly([(a[0] + 20, a[1] - 8), (a[0] + 20, a[1] + 12), (a[0] + 330, a[1] + 250), (a[0] + 370, a[1] + 100)], SUN, 0.34)
        sheet.rect(a[0] - 6, a[1] - 11, 52, 24, INK, 6)
        sheet.rect(a[0] + 38, a[1] - 15, 18, 32, SUN, 4)

    def notebook(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.path(f"M{b[0] - 30},{b[1] - 6}l76,-26l24,70l-76,26z", PAPER)
        sheet.path(f"M{b[0] - 8},{b[1] + 10}l50,-17M{b[0] - 2},{b[1] + 28}l50,-17", None, SLATE, 4)

    Person(s, replace(ELISE, top=LILAC, over="", legs="pantalon"), 190, 925, 550, walking=True, near="bas", far="avant")
    Person(s, replace(FATOU, top=CORAL, legs="pantalon", bottom=OCHRE), 410, 925, 600, walking=True, near="bas", far=(520, 590))
    Person(s, replace(SAMIRA, top=LAGOON, legs="pantalon", over="", bottom=PEACH), 640, 930, 580, near=(760, 625), far=(735, 640), down=0.18, hold=notebook)
    Person(s, replace(CHLOE, top=SUN, bottom=ROSE), 1050, 925, 600, walking=True, near=(1190, 620), far="bas", hold=beam)
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
    work = {"pattern": "bretelles", "legs": "pantalon"}

    def plank(sheet: Sheet, a: Point, b: Point) -> None:
        with sheet.at((a[0] + b[0]) / 2, a[1] + 2, -5):
            sheet.rect(-290, -24, 580, 32, OCHRE, 3)

    Person(s, replace(ZACHARIE, bottom=TEAL, top=SUN, **work), 765, 850, 590, face=0, near=(880, 545), far=(650, 545), hold=plank, mood="rire")
    s.rect(560, 640, 400, 26, WOOD, 3)
    s.rect(560, 690, 400, 26, light(WOOD, 0.15), 3)
    s.rect(540, 770, 440, 34, WOOD, 4)
    for x in (570, 920):
        s.rect(x, 630, 30, 290, shade(WOOD, 0.28), 3)

    def drill(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.path(f"M{a[0] - 12},{a[1] + 40}l8,-56l-58,0l0,-32l84,0l0,34l-8,54z", SUN)
        sheet.line([(a[0] - 62, a[1] - 32), (a[0] - 96, a[1] - 32)], INK, 8)

    Person(s, replace(HAWA, top=CORAL, bottom=DUSK, **work), 1110, 920, 590, face=-1, near=(1050, 690), far=(1020, 680), lean=-8, down=0.14, hold=drill)
    for a in ((60, 930), (330, 930)):
        s.line([a, ((a[0] + 195) / 2 + 40, 760)], BARK, 14)
    s.rect(40, 735, 420, 28, light(WOOD, 0.15), 3)

    def saw(sheet: Sheet, a: Point, b: Point) -> None:
        sheet.path(f"M{a[0] - 4},{a[1] - 14}L{a[0] + 150},{a[1] + 70}L{a[0] + 140},{a[1] + 92}L{a[0] - 12},{a[1] + 36}Z", MIST, SLATE, 3)
        sheet.rect(a[0] - 30, a[1] - 24, 46, 64, CORAL, 12)

    Person(s, replace(KEVIN, bottom=LEAF, top=PAPER, **work), 170, 915, 600, near=(310, 665), far=(380, 720), lean=8, down=0.14, hold=saw)
    s.rect(40, 735, 130, 28, light(WOOD, 0.15), 3)
    return s
