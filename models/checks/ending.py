"""Steps 7 and 8: what is passed on, the contact, the summary, the pictures, the last look (C-25 to C-31)."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from models.checks.finding import PREVIEW, Finding, Level, advice
from models.checks.lexicon import has
from models.checks.people import surname_in
from models.checks.similarity import copied_share
from models.checks.text import read
from models.content import FicheContent, Photo
from models.taxonomy import ImageConsent

ADVICE_WORDS = 25  # (C-25)
COVER_WIDTH = 1200  # pixels (C-29)
ALT_MIN, ALT_MAX, CAPTION_MAX = 5, 25, 20  # words
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
_FILE_NAME = re.compile(
    r"^\s*(?:IMG|DSC|DSCN|PXL|P\d{5}|WP|Screenshot|Capture)[-_ ]?\w*|\.(?:jpe?g|png|webp|heic)\s*$",
    re.IGNORECASE,
)


def findings(
    content: FicheContent,
    known_communes: Collection[str] | None,
    *,
    begun: frozenset[str],
    seen_on_paper: bool,
) -> Iterator[Finding]:
    """Yield what is found in steps 7 and 8; what is only missing is said in the steps that are `begun`."""
    yield from _tips(content, "tips" in begun)
    yield from _contact(content, "tips" in begun)
    yield from _summary(content, known_communes)
    if not content.photos:
        yield advice("C-29", "photos", "no_photo", rank=46)
    for number, photo in enumerate(content.photos):
        yield from _blocking(number, photo)
        yield from _described(number, photo, cover=photo is content.cover)
    if not seen_on_paper and content.summary.strip():
        yield advice("C-31", PREVIEW, "not_seen_on_paper", rank=36)


def _tips(content: FicheContent, begun: bool) -> Iterator[Finding]:
    tips = [tip for tip in content.advice if tip.strip()]
    if begun and len(tips) < 2:
        yield advice("C-25", "advice", "advice_few", rank=64, passage=str(len(tips)))
    elif len(tips) > 3:
        yield advice("C-25", "advice", "advice_many", rank=26, passage=str(len(tips)), count=len(tips))
    for number, tip in enumerate(content.advice):
        words = read(tip).length
        if words > ADVICE_WORDS:
            yield advice("C-25", f"advice.{number}", "advice_long", rank=47, passage=tip[:60], words=words)
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
    if read(summary).length < 15:
        return
    if not has(summary, "actors"):
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


def _blocking(number: int, photo: Photo) -> Iterator[Finding]:
    if not photo.alt.strip():
        yield Finding("C-29", f"photos.{number}.alt", "photo_alt", Level.BLOCKING)
    if not photo.credit.strip():
        yield Finding("C-29", f"photos.{number}.credit", "photo_credit", Level.BLOCKING)
    if photo.licence is None:
        yield Finding("C-29", f"photos.{number}.licence", "photo_licence", Level.BLOCKING)
    if photo.consent is None:
        yield Finding("C-29", f"photos.{number}.consent", "photo_consent", Level.BLOCKING)
    elif photo.consent in (ImageConsent.ADULTS, ImageConsent.MINORS):
        details = (photo.consent_date, photo.consent_until, photo.consent_uses, photo.consent_kept_at)
        if not all(detail.strip() for detail in details):
            yield Finding("C-29", f"photos.{number}.consent_date", "photo_consent_details", Level.BLOCKING)


def _described(number: int, photo: Photo, *, cover: bool) -> Iterator[Finding]:
    alt, caption = f"photos.{number}.alt", f"photos.{number}.caption"
    words = read(photo.alt).length
    if _FILE_NAME.search(photo.alt):
        yield advice("C-29", alt, "alt_file_name", rank=83, text=photo.alt, spans=[(0, len(photo.alt))])
    elif 0 < words < ALT_MIN:
        yield advice("C-29", alt, "alt_short", rank=49, passage=photo.alt)
    elif words > ALT_MAX:
        yield advice("C-29", alt, "alt_long", rank=34, passage=photo.alt, words=words)
    if read(photo.caption).length > CAPTION_MAX:
        yield advice("C-29", caption, "caption_long", rank=34, passage=photo.caption)
    if cover and photo.width < COVER_WIDTH:
        yield advice("C-29", alt, "cover_small", rank=55, passage=photo.media, width=photo.width)
