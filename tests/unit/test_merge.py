"""Two people, or two tabs, write in the same fiche: what each wrote is kept."""

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.content import FicheContent, Photo, Quote, Stage, TitledText
from models.merge import merge, merge_texts, sentences
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
def test_no_sentence_that_somebody_wrote_is_lost(
    base: FicheContent, mine: FicheContent, theirs: FicheContent
) -> None:
    merged = merge(base, mine, theirs)
    kept = _sentences(_texts(merged.content)) | _sentences(_leaves(merged.conflicts))
    assert _sentences(_texts(mine) | _texts(theirs)) - _sentences(_texts(base)) - kept == set()


def _sentences(texts: Iterable[str]) -> set[str]:
    return {piece for text in texts for piece in sentences(text)}


@quick
@given(contents, contents, contents)
def test_where_both_wrote_mine_stays_in_place_and_theirs_is_offered(
    base: FicheContent, mine: FicheContent, theirs: FicheContent
) -> None:
    merged = merge(base, mine, theirs)
    for path, other in merged.conflicts.items():
        assert other != _at(merged.content, path)
        if not re.search(r"\d", path):  # items of a list may stand elsewhere in the result
            assert other == _at(theirs, path) or path == "photos"


def _at(content: FicheContent, path: str) -> Any:
    value: Any = content.model_dump(mode="json")
    for key in path.split("."):
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


# --- one text ---------------------------------------------------------------------------------------------------------

passages = st.lists(
    st.sampled_from(["Un.", "Deux !", "Trois mots ici.", "« Quatre »", " ", "\n", "\n\n", "cinq", "..."]),
    max_size=9,
).map("".join)


@given(st.text())
def test_sentences_joined_give_the_text_again(text: str) -> None:
    assert "".join(sentences(text)) == text


@settings(max_examples=400, deadline=None)
@given(passages, passages, passages)
def test_texts_merge_alike_on_both_sides_and_keep_every_new_sentence(
    base: str, mine: str, theirs: str
) -> None:
    together = merge_texts(base, mine, theirs)
    assert together == merge_texts(base, theirs, mine)
    if together is not None:
        new = (Counter(sentences(mine)) - Counter(sentences(base))) | (
            Counter(sentences(theirs)) - Counter(sentences(base))
        )
        assert new - Counter(sentences(together)) == Counter()


@given(passages, passages)
def test_a_text_changed_on_one_side_only_is_that_side(base: str, side: str) -> None:
    assert (
        merge_texts(base, side, base)
        == merge_texts(base, base, side)
        == merge_texts(base, side, side)
        == side
    )


TEXT = "Le car est supprimé. Les voisins s’organisent.\n\nUn tableau suffit."


@pytest.mark.parametrize(
    ("mine", "theirs", "together"),
    [
        ("Le car du matin est supprimé. Les voisins s’organisent.\n\nUn tableau suffit.", TEXT + " Puis deux.",
         "Le car du matin est supprimé. Les voisins s’organisent.\n\nUn tableau suffit. Puis deux."),
        ("Les voisins s’organisent.\n\nUn tableau suffit.", TEXT.replace("Un tableau", "Un grand tableau"),
         "Les voisins s’organisent.\n\nUn grand tableau suffit."),
        (TEXT.replace("Un tableau", "Un grand tableau"), TEXT.replace("Un tableau", "Un beau tableau"), None),
        (TEXT + " Ma suite.", TEXT + " Leur suite.", None),
        ("", TEXT.replace("voisins", "habitants"), None),
    ],
    ids=["far apart", "one removed", "same sentence", "same place", "all removed"],
)  # fmt: skip
def test_two_passages_of_one_text(mine: str, theirs: str, together: str | None) -> None:
    assert merge_texts(TEXT, mine, theirs) == together


@pytest.mark.parametrize("base", ["Une phrase. " * 1600, "".join(f"Phrase {n % 7}. " for n in range(1600))])
def test_a_very_long_text_is_merged_fast(base: str) -> None:
    start = time.perf_counter()
    assert merge_texts(base, "Ma phrase. " + base, base + "Leur phrase.") == f"Ma phrase. {base}Leur phrase."
    assert merge_texts(base, base[600:-600], "Tout. " + base.replace("e", "a")) is None
    assert time.perf_counter() - start < 2


# --- the document -------------------------------------------------------------------------------------------------------


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


def test_an_item_added_while_another_is_rewritten_keeps_both() -> None:
    base, mine, theirs = full_content(), full_content(), full_content()
    mine.stages.append(Stage(title="Mon étape de plus"))
    theirs.stages[0].title = "Leur étape"
    merged = merge(base, mine, theirs)
    assert merged.content.stages == [theirs.stages[0], *mine.stages[1:]]
    assert merged.conflicts == {}


def test_an_item_rewritten_while_the_list_is_reordered_goes_where_it_was_moved() -> None:
    quotes = [Quote(text="Je conduis.", name="Une voisine"), Quote(text="Je monte.", name="Un voisin")]
    base = FicheContent()
    base.voices.quotes = quotes
    mine, theirs = base.model_copy(deep=True), base.model_copy(deep=True)
    mine.voices.quotes.reverse()
    theirs.voices.quotes[0].role = "conductrice"
    for one, other in ((mine, theirs), (theirs, mine)):
        merged = merge(base, one, other)
        assert [(quote.text, quote.role) for quote in merged.content.voices.quotes] == [
            ("Je monte.", ""),
            ("Je conduis.", "conductrice"),
        ]
        assert merged.conflicts == {}


