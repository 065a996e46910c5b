"""What a fiche still lacks: blocking points keep it from being proposed, points to review are only said."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from models import guide
from models.content import FicheContent, Photo
from models.taxonomy import ImageConsent


@dataclass(frozen=True)
class Finding:
    """Something missing or doubtful, at a field."""

    path: str  # in FicheContent, e.g. "photos.0.alt"
    key: str  # of the message in the guide
    blocking: bool

    @property
    def message(self) -> str:
        """The French sentence."""
        return guide.message(self.key)

    @property
    def label(self) -> str:
        """The exact label of the field."""
        return guide.field(self.path).label

    @property
    def step(self) -> guide.Step:
        """The step in which to mend it."""
        return guide.step_of(self.path)


def findings(content: FicheContent, known_communes: Collection[str] | None = None) -> list[Finding]:
    """Return what is missing, blocking points first, each group in the order of the steps.

    `known_communes` are the INSEE codes of the official list (check C-03); None skips that check.
    """
    found = [*_identity(content, known_communes), *_story(content), *_lengths(content)]
    for number, quote in enumerate(content.voices.quotes):
        if quote.text.strip() and not quote.agreement:
            found.append(Finding(f"voices.quotes.{number}.agreement", "quote_agreement", True))
    for number, photo in enumerate(content.photos):
        found += _photo(number, photo)
    return sorted(found, key=lambda finding: (not finding.blocking, finding.step.number))


def _identity(content: FicheContent, known_communes: Collection[str] | None) -> Iterator[Finding]:
    title = content.title.strip()
    if not title:
        yield Finding("title", "title_missing", True)
    elif re.match(r"sans titre\b", title, re.IGNORECASE):
        yield Finding("title", "title_void", True)
    elif title.isupper() and len(title) > 8:
        yield Finding("title", "title_capitals", False)
    elif len(title) < 20:
        yield Finding("title", "title_short", False)
    elif len(title) > 80:
        yield Finding("title", "title_long", False)
    if not content.card.name.strip():
        yield Finding("card.name", "author_missing", True)
    if not content.commune:
        yield Finding("commune", "commune_missing", True)
    elif known_communes is not None and content.commune not in known_communes:
        yield Finding("commune", "commune_unknown", True)
    if not content.themes:
        yield Finding("themes", "themes_missing", True)
    if not content.publics:
        yield Finding("publics", "publics_missing", True)
    # "2024" and "2024-03" compare on what both say.
    size = min(len(content.start), len(content.end))
    if size and content.end[:size] < content.start[:size]:
        yield Finding("end", "dates_reversed", True)


def _story(content: FicheContent) -> Iterator[Finding]:
    if not content.constat.text.strip() and not content.response.text.strip():
        yield Finding("constat.text", "story_missing", True)
    changes = content.changes
    if not any(text.strip() for text in (changes.people, changes.centre, changes.territory)):
        yield Finding("changes.people", "no_effect", False)
    if content.residents.count is None:
        yield Finding("residents.count", "no_resident", False)
    if not content.photos:
        yield Finding("photos", "no_photo", False)


def _lengths(content: FicheContent) -> Iterator[Finding]:
    """Lengths out of the guide's bounds by more than half (guide 4.4)."""
    texts = {
        "constat.text": content.constat.text,
        "residents.text": content.residents.text,
        "changes.people": content.changes.people,
        "changes.centre": content.changes.centre,
        "changes.territory": content.changes.territory,
        "summary": content.summary,
    }
    for path, text in texts.items():
        if not text.strip():
            continue
        bounds, words = guide.field(path), guide.count_words(text)
        if bounds.min_words and words < bounds.min_words * 0.5:
            yield Finding(path, "too_short", False)
        elif bounds.max_words and words > bounds.max_words * 1.5:
            yield Finding(path, "too_long", False)


def _photo(number: int, photo: Photo) -> Iterator[Finding]:
    if not photo.alt.strip():
        yield Finding(f"photos.{number}.alt", "photo_alt", True)
    if not photo.credit.strip():
        yield Finding(f"photos.{number}.credit", "photo_credit", True)
    if photo.licence is None:
        yield Finding(f"photos.{number}.licence", "photo_licence", True)
    if photo.consent is None:
        yield Finding(f"photos.{number}.consent", "photo_consent", True)
    elif photo.consent in (ImageConsent.ADULTS, ImageConsent.MINORS):
        details = (photo.consent_date, photo.consent_until, photo.consent_uses, photo.consent_kept_at)
        if not all(detail.strip() for detail in details):
            yield Finding(f"photos.{number}.consent_date", "photo_consent_details", True)
