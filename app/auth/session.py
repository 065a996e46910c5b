"""Who is at the other end: a signed cookie names the account, the database says what it may do."""

from fastapi import Request

from app.permissions import Actor
from app.services import accounts

_KEY = "account"


def log_in(request: Request, account_id: int) -> None:
    """Let the browser be this account from now on; what the old session held is dropped."""
    request.session.clear()
    request.session[_KEY] = account_id


def log_out(request: Request) -> None:
    """Forget the account."""
    request.session.clear()


async def current_actor(request: Request) -> Actor | None:
    """Return the account of the request with its present rights; None if nobody is logged in."""
    account_id = request.session.get(_KEY)
    return await accounts.actor_of(account_id) if isinstance(account_id, int) else None
