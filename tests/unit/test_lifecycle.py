"""The states of a revision: which lead where, and that nothing else does."""

import itertools

import pytest

from models.content import FicheContent
from models.errors import IllegalTransition
from models.fiche import WRITABLE, Revision
from models.taxonomy import State

LEGAL = {
    (State.DRAFT, State.PROPOSED),
    (State.PROPOSED, State.TO_CLARIFY),
    (State.PROPOSED, State.PUBLISHED),
    (State.PROPOSED, State.DECLINED),
    (State.TO_CLARIFY, State.PROPOSED),
    (State.PUBLISHED, State.ARCHIVED),
}


def _revision(state: State) -> Revision:
    return Revision(fiche_id=1, content=FicheContent(), state=state)


@pytest.mark.parametrize(("before", "after"), sorted(LEGAL))
def test_a_revision_moves_forward(before: State, after: State) -> None:
    revision = _revision(before)
    revision.move(after)
    assert revision.state == after


@pytest.mark.parametrize(("before", "after"), sorted(set(itertools.product(State, State)) - LEGAL))
def test_any_other_move_is_refused_and_changes_nothing(before: State, after: State) -> None:
    revision = _revision(before)
    with pytest.raises(IllegalTransition) as refused:
        revision.move(after)
    assert (refused.value.current, refused.value.wanted) == (before, after)
    assert revision.state == before


def test_a_revision_begins_as_a_draft() -> None:
    assert Revision(fiche_id=1, content=FicheContent()).state == State.DRAFT


def test_only_drafts_and_fiches_to_clarify_are_written() -> None:
    assert {State.DRAFT, State.TO_CLARIFY} == WRITABLE


def test_what_is_archived_or_declined_stays_so() -> None:
    assert {before for before, _ in LEGAL} == set(State) - {State.ARCHIVED, State.DECLINED}
