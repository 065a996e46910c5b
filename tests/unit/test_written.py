"""What stands in the boxes: content and, beside it, what could not be read yet."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.content import FicheContent
from models.written import MOST, Written, merge_written
from tests.factories import full_content

BLANK = Written(FicheContent())
ANSWERS = st.sampled_from(["", "20x", "2024", "2031-03", "-03"])


def test_what_cannot_be_read_stands_in_its_box_and_the_content_stays_valid():
    start = Written(full_content())
    written, refused = start.put("start", "20x")
    assert [each.path for each in refused] == [each.path for each in written.refusals()] == ["start"]
    assert (written.at("start"), written.content.start) == ("20x", start.content.start)
    assert written.document() == start.document() | {"start": "20x"}
    assert written.put("start", start.content.start) == (start, [])


def test_what_is_typed_in_a_list_stays_as_it_was_typed():
    typed = [{"label": "Nous écrire", "url": "mailto:a@b.example"}]
    written, _ = BLANK.put("further.links", typed)
    assert written.at("further.links") == typed == [{"label": "Nous écrire", "url": "mailto:a@b.example"}]


def test_what_is_kept_unread_is_bounded():
    first, _ = BLANK.put("summary", "a" * (MOST // 2))
    second, refused = first.put("constat.text", "b" * (MOST // 2))
    assert list(second.unread) == ["summary"]
    assert [(each.path, each.too_long, each.limit) for each in refused] == [("constat.text", True, 20_000)]


@pytest.mark.parametrize("path", ["schema_version", "nowhere", "card"])
def test_a_path_that_is_no_field_is_kept_nowhere(path: str):
    assert BLANK.put(path, "x") == (BLANK, [])


@settings(deadline=None, derandomize=True, max_examples=60)
@given(ANSWERS, ANSWERS, ANSWERS)
def test_two_people_in_one_box_lose_nothing_read_or_not(base: str, mine: str, theirs: str):
    start, ours, others = (BLANK.put("start", answer)[0] for answer in (base, mine, theirs))
    merged, conflicts = merge_written(start, ours, others)
    kept = {merged.at("start"), *conflicts.values()}
    assert {answer for answer in (mine, theirs) if answer != base} <= kept
    assert bool(merged.unread) == bool(merged.refusals())
