"""Steps 2 to 5: the starting point, the place of the inhabitants, the path, what changed (C-06 to C-20)."""

import re
from collections.abc import Iterator

from models import guide
from models.checks.dates import Months, moment
from models.checks.finding import Finding, Level, Span, advice
from models.checks.lexicon import has, matches
from models.checks.numbers import Number, numbers
from models.checks.text import Sentence, Text, read
from models.content import FicheContent, Stage

ENOUGH = 25  # words: a shorter text is only told that it is short
STAFF_SHARE = 0.7  # of the sentences (C-12)
STAGES_MIN, STAGES_MAX = 3, 6
_FIGURE = 20  # characters of a key figure that is one number
_FEW = 10  # "deux parents" are some of them, and no other count of all the parents
_SMALL = frozenset(["de", "le"])  # stems of small words between a number and its thing: "92 % des parents"

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DIGIT = re.compile(r"\d")
_QUOTED = re.compile(r"«[^»]*»?|“[^”]*”?")


def findings(content: FicheContent, *, begun: frozenset[str]) -> Iterator[Finding]:
    """Yield what is found in steps 2 to 5; what is only missing is said in the steps that are `begun`."""
    yield from _origin(content)
    yield from _residents(content)
    if "path" in begun:
        yield from _path(content)
    yield from _changes(content)


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
    elif residents.count is not None and residents.count_unknown:
        values = (("count", str(residents.count)), ("label", guide.field("residents.count_unknown").label))
        yield Finding("C-11", "residents.count", "count_both", Level.REVIEW, values)
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
    implementation = content.implementation
    yield from _named("partner", implementation.partners, implementation.no_partner, rank=33)
    yield from _named("funder", implementation.funders, implementation.no_funder, rank=32)
    if not implementation.means.strip() and implementation.cost is None:
        yield advice("C-16", "implementation.means", "means_missing", rank=31)


def _named(kind: str, names: list[str], none: bool, *, rank: int) -> Iterator[Finding]:
    """C-16: partners or funders are named, or there are none: one of both, and not both."""
    path, nobody = f"implementation.{kind}s", f"implementation.no_{kind}"
    named = any(name.strip() for name in names)
    if named and none:
        values = (("label", guide.field(nobody).label),)
        yield Finding("C-16", path, f"{kind}s_both", Level.REVIEW, values)
    elif not named and not none:
        yield advice("C-16", path, f"{kind}s_missing", rank=rank)


def _dated(stages: list[Stage]) -> Iterator[Finding]:
    last: Months | None = None
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
        if at and last and at[1] < last[0]:
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
    enough = sum(read(text).length for text in written.values()) >= ENOUGH
    if enough and not (counted or _DIGIT.search(together) or has(together, "proofs")):
        yield advice("C-18", next(iter(written)), "no_proof", rank=76)
    yield from _figures(content, written)


def _figures(content: FicheContent, written: dict[str, str]) -> Iterator[Finding]:
    """C-20: the text gives another number than the figure for the same thing, and nowhere the figure's own."""
    told = {**written, "summary": content.summary, "residents.text": content.residents.text}
    figures = [(n, each) for n, each in enumerate(content.changes.figures, 1) if each.value.strip()]
    if not figures:
        return
    everything = (content.title, content.accroche, *told.values())
    said = {(each.value, each.percent) for text in everything for each in numbers(text)}
    for number, figure in figures:
        value, label = _number(figure.value), read(figure.label)
        if value is None or not label.stems or (value.value, value.percent) in said:
            continue
        for path, text in told.items():
            other = _same_thing(_QUOTED.sub(lambda quote: " " * len(quote[0]), text), label, value)
            if other:
                start, end = other
                yield advice(
                    "C-20",
                    path,
                    "figures_differ",
                    rank=74,
                    text=text,
                    spans=[other],
                    said=text[start:end],
                    figure=f"{figure.value.strip()} {figure.label.strip()}",
                    number=number,
                )


def _number(value: str) -> Number | None:
    """The number that a figure gives, when it gives one and little else: "412", "+ 1 200 €", "92 %", "Quinze"."""
    found = numbers(value)
    return found[0] if len(found) == 1 and len(value.strip()) <= _FIGURE else None


def _same_thing(told: str, label: Text, value: Number) -> Span | None:
    """Where `told` counts the first words of `label` otherwise than `value` does; None when it does not."""
    wanted, text = _heart(label.stems)[:2], read(told)
    for number in numbers(told):
        if len(wanted) == 1 and number.value < _FEW:
            continue
        first = number.after
        while first < len(text) and text.stems[first] in _SMALL:
            first += 1
        after = first + len(wanted)
        if (
            number.percent == value.percent
            and text.stems[first:after] == wanted
            and _differ(number.value, value.value)
        ):
            return number.span[0], text.spans[after - 1][1]
    return None


def _heart(stems: list[str]) -> list[str]:
    first = next((n for n, stem in enumerate(stems) if stem not in _SMALL), 0)
    return stems[first:]


def _differ(one: float, other: float) -> bool:
    """Whether two numbers look like the same count gone wrong: of the same size, or a figure left out ("41", "412")."""
    if one == other:
        return False
    shorter, longer = sorted((f"{one:.12g}", f"{other:.12g}"), key=len)
    left_out = len(shorter) > 1 and shorter in {longer[:n] + longer[n + 1 :] for n in range(len(longer))}
    return left_out or 0.5 <= one / max(other, 1) <= 2
