"""The pictures of step 8: described, credited, and shown with an agreement that holds (C-29; requirements I1, I2, I4, I7)."""

import re
from collections.abc import Iterator
from datetime import date

from models import guide
from models.checks.dates import in_words
from models.checks.finding import Finding, Level, advice
from models.content import FicheContent, Photo
from models.taxonomy import ImageConsent

COVER_WIDTH = 1200  # pixels

_FILE_NAME = re.compile(
    r"^\s*(?:IMG|DSC|DSCN|PXL|P\d{5}|WP|Screenshot|Capture)[-_ ]?\w*|\.(?:jpe?g|png|webp|heic)\s*$",
    re.IGNORECASE,
)
_DETAILS = ("consent_date", "consent_until", "consent_uses", "consent_kept_at")  # of an agreement (I2)


def findings(content: FicheContent, today: date | None) -> Iterator[Finding]:
    """Yield what is found about the pictures; `today` None skips the comparison of agreements with the present day."""
    if not content.photos:
        yield advice("C-29", "photos", "no_photo", rank=46)
    for number, photo in enumerate(content.photos):
        yield from _blocking(number, photo)
        if photo.consent in (ImageConsent.ADULTS, ImageConsent.MINORS):
            yield from _agreement(number, photo, today)
        yield from _described(number, photo, cover=photo is content.cover)


def _blocking(number: int, photo: Photo) -> Iterator[Finding]:
    if not photo.alt.strip():
        yield Finding("C-29", f"photos.{number}.alt", "photo_alt", Level.BLOCKING)
    if not photo.credit.strip():
        yield Finding("C-29", f"photos.{number}.credit", "photo_credit", Level.BLOCKING)
    if photo.licence is None:
        yield Finding("C-29", f"photos.{number}.licence", "photo_licence", Level.BLOCKING)
    if photo.consent is None:
        yield Finding("C-29", f"photos.{number}.consent", "photo_consent", Level.BLOCKING)


def _agreement(number: int, photo: Photo, today: date | None) -> Iterator[Finding]:
    """What is not said of a written agreement, by name; then whether its dates hold."""
    missing = [name for name in _DETAILS if not getattr(photo, name).strip()]
    if missing:
        labels = [f"« {guide.field(f'photos.*.{name}').label} »" for name in missing]
        listed = " et ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))
        yield _blocked(number, missing[0], "photo_consent_details", missing=listed)
    given, until = _day(photo.consent_date), _day(photo.consent_until)
    if given and until and until < given:
        yield _blocked(number, "consent_until", "photo_consent_reversed")
    elif until and today and until < today:
        yield _blocked(number, "consent_until", "photo_consent_over", day=in_words(until))
    if given and today and given > today:
        yield advice(
            "C-29",
            f"photos.{number}.consent_date",
            "photo_consent_later",
            rank=50,
            level=Level.REVIEW,
            day=in_words(given),
        )


def _blocked(number: int, name: str, key: str, **values: str) -> Finding:
    return Finding("C-29", f"photos.{number}.{name}", key, Level.BLOCKING, tuple(values.items()))


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None  # not said, or a day that no calendar holds


def _described(number: int, photo: Photo, *, cover: bool) -> Iterator[Finding]:
    alt, caption = f"photos.{number}.alt", f"photos.{number}.caption"
    words, bounds, most = guide.count_words(photo.alt), guide.field(alt), guide.field(caption).max_words
    if _FILE_NAME.search(photo.alt):
        yield advice("C-29", alt, "alt_file_name", rank=83, text=photo.alt, spans=[(0, len(photo.alt))])
    elif words and bounds.min_words and words < bounds.min_words:
        yield advice("C-29", alt, "alt_short", rank=49, passage=photo.alt)
    elif bounds.max_words and words > bounds.max_words:
        yield advice("C-29", alt, "alt_long", rank=34, passage=photo.alt, words=words, bound=bounds.max_words)
    if most and guide.count_words(photo.caption) > most:
        yield advice("C-29", caption, "caption_long", rank=34, passage=photo.caption, bound=most)
    if cover and photo.width < COVER_WIDTH:
        width = f"{COVER_WIDTH:,}".replace(",", "\u202f")
        yield advice("C-29", alt, "cover_small", rank=55, passage=photo.media, width=photo.width, bound=width)