def test_an_item_removed_by_one_while_the_other_writes_in_it_stays() -> None:
    base, mine, theirs = full_content(), full_content(), full_content()
    del mine.stages[1]
    theirs.stages[1].text = "On a recruté trois personnes."
    for one, other in ((mine, theirs), (theirs, mine)):
        merged = merge(base, one, other)
        assert merged.content.stages == theirs.stages
        assert merged.conflicts == {}


def test_an_item_removed_by_one_and_untouched_by_the_other_goes() -> None:
    base, mine, theirs = full_content(), full_content(), full_content()
    del mine.stages[0]
    theirs.stages[2].title = "Leur tableau"
    merged = merge(base, mine, theirs)
    assert merged.content.stages == [base.stages[1], theirs.stages[2]]
    assert merged.conflicts == {}


def test_items_added_on_both_sides_are_all_there_even_blank_ones() -> None:
    base, mine, theirs = full_content(), full_content(), full_content()
    mine.needs.append("")
    theirs.needs += ["", "Être attendu"]
    merged = merge(base, mine, theirs)
    assert merged.content.needs == [*base.needs, "", "Être attendu", ""]


def test_the_same_item_added_on_both_sides_is_there_once() -> None:
    base, mine, theirs = full_content(), full_content(), full_content()
    mine.needs.append("Être attendu")
    theirs.needs += ["Être attendu", "Rire"]
    assert merge(base, mine, theirs).content.needs == [*base.needs, "Être attendu", "Rire"]


def test_too_many_items_together_keep_mine_and_offer_the_others() -> None:
    base, mine, theirs = (_changed(needs=[f"Besoin {n}" for n in "abcde"]) for _ in range(3))
    mine.needs = [*base.needs, "Le mien"]
    theirs.needs = [*base.needs, "Le leur"]
    merged = merge(base, mine, theirs)
    assert merged.content.needs == mine.needs
    assert merged.conflicts == {"needs": theirs.needs}


def test_choices_of_two_people_add_up_or_are_offered() -> None:
    base, mine, theirs = (_changed(themes=["mobilite"], publics=["seniors", "familles"]) for _ in range(3))
    mine.themes, theirs.themes = [*base.themes, "solidarite"], [*base.themes, "sante"]
    mine.publics, theirs.publics = ["seniors", "familles", "jeunes"], ["seniors", "familles", "enfants"]
    merged = merge(base, mine, theirs)
    assert sorted(merged.content.themes) == sorted(["mobilite", "solidarite", "sante"])
    assert merged.content.publics == mine.publics
    assert merged.conflicts == {"publics": theirs.publics}


def test_a_removed_picture_stays_away_and_what_was_said_of_it_is_offered() -> None:
    base = FicheContent(photos=[Photo(media="photo-0001"), Photo(media="photo-0002", credit="Une bénévole")])
    mine, theirs = base.model_copy(deep=True), base.model_copy(deep=True)
    mine.photos[0] = Photo(media="photo-0003")
    theirs.photos[0].alt = "Ce que montre la première."
    for one, other in ((mine, theirs), (theirs, mine)):
        merged = merge(base, one, other)
        assert [photo.media for photo in merged.content.photos] == ["photo-0003", "photo-0002"]
        assert [photo.alt for photo in merged.content.photos] == ["", ""]
        assert merged.conflicts["photos"][0]["alt"] == "Ce que montre la première."


def test_a_picture_described_while_it_is_moved_keeps_its_description() -> None:
    base = FicheContent(photos=[Photo(media="photo-0001", cover=True), Photo(media="photo-0002")])
    mine, theirs = base.model_copy(deep=True), base.model_copy(deep=True)
    mine.photos.reverse()
    theirs.photos[0].alt, theirs.photos[0].focus_x = "Le four.", 0.25
    merged = merge(base, mine, theirs)
    assert [(photo.media, photo.alt, photo.focus_x) for photo in merged.content.photos] == [
        ("photo-0002", "", 0.5),
        ("photo-0001", "Le four.", 0.25),
    ]


def test_two_covers_chosen_at_once_leave_mine() -> None:
    base = FicheContent(photos=[Photo(media=f"photo-000{n}", cover=n == 0) for n in range(3)])
    mine, theirs = base.model_copy(deep=True), base.model_copy(deep=True)
    for side, chosen in ((mine, 1), (theirs, 2)):
        for number, photo in enumerate(side.photos):
            photo.cover = number == chosen
    assert [photo.cover for photo in merge(base, mine, theirs).content.photos] == [False, True, False]


def test_the_inputs_are_left_as_they_were() -> None:
    base, mine, theirs = full_content(), _changed(title="Le mien"), _changed(title="Le leur")
    merge(base, mine, theirs)
    assert Counter([base.title, mine.title, theirs.title]) == Counter(
        [full_content().title, "Le mien", "Le leur"]
    )
