"""Step 1: title, commune, dates, themes, the card of the structure (C-01, C-03, C-04, C-05)."""

from collections.abc import Collection, Iterator
from datetime import date

from models import guide
from models.checks.finding import Finding, Level, advice
from models.checks.language import is_acronym
from models.checks.lengths import TOLERANCE
from models.checks.lexicon import matches
from models.checks.text import read
from models.content import FicheContent
from models.taxonomy import ActionStatus

TITLE_MIN, TITLE_MAX = 20, 80  # characters; the guide's data counts words (see `lengths`)
_SMALL = frozenset(("le", "la", "les", "l", "de", "du", "d", "un", "une", "projet", "action", "dispositif"))


def findings(
    content: FicheContent, known_communes: Collection[str] | None, today: date | None
) -> Iterator[Finding]:
    """Yield what is found in step 1; `known_communes` None skips C-03, `today` None skips C-04's comparison with it."""
    yield from _title(content.title.strip())
    if not content.card.name.strip():
        yield Finding("C-01", "card.name", "author_missing", Level.BLOCKING)
    if not content.commune:
        yield Finding("C-03", "commune", "commune_missing", Level.BLOCKING)
    elif known_communes is not None and content.commune not in known_communes:
        yield Finding("C-03", "commune", "commune_unknown", Level.BLOCKING)
    yield from _dates(content, today)
    if not content.themes:
        yield Finding("C-05", "themes", "themes_missing", Level.BLOCKING)
    if not content.publics:
        yield Finding("C-05", "publics", "publics_missing", Level.BLOCKING)


def _title(title: str) -> Iterator[Finding]:
    if not title:
        yield Finding("C-01", "title", "title_missing", Level.BLOCKING)
    elif _placeholder(title):
        yield Finding("C-01", "title", "title_void", Level.BLOCKING, (("title", title),))
    elif title.isupper() and len(title) > 8:
        yield _about_title("title_capitals", title)
    elif _only_acronyms(title):
        yield _about_title("title_acronym", title)
    elif len(title) < TITLE_MIN:
        yield _about_title("title_short", title, TITLE_MIN)
    elif len(title) > TITLE_MAX:
        yield _about_title("title_long", title, TITLE_MAX)
    else:
        yield from _words_of_title(title)


def _words_of_title(title: str) -> Iterator[Finding]:
    words, bounds = guide.count_words(title), guide.field("title")
    if bounds.min_words and words < bounds.min_words:
        yield _about_title("title_brief", title, bounds.min_words)
    elif bounds.max_words and words > bounds.max_words * (1 + TOLERANCE):
        yield advice(
            "C-01", "title", "title_wordy", rank=30, passage=title, words=words, bound=bounds.max_words
        )


def _about_title(key: str, title: str, bound: int = 0) -> Finding:
    return advice("C-01", "title", key, rank=95, passage=title, bound=bound)


def _placeholder(title: str) -> bool:
    """Whether the title only holds the place of one, numbered or not: "Sans titre 2"."""
    text = read(title)
    held = {n for match in matches(title, "placeholders") for n in range(match.first, match.after)}
    return bool(held) and all(n in held or word.isdigit() for n, word in enumerate(text.words))


def _only_acronyms(title: str) -> bool:
    """Whether nothing but acronyms, numbers and small words is in the title: "Le CLAS 2025"."""
    words = [raw for raw in read(title).raws if raw.lower() not in _SMALL and not raw.isdigit()]
    return bool(words) and all(is_acronym(word) for word in words)


def _dates(content: FicheContent, today: date | None) -> Iterator[Finding]:
    start, end, status = content.start, content.end, content.status
    # "2024" and "2024-03" compare on what both say.
    if _before(end, start):
        yield Finding("C-04", "end", "dates_reversed", Level.BLOCKING)
        return
    if today is None or status is None:
        return
    now, said = f"{today:%Y-%m}", f"{status}|{start}|{end}"
    key = ""
    if status is ActionStatus.FINISHED and _before(now, end):
        key = "status_finished_later"
    elif status is ActionStatus.RUNNING and _before(end, now):
        key = "status_running_ended"
    elif status is ActionStatus.RUNNING and _before(now, start):
        key = "status_running_later"
    elif status is ActionStatus.PREPARING and _before(start, now):
        key = "status_preparing_begun"
    if key:
        yield advice("C-04", "status", key, rank=75, passage=said)


def _before(one: str, other: str) -> bool:
    size = min(len(one), len(other))
    return size > 0 and one[:size] < other[:size]
