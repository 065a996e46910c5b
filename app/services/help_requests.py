"""Individual help: a centre asks, a relay of its federation writes with it for a time, the centre validates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import permissions
from app.permissions import Actor
from app.services import accounts, company, journal, mail, publication
from models.columns import now
from models.company import Coauthor, HelpRequest, Part, Relay
from models.content import clean
from models.database import reading, retried, transaction
from models.errors import Invalid, NotFound
from models.fiche import Fiche, Revision
from models.people import Account, Centre, Federation, Role

MESSAGE = 2000  # characters
PAGE = "/aide-individuelle"


@dataclass(frozen=True)
class HelpLine:
    """A request as relays see it; `revision_id` is None for those who may not open the draft."""

    id: int
    title: str
    centre_name: str
    federation: str
    asked_by: str
    asked_at: datetime
    message: str
    taken_by: str
    taken_at: datetime | None
    closed_at: datetime | None
    mine: bool
    revision_id: int | None


@dataclass(frozen=True)
class OwnHelp:
    """The open request of a draft as its authors see it."""

    id: int
    asked_at: datetime
    taken_by: str  # "" while it waits


@dataclass(frozen=True)
class RelayLine:
    """A person named by a federation."""

    federation_id: str
    federation: str
    account_id: int
    name: str
    email: str


def asked(message: str, phone: str) -> str:
    """Return what relays will read; Invalid("long") beyond `MESSAGE` characters, Invalid("phone") if it is no number."""
    message, phone = clean(message).strip(), " ".join(clean(phone).split())
    if len(message) > MESSAGE:
        raise Invalid("long", "message")
    if phone and (len(phone) > 30 or sum(c.isdigit() for c in phone) < 6):
        raise Invalid("phone", "phone")
    return "\n\n".join(part for part in (message, phone and f"Téléphone : {phone}") if part)


async def ask(*, actor: Actor, revision_id: int, message: str = "", phone: str = "") -> None:
    """Ask for help with a draft: the relays of the federation are told, or the administrators where it has none.

    Raises Invalid("open") if a request is open already, what `asked` raises, NotAllowed.
    """
    said = asked(message, phone)
    await retried(lambda: _ask(actor, revision_id, said))
    mail.wake()


async def _ask(actor: Actor, revision_id: int, said: str) -> None:
    async with transaction() as session:
        revision, fiche, centre = await company.open_fiche(session, revision_id)
        await session.get_one(Fiche, fiche.id, with_for_update=True)  # two presses of the button: one request
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.is_of_the_house(actor, fiche), "ask for help")
        permissions.require(permissions.can_write(actor, fiche, revision), "ask for help")
        if await _open_request(session, fiche.id or 0) is not None:
            raise Invalid("open", "message")
        request = HelpRequest(
            fiche_id=fiche.id or 0,
            account_id=actor.id,
            federation_id=centre.federation_id,
            message=said,
        )
        session.add(request)
        journal.note(session, "help_asked", account_id=actor.id, fiche_id=fiche.id)
        words = f"\n\nSon message :\n\n{request.message}" if request.message else ""
        for helper in await _helpers(session, centre.federation_id):
            mail.queue(
                session,
                to=helper.email,
                subject=f"{centre.name} aimerait un coup de main",
                text=f"Bonjour,\n\n{actor.name} écrit {company.titled(revision)} pour {centre.name} et demande de l’aide."
                f"{words}\n\nVous pouvez vous en occuper ? Dites-le ici, vous pourrez alors écrire avec le centre :\n"
                f"{publication.address()}{PAGE}\n\nMerci !\n\nC’est possible !",
            )


async def of_draft(*, actor: Actor, revision_id: int) -> OwnHelp | None:
    """Return the open request of a draft, None without one; NotAllowed for those who do not write in it."""
    async with reading() as session:
        _, fiche, _ = await company.open_fiche(session, revision_id)
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.is_in_company(actor, fiche), "read")
        request = await _open_request(session, fiche.id or 0)
        if request is None:
            return None
        helper = await session.get(Account, request.taken_by) if request.taken_by else None
        return OwnHelp(request.id or 0, request.asked_at, helper.name or helper.email if helper else "")


async def listing(*, actor: Actor) -> list[HelpLine]:
    """Return the requests that the actor may take, has taken or has seen closed: waiting first, newest first.

    NotAllowed unless the actor is a relay or an administrator.
    """
    async with reading() as session:
        actor = await permissions.renew(session, actor)
        permissions.require(actor.is_relay or actor.is_admin, "help")
        newest = (
            select(func.max(Revision.id))
            .where(col(Revision.deleted_at).is_(None))
            .group_by(col(Revision.fiche_id))
        )
        statement = (
            select(HelpRequest, Revision, Fiche, Centre)
            .join(Fiche, col(Fiche.id) == col(HelpRequest.fiche_id))
            .join(Revision, col(Revision.fiche_id) == col(Fiche.id))
            .join(Centre, col(Centre.id) == col(Fiche.centre_id))
            .where(col(Revision.id).in_(newest))
            .order_by(col(HelpRequest.asked_at).desc(), col(HelpRequest.id).desc())
            .limit(200)
        )
        if not actor.is_admin:
            statement = statement.where(col(HelpRequest.federation_id).in_(actor.relay_for))
        rows = (await session.exec(statement)).all()
        ids = {request.account_id for request, *_ in rows} | {request.taken_by for request, *_ in rows}
        people = await session.exec(select(Account).where(col(Account.id).in_(ids - {None})))
        federations = dict((await session.exec(select(Federation.id, Federation.name))).all())
        names = {person.id or 0: person.name or person.email for person in people.all()}
        return [
            HelpLine(
                id=request.id or 0,
                title=revision.content.title,
                centre_name=centre.name,
                federation=federations.get(request.federation_id or "", ""),
                asked_by=names.get(request.account_id, ""),
                asked_at=request.asked_at,
                message=request.message,
                taken_by=names.get(request.taken_by or 0, ""),
                taken_at=request.taken_at,
                closed_at=request.closed_at,
                mine=request.taken_by == actor.id,
                revision_id=revision.id if permissions.can_write(actor, fiche, revision) else None,
            )
            for request, revision, fiche, centre in rows
        ]


async def take(*, actor: Actor, request_id: int) -> int:
    """Take a request: the actor may write in the draft until it is closed. Returns the id of its revision.

    Raises Invalid("taken") if somebody else was faster, NotFound if it is closed, NotAllowed.
    """
    async with transaction() as session:
        request, fiche, revision, centre = await _load(session, request_id)
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.can_take_help(actor, request.federation_id), "help")
        if request.closed_at is not None:
            raise NotFound
        if request.taken_by not in (None, actor.id):
            raise Invalid("taken", "request")
        if request.taken_by is None:
            request.taken_by, request.taken_at = actor.id, now()
            session.add(request)
            if not permissions.is_of_the_house(actor, fiche):
                await _let_in(session, actor, request)
            asker = await session.get_one(Account, request.account_id)
            mail.queue(
                session,
                to=asker.email,
                subject=f"{actor.name} vous aide à écrire",
                text=f"Bonjour,\n\n{actor.name} s’occupe de votre demande et peut maintenant écrire avec vous "
                f"{company.titled(revision)}. Vous voyez ce qui change, vous gardez la main : c’est votre équipe qui "
                f"propose la fiche au comité.\n\n{company.draft_address(revision)}\n\nBonne écriture à vous !\n\nC’est possible !",
            )
            journal.note(session, "help_taken", account_id=actor.id, fiche_id=fiche.id, centre=centre.id)
    mail.wake()
    company.tell_company(revision)
    return revision.id or 0


async def give_back(*, actor: Actor, request_id: int) -> None:
    """Let somebody else take a request; the right to write ends. Only for who had taken it."""
    async with transaction() as session:
        request, fiche, revision, _ = await _load(session, request_id)
        actor = await permissions.renew(session, actor)
        if request.closed_at is not None or request.taken_by is None:
            raise NotFound
        permissions.require(request.taken_by == actor.id, "help")
        await _let_out(session, request)
        request.taken_by = request.taken_at = None
        session.add(request)
        journal.note(session, "help_given_back", account_id=actor.id, fiche_id=fiche.id)
    company.tell_company(revision)


async def close(*, actor: Actor, request_id: int) -> None:
    """End a request and the right that came with it: the centre, the relay who took it or an administrator may."""
    async with transaction() as session:
        request, fiche, revision, centre = await _load(session, request_id)
        actor = await permissions.renew(session, actor)
        house = permissions.is_of_the_house(actor, fiche)
        permissions.require(house or actor.is_admin or request.taken_by == actor.id, "help")
        if request.closed_at is not None:
            return
        await _let_out(session, request)
        request.closed_at = now()
        session.add(request)
        journal.note(session, "help_closed", account_id=actor.id, fiche_id=fiche.id)
        other = request.taken_by if house else request.account_id
        person = await session.get(Account, other) if other and other != actor.id else None
        if person is not None:
            sentence = (
                f"{centre.name} vous remercie de votre aide et poursuit l’écriture de {company.titled(revision)} en équipe."
                if house
                else f"{actor.name} a terminé son aide pour {company.titled(revision)}. Vous gardez tout ce qui est écrit, "
                "et vous pouvez redemander un coup de main quand vous voulez."
            )
            mail.queue(
                session,
                to=person.email,
                subject="L’aide individuelle est terminée",
                text=f"Bonjour,\n\n{sentence}\n\nC’est possible !",
            )
    mail.wake()
    company.tell_company(revision)


# --- the relays of federations, named by administrators -------------------------------------------------------------


async def relays(*, actor: Actor) -> tuple[list[RelayLine], list[tuple[str, str]]]:
    """Return the relays and every federation as (key, name), by name; NotAllowed but for administrators."""
    async with reading() as session:
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.can_administer(actor), "administer")
        rows = await session.exec(
            select(Federation, Account)
            .join(Relay, col(Relay.federation_id) == col(Federation.id))
            .join(Account, col(Account.id) == col(Relay.account_id))
            .order_by(Federation.name, Account.email)
        )
        lines = [
            RelayLine(federation.id, federation.name, account.id or 0, account.name, account.email)
            for federation, account in rows.all()
        ]
        federations = await session.exec(select(Federation.id, Federation.name).order_by(Federation.name))
        return lines, [(key, name) for key, name in federations.all()]


async def name_relay(*, actor: Actor, federation_id: str, email: str) -> None:
    """Name somebody relay of a federation, with a new account if need be; Invalid `email` or `already`, NotFound."""
    email = accounts.normalise_email(email)
    await retried(lambda: _name_relay(actor, federation_id, email))
    mail.wake()


async def _name_relay(actor: Actor, federation_id: str, email: str) -> None:
    async with transaction() as session:
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.can_administer(actor), "administer")
        federation = await session.get(Federation, federation_id)
        if federation is None:
            raise NotFound
        account = (await session.exec(select(Account).where(Account.email == email))).first()
        if account is None:
            account = Account(email=email)
            session.add(account)
            await session.flush()
        if not account.active:
            raise Invalid("email", "email")
        if await session.get(Relay, (federation_id, account.id)) is not None:
            raise Invalid("already", "email")
        session.add(Relay(federation_id=federation_id, account_id=account.id or 0))
        journal.note(
            session, "relay_named", account_id=actor.id, account=account.id, federation=federation_id
        )
        mail.queue(
            session,
            to=email,
            subject=f"Vous êtes relais pour {federation.name}",
            text=f"Bonjour,\n\nQuand un centre de {federation.name} aura besoin d’un coup de main pour écrire sa fiche, "
            "vous recevrez un courriel. Les demandes vous attendent ici, avec cette adresse électronique :\n"
            f"{publication.address()}{PAGE}\n\nMerci d’être là !\n\nC’est possible !",
        )


async def remove_relay(*, actor: Actor, federation_id: str, account_id: int) -> None:
    """Take somebody off the relays of a federation; the help under way goes on until it is closed."""
    async with transaction() as session:
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.can_administer(actor), "administer")
        relay = await session.get(Relay, (federation_id, account_id))
        if relay is None:
            raise NotFound
        await session.delete(relay)
        journal.note(
            session, "relay_removed", account_id=actor.id, account=account_id, federation=federation_id
        )


# --- inside a transaction -------------------------------------------------------------------------------------------


async def _load(session: AsyncSession, request_id: int) -> tuple[HelpRequest, Fiche, Revision, Centre]:
    request = await session.get(HelpRequest, request_id, with_for_update=True)
    if request is None:
        raise NotFound
    revision, fiche, centre = await company.newest(session, request.fiche_id)
    return request, fiche, revision, centre


async def _open_request(session: AsyncSession, fiche_id: int) -> HelpRequest | None:
    rows = await session.exec(
        select(HelpRequest)
        .where(HelpRequest.fiche_id == fiche_id, col(HelpRequest.closed_at).is_(None))
        .order_by(col(HelpRequest.id).desc())
    )
    return rows.first()


async def _helpers(session: AsyncSession, federation_id: str | None) -> Sequence[Account]:
    """Return the active relays of a federation, else the active administrators."""
    rows = await session.exec(
        select(Account)
        .join(Relay, col(Relay.account_id) == col(Account.id))
        .where(Relay.federation_id == federation_id, col(Account.active))
        .order_by(col(Account.id))
    )
    named = rows.all()
    if named:
        return named
    rows = await session.exec(
        select(Account).where(Account.role == Role.ADMIN, col(Account.active)).order_by(col(Account.id))
    )
    return rows.all()


async def _let_in(session: AsyncSession, actor: Actor, request: HelpRequest) -> None:
    """Give the right to write, unless the person has it as a co-author; a waiting invitation becomes that right."""
    rows = await session.exec(
        select(Coauthor).where(Coauthor.fiche_id == request.fiche_id, Coauthor.email == actor.email)
    )
    line = rows.first()
    if line is None:
        line = Coauthor(
            fiche_id=request.fiche_id, email=actor.email, part=Part.RELAY, invited_by=request.account_id
        )
    if line.accepted_at is None:
        line.account_id, line.accepted_at = actor.id, now()
    session.add(line)
    await session.flush()


async def _let_out(session: AsyncSession, request: HelpRequest) -> None:
    rows = await session.exec(
        select(Coauthor).where(
            Coauthor.fiche_id == request.fiche_id,
            Coauthor.account_id == request.taken_by,
            Coauthor.part == Part.RELAY,
            col(Coauthor.account_id).is_not(None),
        )
    )
    for line in rows.all():
        await session.delete(line)
