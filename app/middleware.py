"""What every answer carries, and what is refused before anything is read."""

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# NiceGUI compiles its templates in the browser and sets styles on elements: its pages need both exceptions.
WORK_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; frame-src 'self'; "
    "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
)
PUBLIC_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
MAX_BODY = 22 * 1024 * 1024  # bytes: a picture of 20 MB and its envelope


class SecurityHeaders:
    """Sets the security headers; pages of work have a looser content policy than public ones."""

    def __init__(self, app: ASGIApp, is_work: Callable[[str], bool]) -> None:
        self.app, self.is_work = app, is_work

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to HTTP answers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = WORK_POLICY if self.is_work(scope["path"]) else PUBLIC_POLICY

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", policy)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
            await send(message)

        await self.app(scope, receive, with_headers)


class SameOrigin:
    """Refuses writing requests and sockets that come from another site, and bodies over the limit."""

    def __init__(self, app: ASGIApp, address: str) -> None:
        self.app, self.host = app, urlsplit(address).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the Origin header against the host that was asked and the public address."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        writes = scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS
        origin = headers.get("origin")
        # Compared as a whole: parsing what an attacker wrote could fail, or read it otherwise than a browser.
        if writes and origin and origin.partition("://")[2] not in (headers.get("host"), self.host):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
                return
            await PlainTextResponse("Cette demande vient d’un autre site.", 403)(scope, receive, send)
            return
        length = headers.get("content-length", "0")
        if scope["type"] == "http" and length.isdigit() and int(length) > MAX_BODY:
            await _too_large(scope, receive, send)
        elif scope["type"] == "http" and writes and "content-length" not in headers:
            await self._measured(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _measured(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a body that does not say its length, and stop when it goes over the limit."""
        size, started = 0, False

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            return message if size <= MAX_BODY else {"type": "http.disconnect"}

        async def answer(message: Message) -> None:
            nonlocal started
            if size <= MAX_BODY or started:
                started = True
                await send(message)

        try:
            await self.app(scope, counted, answer)
        except ClientDisconnect:
            if size <= MAX_BODY:
                raise
        if size > MAX_BODY and not started:
            await _too_large(scope, receive, send)


async def _too_large(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("L’envoi est trop lourd : 20 Mo au plus.", 413)(scope, receive, send)
