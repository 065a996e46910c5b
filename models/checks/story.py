"""Steps 2 to 5: the starting point, the place of the inhabitants, the path, what changed (C-06 to C-20)."""

import re
from collections.abc import Iterator

from models import guide
from models.checks.finding import Finding, Level, advice
from models.checks.lexicon import has, matches
from models.checks.text import Sentence, Text, read
from models.content import FicheContent, Stage

ENOUGH = 25  # words: a shorter text is only told that it is short
STAFF_SHARE = 0.7  # of the sentences (C-12)
STAGE_WORDS = 60  # (C-15)
STAGES_MIN, STAGES_MAX = 3, 6

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DIGIT = re.compile(r"\d")
_QUOTED = re.compile(r"«[^»]*»?|“[^”]*”?")
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_SEASONS = {"hiver": 1, "printemps": 4, "été": 7, "rentrée": 9, "automne": 10, "noël": 12}


def findings(content: FicheContent, *, begun: frozenset[str]) -> Iterator[Finding]:
    """Yield what is found in steps 2 to 5; what is only missing is said in the steps that are `begun`."""
    yield from _lengths(content)
    yield from _origin(content)
    yield from _residents(content)
    if "path" in begun:
        yield from _path(content)
    yield from _changes(content)


def _lengths(content: FicheContent) -> Iterator[Finding]:
    """Lengths out of the guide's bounds by more than half (C-06, C-10, C-17, C-28; guide 4.4)."""
    texts = {
        "constat.text": ("C-06", content.constat.text),
        "residents.text": ("C-10", content.residents.text),
        "changes.people": ("C-17", content.changes.people),
        "changes.centre": ("C-17", content.changes.centre),
        "changes.territory": ("C-17", content.changes.territory),
        "summary": ("C-28", content.summary),
    }
    for path, (check, text) in texts.items():
        if not text.strip():
            continue
        bounds, words = guide.field(path), guide.count_words(text)
        if bounds.min_words and words < bounds.min_words * 0.5:
            yield advice(
                check, path, "too_short", rank=50, level=Level.REVIEW, words=words, bound=bounds.min_words
            )
        elif bounds.max_words and words > bounds.max_words * 1.5:
            yield advice(
                check, path, "too_long", rank=50, level=Level.REVIEW, words=words, bound=bounds.max_words
            )


def _origin(content: FicheContent) -> Iterator[Finding]:
    text = content.constat.text
    if not text.strip() and not content.response.text.strip():
        yield Finding("C-06", "constat.text", "story_missing", Level.BLOCKING)
    if read(text).length < ENOUGH:
        return
    if not has(text, "actors") and not has(content.response.text, "actors"):
        yield advice("C-07", "constat.text", "no_actor_named", rank=80)
    if not (has(text, "times") or _YEAR.search(text)):
        yield advice("C-08", "constat.text", "no_time", rank=70)


def _residents(content: FicheContent) -> Iterator[Finding]:
    residents = content.residents
    if residents.count is None and not residents.count_unknown:
        yield Finding("C-11", "residents.count", "no_resident", Level.REVIEW)
    elif residents.count == 0:
        yield Finding("C-11", "residents.count", "zero_resident", Level.REVIEW)
    text = read(residents.text)
    if text.length < ENOUGH:
        return
    led = [each for each in text.sentences if _staff_leads(text, each)]
    if len(text.sentences) >= 3 and len(led) > STAFF_SHARE * len(text.sentences):
        yield advice(
            "C-12",
            "residents.text",
            "staff_subject",
            rank=82,
            text=text.value,
            spans=[(each.start, each.end) for each in led],
            count=len(led),
            total=len(text.sentences),
        )
    if not has(residents.text, "decisions"):
        yield advice("C-13", "residents.text", "no_decision", rank=78)


def _staff_leads(text: Text, sentence: Sentence) -> bool:
    """Whether the team is the subject: it stands first, or just after an opening that a comma closes."""
    comma = text.value.find(",", sentence.start, sentence.end)
    opening = (
        sum(1 for start, _ in text.spans[sentence.first : sentence.after] if start < comma)
        if comma > 0
        else 0
    )
    for match in matches(text.value, "staff"):
        if match.first == sentence.first or (0 < opening <= 8 and match.first == sentence.first + opening):
            return True
    return False


# ---- the path ----------------------------------------------------------------------------------------------------------


