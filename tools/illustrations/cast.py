"""The neighbours: a cast of looks that scenes draw from, changing a garment where it helps."""

from __future__ import annotations

from tools.illustrations.people import Look
from tools.illustrations.sheet import (
    BARK,
    BLACK,
    BLOND,
    BRICK,
    BROWN,
    CHESTNUT,
    CORAL,
    CREAM,
    DARK,
    DEEP,
    DUSK,
    FAIR,
    GINGER,
    GREY,
    INK,
    LAGOON,
    LEAF,
    LILAC,
    MIST,
    MOSS,
    OCHRE,
    PALE,
    PAPER,
    PEACH,
    PLUM,
    ROSE,
    SAGE,
    SLATE,
    STONE,
    SUN,
    TAN,
    TEAL,
    WHITE,
)

AMINA = Look(TAN, "foulard", PLUM, CORAL, INK, "robe", shoes=BARK)
BERNARD = Look(
    PALE, "chauve", WHITE, LAGOON, SLATE, over="cardigan", over_colour=PAPER, build=1.15, glasses=True
)
CHLOE = Look(PALE, "carre", GINGER, LEAF, DUSK, shoes=BRICK)
DJIBRIL = Look(DEEP, "court", BLACK, SUN, DUSK, sleeve=0.42, shoes=PAPER)
ELISE = Look(FAIR, "chignon", WHITE, PLUM, SLATE, "jupe", glasses=True, over="cardigan", over_colour=CREAM)
FATOU = Look(DEEP, "turban", SUN, TEAL, CORAL, "robe", shoes=BLACK, build=1.12, pattern="pois")
GABRIEL = Look(FAIR, "court", CHESTNUT, BRICK, INK, beard=CHESTNUT)
HAWA = Look(BROWN, "afro", BLACK, ROSE, TEAL, "jupe", sleeve=0.42, shoes=PAPER)
IDRISS = Look(TAN, "court", BLACK, MIST, DUSK, beard=BLACK, sleeve=0.5)
JEANNE = Look(PALE, "boucles", GREY, CORAL, INK, "jupe", build=1.18, over="cardigan", over_colour=SUN)
KEVIN = Look(PALE, "meche", BLOND, TEAL, STONE, shoes=CORAL)
LINH = Look(PALE, "long", BLACK, SUN, PLUM)
MARCEL = Look(FAIR, "casquette", SLATE, LEAF, BARK, beard=WHITE, build=1.1)
NADIA = Look(TAN, "boucles", DARK, TEAL, OCHRE)
OUMAR = Look(DEEP, "chauve", BLACK, CREAM, PLUM, beard=GREY, build=1.1, glasses=True)
PAULINE = Look(FAIR, "queue", BLOND, PLUM, DUSK)
ROSA = Look(BROWN, "long", BLACK, OCHRE, LEAF, "jupe", build=1.2)
SAMIRA = Look(FAIR, "foulard", TEAL, SUN, PLUM, "robe", over="cardigan", over_colour=CREAM, glasses=True)
THEO = Look(FAIR, "court", DARK, CORAL, DUSK, pattern="rayures", shoes=PAPER)
YVONNE = Look(PALE, "carre", WHITE, TEAL, SLATE, "jupe", pattern="pois")
ZACHARIE = Look(BROWN, "bonnet", CORAL, INK, MOSS, shoes=SUN)

ADAM = Look(TAN, "court", BLACK, SUN, TEAL, age="enfant", pattern="rayures", shoes=CORAL)
BINTA = Look(DEEP, "couettes", BLACK, CORAL, SUN, "jupe", age="enfant", sleeve=0.45, shoes=PAPER)
CAMILLE = Look(PALE, "tresses", GINGER, LEAF, DUSK, age="enfant", shoes=SUN)
DAO = Look(PALE, "carre", BLACK, LILAC, PLUM, "short", age="enfant", sleeve=0.5, shoes=CORAL)
ELIOTT = Look(FAIR, "boucles", CHESTNUT, TEAL, OCHRE, "short", age="enfant", shoes=PAPER)
FARAH = Look(BROWN, "queue", BLACK, ROSE, DUSK, age="enfant", shoes=PAPER)
GASTON = Look(PALE, "meche", BLOND, SUN, LAGOON, age="petit", shoes=CORAL)
HABI = Look(DEEP, "couettes", BLACK, PEACH, LEAF, age="petit", shoes=PAPER)
INES = Look(TAN, "court", DARK, SAGE, CORAL, age="petit", pattern="rayures", shoes=PAPER)
