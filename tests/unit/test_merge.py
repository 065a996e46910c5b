"""Two people, or two tabs, write in the same fiche: what each wrote is kept."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings

from models.content import FicheContent, Photo, Quote, Stage, TitledText
from models.merge import merge
from tests.factories import full_content
from tests.unit.test_content import contents

quick = settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for child in value.values():
            yield from _leaves(child)
    elif isinstance(value, list):
        for child in value:
            yield from _leaves(child)
    elif isinstance(value, str) and value:
        yield value


def _texts(content: FicheContent) -> set[str]:
    return set(_leaves(content.model_dump(mode="json")))


@quick
@given(contents, contents)
def test_merging_with_an_unchanged_side_gives_the_other(base: FicheContent, changed: FicheContent) -> None:
    for mine, theirs in ((base, changed), (changed, base)):
        merged = merge(base, mine, theirs)
        assert merged.content == changed
        assert merged.conflicts == {}


@quick
@given(contents, contents)
def test_the_same_change_on_both_sides_is_no_conflict(base: FicheContent, changed: FicheContent) -> None:
    merged = merge(base, changed, changed)
    assert merged.content == changed
    assert merged.conflicts == {}


@quick
@given(contents, contents, contents)
def test_no_text_that_somebody_wrote_is_lost(
    base: FicheContent, mine: FicheContent, theirs: FicheContent
) -> None:
    merged = merge(base, mine, theirs)
    kept = _texts(merged.content) | set(_leaves(merged.conflicts))
    assert (_texts(mine) | _texts(theirs)) - _texts(base) - kept == set()


@quick
@given(contents, contents, contents)
def test_where_both_wrote_mine_stays_in_place(
    base: FicheContent, mine: FicheContent, theirs: FicheContent
) -> None:
    merged = merge(base, mine, theirs)
    for path in merged.conflicts:
        assert _at(merged.content, path) == _at(mine, path)
        assert merged.conflicts[path] == _at(theirs, path)


def _at(content: FicheContent, path: str) -> Any:
    value: Any = content.model_dump(mode="json")
    for key in path.split("."):
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def _changed(**changes: Any) -> FicheContent:
    return full_content(**changes)


def test_changes_in_two_fields_are_both_kept() -> None:
    merged = merge(full_content(), _changed(title="Mon titre"), _changed(summary="Leur résumé."))
    assert merged.content == _changed(title="Mon titre", summary="Leur résumé.")
    assert merged.conflicts == {}


def test_changes_in_two_fields_of_one_block_are_both_kept() -> None:
    base, mine, theirs = full_content(), full_content(), full_content()
    mine.constat.title, theirs.constat.text = "Mon titre", "Leur texte."
    merged = merge(base, mine, theirs)
    assert merged.content.constat == TitledText(title="Mon titre", text="Leur texte.")
    assert merged.conflicts == {}


def test_the_same_field_changed_on_both_sides_keeps_mine_and_gives_theirs_back() -> None:
    merged = merge(full_content(), _changed(title="Mon titre"), _changed(title="Leur titre"))
    assert merged.content.title == "Mon titre"
    assert merged.conflicts == {"title": "Leur titre"}


def test_two_items_of_one_list_are_merged_one_by_one() -> None:
    base, mine, theirs = full_content(), full_content(), full_content()
    mine.stages[0].text, theirs.stages[2].title = "Mon étape.", "Leur étape"
    merged = merge(base, mine, theirs)
    assert (merged.content.stages[0].text, merged.content.stages[2].title) == ("Mon étape.", "Leur étape")
    assert merged.conflicts == {}


def test_an_item_added_while_another_is_rewritten_keeps_both_texts() -> None:
    base, mine, theirs = full_content(), full_content(), full_content()
    mine.stages.append(Stage(title="Mon étape de plus"))
    theirs.stages[0].title = "Leur étape"
    merged = merge(base, mine, theirs)
    assert merged.content.stages == mine.stages
    assert merged.conflicts == {"stages": [stage.model_dump(mode="json") for stage in theirs.stages]}


def test_an_item_rewritten_while_the_list_is_reordered_does_not_mix_two_people() -> None:
    quotes = [Quote(text="Je conduis.", name="Une voisine"), Quote(text="Je monte.", name="Un voisin")]
    base = FicheContent()
    base.voices.quotes = quotes
    mine, theirs = base.model_copy(deep=True), base.model_copy(deep=True)
    mine.voices.quotes.reverse()
    theirs.voices.quotes[0].role = "conductrice"
    merged = merge(base, mine, theirs)
    assert merged.content.voices.quotes == mine.voices.quotes
    assert list(merged.conflicts) == ["voices.quotes"]


def test_the_description_of_a_picture_never_lands_on_another_picture() -> None:
    base = FicheContent(photos=[Photo(media="photo-0001"), Photo(media="photo-0002", credit="Une bénévole")])
    mine, theirs = base.model_copy(deep=True), base.model_copy(deep=True)
    mine.photos[0] = Photo(media="photo-0003")
    theirs.photos[0].alt = "Ce que montre la première."
    merged = merge(base, mine, theirs)
    assert merged.content.photos == mine.photos
    assert merged.conflicts["photos.0"]["alt"] == "Ce que montre la première."


def test_the_inputs_are_left_as_they_were() -> None:
    base, mine, theirs = full_content(), _changed(title="Le mien"), _changed(title="Le leur")
    merge(base, mine, theirs)
    assert Counter([base.title, mine.title, theirs.title]) == Counter(
        [full_content().title, "Le mien", "Le leur"]
    )
