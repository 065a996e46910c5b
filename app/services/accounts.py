"""Accounts: login links, structures that one writes for, and what administrators do."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import permissions
from app.permissions import Actor
from app.services import journal, mail, publication
from models import geography
from models.columns import now
from models.content import IdentityCard, clean
from models.database import reading, retried, transaction
from models.errors import Invalid, NotFound, TooManyRequests
from models.people import Account, Centre, FederationDepartement, LoginToken, Membership, Role
from models.taxonomy import AuthorKind

LINK_MINUTES = 15
LINKS_PER_HOUR = 6  # for one address: enough for the clumsy, too few to flood a mailbox
# Narrower than the standard allows: no quoting, no comments, nothing that a mail header or a database trips over.
_ADDRESS = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([\w-]+\.)+[a-z][\w-]*[a-z0-9]", re.ASCII
)


@dataclass(frozen=True)
class AccountLine:
    """An account as administrators see it."""

    id: int
    email: str
    name: str
    role: str
    active: bool
    centres: tuple[tuple[int, str], ...]  # that it writes for: key and name
    last_login_at: datetime | None


@dataclass(frozen=True)
class RequestLine:
    """A person who asks to write for a structure."""

    id: int
    email: str
    centre_name: str
    requested_at: datetime


@dataclass(frozen=True)
class MembershipLine:
    """A structure of the actor; `accepted` is False while an administrator has not answered."""

    centre_id: int
    name: str
    slug: str
    accepted: bool


def normalise_email(value: str) -> str:
    """Return the address in lower case; Invalid("email") if it is none."""
    email = value.strip().lower()
    if len(email) > 254 or not _ADDRESS.fullmatch(email):
        raise Invalid("email", "email")
    return email


async def send_link(*, email: str, next_path: str = "/compte") -> None:
    """Mail a single-use login link, valid fifteen minutes; Invalid for a bad address, TooManyRequests beyond six an hour."""
    email = normalise_email(email)
    async with transaction() as session:
        recent = await session.exec(
            select(func.count())
            .select_from(LoginToken)
            .where(LoginToken.email == email, LoginToken.created_at > now() - timedelta(hours=1))
        )
        if recent.one() >= LINKS_PER_HOUR:
            raise TooManyRequests(3600)
        path = await new_link(session, email, next_path=next_path, life=timedelta(minutes=LINK_MINUTES))
        mail.queue(
            session,
            to=email,
            subject="Votre lien de connexion",
            text="Bonjour,\n\nVoici votre lien pour entrer dans C’est possible ! Il sert une fois et reste valable "
            f"{LINK_MINUTES} minutes.\n\n{publication.address()}{path}\n\n"
            "Vous n’avez rien demandé ? Ne faites rien : sans ce lien, personne n’entre.",
        )
    mail.wake()


async def new_link(session: AsyncSession, email: str, *, next_path: str, life: timedelta) -> str:
    """Make a single-use login link for an address (as `normalise_email` gives it); return its path on this site."""
    token = secrets.token_urlsafe(32)
    session.add(
        LoginToken(
            digest=_digest(token), email=email, next_path=local_path(next_path), expires_at=now() + life
        )
    )
    return f"/connexion/{token}"


async def use_link(*, token: str) -> tuple[int, str]:
    """Spend a login link: return the account (made at the first login) and the path to go to.

    Invalid("link") if it is unknown, spent or too old. Two uses at once: one only succeeds.
    """
    return await retried(lambda: _use_link(token))  # two links of a new address at once make one account


async def _use_link(token: str) -> tuple[int, str]:
    async with transaction() as session:
        row = await session.get(LoginToken, _digest(token), with_for_update=True)
        if row is None or row.used_at is not None or row.expires_at < now():
            raise Invalid("link", "token")
        row.used_at = now()
        found = await session.exec(select(Account).where(Account.email == row.email))
        account = found.first() or Account(email=row.email)
        if not account.active:
            raise Invalid("link", "token")
        account.last_login_at = now()
        session.add_all([row, account])
        await session.flush()
        await mail.forget_link(session, f"/connexion/{token}", to=row.email)
        journal.note(session, "logged_in", account_id=account.id)
        return account.id or 0, row.next_path


def local_path(path: str) -> str:
    """Return `path` if it is a path of this site, else the account page: a link must not lead elsewhere."""
    return path if re.fullmatch(r"/(?![/\\])[^\x00-\x1f\ud800-\udfff\\]{0,500}", path) else "/compte"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


async def actor_of(account_id: int) -> Actor | None:
    """Return the present rights of an account; None if it is gone or closed."""
    async with reading() as session:
        return await permissions.load_actor(session, account_id)


async def demo_accounts() -> Sequence[Account]:
    """Return the accounts that demo mode lets one enter by a click."""
    async with reading() as session:
        return (await session.exec(select(Account).where(col(Account.demo)).order_by(col(Account.id)))).all()


async def rename(*, actor: Actor, name: str) -> str:
    """Change the name shown to others and return it as it is kept; Invalid if it is empty."""
    name = " ".join(clean(name).split())[:80]
    if not name:
        raise Invalid("name_missing", "name")
    async with transaction() as session:
        account = await session.get_one(Account, actor.id)
        account.name = name
        session.add(account)
    return name


# --- structures -------------------------------------------------------------------------------------------------------


async def memberships(*, actor: Actor) -> list[MembershipLine]:
    """Return the structures of the actor, accepted or asked for."""
    async with reading() as session:
        rows = await session.exec(
            select(Centre, Membership)
            .join(Membership, col(Membership.centre_id) == col(Centre.id))
            .where(Membership.account_id == actor.id)
            .order_by(Centre.name)
        )
        return [
            MembershipLine(centre.id or 0, centre.name, centre.slug, membership.accepted_at is not None)
            for centre, membership in rows.all()
        ]


async def list_centres() -> list[tuple[int, str]]:
    """Return (id, "name (commune)") of every structure, by name."""
    async with reading() as session:
        rows = await session.exec(select(Centre.id, Centre.name, Centre.commune_code).order_by(Centre.name))
        communes = geography.communes()
        return [
            (centre_id or 0, f"{name} ({communes[code].name})" if code in communes else name)
            for centre_id, name, code in rows.all()
        ]


async def join_centre(*, actor: Actor, centre_id: int) -> bool:
    """Ask to write for a structure that exists; an administrator answers. Returns whether it is new."""
    return await retried(lambda: _join_centre(actor, centre_id))


async def _join_centre(actor: Actor, centre_id: int) -> bool:
    async with transaction() as session:
        if await session.get(Centre, centre_id) is None:
            raise NotFound
        rows = await session.exec(
            select(Membership).where(Membership.account_id == actor.id, Membership.centre_id == centre_id)
        )
        if rows.first() is not None:
            return False
        session.add(Membership(account_id=actor.id, centre_id=centre_id))
        journal.note(session, "membership_asked", account_id=actor.id, centre=centre_id)
        return True


async def create_centre(*, actor: Actor, name: str, kind: AuthorKind, commune_code: str) -> int:
    """Create a structure that is not in the list yet and write for it at once; Invalid for a bad name or commune."""
    name = " ".join(clean(name).split())[:200]
    commune = geography.communes().get(commune_code)
    if len(name) < 3:
        raise Invalid("centre_name", "name")
    if commune is None:
        raise Invalid("commune", "commune")
    return await retried(lambda: _create_centre(actor, name, kind, commune))


async def _create_centre(actor: Actor, name: str, kind: AuthorKind, commune: geography.Commune) -> int:
    async with transaction() as session:
        centre = Centre(
            slug=await publication.free_slug(session, Centre, f"{name} {commune.name}"),
            name=name,
            kind=kind,
            commune_code=commune.code,
            departement_code=commune.departement_code,
            federation_id=await _federation_of(session, commune.departement_code),
            card=IdentityCard(name=name, kind=kind, commune=commune.code),
        )
        session.add(centre)
        await session.flush()
        session.add(Membership(account_id=actor.id, centre_id=centre.id or 0, accepted_at=now()))
        journal.note(session, "centre_created", account_id=actor.id, centre=centre.id)
        return centre.id or 0


async def _federation_of(session: AsyncSession, departement_code: str) -> str | None:
    """Return the federation of a département today, leaving unions that span several out."""
    from_ = col(FederationDepartement.valid_from)
    until = col(FederationDepartement.valid_until)
    today = now().date()
    rows = await session.exec(
        select(FederationDepartement.federation_id).where(
            FederationDepartement.departement_code == departement_code,
            col(FederationDepartement.certain),
            from_.is_(None) | (from_ <= today),
            until.is_(None) | (until > today),
        )
    )
    return rows.first()


# --- administration ---------------------------------------------------------------------------------------------------


async def list_accounts(*, actor: Actor) -> list[AccountLine]:
    """Return every account; NotAllowed but for administrators."""
    permissions.require(permissions.can_administer(actor), "administer")
    async with reading() as session:
        accounts = (await session.exec(select(Account).order_by(Account.email))).all()
        rows = await session.exec(
            select(Membership.account_id, Membership.centre_id, Centre.name)
            .join(Centre, col(Centre.id) == col(Membership.centre_id))
            .where(col(Membership.accepted_at).is_not(None))
            .order_by(Centre.name)
        )
        centres: dict[int, list[tuple[int, str]]] = {}
        for account_id, centre_id, name in rows.all():
            centres.setdefault(account_id, []).append((centre_id, name))
    return [
        AccountLine(
            account.id or 0,
            account.email,
            account.name,
            account.role,
            account.active,
            tuple(centres.get(account.id or 0, ())),
            account.last_login_at,
        )
        for account in accounts
    ]


async def list_requests(*, actor: Actor) -> list[RequestLine]:
    """Return the requests to write for a structure, oldest first; NotAllowed but for administrators."""
    permissions.require(permissions.can_administer(actor), "administer")
    async with reading() as session:
        rows = await session.exec(
            select(Membership, Account.email, Centre.name)
            .join(Account, col(Account.id) == col(Membership.account_id))
            .join(Centre, col(Centre.id) == col(Membership.centre_id))
            .where(col(Membership.accepted_at).is_(None))
            .order_by(col(Membership.requested_at))
        )
        return [RequestLine(row.id or 0, email, name, row.requested_at) for row, email, name in rows.all()]


async def answer_request(*, actor: Actor, request_id: int, accept: bool) -> None:
    """Accept or refuse a request, and tell the person."""
    async with transaction() as session:
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.can_administer(actor), "administer")
        membership = await session.get(Membership, request_id)
        if membership is None or membership.accepted_at is not None:
            raise NotFound
        account = await session.get_one(Account, membership.account_id)
        centre = await session.get_one(Centre, membership.centre_id)
        if accept:
            membership.accepted_at = now()
            session.add(membership)
            text = f"Vous pouvez maintenant écrire pour {centre.name}. Bonne écriture !"
        else:
            await session.delete(membership)
            text = f"Votre demande pour écrire au nom de {centre.name} n’a pas été acceptée. Écrivez-nous pour en parler."
        mail.queue(
            session,
            to=account.email,
            subject=f"Écrire pour {centre.name}",
            text=f"Bonjour,\n\n{text}\n\nC’est possible !",
        )
        journal.note(session, "membership_answered", account_id=actor.id, accept=accept, centre=centre.id)
    mail.wake()


async def set_role(*, actor: Actor, account_id: int, role: Role, active: bool = True) -> None:
    """Change what an account may do; administrators cannot take their own role away."""
    async with transaction() as session:
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.can_administer(actor), "administer")
        account = await session.get(Account, account_id)
        if account is None:
            raise NotFound
        if account_id == actor.id and (role is not Role.ADMIN or not active):
            raise Invalid("own_role", "role")
        account.role, account.active = role, active
        session.add(account)
        journal.note(session, "role_set", account_id=actor.id, account=account_id, role=role, active=active)


async def ensure_admin(email: str) -> None:
    """Make sure that the configured administrator has an account with that role."""
    email = normalise_email(email)
    async with transaction() as session:
        account = (await session.exec(select(Account).where(Account.email == email))).first() or Account(
            email=email
        )
        account.role, account.active = Role.ADMIN, True
        session.add(account)
