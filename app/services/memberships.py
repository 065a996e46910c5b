"""The end of somebody's writing for a structure: what was written stays with the structure, the rights go at once."""

from sqlmodel import col, select

from app import live, permissions
from app.permissions import Actor
from app.services import journal, mail
from models.database import reading, transaction
from models.errors import NotFound
from models.fiche import WRITABLE, Fiche, Revision
from models.people import Account, Centre, Membership
from models.taxonomy import State

OPEN = (*WRITABLE, State.PROPOSED)


async def end(*, actor: Actor, account_id: int, centre_id: int) -> None:
    """End a membership, or a request for one that waits: the person may, and administrators.

    The open pages of the structure's drafts are told: those of the person are locked. NotFound if there is no such
    membership, NotAllowed.
    """
    async with transaction() as session:
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.can_end_membership(actor, account_id), "end membership")
        rows = await session.exec(
            select(Membership)
            .where(Membership.account_id == account_id, Membership.centre_id == centre_id)
            .with_for_update()
        )
        membership = rows.first()
        if membership is None:
            raise NotFound
        await session.delete(membership)
        journal.note(session, "membership_ended", account_id=actor.id, account=account_id, centre=centre_id)
        if account_id != actor.id:
            person = await session.get_one(Account, account_id)
            centre = await session.get_one(Centre, centre_id)
            mail.queue(
                session,
                to=person.email,
                subject=f"Vous n’écrivez plus pour {centre.name}",
                text=f"Bonjour,\n\nL’équipe de la fédération a mis fin à votre accès aux fiches de {centre.name}. Ce que vous avez "
                "écrit y reste.\n\nC’est une erreur ? Répondez-nous, ou demandez de nouveau cette structure depuis votre "
                "espace.\n\nMerci pour tout ce que vous avez raconté !\n\nC’est possible !",
            )
    mail.wake()
    await _tell(centre_id)


async def _tell(centre_id: int) -> None:
    """Let the open pages of a structure's drafts look again at who may write."""
    async with reading() as session:
        rows = await session.exec(
            select(Revision.id)
            .join(Fiche, col(Fiche.id) == col(Revision.fiche_id))
            .where(
                Fiche.centre_id == centre_id,
                col(Revision.deleted_at).is_(None),
                col(Revision.state).in_(OPEN),
            )
        )
        revisions = rows.all()
    for revision_id in revisions:
        live.publish(f"revision:{revision_id}", {"company": True})
