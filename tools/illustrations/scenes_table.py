"""Around a table: mending, cooking, writing, learning."""

from __future__ import annotations

from dataclasses import replace

from tools.illustrations.cast import (
    ADAM,
    AMINA,
    BERNARD,
    BINTA,
    CAMILLE,
    CHLOE,
    DJIBRIL,
    ELISE,
    FATOU,
    GABRIEL,
    GASTON,
    HAWA,
    IDRISS,
    JEANNE,
    KEVIN,
    LINH,
    MARCEL,
    NADIA,
    OUMAR,
    ROSA,
    SAMIRA,
    THEO,
    YVONNE,
)  # fmt: skip
from tools.illustrations.heads import head
from tools.illustrations.indoors import (
    books,
    cooker_pot,
    crate,
    jars,
    mug,
    papers,
    pendant,
    poster,
    pot,
    room,
    shelf,
    steam,
    table,
    toys,
    window,
)  # fmt: skip
from tools.illustrations.outdoors import (
    block,
    house,
    tree,
)  # fmt: skip
from tools.illustrations.people import Person
from tools.illustrations.sheet import (
    BARK,
    BLACK,
    BRICK,
    BROWN,
    CORAL,
    CREAM,
    DUSK,
    FAIR,
    INK,
    LAGOON,
    LEAF,
    LILAC,
    MIST,
    OCHRE,
    PAPER,
    PEACH,
    PLUM,
    ROSE,
    SAGE,
    SKY,
    SLATE,
    SUN,
    TEAL,
    WHITE,
    WOOD,
    Point,
    Sheet,
    light,
    shade,
)  # fmt: skip


def atelier_reparation() -> Sheet:
    s = Sheet(OCHRE)
    s.rect(0, 90, 1500, 330, shade(OCHRE, 0.13))
    for i in range(9):
        x = 120 + i * 158
        s.circle(x, 130, 8, INK)
        if i % 3 == 0:
            s.rect(x - 10, 150, 20, 120, BARK, 6)
            s.rect(x - 44, 140, 88, 36, SLATE, 6)
        elif i % 3 == 1:
            s.path(f"M{x - 50},300L{x - 10},150H{x + 20}L{x + 46},300Z", MIST)
            s.rect(x - 20, 140, 46, 44, CORAL, 10)
        else:
            s.line([(x, 150), (x, 300)], INK, 16)
            s.circle(x, 150, 26, None, INK, 14)
    Person(s, BERNARD, 330, 735, 720, sitting=True, legs=False, near=(520, 650), far=(560, 610), down=0.16)
    Person(s, replace(NADIA, over="tablier", over_colour=CORAL), 800, 725, 720, sitting=True, legs=False, face=-1, near=(690, 640), far=(650, 600), down=0.14)
    Person(s, ROSA, 1170, 725, 740, sitting=True, legs=False, face=-1, near=(1040, 640), far=(985, 600), mood="rire")
    table(s, 60, 690, 1380, WOOD, front=310)
    s.rect(515, 590, 190, 104, MIST, 22)
    s.rect(515, 590, 190, 30, SLATE, 14)
    s.path("M545,560h44v34h-44zM630,552h44v42h-44z", OCHRE)
    s.line([(548, 690), (500, 640)], CORAL, 12)
    s.path("M980,692l36,-130h52l36,130z", TEAL)
    s.path("M950,570l46,-120h96l46,120z", SUN)
    for x, c in ((250, CORAL), (290, INK), (1240, PLUM)):
        s.rect(x, 672, 26, 20, c, 4)
    s.path("M780,690q30,-26 60,0t60,-4", None, INK, 8)
    s.rect(1280, 640, 100, 52, CORAL, 6)
    return s.frame(110, 90, 1250)


