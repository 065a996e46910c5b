"""What the public sees: frozen at publication, indexed for the gallery."""

import asyncio
import re
import unicodedata
from contextlib import suppress
from datetime import date
from pathlib import Path

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import permissions
from app.live import publish as tell
from app.permissions import Actor
from app.services import journal, storehouse
from app.services.search import normalise
from layouts import renderer
from layouts.pictures import stem_of
from models import geography
from models.columns import now
from models.content import FicheContent, Photo
from models.database import transaction
from models.errors import NotFound
from models.fiche import Fiche, GalleryEntry, GalleryTerm, Revision
from models.people import Centre
from models.taxonomy import State

_address = ""
_version = 0
_changed: asyncio.Event | None = None  # of whoever waits for a change, in its own event loop


def configure(*, pieces: Path, address: str) -> None:
    """Say where pieces are kept, and the public address of the site."""
    global _address
    _address = address
    storehouse.configure(pieces)


def address() -> str:
    """Return the public address of the site, without a final slash."""
    return _address


def public_version() -> int:
    """Return a number that grows each time the public pages may have changed."""
    return _version


def bump() -> None:
    """Let every cached public page be made again, in every process."""
    renew_pages()
    tell("public")


def renew_pages() -> None:
    """Let the public pages that this process has cached be made again: another one may have changed them."""
    global _version
    _version += 1
    if _changed is not None:
        _changed.set()


def slugify(text: str, limit: int = 80) -> str:
    """Return `text` as an address: lower case, without accents, words joined by hyphens, `limit` characters at most."""
    ligatures = text.lower().replace("œ", "oe").replace("æ", "ae")
    bare = (c for c in unicodedata.normalize("NFKD", ligatures) if not unicodedata.combining(c))
    words = re.sub(r"[^a-z0-9]+", "-", "".join(bare)).strip("-")
    return words[:limit].rsplit("-", 1)[0] if len(words) > limit else words or "fiche"


async def free_slug(session: AsyncSession, model: type[Fiche] | type[Centre], text: str) -> str:
    """Return the slug of `text`, with a number if another row of `model` has it already."""
    base = slugify(text)
    rows = await session.exec(select(model.slug).where(col(model.slug).like(f"{base}%")))
    taken = set(rows.all())
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


async def freeze(session: AsyncSession, fiche: Fiche, revision: Revision) -> None:
    """Publish a proposed revision inside the decision's transaction; the revision shown before is archived."""
    moment = now()
    revision.move(State.PUBLISHED)
    revision.published_at = moment
    if fiche.published_revision_id is not None:
        before = await session.get_one(Revision, fiche.published_revision_id)
        before.move(State.ARCHIVED)
        before.closed_at = moment
        session.add(before)
    fiche.published_revision_id = revision.id
    fiche.first_published_at = fiche.first_published_at or moment
    fiche.slug = fiche.slug or await free_slug(session, Fiche, revision.content.title)
    centre = await session.get_one(Centre, fiche.centre_id)
    centre.card = revision.content.card.model_copy(
        deep=True
    )  # the freshest card that has been read and accepted
    session.add_all([fiche, revision, centre])
    await session.flush()
    await index(session, fiche, revision, centre)


async def index(session: AsyncSession, fiche: Fiche, revision: Revision, centre: Centre) -> None:
    """Write what the gallery reads of a published fiche."""
    await _unindex(session, fiche)
    content = revision.content
    commune = geography.communes().get(content.commune)
    cover = content.cover
    entry = GalleryEntry(
        fiche_id=fiche.id or 0,
        revision_id=revision.id or 0,
        slug=fiche.slug or "",
        title=content.title.strip(),
        accroche=content.accroche.strip() or _first_sentence(content),
        centre_id=fiche.centre_id,
        centre_name=centre.name,
        centre_slug=centre.slug,
        commune=commune.name if commune else "",
        commune_code=content.commune,
        departement_code=commune.departement_code if commune else "",
        federation_id=centre.federation_id,
        palette=revision.palette,
        cover_key=stem_of(cover),
        cover_alt=cover.alt if cover else "",
        cover_focus=focus(cover),
        published_at=fiche.first_published_at or now(),
        updated_at=revision.published_at or now(),
        search_text=_search_text(content, centre, commune),
    )
    session.add(entry)
    await session.flush()
    terms = [("theme", term) for term in content.themes] + [("public", term) for term in content.publics]
    session.add_all(
        GalleryTerm(fiche_id=entry.fiche_id, kind=kind, term=term) for kind, term in dict.fromkeys(terms)
    )


def focus(cover: Photo | None) -> str:
    """Return the CSS object-position that keeps what matters of a picture in view."""
    return f"{cover.focus_x * 100:.0f}% {cover.focus_y * 100:.0f}%" if cover else "50% 50%"


async def archive(*, actor: Actor, fiche_id: int) -> None:
    """Withdraw a fiche from the public; NotAllowed, NotFound."""
    async with transaction() as session:
        fiche = await session.get(Fiche, fiche_id, with_for_update=True)
        if fiche is None or fiche.published_revision_id is None:
            raise NotFound
        permissions.require(permissions.can_own(await permissions.renew(session, actor), fiche), "archive")
        revision = await session.get_one(Revision, fiche.published_revision_id)
        withdraw(fiche, revision)
        session.add_all([fiche, revision])
        await _unindex(session, fiche)
        journal.note(session, "archived", account_id=actor.id, fiche_id=fiche_id)
    bump()


def withdraw(fiche: Fiche, revision: Revision) -> None:
    """Move the published revision to the archive and leave the fiche without a public face."""
    revision.move(State.ARCHIVED)
    revision.closed_at = now()
    fiche.published_revision_id = None


async def _unindex(session: AsyncSession, fiche: Fiche) -> None:
    await session.exec(delete(GalleryTerm).where(col(GalleryTerm.fiche_id) == fiche.id))
    await session.exec(delete(GalleryEntry).where(col(GalleryEntry.fiche_id) == fiche.id))


def _first_sentence(content: FicheContent) -> str:
    for text in (content.summary, content.response.text, content.constat.text):
        if text.strip():
            sentence = re.split(r"(?<=[.!?…])\s", text.strip(), maxsplit=1)[0]
            return sentence.replace("**", "")[:300]
    return ""


def _search_text(content: FicheContent, centre: Centre, commune: geography.Commune | None) -> str:
    place = ""
    if commune:
        departement = geography.departements()[commune.departement_code]
        place = f"{commune.name} {departement.name} {departement.region}"
    return normalise(f"{renderer.plain_text(content)} {centre.name} {place}")


# --- what surrounds the content of a public fiche ---------------------------------------------------------------------


def public_setting(revision: Revision, slug: str) -> renderer.Setting:
    """Return what surrounds the content of a published revision when it is laid out."""
    updated: date | None = revision.published_at.date() if revision.published_at else None
    return renderer.Setting(
        gabarit=revision.gabarit,
        palette=revision.palette,
        public_url=f"{_address}/fiches/{slug}",
        updated=updated,
    )


async def changed_since(version: int, seconds: float | None = None) -> None:
    """Wait until the public version is no longer `version`, `seconds` at most."""
    global _changed
    _changed = changed = asyncio.Event()
    if _version == version:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await changed.wait()
