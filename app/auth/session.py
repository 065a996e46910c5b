"""Who is at the other end: a signed cookie names the account, the database says what it may do."""

from secrets import token_hex

from fastapi import Request

from app.live import publish
from app.permissions import Actor
from app.services import accounts, leavers

_KEY = "account"
_LOGIN = "login"  # names this log-in: a page left open hears of its end, on this device only


def log_in(request: Request, account_id: int) -> None:
    """Let the browser be this account from now on; what the old session held is dropped."""
    request.session.clear()
    request.session[_KEY] = account_id
    request.session[_LOGIN] = token_hex(8)


def log_out(request: Request) -> None:
    """Forget the account, and tell the pages that this log-in has left open."""
    topic = login_topic(request)
    request.session.clear()
    if topic:
        publish(topic)


def login_topic(request: Request) -> str:
    """Return the topic on which the end of this log-in is published; "" if nobody is logged in."""
    login = request.session.get(_LOGIN)
    return f"login:{login}" if isinstance(login, str) else ""


async def current_actor(request: Request) -> Actor | None:
    """Return the account of the request with its present rights; None if nobody is logged in."""
    account_id = request.session.get(_KEY)
    actor = await accounts.actor_of(account_id) if isinstance(account_id, int) else None
    if actor is not None:
        await leavers.note_visit(actor.id)
    return actor