def cuisine_collective() -> Sheet:
    s = Sheet(MIST)
    for r in range(6):
        for c in range(16):
            s.rect(c * 96 + 4, 40 + r * 96, 88, 88, light(LAGOON, 0.55) if (r + c) % 2 else light(LAGOON, 0.7), 3)
    s.path("M640,0h240v150l60,100H580l60,-100z", SLATE)
    s.rect(560, 240, 400, 34, shade(SLATE, 0.2), 4)
    shelf(s, 60, 230, 400)
    jars(s, 80, 230, 5, 66, (CORAL, SUN, LEAF, PLUM, OCHRE))
    shelf(s, 1040, 230, 400)
    jars(s, 1060, 230, 3, 76, (LEAF, OCHRE, BRICK))
    pot(s, 1380, 230, 70, CORAL)
    Person(s, replace(IDRISS, over="tablier", over_colour=CORAL, top=PAPER), 250, 750, 730, sitting=True, legs=False, near=(390, 660), far=(430, 640), down=0.14)
    steam(s, 770, 440, 150, PAPER)
    Person(s, replace(FATOU, over="tablier", over_colour=SUN, top=PLUM, hair_colour=CORAL), 560, 745, 770, sitting=True, legs=False, near=(755, 500), far=(700, 540), mood="rire")
    s.line([(765, 505), (800, 600)], BARK, 14)
    Person(s, replace(YVONNE, over="tablier", over_colour=LEAF, top=ROSE), 1180, 745, 720, sitting=True, legs=False, face=-1, near=(1010, 600), far=(1060, 560), tilt=-6, mood="calme")
    s.line([(1010, 596), (950, 590)], BARK, 10)
    s.oval(940, 588, 26, 15, BARK)
    table(s, 0, 690, 1500, WOOD, front=310, thick=34)
    cooker_pot(s, 800, 692, 260, CORAL)
    s.rect(300, 676, 210, 16, light(WOOD, 0.35), 4)
    for x, c in ((330, OCHRE), (356, CORAL), (480, LEAF)):
        s.oval(x, 670, 26, 12, c)
    s.path("M390,668l110,-10l-4,14z", SLATE)
    crate(s, 1170, 692, 220, (CORAL, LEAF, SUN, PLUM))
    for x in (90, 130, 170):
        s.oval(x, 668, 20, 26, (SUN, OCHRE, SUN)[x % 3])
    return s.frame(110, 95, 1270)


def permanence_numerique() -> Sheet:
    s = Sheet(PLUM)
    window(s, 120, 110, 340, 330, SKY, PAPER, SAGE)
    poster(s, 1090, 120, 170, 230, PAPER, CORAL, 3)
    pendant(s, 760, 140, 110, SUN)
    s.poly([(660, 220), (860, 220), (1080, 700), (440, 700)], SUN, 0.1)
    Person(s, replace(MARCEL, hair="chauve", hair_colour=WHITE, beard="", top=LAGOON, glasses=True), 470, 745, 780, sitting=True, legs=False, near=(660, 690), far=(690, 670), down=0.08)
    Person(s, replace(LINH, top=CORAL, hair="carre"), 1010, 750, 760, sitting=True, legs=False, face=-1, near=(900, 660), far=(800, 580), mood="rire", lean=-5)
    table(s, 120, 700, 1260, WOOD, front=300)
    s.path("M660,700l22,-170q2,-12 14,-12h180q14,0 12,14l-22,168z", SLATE)
    s.circle(776, 612, 17, light(SLATE, 0.35))
    s.rect(600, 690, 300, 14, INK, 5)
    mug(s, 300, 702, 64, SUN)
    steam(s, 300, 625, 60)
    papers(s, 1150, 704, 130)
    pot(s, 1290, 702, 110, CORAL)
    return s.frame(190, 165, 1130)


