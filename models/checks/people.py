"""Step 6 and the privacy of people: the quotes, their agreement, names, ages, sensitive words (C-21 to C-24)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.checks.finding import Finding, Level, Span, advice
from models.checks.lexicon import has, matches
from models.checks.minors import child_named, speaks_as_a_child
from models.content import FicheContent, Quote

_SURNAME = re.compile(
    r"(?:\b(?:M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle)[ \u00a0]+(?P<titled>[A-ZÀ-Ý][^\W\d_]{2,}))"
    r"|^(?P<first>[A-ZÀ-Ý][^\W\d_]+(?:-[A-ZÀ-Ý][^\W\d_]+)?)[ \u00a0]+(?P<last>(?:(?:d[eu]|l[ea]|van|el|ben)[ \u00a0])?[A-ZÀ-Ý][^\W\d_]{2,}(?:-[^\W\d_]+)?)\b"
)


@dataclass(frozen=True)
class SensitiveWord:
    """A word that touches somebody's private life, for the committee (C-24)."""

    path: str
    word: str
    about: str  # "santé", "religion"…
    span: Span


def findings(content: FicheContent, *, begun: frozenset[str]) -> Iterator[Finding]:
    """Yield what is found in the quotes; what is only missing is said if the step is `begun`."""
    spoken = [(n, quote) for n, quote in enumerate(content.voices.quotes) if quote.text.strip()]
    for number, quote in spoken:
        if not quote.agreement:
            yield Finding("C-22", f"voices.quotes.{number}.agreement", "quote_agreement", Level.BLOCKING)
    if "voices" in begun and not spoken:
        yield advice("C-21", "voices.quotes", "no_quote", rank=60)
    elif spoken and all(has(f"{quote.name}, {quote.role}", "roles_staff") for _, quote in spoken):
        yield advice("C-21", f"voices.quotes.{spoken[-1][0]}.role", "no_resident_quote", rank=62)
    for number, quote in enumerate(content.voices.quotes):
        yield from _named(f"voices.quotes.{number}.name", quote)
    yield from _children(content)
    yield from _sensitive(content)


def _named(path: str, quote: Quote) -> Iterator[Finding]:
    name = quote.name
    surname = surname_in(name)
    if surname:
        yield advice("C-23", path, "surname", rank=88, text=name, spans=[surname], name=name[slice(*surname)])
    if speaks_as_a_child(name, quote.role):
        yield advice("C-23", path, "minor_named", rank=92, passage=f"{name} {quote.role}")


def _children(content: FicheContent) -> Iterator[Finding]:
    """A child named with an age in the words of a quote, or beside a picture (requirement I6)."""
    quotes = [(f"voices.quotes.{n}.text", quote.text) for n, quote in enumerate(content.voices.quotes)]
    for path, value in (*quotes, *_beside_pictures(content, "caption", "alt", "credit")):
        yield from child_in(path, value)


def child_in(path: str, value: str) -> Iterator[Finding]:
    """Yield the passage of one text where a child is named with an age or a class, if there is one (C-23)."""
    passage = child_named(value)
    if passage:
        yield advice("C-23", path, "minor_named", rank=92, text=value, spans=[passage])


def _beside_pictures(content: FicheContent, *names: str) -> list[tuple[str, str]]:
    return [
        (f"photos.{number}.{name}", getattr(photo, name))
        for number, photo in enumerate(content.photos)
        for name in names
    ]


def surname_in(name: str) -> Span | None:
    """Return where a surname stands in a name such as "Jacques Rodde" or "Mme Rodde, habitante"; None if there is none."""
    match = _SURNAME.search(name.strip())
    shift = len(name) - len(name.lstrip())
    if match is None:
        return None
    if match["titled"]:
        start, end = match.span("titled")
        return start + shift, end + shift
    if has(match["first"], "not_names", "actors", "team", "roles_staff", "functions") or has(
        match["last"], "functions"
    ):
        return None
    start, end = match.span("last")
    return start + shift, end + shift


def sensitive_words(content: FicheContent) -> list[SensitiveWord]:
    """Return the sensitive words said by or of people who can be recognised: quotes and captions (C-24)."""
    said = [
        (f"voices.quotes.{number}.{name}", getattr(quote, name))
        for number, quote in enumerate(content.voices.quotes)
        for name in ("text", "name", "role")
    ]
    said += _beside_pictures(content, "caption", "alt")
    return [
        SensitiveWord(path, value[slice(*match.span)], match.entry.instead, match.span)
        for path, value in said
        for match in matches(value, "sensitive")
    ]


def _sensitive(content: FicheContent) -> Iterator[Finding]:
    by_path: dict[str, list[SensitiveWord]] = {}
    for word in sensitive_words(content):
        by_path.setdefault(word.path, []).append(word)
    for path, words in by_path.items():
        yield advice(
            "C-24",
            path,
            "sensitive",
            rank=84,
            spans=[word.span for word in words],
            passage="…".join(dict.fromkeys(word.word.casefold() for word in words)),
            word=words[0].word,
            about=words[0].about,
        )
