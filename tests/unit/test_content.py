"""FicheContent: what it refuses, what it cleans, and that it comes back from JSON as it was."""

import json
import types
import typing
from enum import Enum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from models import taxonomy
from models.content import CommuneCode, FicheContent, IdentityCard, Link, Month, Photo, Url
from models.taxonomy import InitiativeKey, PublicKey, ThemeKey
from tests.factories import full_content, seed_content

_texts = st.text(max_size=30)
_KNOWN: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (ThemeKey, st.sampled_from(sorted(taxonomy.labels("themes")))),
    (PublicKey, st.sampled_from(sorted(taxonomy.labels("publics")))),
    (InitiativeKey, st.sampled_from(sorted(taxonomy.labels("initiatives")))),
    (Url, st.sampled_from(["", "https://centre.example/a?b=c#d", "centre.example"])),
    (Month, st.sampled_from(["", "2024", "2024-03"])),
    (CommuneCode, st.sampled_from(["", "59350", "2A004"])),
]


def _of(hint: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for a type hint of the content."""
    for known, strategy in _KNOWN:
        if hint == known:
            return strategy
    if typing.get_origin(hint) is typing.Annotated:
        base, *metadata = typing.get_args(hint)
        patterns = [entry.pattern for entry in metadata if getattr(entry, "pattern", None)]
        return st.from_regex(patterns[0], fullmatch=True) if patterns else _of(base)
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return st.one_of(*[_of(option) for option in typing.get_args(hint)])
    if typing.get_origin(hint) is list:
        return st.lists(_of(typing.get_args(hint)[0]), max_size=3)
    if hint is type(None):
        return st.none()
    if issubclass(hint, BaseModel):
        return _values(hint)
    if issubclass(hint, Enum):
        return st.sampled_from(sorted(hint))
    simple: dict[Any, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        int: st.integers(1000, 2200),
        float: st.floats(0, 1),
        str: _texts,
    }
    return simple[hint]


def _values(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(model, include_extras=True)
    fields = {name: _of(hints[name]) for name in model.model_fields if name != "schema_version"}
    required = {name: fields.pop(name) for name in list(fields) if model.model_fields[name].is_required()}
    return st.fixed_dictionaries(required, optional=fields)


contents = st.deferred(lambda: _values(FicheContent)).map(FicheContent.model_validate)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(contents)
def test_any_content_comes_back_from_json_as_it_was(content: FicheContent) -> None:
    assert FicheContent.model_validate_json(content.model_dump_json()) == content
    assert FicheContent.model_validate(json.loads(json.dumps(content.model_dump(mode="json")))) == content


@pytest.mark.parametrize(
    "content", [FicheContent(), full_content(), seed_content()], ids=["blank", "full", "seed"]
)
def test_what_centres_write_comes_back_from_json_as_it_was(content: FicheContent) -> None:
    assert FicheContent.model_validate_json(content.model_dump_json()) == content


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet=st.characters(), max_size=60)
    | st.text(alphabet="\x00\x07\r\n\x85\u2028\ud800\udfffaé\u0301 \t")
)
def test_any_pasted_text_can_be_stored_and_cleaning_twice_changes_nothing(pasted: str) -> None:
    once = FicheContent(title=pasted, summary=pasted)
    once.summary.encode("utf-8")
    assert not any(ord(character) < 32 and character not in "\t\n" for character in once.summary)
    assert "\n" not in once.title
    assert FicheContent(title=once.title, summary=once.summary) == once


def test_an_empty_draft_is_valid() -> None:
    assert FicheContent().model_dump(exclude_defaults=True) == {}


def test_control_characters_and_lone_surrogates_disappear() -> None:
    content = FicheContent(summary="Un\x00 mot\x1b, deux\x7f\x92 mots\ud83d\ufffe.")
    assert content.summary == "Un mot, deux mots."


def test_line_ends_of_every_system_become_line_feeds() -> None:
    assert FicheContent(summary="a\r\nb\rc\nd\u2028e\x85f").summary == "a\nb\nc\nd\ne\nf"


def test_accents_typed_in_two_parts_are_composed() -> None:
    assert FicheContent(summary="e\u0301te\u0301").summary == "été"


def test_line_breaks_of_a_short_field_become_spaces() -> None:
    assert FicheContent(title="Quinze voisins \n\n conduisent").title == "Quinze voisins conduisent"


def test_a_tab_and_an_emoji_are_kept() -> None:
    assert FicheContent(summary="a\tb 🌱").summary == "a\tb 🌱"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "  javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "javascript:1/alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox",
        "file:///etc/passwd",
        "ftp://centre.example",
    ],
)
def test_an_unsafe_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        Link(url=address)
    with pytest.raises(ValidationError):
        IdentityCard(website=address)


@pytest.mark.parametrize(
    "address",
    ["", "https://centre.example/a", "http://centre.example", "www.centre.example", "centre.example:8080/a"],
)
def test_a_web_address_is_kept_as_typed(address: str) -> None:
    assert Link(url=address).url == address


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "a" * 401),
        ("summary", "a" * 20_001),
        ("themes", ["mobilite"] * 4),
        ("themes", ["inconnu"]),
        ("publics", ["familles"] * 4),
        ("needs", ["a"] * 7),
        ("stages", [{}] * 9),
        ("changes", {"figures": [{}] * 7}),
        ("voices", {"quotes": [{}] * 7}),
        ("photos", [{"media": "photo-0001"}] * 7),
        ("start", "mars 2024"),
        ("start", "2024-13"),
        ("start", "٢٠٢٤"),
        ("commune", "Lille"),
        ("commune", "5935"),
        ("commune", "59٣50"),
        ("status", "finie"),
        ("residents", {"count": -1}),
        ("implementation", {"cost": -1}),
        ("schema_version", 2),
        ("unknown", "field"),
        ("photos", [{"media": "../../etc/passwd"}]),
        ("photos", [{"media": "photo-0001", "focus_x": float("nan")}]),
        ("photos", [{"media": "photo-0001", "focus_y": 1.1}]),
    ],
)
def test_what_is_out_of_bounds_is_refused(field: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        FicheContent.model_validate({field: value})


def test_the_longest_values_are_accepted() -> None:
    content = FicheContent(title="a" * 400, summary="a" * 20_000, needs=["a"] * 6, stages=[{}] * 8)  # type: ignore[list-item]
    assert (len(content.title), len(content.summary), len(content.needs), len(content.stages)) == (
        400,
        20_000,
        6,
        8,
    )


def test_assignments_are_checked_like_the_rest() -> None:
    content = FicheContent()
    with pytest.raises(ValidationError):
        content.commune = "Lille"
    content.title = "a\nb"
    assert content.title == "a b"


def test_the_cover_is_the_marked_picture_else_the_first_one() -> None:
    first, second = Photo(media="photo-0001"), Photo(media="photo-0002")
    assert FicheContent().cover is None
    assert FicheContent(photos=[first, second]).cover == first
    second.cover = True
    assert FicheContent(photos=[first, second]).cover == second
