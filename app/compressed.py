"""Static files compressed once, with Brotli, and answered from memory: the editor must open on old phones and lines."""

import asyncio
from dataclasses import dataclass, field

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# NiceGUI's own files carry its version in their address, those of components a hash; ours a `v` that changes with them.
FOLDERS = ("/_nicegui/", "/ressources/", "/styles/")
PARTS = ("/static/", "/components/", "/esm/")
KINDS = ("text/", "application/javascript", "application/json", "image/svg+xml")
QUICK, BEST = 5, 11  # quality for the first answer, and for the next ones
SMALLEST, LARGEST, MOST = 256, 4_000_000, 600  # bytes, bytes, files
# What an answer keeps of its headers: nothing that belongs to one person, such as a cookie.
HEADERS = (
    b"content-type",
    b"etag",
    b"last-modified",
    b"content-security-policy",
    b"x-content-type-options",
    b"referrer-policy",
)
LONG = b"public, max-age=31536000, immutable"


@dataclass
class _File:
    headers: list[tuple[bytes, bytes]]
    body: bytes
    etag: str | None = field(default=None)


class Compressed:
    """Answers GET requests for static text files with Brotli; everything else passes through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.files: dict[str, _File] = {}
        self._tasks: set[asyncio.Task[None]] = set()  # asyncio keeps only weak references to tasks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve from memory what has been asked before."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _is_static(scope["path"]):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if "br" not in headers.get("accept-encoding", "") or "range" in headers:
            await self.app(scope, receive, send)
            return
        known = self.files.get(scope["path"])
        if known is None:
            await self._first(scope, receive, send)
        elif known.etag and known.etag in headers.get("if-none-match", ""):
            await _answer(send, _File([*known.headers[:2], (b"etag", known.etag.encode())], b""), 304)
        else:
            await _answer(send, known)

    async def _first(self, scope: Scope, receive: Receive, send: Send) -> None:
        personal = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"cookie")
        plain = [pair for pair in scope["headers"] if pair[0] not in personal]
        started: list[Message] = []
        pieces: list[bytes] = []

        async def caught(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
            else:
                pieces.append(message.get("body", b""))

        await self.app({**scope, "headers": plain}, receive, caught)
        body, start = b"".join(pieces), started[0]
        headers = MutableHeaders(raw=list(start["headers"]))
        kind = headers.get("content-type", "")
        if (
            start["status"] != 200
            or not kind.startswith(KINDS)
            or not SMALLEST <= len(body) <= LARGEST
            or len(self.files) >= MOST
        ):
            await send(start)
            await send({"type": "http.response.body", "body": body})
            return
        etag = headers.get("etag")
        file = _File(
            _kept(dict(headers.raw)), await asyncio.to_thread(brotli.compress, body, quality=QUICK), etag
        )
        self.files[scope["path"]] = file
        task = asyncio.create_task(self._better(file, body))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await _answer(send, file)

    async def _better(self, file: _File, body: bytes) -> None:
        file.body = await asyncio.to_thread(brotli.compress, body, quality=BEST)


def _is_static(path: str) -> bool:
    return path.startswith(FOLDERS) and (
        not path.startswith("/_nicegui/") or any(part in path for part in PARTS)
    )


def _kept(headers: dict[bytes, bytes]) -> list[tuple[bytes, bytes]]:
    return [
        (b"cache-control", headers.get(b"cache-control", LONG)),
        (b"vary", b"Accept-Encoding"),
        *((name, headers[name]) for name in HEADERS if name in headers),
    ]


async def _answer(send: Send, file: _File, status: int = 200) -> None:
    headers = [*file.headers, (b"content-length", str(len(file.body)).encode())]
    if file.body:
        headers.append((b"content-encoding", b"br"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": file.body})
