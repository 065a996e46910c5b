"""The numbers of a text, in figures ("1 200", "92 %") or in words ("quinze", "soixante-dix", "vingt et un")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from models.checks.finding import Span
from models.checks.text import Text, read

_WORDS = {
    **{
        "un": 1,
        "une": 1,
        "deux": 2,
        "trois": 3,
        "quatre": 4,
        "cinq": 5,
        "six": 6,
        "sept": 7,
        "huit": 8,
        "neuf": 9,
    },
    **{"dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16},
    **{"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60},
    **{"septante": 70, "huitante": 80, "nonante": 90, "cent": 100, "cents": 100},
}
# A digit begins it, whatever was before: that is what makes it quick to look for.
_FIGURES = re.compile(r"\d(?:(?<![\w,.]\d)\d{0,2}(?:[ \u00a0\u202f.]\d{3})+(?![\d,])|\d*(?:,\d+)?)")
_PERCENT = re.compile(r"[ \u00a0\u202f]?%")


@dataclass(frozen=True)
class Number:
    """A number, where it stands, and the position of the word that follows it."""

    value: float
    span: Span
    after: int
    percent: bool = False


@lru_cache(maxsize=1024)
def numbers(value: str) -> list[Number]:
    """Return the numbers of a text in their order; "un" and "une" alone are articles."""
    text = read(value)
    return sorted([*_in_figures(text), *_in_words(text)], key=lambda number: number.span)


def _in_figures(text: Text) -> Iterator[Number]:
    for match in _FIGURES.finditer(text.value):
        value = float(re.sub(r"[ \u00a0\u202f.]", "", match[0]).replace(",", "."))
        percent = _PERCENT.match(text.value, match.end())
        end = percent.end() if percent else match.end()
        yield Number(value, (match.start(), end), text.position(match.end()), bool(percent))


def _in_words(text: Text) -> Iterator[Number]:
    after = 0
    for position, word in enumerate(text.words):
        if position < after or word.partition("-")[0] not in _WORDS:
            continue
        after = _run(text, position)
        parts = [part for word in text.words[position:after] for part in word.split("-")]
        if after > position and not set(parts) <= {"un", "une"}:
            percent = text.words[after : after + 2] == ["pour", "cent"]
            after += 2 * percent
            yield Number(_value(parts), (text.spans[position][0], text.spans[after - 1][1]), after, percent)


def _run(text: Text, first: int) -> int:
    """The position after the words of one number that begins at `first`; `first` itself when none does."""
    after = first
    while after < len(text) and (after == first or text.together(after - 1, after)):
        word = text.words[after]
        joins = (
            word == "et"
            and after > first
            and text.words[after + 1 : after + 2] in (["un"], ["une"], ["onze"])
        )
        if not (joins or all(part in _WORDS or (part == "et" and "-" in word) for part in word.split("-"))):
            break
        after += 1
    return after


def _value(parts: list[str]) -> int:
    total = 0
    for part in parts:
        if part.startswith("cent"):
            total = max(total % 100, 1) * 100
        elif part.startswith("vingt") and total % 100 == 4:
            total += 76  # quatre-vingts
        else:
            total += _WORDS.get(part, 0)  # "et" adds nothing
    return total
