"""The mails between a centre and the committee: a fiche is proposed, and what was decided about it."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.services import mail, publication
from models import guide
from models.fiche import Fiche, Revision
from models.people import Account, Membership, Role
from models.review import ANSWER_DAYS, Remark, ReviewRound
from models.taxonomy import Ballot


async def announce(session: AsyncSession, revision: Revision, *, author: str) -> None:
    """Queue the mails of a proposal: to the committee, that has a fiche to read, and to who proposed it."""
    title, centre = revision.content.title, revision.content.card.name
    readers = await session.exec(
        select(Account.email).where(Account.role == Role.COMMITTEE, col(Account.active))
    )
    for address in readers.all():
        mail.queue(
            session,
            to=address,
            subject=f"À lire : {title}",
            text=f"Bonjour,\n\n{centre} propose une fiche : « {title} ».\n"
            f"Une réponse est attendue sous {ANSWER_DAYS} jours. Elle vous attend dans l’espace du comité.\n\n"
            "C’est possible !",
        )
    mail.queue(
        session,
        to=author,
        subject=f"Bien reçue : {title}",
        text=f"Bonjour,\n\nVotre fiche « {title} » est entre les mains du comité éditorial. Deux personnes la lisent et "
        f"vous aurez une réponse sous {ANSWER_DAYS} jours. Vous n’avez rien à faire.\n\nC’est possible !",
    )


async def tell_centre(
    session: AsyncSession,
    outcome: Ballot,
    message: str,
    fiche: Fiche,
    revision: Revision,
    round_: ReviewRound,
) -> None:
    """Queue the answer to the people of the centre, with the remarks, each under the title of its step."""
    rows = await session.exec(
        select(Account.email)
        .join(Membership, col(Membership.account_id) == col(Account.id))
        .where(
            Membership.centre_id == fiche.centre_id,
            col(Membership.accepted_at).is_not(None),
            col(Account.active),
        )
    )
    remarks = await session.exec(
        select(Remark)
        .where(Remark.round_id == round_.id, col(Remark.withdrawn_at).is_(None))
        .order_by(col(Remark.id))
    )
    told = [f"– {guide.step(remark.step).title} : {remark.text}" for remark in remarks.all()]
    subject, text = answer(
        outcome, revision.content.title, message, told, f"/fiches/{fiche.slug}", f"/ecrire/{revision.id}"
    )
    for address in dict.fromkeys(rows.all()):
        mail.queue(session, to=address, subject=subject, text=text)


def answer(
    outcome: Ballot, title: str, message: str, remarks: list[str], public_path: str, draft_path: str
) -> tuple[str, str]:
    """Return the subject and the text of the mail that tells a centre what was decided."""
    address = publication.address()
    opening = {
        Ballot.PUBLISH: f"Votre fiche « {title} » est publiée. Merci de l’avoir partagée !\n\nElle est ici : {address}{public_path}",
        Ballot.CLARIFY: f"Le comité a lu votre fiche « {title} » avec intérêt. Encore quelques précisions, et elle pourra paraître.",
        Ballot.REDIRECT: f"Le comité a lu votre fiche « {title} ». Elle trouverait mieux sa place ailleurs.",
        Ballot.DECLINE: f"Le comité a lu votre fiche « {title} » et ne la publiera pas.",
    }[outcome]
    subject = {
        Ballot.PUBLISH: f"Publiée : {title}",
        Ballot.CLARIFY: f"Quelques précisions : {title}",
        Ballot.REDIRECT: f"À propos de votre fiche : {title}",
        Ballot.DECLINE: f"À propos de votre fiche : {title}",
    }[outcome]
    parts = ["Bonjour,", opening, message, "\n".join(remarks)]
    if outcome is Ballot.CLARIFY:
        parts.append(f"Pour la reprendre : {address}{draft_path}")
    parts.append("Le comité éditorial de C’est possible !")
    return subject, "\n\n".join(part for part in parts if part)
