"""Mending, cooking, sewing, giving. Each scene is described in index.toml, under its name."""
# ruff: noqa: D103

from __future__ import annotations

from dataclasses import replace

from tools.illustrations.cast import (
    ADAM,
    AMINA,
    BERNARD,
    BINTA,
    FATOU,
    GABRIEL,
    HAWA,
    IDRISS,
    NADIA,
    ROSA,
    YVONNE,
)
from tools.illustrations.indoors import (
    bag,
    books,
    cooker_pot,
    crate,
    jars,
    pot,
    room,
    shelf,
    steam,
    table,
    window,
)
from tools.illustrations.outdoors import (
    bunting,
)
from tools.illustrations.people import Person
from tools.illustrations.sheet import (
    BARK,
    BRICK,
    BROWN,
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
    SKY,
    SLATE,
    SUN,
    TEAL,
    WOOD,
    Sheet,
    light,
    shade,
)


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
    Person(
        s,
        replace(NADIA, over="tablier", over_colour=CORAL),
        800,
        725,
        720,
        sitting=True,
        legs=False,
        face=-1,
        near=(690, 640),
        far=(650, 600),
        down=0.14,
    )
    Person(
        s,
        ROSA,
        1170,
        725,
        740,
        sitting=True,
        legs=False,
        face=-1,
        near=(1040, 640),
        far=(985, 600),
        mood="rire",
    )
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
            s.rect(
                c * 96 + 4, 40 + r * 96, 88, 88, light(LAGOON, 0.55) if (r + c) % 2 else light(LAGOON, 0.7), 3
            )
    s.path("M640,0h240v150l60,100H580l60,-100z", SLATE)
    s.rect(560, 240, 400, 34, shade(SLATE, 0.2), 4)
    shelf(s, 60, 230, 400)
    jars(s, 80, 230, 5, 66, (CORAL, SUN, LEAF, PLUM, OCHRE))
    shelf(s, 1040, 230, 400)
    jars(s, 1060, 230, 3, 76, (LEAF, OCHRE, BRICK))
    pot(s, 1380, 230, 70, CORAL)
    Person(
        s,
        replace(IDRISS, over="tablier", over_colour=CORAL, top=PAPER),
        250,
        750,
        730,
        sitting=True,
        legs=False,
        near=(390, 660),
        far=(430, 640),
        down=0.14,
    )
    steam(s, 770, 440, 150, PAPER)
    Person(
        s,
        replace(FATOU, over="tablier", over_colour=SUN, top=PLUM, hair_colour=CORAL),
        560,
        745,
        770,
        sitting=True,
        legs=False,
        near=(755, 500),
        far=(700, 540),
        mood="rire",
    )
    s.line([(765, 505), (800, 600)], BARK, 14)
    Person(
        s,
        replace(YVONNE, over="tablier", over_colour=LEAF, top=ROSE),
        1180,
        745,
        720,
        sitting=True,
        legs=False,
        face=-1,
        near=(1010, 600),
        far=(1060, 560),
        tilt=-6,
        mood="calme",
    )
    s.line([(1010, 596), (950, 590)], BARK, 10)
    s.oval(940, 588, 26, 15, BARK)
    table(s, 0, 690, 1500, WOOD, front=310, thick=34)
    cooker_pot(s, 800, 692, 260, CORAL)
    s.rect(300, 676, 210, 16, light(WOOD, 0.35), 4)
    for x, slice_of in ((330, OCHRE), (356, CORAL), (480, LEAF)):
        s.oval(x, 670, 26, 12, slice_of)
    s.path("M390,668l110,-10l-4,14z", SLATE)
    crate(s, 1170, 692, 220, (CORAL, LEAF, SUN, PLUM))
    for x in (90, 130, 170):
        s.oval(x, 668, 20, 26, (SUN, OCHRE, SUN)[x % 3])
    return s.frame(110, 95, 1270)


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
    s.path(
        "M1210,180q60,-40 110,0l34,60q14,90 -20,150q10,50 20,70h-178q14,-30 22,-70q-36,-60 -20,-150z", PEACH
    )
    s.line([(1266, 460), (1266, 700)], BARK, 16)
    s.path("M1180,250q86,60 172,0", None, CORAL, 7)
    Person(
        s,
        replace(AMINA, top=TEAL, hair_colour=CORAL),
        400,
        745,
        750,
        sitting=True,
        legs=False,
        near=(560, 690),
        far=(610, 670),
        down=0.18,
        lean=4,
    )
    Person(
        s,
        replace(ROSA, top=PLUM, hair="tresses"),
        1020,
        725,
        760,
        sitting=True,
        legs=False,
        face=-1,
        near=(900, 560),
        far=(1150, 520),
        elbows=(0, 0),
        mood="rire",
    )
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
    Person(
        s,
        replace(GABRIEL, over="tablier", over_colour=CORAL, top=PAPER),
        560,
        790,
        740,
        sitting=True,
        legs=False,
        near=(770, 580),
        far="avant",
        mood="rire",
    )
    table(s, 40, 690, 860, WOOD, front=310)
    crate(s, 70, 694, 240, (CORAL, BRICK, CORAL))
    crate(s, 320, 694, 200, (LEAF, SAGE, MOSS))
    s.rect(660, 670, 150, 24, SLATE, 5)
    s.oval(735, 664, 70, 10, MIST)
    for x in (710, 760):
        s.oval(x, 650, 34, 20, PLUM)
    bag(s, 830, 566, 130, SUN, leaf=True)
    Person(
        s,
        replace(HAWA, top=ROSE, hair="turban", hair_colour=SUN, bottom=PLUM),
        1070,
        930,
        640,
        face=-1,
        near=(870, 600),
        far=(845, 590),
    )
    Person(s, replace(ADAM, top=LAGOON, skin=DEEP), 1240, 945, 380, face=-1, near="salut", far=(1150, 790))
    s.rect(0, 940, 1500, 60, shade(TEAL, 0.3), opacity=0)
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
            s.path(
                f"M{x - 18},308q18,16 36,0l32,18l16,170l-24,6l-8,-90v130h-68v-130l-8,90l-24,-6l16,-170z", c
            )
        if i % 2 == 0:
            s.rect(x - 34, 420, 68, 12, light(c, 0.55) if c != PAPER else CORAL)
    Person(
        s,
        replace(AMINA, top=TEAL, hair_colour=SUN),
        330,
        925,
        610,
        near=(470, 540),
        far=(420, 520),
        mood="rire",
    )
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
    Person(
        s,
        replace(BINTA, top=LEAF, bottom=PAPER),
        1010,
        945,
        400,
        near=(1075, 700),
        far=(1130, 690),
        mood="rire",
    )
    s.rect(1190, 560, 0, 0, SUN)
    Person(s, replace(YVONNE, top=CORAL), 1330, 935, 590, face=-1, near=(1225, 610), far=(1250, 560))
    s.path("M1170,560h110l-8,96h-94z", TEAL)
    return s