def aide_aux_devoirs() -> Sheet:
    s = Sheet(TEAL)
    s.rect(110, 100, 470, 300, shade(LEAF, 0.35), 6)
    s.path("M150,180h120M150,230h190M150,280h80M360,320l60,-120l60,120zM440,320v-30", None, MIST, 8)
    for i in range(2):
        shelf(s, 940, 220 + i * 180, 460)
        books(s, 950, 220 + i * 180, 440, 130, i * 3 + 1)
    pendant(s, 720, 160, 130, CORAL)
    s.poly([(600, 252), (840, 252), (1080, 720), (360, 720)], SUN, 0.14)
    Person(s, replace(ADAM, top=CORAL), 330, 760, 560, sitting=True, legs=False, near=(480, 700), far=(520, 690), down=0.22)
    Person(s, replace(ELISE, top=LILAC, over_colour=PAPER), 1130, 745, 740, sitting=True, legs=False, face=-1, near=(890, 690), far=(960, 690), down=0.14, lean=-6)
    Person(s, replace(BINTA, top=SUN), 770, 760, 540, sitting=True, legs=False, face=0, near=(830, 700), far=(720, 700), down=0.2)
    table(s, 0, 705, 1500, WOOD, front=290)
    for x, t in ((530, -8), (790, 4)):
        papers(s, x, 716, 170, PAPER, t)
    s.line([(500, 690), (474, 640)], SUN, 9)
    s.line([(838, 694), (856, 648)], CORAL, 9)
    for i, c in enumerate((CORAL, SUN, LEAF)):
        s.rect(1210, 682 - i * 24, 130, 22, c, 3)
    s.circle(1270, 610, 26, BRICK)
    s.path("M1270,588q4,-16 18,-18", None, LEAF, 7)
    s.rect(250, 650, 60, 56, LAGOON, 6)
    for i, c in enumerate((CORAL, SUN, PLUM)):
        s.line([(264 + i * 16, 652), (258 + i * 22, 606)], c, 8)
    return s.frame(150, 130, 1200)


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
    Person(s, replace(ROSA, top=CORAL, hair="chignon"), 290, 745, 740, sitting=True, legs=False, near=(460, 690), far=(520, 680), down=0.14)
    Person(s, replace(OUMAR, top=TEAL), 560, 735, 760, sitting=True, legs=False, near=(640, 690), far=(700, 680), down=0.16)
    Person(s, replace(KEVIN, top=PLUM, glasses=True), 1090, 745, 760, sitting=True, legs=False, face=-1, near=(880, 660), far=(960, 690), lean=-4)
    table(s, 0, 705, 1500, TEAL, front=295)
    papers(s, 740, 716, 210, PAPER, 6, picture=CORAL)
    papers(s, 520, 724, 150, MIST, -12)
    mug(s, 1200, 707, 62, CORAL)
    s.rect(960, 688, 100, 20, INK, 5)
    return s.frame(120, 130, 1210)


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

    Person(s, replace(FATOU, top=CORAL, pattern="", legs="pantalon", bottom=INK), 400, 740, 640, sitting=True, near=(500, 650), far=(540, 600), hold=baby, tilt=6)
    Person(s, replace(GABRIEL, top=LEAF), 1110, 740, 640, sitting=True, face=-1, near=(980, 610), far=(940, 640), mood="rire")
    mug(s, 950, 612, 48, PAPER)
    Person(s, replace(CHLOE, top=MIST, bottom=DUSK), 760, 720, 620, sitting=True, face=0, legs=False, near=(800, 640), far=(700, 640), look_at=-1)
    s.rect(600, 690, 310, 24, WOOD, 10)
    s.poly([(740, 714), (772, 714), (800, 880), (712, 880)], shade(WOOD, 0.25))
    mug(s, 690, 690, 50, SUN)
    mug(s, 790, 690, 50, CORAL)
    s.oval(845, 686, 40, 8, PAPER)
    Person(s, replace(GASTON, top=CORAL), 560, 925, 230, near="avant", far="avant", face=1)
    toys(s, 650, 935, 34)
    return s


def maquette_quartier() -> Sheet:
    s = Sheet(LAGOON)
    s.rect(150, 80, 1200, 330, light(LAGOON, 0.35), 6)
    s.path("M180,330L420,260L640,300L900,180L1320,230", None, PAPER, 26)
    s.path("M520,100L560,390M1000,100L960,390", None, PAPER, 18)
    for x, y, c in ((250, 160, TEAL), (330, 170, CORAL), (700, 160, SAGE), (760, 320, SUN), (1120, 310, PLUM), (1150, 130, TEAL)):
        s.rect(x, y, 70, 60, c, 4)
    Person(s, replace(SAMIRA, top=PLUM, hair_colour=SUN), 270, 745, 720, sitting=True, legs=False, near=(420, 630), far=(480, 610), down=0.15, lean=6)
    Person(s, replace(DJIBRIL, top=PAPER), 590, 725, 720, sitting=True, legs=False, near=(700, 560), far=(640, 640), down=0.12, mood="rire")
    Person(s, replace(CAMILLE, top=SUN), 850, 760, 540, sitting=True, legs=False, face=-1, near=(760, 680), far=(800, 640), down=0.1)
    Person(s, replace(BERNARD, top=CORAL), 1180, 745, 740, sitting=True, legs=False, face=-1, near=(1010, 640), far=(960, 620), down=0.14, lean=-5)
    s.path("M60,690H1440L1500,780H0Z", SAGE)
    s.rect(0, 778, 1500, 222, shade(TEAL, 0.1))
    s.path("M700,690L640,780H860L790,690Z", CREAM)
    s.path("M60,730H1440L1448,748H48Z", CREAM)
    for x, w, h, c in ((150, 120, 130, CORAL), (300, 100, 90, PAPER), (1090, 110, 150, TEAL), (1230, 120, 100, PAPER), (900, 90, 80, SUN)):
        block(s, x, 730, w, h, c, columns=3, rows=max(2, round(h / 40)), lit=SUN)
    for x, y, h in ((450, 725, 84), (520, 735, 70), (600, 770, 90), (860, 772, 90), (1040, 765, 76), (420, 770, 80), (1380, 770, 100), (110, 770, 90)):
        tree(s, x, y, h, LEAF)
    tree(s, 712, 590, 84, CORAL)
    house(s, 930, 770, 74, 52, PAPER, BRICK)
    return s.frame(110, 110, 1270)


