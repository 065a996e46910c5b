"""What the words of a date say, and the numbers of a text."""

import pytest

from models.checks.dates import moment
from models.checks.numbers import numbers


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("Mars 2024", "2024-03", "2024-03"),
        ("Depuis 2025", "2025-01", "2025-12"),
        ("Été 2024", "2024-06", "2024-09"),
        ("De mars à juin 2024", "2024-03", "2024-06"),
        ("De novembre à février 2025", "2024-11", "2025-02"),
        ("De novembre 2024 à février 2025", "2024-11", "2025-02"),
        ("Hiver 2024-2025", "2024-12", "2025-03"),
        ("Hiver 2024", "2024-01", "2025-03"),
        ("10/2024", "2024-10", "2024-10"),
        ("2024-10", "2024-10", "2024-10"),
        ("15/03/2024", "2024-03", "2024-03"),
        ("15 mars 2024", "2024-03", "2024-03"),
        ("Sept. 2024", "2024-09", "2024-09"),
        ("Fin mars 2024", "2024-03", "2024-03"),
        ("2023-2024", "2023-01", "2024-12"),
        ("2024-25", "2024-01", "2025-12"),
    ],
)
def test_moments(when: str, first: str, last: str) -> None:
    told = moment(when)
    assert told is not None
    assert [f"{at // 12}-{at % 12 + 1:02}" for at in told] == [first, last]


@pytest.mark.parametrize("when", ["Le mardi", "En mars", ""])
def test_without_a_year_there_is_no_moment(when: str) -> None:
    assert moment(when) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1 200 trajets, 1\u202f500 repas et 1.300 cafés", [1200, 1500, 1300]),
        ("En 2024 412 trajets, 3,5 km", [2024, 412, 3.5]),
        ("vingt-cinq, soixante et onze, quatre-vingts, quatre-vingt-dix-sept", [25, 71, 80, 97]),
        ("cent vingt-trois femmes et deux cents hommes", [123, 200]),
        ("une femme, un homme, vingt et un enfants", [21]),
        ("cent " * 400, [100]),
    ],
)
def test_numbers(text: str, values: list[float]) -> None:
    assert [number.value for number in numbers(text)] == values


def test_a_share_is_told_from_a_count() -> None:
    assert [(each.value, each.percent) for each in numbers("92 % et dix pour cent, 12 filles")] == [
        (92, True),
        (10, True),
        (12, False),
    ]
