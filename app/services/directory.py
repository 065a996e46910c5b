"""The reference of federations: written from the committed file, corrected by administrators."""

from sqlmodel import select

from app.services.publication import slugify
from models import geography
from models.database import transaction
from models.people import Federation, FederationDepartement


async def ensure_federations() -> int:
    """Add the federations of the reference file that the database does not know yet; return how many were added."""
    async with transaction() as session:
        known = set((await session.exec(select(Federation.id))).all())
        added = [row for row in geography.federation_rows() if row.id not in known]
        for row in added:
            session.add(
                Federation(
                    id=row.id,
                    name=row.name,
                    slug=slugify(row.name),
                    kind=row.kind,
                    region=row.region,
                    certainty=row.certainty,
                    source=row.source,
                    to_confirm=row.to_confirm,
                )
            )
        await session.flush()
        for row in added:
            for code, certain in row.departements:
                # A union spans several federations: only the federation itself counts as certain for attachment.
                attaches = certain and row.kind in ("federation", "a_confirmer")
                session.add(
                    FederationDepartement(federation_id=row.id, departement_code=code, certain=attaches)
                )
    return len(added)
