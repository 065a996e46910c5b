"""What the authors do with the advice on their draft: they set it aside together, and may take it back."""

import re
from dataclasses import dataclass

from app import permissions
from app.live import publish
from app.permissions import Actor
from app.services import journal
from models.database import reading, transaction
from models.errors import Invalid, NotFound
from models.fiche import Fiche, Revision

MAX_ASIDE = 400  # pieces of advice set aside in one revision
_KEY = re.compile(r"[CL]-\d{1,2}\|[\w.*]{1,80}\|[0-9a-f]{12}")


@dataclass(frozen=True)
class Standing:
    """What a revision remembers beside its content: advice set aside, whether its sheets were looked at."""

    ignored: frozenset[str]
    seen_on_paper: bool


async def standing(*, actor: Actor, revision_id: int) -> Standing:
    """Return what the revision remembers; NotFound, or NotAllowed if the actor may not read it."""
    async with reading() as session:
        revision = await session.get(Revision, revision_id)
        if revision is None or revision.deleted_at is not None:
            raise NotFound
        fiche = await session.get_one(Fiche, revision.fiche_id)
        permissions.require(permissions.can_read(actor, fiche, revision), "read")
        return _standing(revision)


async def set_aside(*, actor: Actor, revision_id: int, key: str) -> Standing:
    """Stop showing a piece of advice (`Finding.ignore_key`) to all who write the draft; Invalid if it is no such key."""
    if not _KEY.fullmatch(key):
        raise Invalid("advice")
    return await _change(actor, revision_id, "advice_set_aside", add=key)


async def take_back(*, actor: Actor, revision_id: int, key: str) -> Standing:
    """Show a piece of advice again."""
    return await _change(actor, revision_id, "advice_taken_back", remove=key)


async def _change(
    actor: Actor, revision_id: int, action: str, *, add: str = "", remove: str = ""
) -> Standing:
    async with transaction() as session:
        revision = await session.get(Revision, revision_id, with_for_update=True)
        if revision is None:
            raise NotFound
        fiche = await session.get_one(Fiche, revision.fiche_id)
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.can_write(actor, fiche, revision), "write")
        kept = [known for known in revision.ignored if known not in (add, remove)]
        # The oldest make room: their passages have most likely changed since.
        kept = [*kept, add][-MAX_ASIDE:] if add else kept
        if kept != revision.ignored:
            revision.ignored = kept  # a new list: a JSON column notices no change inside the old one
            session.add(revision)
            journal.note(session, action, account_id=actor.id, fiche_id=fiche.id, advice=add or remove)
        after = _standing(revision)
    publish(f"advice:{revision_id}", {"ignored": sorted(after.ignored)})
    return after


def _standing(revision: Revision) -> Standing:
    return Standing(frozenset(revision.ignored), revision.seen_on_paper)
