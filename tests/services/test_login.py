"""The plain pages to come in: a link is spent by a button, and the ways of the demonstration close with it."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request
from starlette.middleware.sessions import SessionMiddleware

from app import auth
from app.auth.session import current_actor
from app.services import accounts, mail
from app.settings import Settings
from models.database import Database, transaction
from models.people import Account, Role
from tests.people import World

Open = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
def visit(db: Database, tmp_path: Path) -> Open:
    """Return a function that opens a browser's place on the login pages, under given settings."""

    @asynccontextmanager
    async def open_(**settings: object) -> AsyncIterator[httpx.AsyncClient]:
        app = FastAPI()
        app.add_middleware(SessionMiddleware, secret_key="essai", session_cookie="cestpossible")
        auth.register(app, Settings(data_dir=tmp_path, **settings))  # type: ignore[arg-type]

        @app.get("/qui")
        async def who(request: Request) -> str | None:
            actor = await current_actor(request)
            return actor.email if actor else None

        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://site.example") as client:
            yield client

    return open_


async def _token(client: httpx.AsyncClient, **fields: str) -> str:
    answer = await client.post("/connexion", data={"email": "a@essai.example", **fields})
    assert answer.status_code == 200
    return re.findall(r"/connexion/([\w-]+)", (await mail.latest(1))[0].text)[0]


async def test_the_button_of_the_link_lets_one_in_and_leads_where_one_was_going(visit: Open) -> None:
    async with visit() as client:
        token = await _token(client, suite="/ecrire/3")
        answer = await client.post(f"/connexion/{token}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/ecrire/3")
        assert (await client.get("/qui")).json() == "a@essai.example"
        answer = await client.post("/deconnexion")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert (await client.get("/qui")).json() is None


async def test_opening_the_link_does_not_spend_it(visit: Open) -> None:
    async with visit() as client:
        token = await _token(client)
        for _ in range(3):  # as the scanners of mail servers do
            assert (await client.get(f"/connexion/{token}")).status_code == 200
        assert (await client.get("/qui")).json() is None
        assert (await client.post(f"/connexion/{token}")).status_code == 303


async def test_a_spent_link_is_said_to_be_spent(visit: Open) -> None:
    async with visit() as client:
        token = await _token(client)
        await client.post(f"/connexion/{token}")
        client.cookies.clear()
        assert (await client.post(f"/connexion/{token}")).status_code == 410
        assert (await client.get("/qui")).json() is None


@pytest.mark.parametrize("suite", ["https://ailleurs.example", "//ailleurs.example", "/\\ailleurs.example"])
async def test_the_login_page_never_leads_to_another_site(visit: Open, suite: str) -> None:
    async with visit() as client:
        answer = await client.post(f"/connexion/{await _token(client, suite=suite)}")
        assert answer.headers["location"] == "/compte"


async def test_a_forged_or_tampered_cookie_is_nobody(visit: Open) -> None:
    async with visit() as client:
        await client.post(f"/connexion/{await _token(client)}")
        cookie = client.cookies["cestpossible"]
        payload, signature = cookie.split(".", 1)
        other = (
            signature[:8][::-1] + signature[8:]
        )  # in the middle: the last letter has bits that say nothing
        for forged in (
            cookie[:-2],
            "eyJhY2NvdW50IjogMX0=",
            f"eyJhY2NvdW50IjogMX0=.{signature}",
            f"{payload}.{other}",
        ):
            client.cookies.clear()
            client.cookies.set("cestpossible", forged)
            assert (await client.get("/qui")).json() is None


async def test_a_wrong_address_and_too_many_links_are_said_in_french(visit: Open) -> None:
    async with visit() as client:
        answer = await client.post("/connexion", data={"email": "<script>alert(1)</script>"})
        assert (answer.status_code, "semble incomplète" in answer.text) == (422, True)
        assert "<script>alert(1)" not in answer.text
        for _ in range(accounts.LINKS_PER_HOUR):
            await _token(client)
        answer = await client.post("/connexion", data={"email": "a@essai.example"})
        assert (answer.status_code, "plusieurs liens" in answer.text) == (429, True)


async def test_only_accounts_of_the_demonstration_are_entered_by_one_click(world: World, visit: Open) -> None:
    async with transaction() as session:
        shown = Account(email="demo@demo.example", role=Role.COMMITTEE, demo=True)
        session.add(shown)
    async with visit(demo=True) as client:
        assert (await client.post(f"/connexion/demonstration/{world.admin.id}")).status_code == 404
        assert (await client.get("/qui")).json() is None
        answer = await client.post(
            f"/connexion/demonstration/{shown.id}", data={"suite": "//ailleurs.example"}
        )
        assert (answer.status_code, answer.headers["location"]) == (303, "/compte")
        assert (await client.get("/qui")).json() == "demo@demo.example"


async def test_the_ways_of_the_demonstration_are_closed_outside_it(world: World, visit: Open) -> None:
    async with transaction() as session:
        account = await session.get_one(Account, world.admin.id)
        account.demo = True
        session.add(account)
    async with visit(demo=False) as client:
        assert (await client.post(f"/connexion/demonstration/{world.admin.id}")).status_code in (404, 405)
        assert (await client.get("/boite-aux-lettres")).status_code == 404
        assert "demonstration" not in (await client.get("/connexion")).text


async def test_the_mailbox_is_closed_once_mails_really_leave(visit: Open) -> None:
    async with visit(demo=True) as client:
        assert (await client.get("/boite-aux-lettres")).status_code == 200
    async with visit(demo=True, smtp_host="smtp.example") as client:
        assert (await client.get("/boite-aux-lettres")).status_code == 404


async def test_a_closed_account_is_out_at_its_next_request(visit: Open) -> None:
    async with visit() as client:
        await client.post(f"/connexion/{await _token(client)}")
        account_id = (await accounts.actor_of(1) or pytest.fail("no account")).id
        async with transaction() as session:
            account = await session.get_one(Account, account_id)
            account.active = False
            session.add(account)
        assert (await client.get("/qui")).json() is None
