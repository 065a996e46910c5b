"""The sentences of the guide that an administrator may change: their limits, and how changes stand on what is shipped.

What is stored is only what differs from the guide that comes with the code. A later release may add steps' words, fields
or messages, or change those that nobody touched: the stored differences go on top of it, and what no longer fits
(a field that is gone, a sentence whose {places} have other names) is left aside instead of breaking the editor.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from models.content import clean, one_line

Leaf = str  # "steps/origin/consigne", "fields/constat.text/max", "messages/title_missing"
Partial = dict[str, Any]

MARK = re.compile(r"\[([^\[\]]+)\]")
_PLACE = re.compile(r"\{([^{}]*)\}")


def _up_to(most: int, least: int = 1) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=least, max_length=most)


_Clean, _Line = BeforeValidator(clean), AfterValidator(one_line)
Name = Annotated[str, _up_to(90), _Clean, _Line]
Short = Annotated[str, _up_to(16), _Clean, _Line]
Hint = Annotated[str, _up_to(160, 0), _Clean, _Line]
Sentence = Annotated[str, _up_to(240), _Clean, _Line]
Message = Annotated[str, _up_to(300), _Clean, _Line]
Prompt = Annotated[str, _up_to(400), _Clean]
ExampleText = Annotated[str, _up_to(1200), _Clean]
Minutes = Annotated[int, Field(ge=1, le=30)]
Length = Annotated[int, Field(ge=1, le=500)]


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Example(_Words):
    """A text in which [passages] are marked, and as many notes that say why each of them works."""

    text: ExampleText
    notes: Annotated[tuple[Sentence, ...], Field(max_length=6)] = ()

    @model_validator(mode="after")
    def _one_note_a_mark(self) -> Self:
        bare = MARK.sub("", self.text)
        if "[" in bare or "]" in bare:
            raise PydanticCustomError("brackets", "every [ needs its ]")
        if len(MARK.findall(self.text)) != len(self.notes):
            raise PydanticCustomError("marks", "as many notes as marked passages")
        return self

    @property
    def passages(self) -> tuple[tuple[str, int], ...]:
        """The text in pieces, each with the number of its note, 0 for what is not marked."""
        return passages(self.text)


def passages(text: str) -> tuple[tuple[str, int], ...]:
    """Cut `text` at its [marks]: (piece, number of its note), 0 for what is not marked."""
    pieces, end = [], 0
    for number, mark in enumerate(MARK.finditer(text), 1):
        pieces += [(text[end : mark.start()], 0), (mark[1], number)]
        end = mark.end()
    return tuple((piece, number) for piece, number in [*pieces, (text[end:], 0)] if piece)


class StepWords(_Words):
    """What is said of a step."""

    title: Name
    short: Short
    minutes: Minutes
    consigne: Sentence
    conseils: Annotated[tuple[Sentence, ...], Field(min_length=1, max_length=5)]
    example: Example
    speed: Prompt
    aloud: Annotated[
        tuple[Sentence, ...], Field(max_length=4)
    ] = ()  # questions to ask when one tells, one writes


class FieldWords(_Words):
    """What is said of a field. Lengths in words, None where nothing is recommended."""

    label: Name
    hint: Hint = ""
    min: Length | None = None
    max: Length | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min and self.max and self.min > self.max:
            raise PydanticCustomError("order", "the shortest length is above the longest")
        return self


class GuideWords(_Words):
    """All that may be changed."""

    steps: dict[str, StepWords]
    fields: dict[str, FieldWords]
    messages: dict[str, Message]


def leaves(words: GuideWords) -> dict[Leaf, Any]:
    """Return every value that may be changed, as JSON values, by its address."""
    document = words.model_dump(mode="json")
    found = {
        f"{part}/{key}/{name}": value
        for part in ("steps", "fields")
        for key, row in document[part].items()
        for name, value in row.items()
    }
    return found | {f"messages/{key}": text for key, text in document["messages"].items()}


def difference(base: GuideWords, words: GuideWords) -> Partial:
    """Return what `words` says otherwise than `base`, as a nested document to store."""
    before = leaves(base)
    return nested({leaf: value for leaf, value in leaves(words).items() if before.get(leaf) != value})


def _put(partial: Partial, leaf: Leaf, value: Any) -> None:
    *parents, last = leaf.split("/")
    for name in parents:
        partial = partial.setdefault(name, {})
    partial[last] = value


def nested(changes: Mapping[Leaf, Any]) -> Partial:
    """Return values by address as a nested document, the other way round than `flat`."""
    partial = Partial()
    for leaf, value in changes.items():
        _put(partial, leaf, value)
    return partial


def flat(partial: Mapping[str, Any]) -> dict[Leaf, Any]:
    """Return the values of a stored document by their address; what has another shape is left out."""
    return dict(_flat(partial))


def _flat(partial: Mapping[str, Any]) -> Iterator[tuple[Leaf, Any]]:
    for part, rows in partial.items():
        for key, row in rows.items() if isinstance(rows, Mapping) else ():
            if part == "messages":
                yield f"messages/{key}", row
            elif isinstance(row, Mapping):
                for name, value in row.items():
                    yield f"{part}/{key}/{name}", value


def on_top(base: GuideWords, partial: Mapping[str, Any]) -> GuideWords:
    """Put a stored document on `base`. Never fails: what does not fit `base` is left aside, value by value."""
    document = base.model_dump(mode="json")
    known = leaves(base)
    for leaf, value in flat(partial).items():
        if leaf in known and not _of_leaf(base, leaf, value):
            _put(document, leaf, value)
    for key, row in document["fields"].items():
        # A release may have moved the length that was not changed past the one that was.
        if row["min"] and row["max"] and row["min"] > row["max"]:
            row |= {"min": base.fields[key].min, "max": base.fields[key].max}
    return GuideWords.model_validate(document)


def edited(words: GuideWords, edits: Mapping[Leaf, Any]) -> tuple[GuideWords, dict[str, str]]:
    """Return `words` with `edits`, and the problems by address (of a list's item: with its position at the end).

    A problem is a code, with its figure after a colon where it has one: "empty", "long:240", "few:1", "many:5",
    "order", "marks", "brackets", "places:seuil", "number", "low:1", "high:500", "unknown". With problems, the words
    returned are the old ones.
    """
    document = words.model_dump(mode="json")
    known = leaves(words)
    problems: dict[str, str] = {}
    for leaf, value in edits.items():
        if leaf not in known:
            problems[leaf] = "unknown"
            continue
        problems |= _of_leaf(words, leaf, value)
        _put(document, leaf, value)
    if problems:
        return words, problems
    try:
        return GuideWords.model_validate(document), {}
    except ValidationError as refusal:
        for error in refusal.errors():
            # Only a field's lengths in the wrong order are left: said beside the longest.
            problems["/".join(map(str, error["loc"])) + "/max"] = error["type"]
        return words, problems


def _of_leaf(words: GuideWords, leaf: Leaf, value: Any) -> dict[str, str]:
    part, key, *name = leaf.split("/")
    if part != "messages":
        return _check((_STEP if part == "steps" else _FIELD)[name[0]], leaf, value)
    problems = _check(_MESSAGE, leaf, value)
    if problems:
        return problems
    # A check puts figures and words in these places: an unknown one, or half a brace, would break its sentence.
    allowed = set(_PLACE.findall(words.messages[key]))
    bare = _PLACE.sub("", value)
    if set(_PLACE.findall(value)) - allowed or "{" in bare or "}" in bare:
        return {leaf: f"places:{', '.join(f'{{{name}}}' for name in sorted(allowed))}"}
    return {}


def _check(adapter: TypeAdapter[Any], leaf: Leaf, value: Any) -> dict[str, str]:
    try:
        adapter.validate_python(value)
    except ValidationError as refusal:
        return {"/".join([leaf, *map(str, error["loc"])]): _code(error) for error in refusal.errors()}
    return {}


_CODES = {
    "string_too_short": "empty",
    "string_too_long": "long:{max_length}",
    "too_short": "few:{min_length}",
    "too_long": "many:{max_length}",
    "greater_than_equal": "low:{ge}",
    "less_than_equal": "high:{le}",
    "int_parsing": "number",
    "int_type": "number",
    "int_from_float": "number",
}


def _code(error: Any) -> str:
    kind: str = error["type"]
    return _CODES.get(kind, kind).format(**error.get("ctx", {}))


def _adapters(model: type[BaseModel]) -> dict[str, TypeAdapter[Any]]:
    return {
        name: TypeAdapter(Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation)  # type: ignore[arg-type]
        for name, info in model.model_fields.items()
    }


_STEP, _FIELD = _adapters(StepWords), _adapters(FieldWords)
_MESSAGE: TypeAdapter[Any] = TypeAdapter(Message)
