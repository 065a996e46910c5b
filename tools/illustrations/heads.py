"""Heads: a face turned left, right or to us, hair, scarves, hats, glasses and beards."""

from __future__ import annotations

from tools.illustrations.sheet import CORAL, INK, PAPER, Sheet, light, mix, shade

EGG = "M0,-1C.52,-1 .8,-.66 .79,-.12C.78,.42 .52,1 0,1C-.52,1 -.78,.42 -.79,-.12C-.8,-.66 -.52,-1 0,-1Z"


def _hair_behind(s: Sheet, style: str, colour: str) -> None:
    """The part of the hair that hangs behind the neck."""
    if style == "long":
        s.path(
            "M-.9,-.2C-.95,-1 -.4,-1.15 0,-1.12C.5,-1.15 .9,-.9 .92,-.2C.95,.5 1,1.1 .8,1.55L-.95,1.55C-1.1,1 -.9,.4 -.9,-.2Z",
            colour,
        )
    elif style == "carre":
        s.path(
            "M-.95,-.2C-.98,-.95 -.4,-1.14 0,-1.14C.5,-1.14 .95,-.9 .96,-.2C.97,.3 1,.6 .92,.86C.5,1 -.5,1 -.95,.86C-1.02,.5 -.96,.2 -.95,-.2Z",
            colour,
        )
    elif style == "afro":
        s.circle(0, -0.42, 1.2, colour)
    elif style == "boucles":
        for x, y, r in (
            (-0.8, 0.1, 0.42),
            (-0.85, -0.45, 0.45),
            (-0.4, -0.95, 0.48),
            (0.2, -1.05, 0.46),
            (0.72, -0.7, 0.42),
            (0.85, -0.1, 0.38),
            (-0.85, 0.55, 0.4),
            (0.84, 0.42, 0.32),
        ):
            s.circle(x, y, r, colour)
    elif style == "queue":
        s.path(
            "M-.6,-.6C-1.3,-.9 -1.75,-.3 -1.55,.5C-1.5,.9 -1.6,1.1 -1.75,1.3C-1.2,1.25 -.95,.7 -1.05,.2C-1.1,-.1 -.9,-.3 -.6,-.2Z",
            colour,
        )
    elif style == "tresses":
        for x in (-0.85, 0.8):
            for i in range(4):
                s.oval(x - (0.06 * i if x < 0 else -0.06 * i), 0.4 + i * 0.34, 0.21 - 0.02 * i, 0.24, colour)
            s.circle(x * 1.2, 1.62, 0.12, CORAL)
    elif style == "chignon":
        s.circle(-0.35, -1.22, 0.46, colour)
    elif style == "couettes":
        s.circle(-0.98, -0.62, 0.45, colour)
        s.circle(0.92, -0.68, 0.42, colour)


def _hair_front(s: Sheet, style: str, colour: str, dx: float) -> None:
    """The cap of hair over the skull, its parting following the turn of the head."""
    if style == "chauve":
        s.path("M-.84,.22C-.95,-.2 -.86,-.52 -.68,-.62C-.72,-.3 -.66,-.02 -.6,.2Z", colour)
        if dx < 0.2:
            s.path("M.84,.22C.95,-.2 .86,-.52 .68,-.62C.72,-.3 .66,-.02 .6,.2Z", colour)
        return
    back = 0.5 if style in ("carre", "long") else 0.18
    line = -0.42 + 0.06 * (style in ("afro", "boucles"))
    near, far = -0.62 + dx * 0.55, 0.66 + dx * 0.3
    d = f"M-.86,{back}C-.98,-.7 -.55,-1.13 0,-1.13C.55,-1.13 .96,-.75 .86,-.02"
    d += f"L{min(far + 0.1, 0.8)},-.08C{far},{line + 0.1} {far - 0.2},{line} {dx * 1.4:.2f},{line - 0.06}"
    d += f"C{dx - 0.3:.2f},{line} {near},{line + 0.18} {near},{back - 0.1}Z"
    s.path(d, colour)
    if style == "meche":
        s.path(f"M{far},-.3C.3,-.3 -.2,-.5 -.4,-.98C.3,-1.3 1.05,-.95 {far + 0.16},-.2Z", light(colour, 0.12))
    if style in ("carre", "couettes", "tresses"):
        s.path(
            f"M{near},-.25C-.1,-.32 .5,-.32 {far},-.22C.75,-.8 .2,-1 0,-.98C-.5,-1 {near - 0.1},-.6 {near},-.25Z",
            colour,
        )


