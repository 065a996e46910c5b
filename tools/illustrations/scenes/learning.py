"""Learning, reading, talking, playing. Each scene is described in index.toml, under its name."""
# ruff: noqa: D103

from __future__ import annotations

from dataclasses import replace

from tools.illustrations.cast import (
    ADAM,
    BINTA,
    ELIOTT,
    ELISE,
    FATOU,
    HABI,
    IDRISS,
    KEVIN,
    LINH,
    MARCEL,
    NADIA,
    OUMAR,
    SAMIRA,
    ZACHARIE,
)
from tools.illustrations.indoors import (
    books,
    bubble,
    chair,
    mug,
    papers,
    pendant,
    poster,
    pot,
    room,
    shelf,
    steam,
    table,
    window,
)
from tools.illustrations.people import Person
from tools.illustrations.sheet import (
    BLACK,
    BRICK,
    CORAL,
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
    SAND,
    SKY,
    SLATE,
    SUN,
    TEAL,
    WHITE,
    WOOD,
    Sheet,
    light,
    shade,
)


def permanence_numerique() -> Sheet:
    s = Sheet(PLUM)
    window(s, 120, 110, 340, 330, SKY, PAPER, SAGE)
    poster(s, 1090, 120, 170, 230, PAPER, CORAL, 3)
    pendant(s, 760, 140, 110, SUN)
    s.poly([(660, 220), (860, 220), (1080, 700), (440, 700)], SUN, 0.1)
    Person(
        s,
        replace(MARCEL, hair="chauve", hair_colour=WHITE, beard="", top=LAGOON, glasses=True),
        470,
        745,
        780,
        sitting=True,
        legs=False,
        near=(660, 690),
        far=(690, 670),
        down=0.08,
    )
    Person(
        s,
        replace(LINH, top=CORAL, hair="carre"),
        1010,
        750,
        760,
        sitting=True,
        legs=False,
        face=-1,
        near=(900, 660),
        far=(800, 580),
        mood="rire",
        lean=-5,
    )
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
    Person(
        s,
        replace(ADAM, top=CORAL),
        330,
        760,
        560,
        sitting=True,
        legs=False,
        near=(480, 700),
        far=(520, 690),
        down=0.22,
    )
    Person(
        s,
        replace(ELISE, top=LILAC, over_colour=PAPER),
        1130,
        745,
        740,
        sitting=True,
        legs=False,
        face=-1,
        near=(890, 690),
        far=(960, 690),
        down=0.14,
        lean=-6,
    )
    Person(
        s,
        replace(BINTA, top=SUN),
        770,
        760,
        540,
        sitting=True,
        legs=False,
        face=0,
        near=(830, 700),
        far=(720, 700),
        down=0.2,
    )
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


def conversation_francaise() -> Sheet:
    s = Sheet(MIST)
    s.circle(750, 560, 520, light(LAGOON, 0.35))
    room(s, 800, SAND, light(SAND, 0.3))
    s.oval(750, 910, 640, 64, OCHRE)
    bubble(s, 300, 210, 300, 150, CORAL, (285, 400), 2)
    bubble(s, 640, 130, 250, 130, TEAL, (560, 440), 2)
    bubble(s, 960, 200, 260, 140, SUN, (985, 430), 2, INK)
    bubble(s, 1260, 160, 270, 150, PLUM, (1225, 400), 2)
    for x, f, c in ((230, 1, TEAL), (1270, -1, CORAL)):
        chair(s, x, 745, f, 1.3, c)
    for x in (500, 1000):
        s.rect(x - 62, 730, 124, 22, WOOD, 10)
        for dx in (-44, 36):
            s.rect(x + dx, 750, 12, 150, shade(WOOD, 0.25))
    Person(s, replace(LINH, top=CORAL), 510, 735, 540, sitting=True, near="avant", far="genou", mood="rire")
    Person(s, replace(IDRISS, top=LEAF), 990, 735, 550, sitting=True, face=-1, near="genou", far="avant")
    Person(
        s,
        replace(ELISE, top=SUN, over_colour=PAPER),
        750,
        720,
        530,
        sitting=True,
        face=0,
        legs=False,
        near=(850, 560),
        far=(660, 600),
        mood="rire",
    )
    s.path("M690,720h120l20,150h-160z", SLATE)
    for x in (715, 785):
        s.path(f"M{x - 18},880h36v20q-18,10 -36,0z", BLACK)
    Person(
        s, replace(FATOU, top=PLUM), 240, 735, 600, sitting=True, near=(390, 590), far="genou", mood="chante"
    )
    Person(
        s,
        replace(ZACHARIE, hair="court", hair_colour=BLACK, top=TEAL),
        1260,
        735,
        610,
        sitting=True,
        face=-1,
        near="menton",
        far=(1110, 600),
    )
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
    Person(
        s,
        replace(NADIA, top=CORAL, bottom=INK),
        760,
        900,
        640,
        face=0,
        near=(905, 410),
        far="hanche",
        mood="rire",
    )
    for x, f, look in ((280, 1, replace(OUMAR, top=SUN)), (1340, -1, replace(KEVIN, top=PLUM, bottom=SAND))):
        chair(s, x, 742, f, 1.3, TEAL if f > 0 else CORAL)
        Person(s, look, x, 730, 610, sitting=True, face=f, near=(x + f * 130, 610), far="genou")
        s.path(f"M{x + f * 100},{600}l{f * 96},-14l{f * 6},20l{-f * 96},14z", PAPER)
    chair(s, 1050, 800, -1, 1.2, SUN)
    Person(
        s,
        replace(SAMIRA, top=LAGOON, over="", hair_colour=PLUM),
        1055,
        788,
        560,
        sitting=True,
        face=-1,
        near="menton",
        far="genou",
    )
    pot(s, 110, 900, 170, CORAL, SAGE)
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
    Person(
        s,
        replace(MARCEL, hair="chauve", hair_colour=WHITE, top=PLUM),
        390,
        800,
        620,
        sitting=True,
        near=(610, 640),
        far=(590, 690),
        feet=((640, 900), (600, 905)),
        mood="rire",
        lean=5,
    )
    s.rect(320, 790, 150, 110, CORAL, 26)
    for i, (x, y, c) in enumerate(
        (
            (680, 810, TEAL),
            (770, 810, CORAL),
            (722, 730, SUN),
            (690, 650, PLUM),
            (756, 650, LEAF),
            (722, 570, CORAL),
        )
    ):
        s.rect(x, y, 80, 76, c, 6)
        s.circle(x + 40, y + 38, 16, light(c, 0.4) if i % 2 else shade(c))
    Person(
        s, replace(ELIOTT, top=PAPER), 985, 900, 420, face=-1, near=(815, 610), far=(830, 660), mood="rire"
    )
    s.poly([(740, 568), (824, 568), (782, 490)], PLUM)
    Person(s, replace(HABI, bottom=SUN, top=CORAL), 1180, 915, 290, face=-1, near=(1090, 790), far="avant")
    s.rect(1040, 770, 56, 54, LEAF, 5)
    return s
