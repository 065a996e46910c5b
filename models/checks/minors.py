"""A first name beside the age or the class of a child (C-23, and requirement I6 for the captions of pictures)."""

import re
from collections.abc import Iterator

from models.checks.finding import Span
from models.checks.lexicon import has
from models.checks.numbers import numbers

MAJORITY = 18  # years
AROUND = 80  # characters read on each side of an age: further away, a name belongs to somebody else

_NAME = r"[A-ZÀ-Ý][a-zà-ÿ]+(?:[-’'][A-ZÀ-Ý]?[a-zà-ÿ]+)*"
_NAMES = rf"{_NAME}(?:(?:, | et | ){_NAME})*"
_UNITS = re.compile(r"[\d% \u00a0\u202f](?:ans?|mois)\b", re.IGNORECASE)
_UNIT = re.compile(r"[ \u00a0\u202f]?(?:ans?|mois)\b", re.IGNORECASE)
# What makes of "12 ans" a length of time: what stands just before it, what follows it.
_LASTED = re.compile(
    r"(?:\b(?:depuis|pendant|durant|voil[àa]|voici|il y a|y a|en|dans|d[eè]s|après|avant|pour|sur|partir de|bout de"
    r"|(?:plus|moins|près) de|tous les|toutes les|premiers?|premières?|derniers?|dernières?|prochaine?s?|encore|bail de"
    r"|contrat de|ça fait|cela fait)|d[’']ici(?: à)?)\s+(?:environ |presque |bientôt |près de |plus de )?$",
    re.IGNORECASE,
)
_OF_SOMETHING = re.compile(
    r"\s+(?:d[’'][^\W\d_]|de [a-zà-ÿ]|du\b|des\b|plus t[ôa]r?[dt]\b|après\b|avant\b|auparavant\b|que\b|qu[’']"
    r"|durant\b|et plus\b|minimum\b|révolus\b)"
)
_MONTHS_OF_AGE = re.compile(r"(?:,|\(|\bâgée?s? de)\s*$")
_CLASS = re.compile(
    r"(?:(?:^|(?<=[,(;–-]\s)|(?<=[,(]))|\b(?:en|de|d[’'])\s?)"
    r"(?P<year>(?:CP|CE[12]|CM[12])\b|[3-6](?:e|è|ème|ième)\b|(?:sixième|cinquième|quatrième|troisième|seconde|première|maternelle)\b)"
    r"(?!\s+(?!et\b|ou\b|[àa]\b|au\b|avec\b|qui\b|dans\b|du\b|des?\b)[a-zà-ÿ]{2,})"
)
# No class is named without one of these: a text that holds none is not searched, which takes long.
_SCHOOL = (
    *("CP", "CE1", "CE2", "CM1", "CM2", "ième", "seconde", "première", "maternelle"),
    *(year + end for year in "3456" for end in "eè"),
)
_LINK = (
    r"(?:[\s,(:–—-]|\b(?:qui|n[’']|a|avait|fêtait|fête|âgée?s?|de|ses|du haut de|tout juste|à peine|bientôt|presque|tout"
    r"|juste|est|petite?|jeune|élèves?|écolière?s?|écoliers?|collégien(?:ne)?s?|lycéen(?:ne)?s?|classe|en|d[’']))*"
)
_JUST_BEFORE = re.compile(rf"(?P<names>{_NAMES}){_LINK}$")
_JUST_AFTER = re.compile(rf"\s*,?\s*(?P<names>{_NAMES})")
_AT_THE_AGE = re.compile(r"\b(?:[àÀ]|de ses|avec ses|malgré ses)\s+$")
_PRONOUN = re.compile(r"\b(?:il|elle|ils|elles)\s+(?:n[’'])?(?:a|avait|ont|avaient)\s+$", re.IGNORECASE)
_ANYWHERE = re.compile(rf"(?P<names>{_NAME})(?!\s+(?:de|du|des|d[’']|à|au)\b)")
_KIN = re.compile(
    r"\b(?:mères?|pères?|mamans?|papas?|parents?|tantes?|oncles?|grands?-(?:mères?|pères?|parents?)|nounous?|marraines?|parrains?)\b",
    re.IGNORECASE,
)


def childhoods(value: str) -> list[Span]:
    """Return where `value` gives the age of somebody under eighteen, or a class of school; never a length of time."""
    schooled = any(mark in value for mark in _SCHOOL)
    classes = _CLASS.finditer(value) if schooled else ()
    return [*_ages(value), *((match.start("year"), match.end()) for match in classes)]


def _ages(value: str) -> Iterator[Span]:
    for number in numbers(value) if _UNITS.search(value) else ():
        start, end = number.span
        unit = _UNIT.match(value, end)
        if unit is None or (number.value >= MAJORITY and "mois" not in unit[0]):
            continue
        if _LASTED.search(value, max(0, start - AROUND), start) or _OF_SOMETHING.match(value, unit.end()):
            continue
        if "mois" in unit[0] and not _MONTHS_OF_AGE.search(value, max(0, start - AROUND), start):
            continue
        yield start, unit.end()


def speaks_as_a_child(name: str, role: str) -> bool:
    """Whether the person named has the age or the class of a child: "Lina", "12 ans". A parent's child does not count."""
    named = _person(name.split(",")[0].strip())
    return bool(named and not _KIN.search(f"{name} {role}") and (childhoods(name) or childhoods(role)))


def child_named(value: str) -> Span | None:
    """Return the passage that names a child and says the age or the class: "Kévin, 9 ans"; None if there is none."""
    for start, end in childhoods(value):
        before = _JUST_BEFORE.search(value, max(0, start - AROUND), start)
        first = _first_of_names(value, before) if before else None
        if first is not None:
            return first, end
        after = (
            _JUST_AFTER.match(value, end, end + AROUND)
            if _AT_THE_AGE.search(value, max(0, start - AROUND), start)
            else None
        )
        if after and _first_of_names(value, after) is not None:
            return start, after.end("names")
        if _PRONOUN.search(value, max(0, start - AROUND), start):
            told = (
                _first_of_names(value, each)
                for each in _ANYWHERE.finditer(value, max(0, start - AROUND), start)
            )
            first = next((each for each in told if each is not None), None)
            if first is not None:
                return first, end
    return None


def _first_of_names(value: str, match: re.Match[str]) -> int | None:
    """Where the first names begin in what was matched, ordinary words left out: "Devant, Lina et Tom" begins at Lina.

    None where the last is no first name, or where a word such as "école" or "rue" announces a place.
    """
    first = None
    for name in reversed(list(re.finditer(_NAME, match["names"]))):
        if not _person(name[0]):
            break
        first = match.start("names") + name.start()
    announced = value[max(0, first - AROUND) : first].split()[-1:] if first else []
    return None if announced and has(announced[0], "places") else first


def _person(words: str) -> bool:
    """Whether `words` are first names: each begins with a capital and none is in the lists."""
    return bool(re.fullmatch(_NAMES, words)) and not has(
        words, "not_names", "actors", "team", "roles_staff", "functions", "places"
    )