def _cloth(s: Sheet, style: str, colour: str, dx: float) -> bool:
    """Scarves and hats; True when they replace the hair altogether."""
    if style == "foulard":
        s.path(
            f"M{-0.5 + dx * 0.3},1.02C-.95,.6 -.98,-.2 -.9,-.5C-.7,-1.2 .75,-1.2 .92,-.45C1,.1 .9,.7 .5,1.05C.62,.6 {0.66 + dx * 0.28},.2 {0.64 + dx * 0.25},-.2C{0.55 + dx * 0.2},-.62 {-0.3 + dx},-.72 {-0.5 + dx * 0.7},-.3C{-0.6 + dx * 0.5},.2 -.3,.8 {dx},1.04Z",
            colour,
        )
        s.path("M-.82,-.45C-.5,-.95 .3,-1 .8,-.55", None, shade(colour, 0.16), 0.06)
        return True
    if style == "turban":
        s.path(
            "M-.88,-.1C-1.2,-.9 -.6,-1.6 .1,-1.52C.8,-1.5 1.1,-.9 .86,-.22C.4,-.5 -.3,-.5 -.88,-.1Z", colour
        )
        s.path(
            "M-.8,-.35C-.4,-.95 .3,-1.1 .95,-.75M-.3,-1.4C.1,-1.15 .5,-.9 .9,-.4",
            None,
            shade(colour, 0.18),
            0.07,
        )
        return True
    if style == "bonnet":
        s.path("M-.88,-.18C-1,-1 -.5,-1.35 0,-1.35C.55,-1.35 1,-1 .88,-.2Z", colour)
        s.rect(-0.93, -0.46, 1.86, 0.36, shade(colour, 0.16), 0.16)
        s.circle(0, -1.42, 0.2, light(colour, 0.5))
        return True
    if style == "casquette":
        s.path("M-.88,-.25C-.98,-.95 -.5,-1.22 0,-1.22C.55,-1.22 .96,-.95 .86,-.3Z", colour)
        s.path(
            f"M{dx * 0.6 - 0.1},-.42C.6,-.55 1.1,-.5 {1.12 + dx * 0.5},-.22C.9,-.3 .4,-.24 {dx * 0.6 - 0.1},-.22Z",
            shade(colour, 0.2),
        )
        return True
    if style == "chapeau":
        s.path("M-.7,-.45C-.75,-1.2 -.4,-1.4 0,-1.38C.45,-1.4 .78,-1.2 .72,-.45Z", colour)
        s.oval(0.03, -0.46, 1.32, 0.25, colour)
        s.path("M-.72,-.62C-.3,-.48 .35,-.48 .73,-.62L.72,-.82C.3,-.7 -.3,-.7 -.73,-.82Z", CORAL)
        return True
    return False