def atelier_couture() -> Sheet:
    s = Sheet(CREAM)
    s.rect(90, 90, 560, 300, WOOD, 6)
    for r in range(3):
        for c in range(6):
            fill = (CORAL, TEAL, SUN, PLUM, LEAF, LAGOON, ROSE)[(r * 4 + c * 3) % 7]
            x, y = 130 + c * 88, 120 + r * 90
            s.rect(x, y, 50, 58, fill, 6)
            s.rect(x - 5, y - 4, 60, 11, BARK, 3)
            s.rect(x - 5, y + 52, 60, 11, BARK, 3)
    s.path("M1210,180q60,-40 110,0l34,60q14,90 -20,150q10,50 20,70h-178q14,-30 22,-70q-36,-60 -20,-150z", PEACH)
    s.line([(1266, 460), (1266, 700)], BARK, 16)
    s.path("M1180,250q86,60 172,0", None, CORAL, 7)
    Person(s, replace(AMINA, top=TEAL, hair_colour=CORAL), 400, 745, 750, sitting=True, legs=False, near=(560, 690), far=(610, 670), down=0.18, lean=4)
    Person(s, replace(ROSA, top=PLUM, hair="tresses"), 1020, 725, 760, sitting=True, legs=False, face=-1, near=(900, 560), far=(1150, 520), elbows=(0, 0), mood="rire")
    d = "M880,540C960,570 1080,560 1180,500L1240,690H840Z"
    s.path(d, SUN)
    with s.inside(d):
        for i in range(36):
            x, y = 850 + (i % 9) * 46 + (i // 9 % 2) * 22, 520 + i // 9 * 46
            s.path(f"M{x},{y}q14,-18 28,0q-14,18 -28,0z", CORAL if i % 2 else TEAL)
    s.oval(890, 552, 24, 16, shade(BROWN, 0.05))
    s.oval(1176, 512, 24, 16, shade(BROWN, 0.05))
    table(s, 80, 690, 1340, WOOD, front=310)
    s.path("M560,692V640h170V500H590v50H560v-70q0,-28 28,-28h170q30,0 30,30v210z", INK)
    s.circle(800, 520, 34, SLATE)
    s.circle(800, 520, 12, SUN)
    s.line([(576, 550), (576, 640)], MIST, 6)
    s.rect(640, 430, 26, 24, CORAL, 4)
    s.path("M330,690C400,664 520,690 640,676L640,690Z", ROSE)
    s.path("M330,690H640l-30,150q-140,26 -250,0z", ROSE)
    s.path("M470,694l10,150", None, shade(ROSE, 0.15), 7)
    return s.frame(190, 95, 1190)


def journal_habitants() -> Sheet:
    s = Sheet(TEAL)
    for i in range(6):
        poster(s, 120 + i * 216, 90 + (i % 2) * 26, 170, 230, PAPER if i % 2 else CREAM, (CORAL, SUN, LEAF, PLUM, LAGOON, ROSE)[i], (5, 2, 5, 3, 5, 1)[i])
    s.path("M80,78Q750,110 1420,78", None, INK, 4)
    Person(s, replace(JEANNE, top=PLUM), 230, 745, 730, sitting=True, legs=False, near=(380, 700), far=(440, 680), down=0.15)
    Person(s, replace(THEO, top=CORAL), 560, 725, 740, sitting=True, legs=False, near=(690, 570), far=(720, 690), mood="rire", look_at=1)
    Person(s, replace(HAWA, top=SUN), 900, 725, 740, sitting=True, legs=False, face=-1, near=(770, 560), far=(840, 690), mood="rire")
    Person(s, replace(IDRISS, top=LAGOON, glasses=True), 1240, 745, 750, sitting=True, legs=False, face=-1, near=(1090, 690), far=(1040, 680), down=0.15)
    s.path("M655,480l84,-14l92,14v140l-92,-12l-84,14z", PAPER)
    s.path("M739,466v142", None, SLATE, 4)
    s.rect(672, 500, 52, 44, CORAL)
    s.path("M758,500l54,8M758,522l54,8M758,544l54,8M758,566l40,6M672,562l50,-8M672,584l50,-8", None, SLATE, 5)
    s.oval(694, 582, 22, 15, FAIR)
    s.oval(774, 570, 22, 15, BROWN)
    s.path("M60,700H1440L1500,800H0Z", WOOD)
    s.rect(0, 798, 1500, 202, shade(WOOD, 0.24))
    for x, y, w, t, p in ((380, 748, 170, -14, LAGOON), (560, 764, 190, 8, ""), (770, 744, 160, -4, SUN), (960, 762, 190, 12, CORAL), (1140, 740, 150, -8, "")):
        papers(s, x, y, w, PAPER, t, p)
    mug(s, 200, 770, 60, CORAL)
    s.path("M1290,770l70,-44M1290,730l70,40", None, MIST, 9)
    s.circle(1282, 776, 14, None, CORAL, 8)
    s.circle(1282, 724, 14, None, CORAL, 8)
    return s.frame(90, 75, 1330)
