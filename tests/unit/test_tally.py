"""The committee's rule: two votes, one from outside the federation; a third opinion when they differ."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.review import Tally, Vote, tally
from models.taxonomy import Ballot

PUBLISH, CLARIFY, REDIRECT, DECLINE = Ballot


def _votes(*ballots: Ballot, outside: bool = True) -> list[Vote]:
    return [
        Vote(round_id=1, account_id=number, ballot=ballot, outside=outside)
        for number, ballot in enumerate(ballots)
    ]


def test_without_votes_the_round_waits() -> None:
    assert tally([]) == Tally({}, None, "votes")


@pytest.mark.parametrize("ballot", Ballot)
def test_one_vote_decides_nothing(ballot: Ballot) -> None:
    assert tally(_votes(ballot)) == Tally({ballot: 1}, None, "votes")


@pytest.mark.parametrize("ballot", Ballot)
def test_two_votes_that_agree_decide(ballot: Ballot) -> None:
    assert tally(_votes(ballot, ballot)) == Tally({ballot: 2}, ballot)


@pytest.mark.parametrize("count", [2, 3, 5])
def test_votes_from_inside_the_federation_only_wait_for_one_from_outside(count: int) -> None:
    assert tally(_votes(*[PUBLISH] * count, outside=False)) == Tally({PUBLISH: count}, None, "outside")


def test_one_vote_from_outside_is_enough() -> None:
    assert tally(_votes(PUBLISH, outside=False) + _votes(PUBLISH)) == Tally({PUBLISH: 2}, PUBLISH)


@pytest.mark.parametrize(("one", "other"), itertools.combinations(Ballot, 2))
def test_two_votes_that_differ_wait_for_a_third_opinion(one: Ballot, other: Ballot) -> None:
    assert tally(_votes(one, other)) == Tally({one: 1, other: 1}, None, "third_opinion")


def test_the_third_opinion_settles_it() -> None:
    assert tally(_votes(PUBLISH, CLARIFY, CLARIFY)) == Tally({PUBLISH: 1, CLARIFY: 2}, CLARIFY)


def test_three_different_opinions_wait_for_a_fourth() -> None:
    assert tally(_votes(PUBLISH, CLARIFY, DECLINE)).waiting_for == "third_opinion"
    assert tally(_votes(PUBLISH, CLARIFY, DECLINE, DECLINE)).outcome is DECLINE


def test_a_tie_waits_whatever_the_number() -> None:
    assert tally(_votes(PUBLISH, CLARIFY, PUBLISH, CLARIFY)).outcome is None


@given(st.permutations([PUBLISH, CLARIFY, CLARIFY, REDIRECT]))
def test_the_order_of_the_votes_changes_nothing(ballots: list[Ballot]) -> None:
    assert tally(_votes(*ballots)) == tally(_votes(PUBLISH, CLARIFY, CLARIFY, REDIRECT))


@given(st.lists(st.tuples(st.sampled_from(Ballot), st.booleans()), max_size=7))
def test_a_decision_always_has_the_quorum_and_the_most_votes(rows: list[tuple[Ballot, bool]]) -> None:
    votes = [Vote(round_id=1, account_id=n, ballot=b, outside=o) for n, (b, o) in enumerate(rows)]
    result = tally(votes)
    assert sum(result.counts.values()) == len(votes)
    assert (result.outcome is None) == (result.waiting_for != "")
    if result.outcome is not None:
        assert len(votes) >= 2
        assert any(vote.outside for vote in votes)
        others = [count for ballot, count in result.counts.items() if ballot is not result.outcome]
        assert result.counts[result.outcome] > max(others, default=0)
