"""People: a look (who they are and wear) and a pose (where hands and feet go)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from tools.illustrations.heads import head
from tools.illustrations.sheet import (
    BLACK,
    DARK,
    FAIR,
    INK,
    PAPER,
    TEAL,
    Point,
    Sheet,
    light,
    limb,
    mix,
    reach,
    shade,
)


@dataclass(frozen=True)
class Look:
    """Who somebody is: age, body, skin, hair and clothes."""

    skin: str = FAIR
    hair: str = "court"
    hair_colour: str = DARK
    top: str = TEAL
    bottom: str = INK
    legs: str = "pantalon"  # pantalon, short, jupe (to the knee) or robe (long, of the colour of the top)
    sleeve: float = 1.0  # share of the arm that is covered
    shoes: str = BLACK
    age: str = "adulte"  # adulte, enfant or petit
    build: float = 1.0  # breadth of the body
    pattern: str = ""  # rayures, pois or bretelles
    over: str = ""  # tablier, gilet or cardigan
    over_colour: str = PAPER
    glasses: bool = False
    beard: str = ""


# Hip height, hip to shoulder, half head, upper arm, forearm: in hundredths of the height.
_BODY = {
    "adulte": (49, 31, 7.6, 15.8, 14.2),
    "enfant": (44, 30, 10.2, 14.4, 12.6),
    "petit": (33, 30, 14, 12.5, 11),
}
_HANDS: dict[str, Point] = {  # forward and up from the shoulder
    "bas": (2.5, -28), "hanche": (-1, -22), "avant": (22, -11), "table": (20, -20), "poitrine": (9, -13),
    "haut": (9, 27), "salut": (16, 14), "dos": (-14, -22), "genou": (16, -27), "menton": (11, 2),
}  # fmt: skip

_TORSO = (
    "M-3.4,-33C-6,-32.4 {a},-32.2 {s},-28C{s2},-24 {w},-18 {w},-11C{w},-6 {h},-3 {h},{e}"
    "L{H},{e}C{H},-3 {W},-6 {W},-11C{W},-18 {S2},-24 {S},-28C{A},-32.2 6,-32.4 3.4,-33Z"
)


def _torso(breadth: float, end: float, turned: bool) -> str:
    wide = (8.6 if turned else 10.4) * (0.6 + 0.4 * breadth)
    waist = (6.6 if turned else 7.2) * breadth
    hip = (7.0 if turned else 8.0) * breadth
    belly = waist + (breadth - 0.9) * 6 if turned else waist
    values = {"s": -wide, "a": -wide + 1.2, "s2": -wide - 0.2, "w": -waist, "h": -hip, "e": end}
    values |= {"S": wide, "A": wide - 1.2, "S2": wide + 0.2, "W": belly, "H": hip}
    return _TORSO.format(**{k: f"{v:.2f}" for k, v in values.items()})


def _clothes(s: Sheet, look: Look, d: str, turned: bool) -> None:
    """The torso, in units of a hundredth of the height around the hips, with what is worn on it."""
    s.path(d, look.top)
    with s.inside(d):
        if look.pattern == "rayures":
            for i in range(9):
                s.rect(-15, -29 + i * 4.4, 30, 1.9, light(look.top, 0.75))
        elif look.pattern == "pois":
            for i in range(40):
                s.circle(
                    -13 + (i % 7) * 4.4 + (i // 7 % 2) * 2.2, -28 + i // 7 * 5, 0.8, light(look.top, 0.7)
                )
        if look.over == "cardigan":
            mid = 2.5 if turned else 0
            s.path(
                f"M{mid},-34L{mid - 3.6},-34L{mid - 4.4},-12L{mid - 2.5},8L{mid + 4},8L{mid + 4.6},-12L{mid + 3.4},-34Z",
                look.over_colour,
            )
        elif look.over == "gilet":
            s.path("M-14,-34L-4,-34L-1,-15L1.5,-15L5,-34L14,-34L14,0L-14,0Z", look.over_colour)
            s.rect(-14, -12, 28, 2.6, PAPER)
        elif look.over == "tablier":
            s.path("M-4.2,-24L7,-24L7.6,-12L13,-10L13,20L-10,20L-7,-10Z", look.over_colour)
            s.path("M-4,-24L-3.4,-33M6.6,-24L4.6,-33", None, look.over_colour, 1.3)
            s.rect(-2.5, -7, 8, 5.6, shade(look.over_colour, 0.1), 1)
        elif look.pattern == "bretelles":
            s.path("M-4.4,-21L6.4,-21L7.4,-9L13,-8L13,20L-13,20L-13,-8L-6.6,-9Z", look.bottom)
            s.path("M-4,-20L-5.4,-33M6,-20L5,-33", None, look.bottom, 2)
            s.rect(-1.6, -18, 5.6, 5, shade(look.bottom, 0.14), 0.8)
        s.path("M-14,-34L-6.4,-30C-5,-20 -4.5,-10 -5.2,10L-14,10Z", "#1B1030", opacity=0.1)
    s.path("M-3.6,-33.2C-2.4,-29.6 3,-29.6 4,-33.2Z", look.skin)


def _shoe(s: Sheet, at: Point, unit: float, face: int, colour: str, turn: float = 0) -> None:
    with s.at(at[0], at[1], turn, unit * (face or 1), unit):
        if face:
            s.path("M-3.2,-4.6C-3.6,-1 -3.6,0 -3,.4L8,.4C8.6,-1.6 6.8,-2.6 3.6,-4.6Z", colour)
            s.rect(-3.2, -0.4, 11.4, 1.2, mix(colour, PAPER, 0.55), 0.5)
        else:
            s.path("M-3,-4.6C-3.8,-1 -3.8,.6 0,.8C3.8,.6 3.8,-1 3,-4.6Z", colour)


class Person:
    """Somebody drawn on a sheet: a standing figure on (x, y), or a seated one whose hips are at seat."""

    def __init__(
        self, s: Sheet, look: Look, x: float, y: float, h: float, *, face: int = 1, lean: float = 0,
        near: Point | str = "bas", far: Point | str = "bas", feet: tuple[Point, Point] | None = None,
        sitting: bool = False, walking: bool = False, legs: bool = True, tilt: float = 0, down: float = 0,
        mood: str = "sourire", back: bool = False, look_at: int | None = None, elbows: tuple[int, int] = (0, 0),
        bust: bool = False, hold: Callable[[Sheet, Point, Point], None] | None = None,
    ) -> None:  # fmt: skip
        self.s, self.look, self.u, self.face = s, look, h / 100, face
        self.body = _BODY[look.age]
        hip = 0 if sitting else self.body[0]
        self.x, self.y, self.lean, self.sitting = x, y - hip * self.u, lean, sitting
        self.ground, self.walking, self.elbows, self.back = y, walking, elbows, back
        near_at, far_at = self._shoulders()
        hands = self._hand(near, near_at, 1), self._hand(far, far_at, -1)
        self.gaze = face if look_at is None else look_at
        self._arm(far_at, hands[1], behind=True)
        if legs and not bust:
            self._legs(feet, behind=True)
            if not sitting:
                self._legs(feet, behind=False)
        self._trunk()
        self._head(tilt, down, mood)
        if legs and not bust and sitting:
            self._legs(feet, behind=False)
        if hold:
            hold(s, hands[0], hands[1])
        self._arm(near_at, hands[0], behind=False)

    def _up(self, px: float, py: float) -> Point:
        """From body units (forward, up from the hips) to the sheet, leaning included."""
        a = math.radians(self.lean)
        px = px * (self.face or 1) * self.u
        py = -py * self.u
        return self.x + px * math.cos(a) - py * math.sin(a), self.y + px * math.sin(a) + py * math.cos(a)

    def _shoulders(self) -> tuple[Point, Point]:
        up = self.body[1] - 3.4
        build = 0.6 + 0.4 * self.look.build
        if self.face:
            return self._up(-4.2 * build, up), self._up(6 * build, up)
        return self._up(8.2 * build, up), self._up(-8.2 * build, up)

    def _hand(self, want: Point | str, shoulder: Point, side: int) -> Point:
        if not isinstance(want, str):
            return want
        fx, fy = _HANDS[want]
        scale = (self.body[3] + self.body[4]) / 30 * self.u
        direction = self.face or side
        return shoulder[0] + fx * scale * direction, shoulder[1] - fy * scale

    def _arm(self, shoulder: Point, hand: Point, behind: bool) -> None:
        u, look = self.u, self.look
        build = 0.75 + 0.25 * look.build
        first, second = self.body[3] * u, self.body[4] * u
        forced = self.elbows[1 if behind else 0]
        options = [reach(shoulder, hand, first, second, b) for b in ((forced,) if forced else (1, -1))]

        def natural(option: tuple[Point, Point]) -> float:
            (ex, ey), _ = option
            return ey - self.face * 0.9 * ex if self.face else ey * 0.7 + abs(ex - self.x)

        elbow, end = max(options, key=natural)
        flip = behind and self.face != 0
        skin = shade(look.skin, 0.1) if flip else look.skin
        cloth = (
            shade(look.top, 0.16) if flip else (shade(look.top, 0.07) if self.face else shade(look.top, 0.1))
        )
        turn = math.degrees(math.atan2(end[1] - elbow[1], end[0] - elbow[0]))
        with self.s.at(end[0], end[1], turn, u):
            self.s.oval(2.4, 0, 3.5, 2.4, skin)
            self.s.oval(2.2, -2.0 * (self.face or 1), 2.0, 1.05, skin, -24 * (self.face or 1))
        radii = (3.5 * u * build, 2.9 * u * build, 2.1 * u)
        limb(self.s, shoulder, elbow, end, radii, skin)
        if look.sleeve > 0:
            wide = (radii[0] + 0.35 * u, radii[1] + 0.45 * u, radii[2] + 0.7 * u)
            limb(self.s, shoulder, elbow, end, wide, cloth, (0, min(look.sleeve, 0.96)))

    def _legs(self, feet: tuple[Point, Point] | None, behind: bool) -> None:
        u, look, f = self.u, self.look, self.face
        hip = self.body[0]
        spread = 3.6 * look.build * (1 if behind else -1) * (1 if f else -1)
        start = (
            self.x + spread * u * (f or 1) * (0.8 if f else 1),
            self.y + (0 if not self.sitting else -1.5 * u),
        )
        foot, turn = self._foot(feet, behind)
        ankle = (foot[0], foot[1] - 3.6 * u)
        half = (hip - 3) / 2 * u * 1.01
        if self.sitting and look.age == "adulte":
            half *= 1.06
        if not self.sitting and not feet and not self.walking:
            half = math.hypot(ankle[0] - start[0], ankle[1] - start[1]) / 2 * 1.006
        side = -f if f else (1 if behind else -1)
        knee, end = reach(start, ankle, half, half, side)
        cloth = look.bottom if look.legs != "robe" else look.top
        tone = 0.16 if behind and f else 0.03
        wide = (5.6 * u * look.build, 4.6 * u, 3.3 * u)
        if look.legs == "pantalon":
            _shoe(self.s, (end[0], end[1] + 3.6 * u), u, f, look.shoes, turn)
            limb(self.s, start, knee, end, wide, shade(cloth, tone))
            return
        bare = look.skin if look.legs == "short" or look.age != "adulte" else mix(look.skin, INK, 0.25)
        limb(self.s, start, knee, end, (4.4 * u, 3.7 * u, 2.2 * u), shade(bare, tone))
        _shoe(self.s, (end[0], end[1] + 3.6 * u), u, f, look.shoes, turn)
        if look.legs == "short" or self.sitting:
            reach_to = 0.44 if look.legs == "short" else (0.86 if look.legs == "robe" else 0.6)
            limb(self.s, start, knee, end, (wide[0], 5.6 * u, 5.6 * u), shade(cloth, tone), (0, reach_to))
        elif not behind:
            self._skirt(cloth)

    def _skirt(self, cloth: str) -> None:
        low = self.body[0] * (0.1 if self.look.legs == "robe" else 0.46)
        b, drop = self.look.build, self.body[0] - low
        swing = 5 if self.walking else 0
        d = f"M{-7.4 * b},-3C{-8.5 * b},6 {-11 * b - swing},{drop * 0.7} {-11.5 * b - swing},{drop}"
        d += f"Q0,{drop + 2.4} {11.5 * b + swing},{drop}C{11 * b + swing},{drop * 0.7} {8.5 * b},6 {7.4 * b},-3Z"
        with self.s.at(self.x, self.y, 0, self.u * (self.face or 1), self.u):
            self.s.path(d, cloth)
            with self.s.inside(d):
                self.s.path(f"M-5,0L-8,{drop + 4}L-22,{drop + 4}L-16,0Z", "#1B1030", opacity=0.1)

    def _foot(self, feet: tuple[Point, Point] | None, behind: bool) -> tuple[Point, float]:
        u, f = self.u, self.face
        if feet:
            return feet[1 if behind else 0], 0
        if self.sitting:
            knee = 23 * f if f else (7 if not behind else -7)
            return (self.x + knee * u + (3 * u * f if behind else 0), self.y + (self.body[0] / 2 + 3) * u), 0
        if self.walking and f:
            step = -11 if behind else 11
            return (self.x + step * u * f, self.ground - (1.6 * u if behind else 0)), (
                24 * f if behind else -6 * f
            )
        aside = (2.2 if behind else -3.4) if f else (-4.4 if behind else 4.4)
        return (self.x + aside * u * (f or 1), self.ground - (0.8 * u if behind and f else 0)), 0

    def _trunk(self) -> None:
        look, u = self.look, self.u
        end = 9.0 if look.over in ("tablier", "cardigan") else 4.2
        with self.s.at(self.x, self.y, self.lean, u * (self.face or 1), u * self.body[1] / 31):
            breadth = look.build * (1.0 if look.age == "adulte" else 1.06)
            neck = 3.1 if look.age == "adulte" else 3.6
            self.s.path(
                f"M{1.2 - neck},-38L{1.2 + neck},-38L{neck + 0.3},-30L{-neck},-30Z", shade(look.skin, 0.1)
            )
            _clothes(self.s, look, _torso(breadth, end, self.face != 0), self.face != 0)
            if self.back:
                self.s.path("M-4.4,-33.4C-2.4,-31 3,-31 4.4,-33.4Z", look.top)

    def _head(self, tilt: float, down: float, mood: str) -> None:
        size = self.body[2]
        ahead = 1.6 if self.face else 0
        x, y = self._up(ahead, self.body[1] + 3.6 + size * 0.92)
        head(
            self.s, x, y, size * self.u, face=self.gaze, tilt=tilt + self.lean * 0.6, skin=self.look.skin,
            hair=self.look.hair, hair_colour=self.look.hair_colour, down=down, glasses=self.look.glasses,
            beard=self.look.beard, mood=mood, back=self.back,
        )  # fmt: skip