def _path(content: FicheContent) -> Iterator[Finding]:
    told = [
        stage for stage in content.stages if stage.when.strip() or stage.title.strip() or stage.text.strip()
    ]
    if len(told) < STAGES_MIN and not content.implementation.text.strip():
        yield advice("C-14", "stages", "stages_few", rank=72, passage=str(len(told)))
    elif len(told) > STAGES_MAX:
        yield advice("C-14", "stages", "stages_many", rank=35, passage=str(len(told)), count=len(told))
    yield from _dated(content.stages)
    for number, stage in enumerate(content.stages):
        words = read(stage.text).length
        if words > STAGE_WORDS:
            yield advice(
                "C-15", f"stages.{number}.text", "stage_long", rank=48, passage=stage.text[:60], words=words
            )
    implementation = content.implementation
    if not implementation.partners and not implementation.no_partner:
        yield advice("C-16", "implementation.partners", "partners_missing", rank=33)
    if not implementation.funders and not implementation.no_funder:
        yield advice("C-16", "implementation.funders", "funders_missing", rank=32)
    if not implementation.means.strip() and implementation.cost is None:
        yield advice("C-16", "implementation.means", "means_missing", rank=31)


def _dated(stages: list[Stage]) -> Iterator[Finding]:
    last: tuple[int, int] | None = None
    last_when = ""
    for number, stage in enumerate(stages):
        if not (stage.when.strip() or stage.title.strip() or stage.text.strip()):
            continue
        path = f"stages.{number}.when"
        if not stage.when.strip():
            yield advice("C-14", path, "stage_undated", rank=66, passage=stage.title + stage.text[:40])
            continue
        if not (has(stage.when, "times") or _DIGIT.search(stage.when)):
            yield advice("C-14", path, "stage_vague", rank=44, text=stage.when, spans=[(0, len(stage.when))])
        at = moment(stage.when)
        if at and last and at < (last if at[1] and last[1] else (last[0], 0)):
            yield advice(
                "C-14",
                path,
                "stages_disordered",
                rank=68,
                text=stage.when,
                spans=[(0, len(stage.when))],
                when=stage.when.strip(),
                before=last_when,
            )
        if at:
            last, last_when = at, stage.when.strip()


def moment(when: str) -> tuple[int, int] | None:
    """Return the year and the month (0 when unknown) that words like "Mars 2024" say first; None without a year."""
    year = _YEAR.search(when)
    if year is None:
        return None
    words = read(when.lower()).words
    before = words[: next((n for n, word in enumerate(words) if word == year[0]), len(words))]
    months = [MONTHS.index(word) + 1 for word in before if word in MONTHS]
    seasons = [_SEASONS[word] for word in before if word in _SEASONS]
    return int(year[0]), (months or seasons or [0])[0]


# ---- what changed --------------------------------------------------------------------------------------------------------


def _changes(content: FicheContent) -> Iterator[Finding]:
    changes = content.changes
    texts = {f"changes.{name}": getattr(changes, name) for name in ("people", "centre", "territory")}
    written = {path: text for path, text in texts.items() if text.strip()}
    if not written:
        yield Finding("C-17", "changes.people", "no_effect", Level.REVIEW)
        return
    if len(written) == 1:
        empty = next(path for path in texts if path not in written)
        yield advice("C-17", empty, "one_effect", rank=64)
    together = "\n".join(written.values())
    counted = any(figure.value.strip() for figure in changes.figures)
    if read(together).length >= ENOUGH and not (
        counted or _DIGIT.search(together) or has(together, "proofs")
    ):
        yield advice("C-18", next(iter(written)), "no_proof", rank=76)
    yield from _figures(content, written)


def _figures(content: FicheContent, written: dict[str, str]) -> Iterator[Finding]:
    """C-20: the text gives another number than the figure for the same thing, and nowhere the figure's own."""
    told = {**written, "summary": content.summary, "residents.text": content.residents.text}
    everything = " ".join([content.title, content.accroche, *told.values()])
    for number, figure in enumerate(content.changes.figures):
        value, label = _number(figure.value), read(figure.label)
        if value is None or not label.stems or _says(everything, value):
            continue
        for path, text in told.items():
            other = _same_thing(read(_QUOTED.sub(lambda quote: " " * len(quote[0]), text)), label)
            if other and 0.5 <= other[0] / max(value, 1) <= 2 and other[0] != value:
                start, end = other[1]
                yield advice(
                    "C-20",
                    path,
                    "figures_differ",
                    rank=74,
                    text=text,
                    spans=[(start, end)],
                    said=text[start:end],
                    figure=f"{figure.value.strip()} {figure.label.strip()}",
                    number=number + 1,
                )


def _number(value: str) -> int | None:
    digits = re.sub(r"[\s\u00a0\u202f]", "", value)
    return int(digits) if digits.isdigit() and len(digits) < 10 else None


def _says(text: str, value: int) -> bool:
    spaced = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)", "", text)
    return bool(re.search(rf"(?<!\d){value}(?!\d)", spaced))


def _same_thing(text: Text, label: Text) -> tuple[int, tuple[int, int]] | None:
    """The number that stands just before the first words of `label` in `text`."""
    wanted = label.stems[:2]
    for position, word in enumerate(text.words[: -len(wanted)] if len(text) > len(wanted) else []):
        if word.isdigit() and text.stems[position + 1 : position + 1 + len(wanted)] == wanted:
            return int(word), (text.spans[position][0], text.spans[position + len(wanted)][1])
    return None
