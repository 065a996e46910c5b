"""Paths, a river, the sea. Each scene is described in index.toml, under its name."""
# ruff: noqa: D103

from __future__ import annotations

from dataclasses import replace

from tools.illustrations.cast import (
    CAMILLE,
    CHLOE,
    DJIBRIL,
    ELIOTT,
    GABRIEL,
    INES,
    JEANNE,
    LINH,
    NADIA,
    OUMAR,
    ROSA,
)
from tools.illustrations.indoors import (
    bag,
    suitcase,
)
from tools.illustrations.outdoors import (
    bird,
    cloud,
    flower,
    ground,
    hill,
    tree,
)
from tools.illustrations.people import Person
from tools.illustrations.sheet import (
    BARK,
    CORAL,
    CREAM,
    INK,
    LAGOON,
    LEAF,
    MOSS,
    OCHRE,
    PAPER,
    PLUM,
    SAGE,
    SAND,
    SKY,
    SLATE,
    SUN,
    TEAL,
    Point,
    Sheet,
    light,
    mix,
    shade,
)


def _tool(s: Sheet, a: Point, b: Point, width: float = 11) -> None:
    s.line([a, b], BARK, width)


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
    Person(
        s,
        replace(NADIA, over="gilet", over_colour=CORAL, shoes=PAPER),
        1090,
        920,
        580,
        walking=True,
        near=(1280, 490),
        far="hanche",
        look_at=-1,
        mood="rire",
    )
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
    for x, y, w in (
        (120, 740, 130),
        (600, 705, 170),
        (1150, 770, 160),
        (330, 860, 190),
        (900, 900, 220),
        (1250, 930, 140),
    ):
        s.path(f"M{x},{y}q{w / 4},-14 {w / 2},0t{w / 2},0", None, light(LAGOON, 0.5), 5)
    _tool(s, (560, 520), (300, 800), 10)
    s.path("M310,770q-90,-10 -110,50q50,50 130,0z", mix(PAPER, LAGOON, 0.3), SLATE, 6)
    Person(
        s,
        replace(CHLOE, bottom=SUN, shoes=SUN),
        640,
        870,
        560,
        face=-1,
        lean=-8,
        near=(500, 585),
        far=(545, 540),
        down=0.1,
    )
    s.path("M520,838q110,-22 240,0l0,60l-240,0z", TEAL)
    s.path("M530,842q110,18 220,0", None, light(LAGOON, 0.5), 5)
    Person(
        s,
        replace(DJIBRIL, bottom=LEAF, shoes=LEAF),
        960,
        800,
        560,
        near=(1075, 560),
        far=(1095, 560),
        face=1,
        lean=4,
    )
    bag(s, 1100, 556, 120, INK)
    s.path("M850,752q110,-22 240,0l0,58l-240,0z", LAGOON)
    s.path("M850,756q110,18 230,0", None, light(LAGOON, 0.5), 5)
    Person(
        s, replace(CAMILLE, bottom=CORAL, shoes=CORAL), 1290, 690, 370, face=-1, near=(1180, 530), far="avant"
    )
    s.path("M1160,500l24,-8l12,44l-26,6z", light(LAGOON, 0.6), SLATE, 4)
    s.oval(400, 930, 60, 14, shade(TEAL, 0.2))
    bird(s, 560, 200, 26)
    bird(s, 660, 250, 20)
    return s


IDA = replace(ROSA, hair="queue", bottom=PLUM)


HABI_ = replace(INES, hair="couettes")


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
    s.path(
        "M1020,478C1040,400 1100,330 1170,350L1190,440ZM1190,440L1170,350C1260,330 1320,380 1330,446Z", SUN
    )
    suitcase(s, 1330, 960, 170, PLUM)
    Person(s, replace(IDA, top=SUN), 420, 930, 560, face=1, back=True, near=(560, 700), far="bas", look_at=1)
    Person(
        s,
        replace(GABRIEL, sleeve=0.45, legs="short", bottom=TEAL),
        800,
        935,
        590,
        face=-1,
        back=True,
        near="hanche",
        far=(700, 730),
    )
    Person(s, ELIOTT, 590, 945, 350, near=(705, 705), far=(560, 800), face=1, mood="rire")
    Person(s, replace(HABI_, bottom=CORAL), 1010, 960, 250, face=-1, near=(960, 860), far=(940, 850))
    s.path("M905,880h70l-8,70h-54z", CORAL)
    s.path("M910,880q30,-60 60,0", None, INK, 5)
    s.path("M130,960q90,-110 180,0z", shade(SAND, 0.14))
    s.path("M160,960q60,-130 120,0z", OCHRE)
    s.line([(220, 895), (220, 840)], INK, 5)
    s.poly([(220, 840), (262, 852), (220, 868)], CORAL)
    return s
