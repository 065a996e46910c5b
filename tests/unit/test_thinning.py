"""Thinning: close versions while they are fresh, far apart when they are old, never the ones that matter."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from models.thinning import superfluous

NOW = datetime(2026, 3, 20, 15, 7, tzinfo=UTC)
AGES = st.lists(st.integers(0, 40 * 24 * 60), max_size=60, unique=True)


def moments(*ages: float) -> list[datetime]:
    """From ages in minutes, oldest first."""
    return sorted(NOW - timedelta(minutes=age) for age in ages)


def left(given_moments: list[datetime], now: datetime = NOW, **options: object) -> list[datetime]:
    gone = set(superfluous(given_moments, now=now, **options))  # type: ignore[arg-type]
    return [moment for place, moment in enumerate(given_moments) if place not in gone]


def test_nothing_of_the_last_hour_goes() -> None:
    fresh = moments(*range(0, 60, 2))
    assert left(fresh) == fresh


def test_an_afternoon_keeps_one_version_in_ten_minutes() -> None:
    many = moments(*range(120, 240, 2))
    kept = left(many)
    assert 12 <= len(kept) <= 14  # the slots and the first one
    assert all(one.minute // 10 != other.minute // 10 for one, other in pairwise(kept[1:]))


def test_a_week_keeps_one_an_hour_and_later_one_a_day() -> None:
    two_days = moments(*range(2 * 1440, 2 * 1440 + 300, 5))
    assert 5 <= len(left(two_days)) <= 7
    month = moments(*range(20 * 1440, 23 * 1440, 30))
    assert 3 <= len(left(month)) <= 5


def test_the_first_the_last_and_what_was_proposed_stay() -> None:
    old = moments(*range(30 * 1440, 30 * 1440 + 100, 5))
    proposal = old[7] + timedelta(minutes=1)
    kept = left(old, proposals=[proposal, old[0] - timedelta(days=1)])
    assert {old[0], old[7], old[-1]} <= set(kept)
    assert len(kept) <= 4


def test_a_heavy_fiche_keeps_fewer_versions_evenly_spread() -> None:
    fresh = moments(*range(0, 60, 2))
    kept = left(fresh, most=10, proposals=[fresh[3]])
    assert len(kept) == 10
    assert {fresh[0], fresh[3], fresh[-1]} <= set(kept)
    assert max(two - one for one, two in pairwise(kept)) <= timedelta(minutes=12)
    assert left(fresh, most=1, proposals=[fresh[3]]) == [fresh[0], fresh[3], fresh[-1]]


@settings(max_examples=200, deadline=None)
@given(AGES, st.lists(st.integers(0, 40 * 24 * 60), max_size=3))
def test_thinning_twice_changes_nothing_and_never_leaves_a_larger_hole_than_its_rule(
    ages: list[int], proposed: list[int]
) -> None:
    before = moments(*ages)
    proposals = moments(*proposed)
    kept = left(before, proposals=proposals)
    assert left(kept, proposals=proposals) == kept
    for moment in before:
        age = NOW - moment
        reach = timedelta(0)
        for older, width in ((60, 10), (1440, 60), (10080, 1440)):
            if age > timedelta(minutes=older):
                reach = timedelta(minutes=width)
        assert any(timedelta(0) <= other - moment <= reach for other in kept)


@settings(max_examples=150, deadline=None)
@given(AGES, st.lists(st.integers(0, 20 * 24 * 60), max_size=5))
def test_thinning_often_or_seldom_ends_the_same(ages: list[int], later: list[int]) -> None:
    before = moments(*ages)
    stepwise = before
    for minutes in sorted(later):
        stepwise = left(stepwise, NOW + timedelta(minutes=minutes))
    end = NOW + timedelta(minutes=max(later, default=0))
    assert left(stepwise, end) == left(before, end)
