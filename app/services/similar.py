"""Near-duplicates: the other fiches of a structure, by their titles and years (check C-02)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, func, select

from app import permissions
from app.permissions import Actor
from models.checks import Finding
from models.checks.finding import advice
from models.checks.similarity import CLOSE, title_likeness
from models.database import reading
from models.fiche import Fiche, Revision
from models.people import Centre
from models.taxonomy import State

MAX_FICHES = 300  # of a structure, the newest ones


@dataclass(frozen=True)
class Named:
    """Another fiche of the structure."""

    fiche_id: int
    title: str
    year: str  # "2024", "" when not said
    address: str  # where the actor may look at it


async def others(*, actor: Actor, centre_id: int, revision_id: int | None) -> list[Named]:
    """Return the fiches of a structure but the one of `revision_id`: all for its people, published ones for anybody else."""
    async with reading() as session:
        centre = await session.get(Centre, centre_id)
        mine = centre is not None and permissions.can_write_for(actor, centre)
        own = await session.get(Revision, revision_id) if revision_id else None
        newest = (
            select(func.max(Revision.id))
            .where(col(Revision.deleted_at).is_(None))
            .group_by(col(Revision.fiche_id))
        )
        wanted = (
            col(Revision.id).in_(newest) if mine else col(Revision.id) == col(Fiche.published_revision_id)
        )
        rows = await session.exec(
            select(Revision, Fiche)
            .join(Fiche, col(Fiche.id) == col(Revision.fiche_id))
            .where(wanted, Fiche.centre_id == centre_id, Revision.state != State.DECLINED)
            .order_by(col(Revision.id).desc())
            .limit(MAX_FICHES)
        )
        return [
            Named(
                revision.fiche_id,
                revision.content.title,
                revision.content.start[:4],
                f"/fiches/{fiche.slug}"
                if fiche.published_revision_id and fiche.slug
                else f"/ecrire/{revision.id}",
            )
            for revision, fiche in rows.all()
            if own is None or fiche.id != own.fiche_id
        ]


def near_duplicate(title: str, start: str, known: Sequence[Named]) -> Finding | None:
    """Return the warning about the closest of `known`: same structure, title close, same year or none said.

    `start` is a month or a year, "2024-03" or "2024". None when nothing is close.
    """
    year = start[:4]
    close = [
        (title_likeness(title, other.title), other)
        for other in known
        if not (year and other.year and year != other.year)
    ]
    likeness, nearest = max(close, key=lambda pair: pair[0], default=(0.0, None))
    if nearest is None or likeness < CLOSE:
        return None
    return advice(
        "C-02",
        "title",
        "title_similar",
        rank=96,
        passage=f"{nearest.fiche_id}",
        link=nearest.address,
        title=nearest.title.strip(),
    )
