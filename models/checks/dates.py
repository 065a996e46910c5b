"""What words such as "Mars 2024", "Hiver 2024-2025" or "10/2024" say of time: a first and a last month (C-14)."""

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

Months = tuple[int, int]  # the first and the last month, each counted from the year 0: 12 × year + month - 1

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_WINTER = (1, 3)
# A season is a stretch of months, wide on purpose: nobody is told that spring comes before April.
_STRETCHES = {
    **{month: (rank, rank) for rank, month in enumerate(MONTHS, 1)},
    **{"fevrier": (2, 2), "aout": (8, 8), "decembre": (12, 12)},
    **{"jan": (1, 1), "janv": (1, 1), "fév": (2, 2), "févr": (2, 2), "avr": (4, 4), "juil": (7, 7)},
    **{"sep": (9, 9), "sept": (9, 9), "oct": (10, 10), "nov": (11, 11), "déc": (12, 12), "dec": (12, 12)},
    **{"printemps": (3, 6), "été": (6, 9), "automne": (9, 12), "hiver": _WINTER, "rentrée": (8, 10)},
    **{"toussaint": (10, 11), "noël": (12, 12), "pâques": (3, 5)},
    **{"début": (1, 5), "mi": (4, 9), "fin": (8, 12)},
}
_LOOSE = frozenset([(1, 5), (4, 9), (8, 12)])  # they yield to a month: "fin mars 2024"
_PIECE = re.compile(
    r"(?P<iso>\b((?:19|20)\d\d)-(0?[1-9]|1[0-2])(?:-\d{1,2})?\b)"
    r"|(?P<numeric>\b(?:\d{1,2}[/.-])?(0?[1-9]|1[0-2])[/.-]((?:19|20)\d\d)\b)"
    r"|(?P<years>\b((?:19|20)\d\d)(?:\s?[-–/]\s?((?:19|20)?\d\d))?\b)"
    r"|(?P<word>[a-zà-ÿ]+)"
)


@dataclass
class _Reading:
    """What has been read so far: stretches that wait for their year, and those that have one."""

    waiting: list[Months] = field(default_factory=list)
    known: list[Months] = field(default_factory=list)

    def month(self, year: int, month: int) -> None:
        self.known.append((12 * year + month - 1,) * 2)

    def years(self, first: int, last: int) -> None:
        """Give these years to what waits for them; alone, they stand whole."""
        waiting = [stretch for stretch in self.waiting if stretch not in _LOOSE] or self.waiting
        self.waiting = []
        if not waiting:
            self.known.append((12 * first, 12 * last + 11))
        elif waiting == [_WINTER]:
            # "Hiver 2024" may be either winter of that year; "Hiver 2024-2025" is one.
            self.known.append((12 * first + (11 if last > first else 0), 12 * max(last, first + 1) + 2))
        else:
            # "De novembre à février 2025": the months that would go back in time are of the year before.
            back = sum(later[0] < earlier[0] for earlier, later in pairwise(waiting))
            self.known.append((12 * (first - back) + waiting[0][0] - 1, 12 * last + waiting[-1][1] - 1))


def moment(when: str) -> Months | None:
    """Return the first and the last month that `when` says, in French words or figures; None without a year."""
    reading = _Reading()
    for piece in _PIECE.finditer(when.lower()):
        if piece["iso"]:
            reading.month(int(piece[2]), int(piece[3]))
        elif piece["numeric"]:
            reading.month(int(piece[6]), int(piece[5]))
        elif piece["years"]:
            first = int(piece[8])
            last = int(f"{piece[8][: 4 - len(piece[9])]}{piece[9]}") if piece[9] else first
            reading.years(first, max(first, last))
        elif stretch := _STRETCHES.get(piece["word"]):
            reading.waiting.append(stretch)
    if not reading.known:
        return None
    return min(first for first, _ in reading.known), max(last for _, last in reading.known)


def in_words(day: date) -> str:
    """Return a day as it is said: "1er mars 2024"."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"
