"""Having a say: voting, petitions, a model, a newspaper. Each scene is described in index.toml, under its name."""
# ruff: noqa: D103

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tools.illustrations.cast import (
    BERNARD,
    CAMILLE,
    ELIOTT,
    ELISE,
    FARAH,
    HAWA,
    IDRISS,
    JEANNE,
    NADIA,
    OUMAR,
    PAULINE,
    SAMIRA,
    THEO,
)
from tools.illustrations.indoors import (
    mug,
    papers,
    poster,
    room,
    table,
    wheelchair,
)
from tools.illustrations.outdoors import (
    bush,
    cloud,
    hill,
    house,
    paving,
)
from tools.illustrations.people import Person
from tools.illustrations.sheet import (
    BARK,
    BRICK,
    BROWN,
    CORAL,
    CREAM,
    DUSK,
    FAIR,
    INK,
    LAGOON,
    LEAF,
    MIST,
    MOSS,
    PAPER,
    PEACH,
    PLUM,
    ROSE,
    SAGE,
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


def budget_participatif() -> Sheet:
    s = Sheet(SUN)
    s.rect(0, 60, 1500, 440, light(SUN, 0.35))
    for i in range(7):
        poster(
            s,
            70 + i * 200,
            110 + (i % 2) * 30,
            164,
            220,
            PAPER,
            (LEAF, CORAL, TEAL, PLUM, LAGOON, BRICK, MOSS)[i],
            (2, 4, 3, 1, 0, 3, 2)[i],
        )
    for i, n in enumerate((3, 5, 2, 4, 6, 3, 4)):
        for j in range(n):
            s.circle(
                92 + i * 200 + (j % 3) * 30, 368 + (i % 2) * 30 + j // 3 * 32, 12, CORAL if j % 2 else TEAL
            )
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

    Person(
        s,
        replace(SAMIRA, top=PLUM, over="", hair_colour=CORAL),
        930,
        915,
        610,
        near=(1150, 470),
        far="bas",
        hold=ballot,
        mood="rire",
    )
    Person(s, replace(BERNARD, top=LEAF), 700, 920, 620, near="poitrine", far="avant", hold=ballot)
    Person(s, replace(CAMILLE, top=CORAL), 535, 930, 390, near="haut", far="bas", hold=ballot, mood="rire")
    wheelchair(s, 290, 770, 6, 1, False)
    Person(
        s,
        replace(THEO, pattern="", top=DUSK, bottom=BRICK),
        290,
        770,
        600,
        sitting=True,
        near=(400, 650),
        far="genou",
        hold=ballot,
    )
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

    Person(
        s,
        replace(HAWA, top=SUN, bottom=PLUM),
        200,
        925,
        590,
        near=(285, 460),
        far="hanche",
        hold=sign(CORAL, PAPER),
        mood="rire",
    )
    Person(s, replace(OUMAR, top=TEAL), 480, 920, 600, near=(590, 480), far="avant", hold=sign(SUN, TEAL))
    Person(s, replace(ELIOTT, top=PAPER, bottom=CORAL), 640, 935, 370, near="bas", far="avant", mood="rire")
    s.circle(655, 765, 78, None, SUN, 40)
    s.path("M655,687v0M600,710l-2,-2M733,765h1M577,765h1M655,843v1", None, CORAL, 40)
    table(s, 860, 690, 340, WOOD, low=930)
    papers(s, 1000, 690, 120)
    s.rect(1120, 640, 44, 52, PLUM, 6)
    Person(s, JEANNE, 790, 925, 580, near=(945, 670), far=(935, 680), lean=6, down=0.14)
    Person(
        s, replace(PAULINE, top=CORAL), 1290, 925, 610, face=-1, near=(1120, 620), far="avant", mood="rire"
    )
    return s


def porteur_de_paroles() -> Sheet:
    s = Sheet(CREAM)
    for x, w, h, c, r in (
        (-30, 230, 330, PEACH, BRICK),
        (210, 190, 280, SUN, TEAL),
        (1130, 200, 300, ROSE, PLUM),
        (1330, 220, 350, LAGOON, BRICK),
    ):
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
        s.path(
            f"M{x + 24},{y + 34}h18l-8,22h-14zM{x + 50},{y + 34}h18l-8,22h-14z", INK if c == SUN else PAPER
        )
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


def journal_habitants() -> Sheet:
    s = Sheet(TEAL)
    for i in range(6):
        poster(
            s,
            120 + i * 216,
            90 + (i % 2) * 26,
            170,
            230,
            PAPER if i % 2 else CREAM,
            (CORAL, SUN, LEAF, PLUM, LAGOON, ROSE)[i],
            (5, 2, 5, 3, 5, 1)[i],
        )
    s.path("M80,78Q750,110 1420,78", None, INK, 4)
    Person(
        s,
        replace(JEANNE, top=PLUM),
        230,
        745,
        730,
        sitting=True,
        legs=False,
        near=(380, 700),
        far=(440, 680),
        down=0.15,
    )
    Person(
        s,
        replace(THEO, top=CORAL),
        560,
        725,
        740,
        sitting=True,
        legs=False,
        near=(690, 570),
        far=(720, 690),
        mood="rire",
        look_at=1,
    )
    Person(
        s,
        replace(HAWA, top=SUN),
        900,
        725,
        740,
        sitting=True,
        legs=False,
        face=-1,
        near=(770, 560),
        far=(840, 690),
        mood="rire",
    )
    Person(
        s,
        replace(IDRISS, top=LAGOON, glasses=True),
        1240,
        745,
        750,
        sitting=True,
        legs=False,
        face=-1,
        near=(1090, 690),
        far=(1040, 680),
        down=0.15,
    )
    s.path("M655,480l84,-14l92,14v140l-92,-12l-84,14z", PAPER)
    s.path("M739,466v142", None, SLATE, 4)
    s.rect(672, 500, 52, 44, CORAL)
    s.path("M758,500l54,8M758,522l54,8M758,544l54,8M758,566l40,6M672,562l50,-8M672,584l50,-8", None, SLATE, 5)
    s.oval(694, 582, 22, 15, FAIR)
    s.oval(774, 570, 22, 15, BROWN)
    s.path("M60,700H1440L1500,800H0Z", WOOD)
    s.rect(0, 798, 1500, 202, shade(WOOD, 0.24))
    for x, y, w, t, p in (
        (380, 748, 170, -14, LAGOON),
        (560, 764, 190, 8, ""),
        (770, 744, 160, -4, SUN),
        (960, 762, 190, 12, CORAL),
        (1140, 740, 150, -8, ""),
    ):
        papers(s, x, y, w, PAPER, t, p)
    mug(s, 200, 770, 60, CORAL)
    s.path("M1290,770l70,-44M1290,730l70,40", None, MIST, 9)
    s.circle(1282, 776, 14, None, CORAL, 8)
    s.circle(1282, 724, 14, None, CORAL, 8)
    return s.frame(90, 75, 1330)
