"""The plain pages to log in and out, and the development mailbox. OpenID Connect will add its two routes here."""

import re
from typing import Annotated

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.auth import session
from app.services import accounts, mail
from app.settings import Settings
from layouts.site import environment
from models.errors import Invalid, TooManyRequests

SENTENCES = {
    "email": "Cette adresse électronique semble incomplète. Exemple : prenom@exemple.fr",
    "link": "Ce lien a déjà servi ou n’est plus valable. Demandez-en un autre : cela prend une minute.",
    "often": "Vous avez demandé plusieurs liens. Regardez dans vos courriers indésirables, ou revenez dans une heure.",
}


def register(app: FastAPI, settings: Settings) -> None:
    """Add the routes to the parent application."""

    @app.get("/connexion")
    async def ask(request: Request, suite: str = "/compte") -> HTMLResponse:
        return await _form(request, settings, suite)

    @app.post("/connexion")
    async def send(
        request: Request, email: Annotated[str, Form()] = "", suite: Annotated[str, Form()] = "/compte"
    ) -> HTMLResponse:
        try:
            await accounts.send_link(email=email, next_path=suite)
        except Invalid:
            return await _form(request, settings, suite, email=email, error=SENTENCES["email"], status=422)
        except TooManyRequests:
            return await _form(request, settings, suite, email=email, error=SENTENCES["often"], status=429)
        return _page("connexion-envoyee.html", email=email.strip(), mailbox=settings.mailbox_open)

    @app.get("/connexion/{token}")
    async def confirm(token: str) -> HTMLResponse:
        # Mail scanners open links: only the button spends it.
        return _page("connexion-confirmer.html", token=token)

    @app.post("/connexion/{token}")
    async def enter(request: Request, token: str) -> Response:
        try:
            account_id, path = await accounts.use_link(token=token)
        except Invalid:
            return await _form(request, settings, "/compte", error=SENTENCES["link"], status=410)
        session.log_in(request, account_id)
        return RedirectResponse(path, 303)

    @app.post("/deconnexion")
    async def leave(request: Request) -> RedirectResponse:
        session.log_out(request)
        return RedirectResponse("/", 303)

    @app.get("/compte/etat")
    async def state(request: Request) -> JSONResponse:
        # Pages left open ask it: the cookie is none of their business.
        actor = await session.current_actor(request)
        return JSONResponse({"account": actor.id if actor else None}, headers={"Cache-Control": "no-store"})

    if settings.demo:
        _demo_routes(app, settings)


def _demo_routes(app: FastAPI, settings: Settings) -> None:
    @app.post("/connexion/demonstration/{account_id}")
    async def enter_demo(
        request: Request, account_id: int, suite: Annotated[str, Form()] = "/compte"
    ) -> Response:
        if all(account.id != account_id for account in await accounts.demo_accounts()):
            return await _form(
                request, settings, suite, error="Ce compte de démonstration n’existe pas.", status=404
            )
        session.log_in(request, account_id)
        return RedirectResponse(accounts.local_path(suite), 303)

    if settings.mailbox_open:

        @app.get("/boite-aux-lettres")
        async def mailbox() -> HTMLResponse:
            mails = [(row, _split(row.text)) for row in await mail.latest()]
            return _page("boite-aux-lettres.html", mails=mails)


def _split(text: str) -> list[tuple[str, bool]]:
    """Cut a mail into pieces, saying which ones are addresses."""
    return [(piece, piece.startswith("http")) for piece in re.split(r"(https?://\S+)", text)]


async def _form(
    request: Request, settings: Settings, suite: str, *, email: str = "", error: str = "", status: int = 200
) -> HTMLResponse:
    known = await accounts.demo_accounts() if settings.demo else ()
    actor = await session.current_actor(request)
    return _page(
        "connexion.html",
        status,
        email=email,
        error=error,
        suite=accounts.local_path(suite),
        demo=known,
        logged_in=actor,
    )


def _page(template: str, status: int = 200, **context: object) -> HTMLResponse:
    return HTMLResponse(environment.render(template, **context), status, {"Cache-Control": "no-store"})
