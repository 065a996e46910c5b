"""The writing checks of the guide (4.2: C-01 to C-31, 4.4: L-1 to L-9) on a whole fiche.

One list for everybody: the editor's advice, the proposal's list and what forbids proposing all come from `findings`.
C-02 (a near-duplicate) needs the database: see `app.services.similar`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from models import guide
from models.checks import ending, identity, language, lengths, people, story
from models.checks.finding import PREVIEW, Finding, Level, Span
from models.checks.people import SensitiveWord, sensitive_words
from models.content import FicheContent

__all__ = [
    "ADVICE_A_STEP",
    "PREVIEW",
    "Finding",
    "Level",
    "SensitiveWord",
    "Span",
    "before_proposing",
    "begun_steps",
    "ease",
    "findings",
    "for_step",
    "in_the_way",
    "passages",
    "sensitive_words",
]

# Where an answer may be hollow (C-19).
_ANSWERS = frozenset(
    (
        "constat.text",
        "response.text",
        "residents.text",
        "stages.*.text",
        "implementation.text",
        "changes.people",
        "changes.centre",
        "changes.territory",
        "summary",
    )
)
# Advice that must have been seen before the committee does: a child is named, the same action is told elsewhere.
_WARNINGS = frozenset(("minor_named", "title_similar"))
ALIKE = 2  # pieces of advice that say the same, shown at once
ADVICE_A_STEP = 5  # pieces of advice shown, the most useful ones (guide 4.4)


def findings(
    content: FicheContent,
    known_communes: Collection[str] | None = None,
    *,
    today: date | None = None,
    seen_on_paper: bool = True,
) -> list[Finding]:
    """Return all that is found, blocking points first, then to review, then advice, each in the order of the steps.

    `known_communes` holds the INSEE codes of the official list (C-03; with their names it also serves C-28); None
    skips C-03. `today` None skips the comparisons with the present day: of the action's status (C-04), of the agreements
    for pictures (C-29).
    """
    begun = begun_steps(content)
    found = [
        *identity.findings(content, known_communes, today),
        *story.findings(content, begun=begun),
        *people.findings(content, begun=begun),
        *ending.findings(content, known_communes, begun=begun, today=today, seen_on_paper=seen_on_paper),
        *lengths.findings(content),
        *_language(content),
    ]
    return sorted(found, key=lambda finding: (finding.level, finding.step.number, -finding.rank))


def in_the_way(found: Iterable[Finding]) -> list[Finding]:
    """Return what is more than advice: blocking points and points to review."""
    return [finding for finding in found if finding.level is not Level.ADVICE]


def before_proposing(found: Iterable[Finding], ignored: Collection[str] = ()) -> list[Finding]:
    """Return what the last look shows: what is in the way, then the warnings that nobody set aside (a child named, a twin)."""
    found = list(found)
    warnings = [each for each in found if each.key in _WARNINGS and each.ignore_key not in ignored]
    return [*in_the_way(found), *warnings]


def for_step(
    found: Iterable[Finding], step: guide.Step, ignored: Collection[str] = ()
) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """Return what to show of a step: points in the way, advice (at most five, most useful first), advice set aside."""
    mine = [finding for finding in found if finding.step == step]
    tips = sorted(
        (finding for finding in mine if finding.level is Level.ADVICE), key=lambda finding: -finding.rank
    )
    kept = [finding for finding in tips if finding.ignore_key not in ignored]
    aside = [finding for finding in tips if finding.ignore_key in ignored]
    return in_the_way(mine), _varied(kept)[:ADVICE_A_STEP], aside


def _varied(tips: list[Finding]) -> list[Finding]:
    """Leave out advice that already stands twice above it: it comes back when those are mended."""
    times: Counter[str] = Counter()
    varied = []
    for finding in tips:
        times[finding.key] += 1
        if times[finding.key] <= ALIKE:
            varied.append(finding)
    return varied


def begun_steps(content: FicheContent) -> frozenset[str]:
    """Return the keys of the steps in which something is written (the card and the commune, prefilled, do not count)."""
    blank = FicheContent(card=content.card, commune=content.commune)
    names = {name for name in FicheContent.model_fields if getattr(content, name) != getattr(blank, name)}
    return frozenset(
        step.key for step in guide.steps() if names & {path.split(".")[0] for path in step.fields}
    )


def ease(content: FicheContent, step: guide.Step) -> str:
    """Return the key of the words that say how a step reads (L-8), "" when there is too little text."""
    return language.ease([(path, text) for path, text in passages(content) if guide.step_of(path) == step])


def _language(content: FicheContent) -> Iterator[Finding]:
    told = list(passages(content))
    by_step: dict[str, list[language.Passage]] = {}
    for path, text in told:
        yield from language.of_text(path, text)
        yield from people.child_in(path, text)
        if guide.pattern(path) in _ANSWERS:
            yield from language.hollow(path, text)
        by_step.setdefault(guide.step_of(path).key, []).append((path, text))
    for texts in by_step.values():
        yield from language.of_step(texts)
    yield from language.acronyms([("title", content.title), *told])


def passages(content: FicheContent) -> Iterator[language.Passage]:
    """Yield the texts that the authors wrote as prose, in the order of the fiche; the quotes are said, not written."""
    everything = (
        ("accroche", content.accroche),
        ("constat.text", content.constat.text),
        *((f"needs.{n}", text) for n, text in enumerate(content.needs)),
        ("response.text", content.response.text),
        ("residents.text", content.residents.text),
        *((f"stages.{n}.text", stage.text) for n, stage in enumerate(content.stages)),
        ("implementation.text", content.implementation.text),
        ("implementation.means", content.implementation.means),
        ("implementation.steering", content.implementation.steering),
        ("changes.people", content.changes.people),
        ("changes.centre", content.changes.centre),
        ("changes.territory", content.changes.territory),
        *((f"advice.{n}", text) for n, text in enumerate(content.advice)),
        *((f"attention_points.{n}.text", point.text) for n, point in enumerate(content.attention_points)),
        *((f"success_factors.{n}", text) for n, text in enumerate(content.success_factors)),
        ("summary", content.summary),
    )
    return ((path, text) for path, text in everything if text.strip())