def _face(s: Sheet, skin: str, dx: float, dy: float, mood: str) -> None:
    line = mix(skin, "#3A1410", 0.5)
    s.circle(dx - 0.34, 0.32 + dy, 0.15, CORAL, opacity=0.22)
    s.circle(dx * 0.75 + 0.42, 0.32 + dy, 0.14, CORAL, opacity=0.22)
    for x in (dx - 0.26, dx * 0.86 + 0.27):
        if mood == "calme":
            s.path(f"M{x - 0.09:.2f},{0.0 + dy:.2f}q.09,.09 .18,0", None, INK, 0.06)
        else:
            s.oval(x, 0.0 + dy, 0.062, 0.085, INK)
        s.path(f"M{x - 0.11:.2f},{-0.2 + dy:.2f}q.1,-.07 .21,-.01", None, mix(line, INK, 0.4), 0.05)
    s.path(
        f"M{dx + 0.04:.2f},{0.05 + dy:.2f}q{0.1 if dx >= 0 else -0.1},.16 {0.05 if dx > 0.1 else 0},.22l-.1,.01",
        None,
        line,
        0.05,
    )
    if mood == "chante":
        s.oval(dx, 0.56 + dy, 0.13, 0.17, mix(line, INK, 0.45))
    elif mood == "rire":
        s.path(f"M{dx - 0.24:.2f},{0.44 + dy:.2f}q.25,.07 .48,0q-.04,.3 -.24,.3q-.2,0 -.24,-.3z", PAPER)
        s.path(
            f"M{dx - 0.24:.2f},{0.44 + dy:.2f}q.25,.07 .48,0q-.04,.3 -.24,.3q-.2,0 -.24,-.3z",
            None,
            line,
            0.04,
        )
    else:
        s.path(f"M{dx - 0.19:.2f},{0.5 + dy:.2f}q.2,.17 .39,-.01", None, line, 0.055)


def head(
    s: Sheet, x: float, y: float, size: float, *, face: int = 1, tilt: float = 0, skin: str, hair: str = "court",
    hair_colour: str = INK, down: float = 0, glasses: bool = False, beard: str = "", mood: str = "sourire",
    back: bool = False,
) -> None:  # fmt: skip
    """A head centred on (x, y), half a head high = size; face -1 left, 0 us, +1 right; down 0 to 0.25 looks down.

    hair names a style (court, meche, carre, long, afro, boucles, queue, tresses, chignon, couettes, chauve) or a
    cloth (foulard, turban, bonnet, casquette, chapeau), whose colour is then hair_colour.
    """
    dx = 0.24 if face else 0.0
    cloth = hair in ("foulard", "turban", "bonnet", "casquette", "chapeau")
    with s.at(x, y, tilt, size * (-1 if face < 0 else 1), size):
        if back:
            _hair_behind(s, hair, hair_colour)
            s.path(EGG, skin)
            shape = "M-.86,.3C-.98,-.75 -.55,-1.13 0,-1.13C.55,-1.13 .98,-.75 .86,.3C.6,.72 -.6,.72 -.86,.3Z"
            s.path(
                shape
                if hair != "foulard"
                else "M-.9,.9C-1.05,-.75 -.6,-1.15 0,-1.15C.6,-1.15 1.05,-.75 .9,.9Z",
                hair_colour,
            )
            if hair in ("bonnet", "chapeau", "casquette", "turban"):
                _cloth(s, hair, hair_colour, 0)
            return
        if cloth and hair != "foulard" and hair != "turban":
            s.path("M-.84,-.2L-.84,.3C-.8,.5 -.66,.5 -.58,.3L-.5,-.3Z", "#3A2620")
        _hair_behind(s, hair, hair_colour)
        s.path(EGG, skin)
        if beard:
            s.path(
                f"M-.74,.02C-.78,.7 -.45,1.12 {dx * 0.5},1.1C.5,1.1 .8,.6 .76,.06C.6,.2 {0.5 + dx},.3 {dx + 0.3},.36C{dx},.28 {dx},.28 {dx - 0.32},.36C-.4,.3 -.6,.25 -.74,.02Z",
                beard,
            )
        _face(s, skin, dx, down, mood)
        if hair != "foulard":
            s.oval(-0.66 + dx * 0.45, 0.08 + down * 0.3, 0.13, 0.19, shade(skin, 0.1))
            if not face:
                s.oval(0.72, 0.08, 0.12, 0.18, shade(skin, 0.1))
        if not _cloth(s, hair, hair_colour, dx):
            _hair_front(s, hair, hair_colour, dx)
        if glasses:
            for gx in (dx - 0.27, dx * 0.86 + 0.28):
                s.circle(gx, 0.02 + down, 0.2, None, INK, 0.055)
            s.path(f"M{dx - 0.07:.2f},{down:.2f}l.15,0M{dx - 0.47:.2f},{down:.2f}L-.6,-.02", None, INK, 0.05)
