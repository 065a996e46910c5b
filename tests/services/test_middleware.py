"""What is refused before anything is read, and what every answer carries."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.middleware import MAX_BODY, PUBLIC_POLICY, WORK_POLICY, SameOrigin, SecurityHeaders

ADDRESS = "https://cestpossible.example"


async def _answer(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{len(await request.body())}")


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("ouvert")
    await socket.close()


@pytest.fixture
def application() -> Any:
    routes = [
        Route("/{path:path}", _answer, methods=["GET", "POST", "DELETE"]),
        WebSocketRoute("/socket", _socket),
    ]
    app = Starlette(routes=routes)
    app.add_middleware(SameOrigin, address=ADDRESS)
    app.add_middleware(SecurityHeaders, is_work=lambda path: path.startswith("/ecrire"))
    return app


@pytest.fixture
async def client(application: Any) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(application)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as client:
        yield client


@pytest.mark.parametrize(
    "origin",
    [
        "https://ailleurs.example",
        "null",
        "https://cestpossible.example.ailleurs.example",
        "https://cestpossible.example@ailleurs.example",
        "http://127.0.0.1:9999",
        "https://cestpossible.example:8443",
        "http://[",
        "n'importe quoi",
    ],
)
@pytest.mark.parametrize("method", ["POST", "DELETE"])
async def test_a_request_that_writes_from_another_site_is_refused(
    client: httpx.AsyncClient, origin: str, method: str
) -> None:
    answer = await client.request(method, "/connexion", headers={"Origin": origin})
    assert (answer.status_code, answer.text) == (403, "Cette demande vient d’un autre site.")


@pytest.mark.parametrize("origin", [ADDRESS, "http://127.0.0.1:8080", None])
async def test_a_request_of_the_site_itself_passes(client: httpx.AsyncClient, origin: str | None) -> None:
    answer = await client.post("/connexion", content=b"abc", headers={"Origin": origin} if origin else {})
    assert (answer.status_code, answer.text) == (200, "3")


async def test_reading_from_another_site_passes(client: httpx.AsyncClient) -> None:
    answer = await client.get("/fiches", headers={"Origin": "https://ailleurs.example"})
    assert (answer.status_code, answer.text) == (200, "0")


async def test_a_body_announced_as_too_large_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/a", headers={"Content-Length": str(MAX_BODY + 1)})
    assert (answer.status_code, answer.text) == (413, "L’envoi est trop lourd : 20 Mo au plus.")


async def test_a_body_that_does_not_say_its_length_is_refused_once_it_is_too_large(
    client: httpx.AsyncClient,
) -> None:
    sent = 0

    async def flood() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 5 * MAX_BODY:
            sent += 1024 * 1024
            yield bytes(1024 * 1024)

    answer = await client.post("/a", content=flood())
    assert answer.status_code == 413
    assert sent <= MAX_BODY + 2 * 1024 * 1024


async def test_the_largest_body_passes(client: httpx.AsyncClient) -> None:
    answer = await client.post("/a", content=bytes(MAX_BODY))
    assert (answer.status_code, answer.text) == (200, str(MAX_BODY))


def test_a_socket_from_another_site_is_refused(application: Any) -> None:
    client = TestClient(application, base_url="http://127.0.0.1:8080")
    for origin in ("https://ailleurs.example", "null", "http://["):
        with (
            pytest.raises(WebSocketDisconnect) as refused,
            client.websocket_connect("/socket", headers={"Origin": origin}),
        ):
            pass
        assert refused.value.code == 1008
    with client.websocket_connect("/socket", headers={"Origin": ADDRESS}) as socket:
        assert socket.receive_text() == "ouvert"


@pytest.mark.parametrize(("path", "policy"), [("/fiches", PUBLIC_POLICY), ("/ecrire/3", WORK_POLICY)])
async def test_every_answer_carries_the_security_headers(
    client: httpx.AsyncClient, path: str, policy: str
) -> None:
    headers = (await client.get(path)).headers
    assert headers["Content-Security-Policy"] == policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


async def test_refusals_carry_the_security_headers_too(client: httpx.AsyncClient) -> None:
    answer = await client.post("/a", headers={"Origin": "https://ailleurs.example"})
    assert answer.headers["Content-Security-Policy"] == PUBLIC_POLICY


def test_public_pages_may_run_no_script_written_in_the_page() -> None:
    assert "unsafe-inline" not in PUBLIC_POLICY.split("style-src")[0]
    for policy in (PUBLIC_POLICY, WORK_POLICY):
        assert "frame-ancestors 'none'" in policy
        assert "object-src 'none'" in policy
        assert "http" not in policy
