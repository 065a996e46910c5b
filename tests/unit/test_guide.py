"""The guide: every field of a fiche has its place, its label, and words are counted as a reader would."""

import re
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from models import guide
from models.content import FicheContent

# Kept by the machine: the version, the key of a stored picture and its pixels, and the place of the structure (from its card).
NOT_WRITTEN = {"schema_version", "card.commune", "photos.*.media", "photos.*.width", "photos.*.height"}


def _paths(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, info in model.model_fields.items():
        yield from _below(info.annotation, prefix + name)


def _below(hint: Any, path: str) -> Iterator[str]:
    if typing.get_origin(hint) is typing.Annotated:
        hint = typing.get_args(hint)[0]
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield from _paths(hint, path + ".")
    elif typing.get_origin(hint) is list:
        yield path
        item = typing.get_args(hint)[0]
        if isinstance(item, type) and issubclass(item, BaseModel):
            yield from _paths(item, path + ".*.")
    else:
        yield path


WRITTEN = sorted(set(_paths(FicheContent)) - NOT_WRITTEN)


def test_the_guide_has_eight_steps_numbered_from_one() -> None:
    assert [step.number for step in guide.steps()] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len({step.key for step in guide.steps()}) == 8
    assert [guide.step(step.key) for step in guide.steps()] == list(guide.steps())


@pytest.mark.parametrize("path", WRITTEN)
def test_every_field_is_written_in_exactly_one_step(path: str) -> None:
    homes = [
        step.key
        for step in guide.steps()
        if any(path == name or path.startswith(name + ".") for name in step.fields)
    ]
    assert homes == [guide.step_of(path).key]


@pytest.mark.parametrize("path", WRITTEN)
def test_every_field_has_a_label(path: str) -> None:
    assert guide.field(path).label.strip() != ""


def test_the_guide_speaks_of_no_field_that_does_not_exist() -> None:
    known = set(_paths(FicheContent))
    parents = {path.rsplit(".", count)[0] for path in known for count in range(1, path.count(".") + 1)}
    items = {f"{path}.*" for path in known}
    assert [path for step in guide.steps() for path in step.fields if path not in known | parents] == []
    assert [path for path in guide.words().fields if path not in known | parents | items] == []


def test_every_step_gives_a_consigne_advice_an_example_and_a_speed_prompt() -> None:
    for step in guide.steps():
        assert all([step.title, step.short, step.consigne, step.conseils, step.example, step.speed])
        assert 1 <= step.minutes <= 20


def test_bounds_in_words_are_in_order() -> None:
    for path in guide.words().fields:
        field = guide.field(path)
        assert (field.min_words or 0) <= (field.max_words or 10_000), path


def test_positions_in_lists_are_found_under_a_star() -> None:
    assert guide.pattern("photos.2.alt") == "photos.*.alt"
    assert guide.field("photos.2.alt").label == guide.field("photos.*.alt").label
    assert guide.step_of("photos.2.alt").number == 8


def test_no_field_of_a_step_holds_another() -> None:
    paths = [path for step in guide.steps() for path in step.fields]
    assert len(paths) == len(set(paths))
    assert not [path for path in paths for other in paths if path.startswith(other + ".")]


def test_an_unknown_field_step_or_message_is_an_error() -> None:
    for call in (guide.field, guide.step_of, guide.step, guide.message):
        with pytest.raises(KeyError):
            call("inconnu")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" … – « » ! ", 0),
        ("Quinze voisins conduisent", 3),
        ("l'eau", 2),
        ("l’eau", 2),
        ("porte-à-porte", 1),
        ("1 200 trajets", 3),
        ("3,5 %", 1),
        ("Bonjour\nvous\ttous", 3),
        ("**gras**", 1),
        ("les habitant·e·s", 2),
    ],
)
def test_words_are_counted_as_a_reader_would(text: str, words: int) -> None:
    assert guide.count_words(text) == words


def test_the_counter_of_the_browser_counts_the_same_words() -> None:
    script = (Path(__file__).parents[2] / "components" / "guided" / "paths.js").read_text(encoding="utf-8")
    told = re.search(r"countWords = .*?\.match\(/(.+?)/gu\)", script)
    assert told is not None
    assert told[1].replace(r"[\p{L}\p{N}]", r"[^\W_]") == guide.COUNTED.pattern
