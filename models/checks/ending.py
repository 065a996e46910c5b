"""Steps 7 and 8: what is passed on, the contact, the summary, the last look (C-25 to C-31; C-29: see `pictures`)."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from models import guide
from models.checks import pictures
from models.checks.finding import PREVIEW, Finding, advice
from models.checks.lexicon import has
from models.checks.people import surname_in
from models.checks.similarity import copied_share
from models.checks.text import read
from models.content import FicheContent

ENOUGH = 15  # words: a shorter summary is only told that it is short
COPIED = 0.5  # share of the summary's runs of three words that stand in the constat (C-30)

_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+$")
_FUNCTION = re.compile(
    r"accueil|contact|info|centre|social|secretariat|direction|familles?|jeunesse|enfance|asso|mairie|bureau|equipe|projet"
    r"|referent|coordination|animation|csc|cs[-._]|evs|maison|espace|mjc|communication|presidence|federation|collectif|atelier",
    re.IGNORECASE,
)
_PERSONAL_HOSTS = re.compile(
    r"@(?:gmail|hotmail|outlook|live|yahoo|orange|wanadoo|free|sfr|laposte|neuf|bbox|icloud|protonmail|proton|numericable|msn)\.",
    re.IGNORECASE,
)
_NAME_DOT_NAME = re.compile(r"^[a-zà-ÿ]{1,20}[._-][a-zà-ÿ-]{2,30}@", re.IGNORECASE)


def findings(
    content: FicheContent,
    known_communes: Collection[str] | None,
    *,
    begun: frozenset[str],
    today: date | None,
    seen_on_paper: bool,
) -> Iterator[Finding]:
    """Yield what is found in steps 7 and 8; what is only missing is said in the steps that are `begun`.

    `today` None skips the comparison of the agreements of pictures with the present day.
    """
    yield from _tips(content, "tips" in begun)
    yield from _contact(content, "tips" in begun)
    yield from _summary(content, known_communes)
    yield from pictures.findings(content, today)
    if not seen_on_paper and content.summary.strip():
        yield advice("C-31", PREVIEW, "not_seen_on_paper", rank=36)


def _tips(content: FicheContent, begun: bool) -> Iterator[Finding]:
    tips = [tip for tip in content.advice if tip.strip()]
    if begun and len(tips) < 2:
        yield advice("C-25", "advice", "advice_few", rank=64, passage=str(len(tips)))
    elif len(tips) > 3:
        yield advice("C-25", "advice", "advice_many", rank=26, passage=str(len(tips)), count=len(tips))
    most = guide.field("advice.*").max_words
    for number, tip in enumerate(content.advice):
        words = guide.count_words(tip)
        if most and words > most:
            yield advice(
                "C-25", f"advice.{number}", "advice_long", rank=47, passage=tip[:60], words=words, bound=most
            )
    if begun and not any(point.title.strip() or point.text.strip() for point in content.attention_points):
        yield advice("C-26", "attention_points", "no_difficulty", rank=70)


def _contact(content: FicheContent, begun: bool) -> Iterator[Finding]:
    further = content.further
    if begun and not any(text.strip() for text in (further.contact, further.mailbox, further.phone)):
        yield advice("C-27", "further.contact", "no_contact", rank=58)
    surname = surname_in(further.contact)
    if surname:
        yield advice(
            "C-27", "further.contact", "contact_named", rank=66, text=further.contact, spans=[surname]
        )
    for path, mailbox in (("further.mailbox", further.mailbox), ("card.mailbox", content.card.mailbox)):
        address = mailbox.strip()
        if not address:
            continue
        whole = [(0, len(mailbox))]
        if not _MAILBOX.match(address):
            yield advice("C-27", path, "mailbox_wrong", rank=86, text=mailbox, spans=whole)
        elif personal(address):
            yield advice("C-27", path, "mailbox_personal", rank=77, text=mailbox, spans=whole)


def personal(address: str) -> bool:
    """Whether an address looks like a person's rather than a function's."""
    if _FUNCTION.search(address.split("@")[0]):
        return False
    return bool(_NAME_DOT_NAME.match(address) or _PERSONAL_HOSTS.search(address))


def _summary(content: FicheContent, known_communes: Collection[str] | None) -> Iterator[Finding]:
    summary = content.summary
    if read(summary).length < ENOUGH:
        return
    if not has(summary, "actors", "team"):
        yield advice("C-28", "summary", "summary_actor", rank=63)
    if not (has(summary, "places") or _names_place(summary, content, known_communes)):
        yield advice("C-28", "summary", "summary_place", rank=61)
    if copied_share(summary, content.constat.text) > COPIED:
        yield advice("C-30", "summary", "summary_copied", rank=67, passage=summary[:80])


def _names_place(summary: str, content: FicheContent, known_communes: Collection[str] | None) -> bool:
    low = summary.casefold().replace("’", "'")
    names = [content.place, content.card.coverage]
    if isinstance(known_communes, Mapping):
        commune: Any = known_communes.get(content.commune)
        names.append(getattr(commune, "name", ""))
    return any(name.strip() and name.casefold().replace("’", "'") in low for name in names)
