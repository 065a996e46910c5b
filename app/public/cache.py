"""Public pages are made once and served from memory until what the public sees changes."""

import gzip
import hashlib
import math
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field

from fastapi import Request
from starlette.responses import Response

from app.services import publication

UNREADY_SECONDS = 2.0
SIZE = 512  # pages, 30 MB at the very most
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished answer, ready to send as it is or compressed."""

    body: bytes
    packed: bytes
    etag: str
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    until: float = math.inf  # on the monotonic clock: made again afterwards


def made(text: str, media_type: str = HTML, *, status: int = 200, lasting: bool = True) -> Made:
    """Finish an answer: encode, compress, fingerprint. Not `lasting`: something was not ready, look again soon."""
    body = text.encode()
    # Weak: the compressed and the plain bytes stand for the same page.
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {
        "Content-Type": media_type,
        "ETag": etag,
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
    }
    until = math.inf if lasting else time.monotonic() + UNREADY_SECONDS
    return Made(body, gzip.compress(body, 6, mtime=0), etag, headers, status, until)


def has_it(request: Request, etag: str) -> bool:
    """Tell whether the browser says that it has the answer of this fingerprint already."""
    held = request.headers.get("if-none-match", "")
    return held.strip() == "*" or etag.removeprefix("W/") in (
        each.strip().removeprefix("W/") for each in held.split(",")
    )


def send(request: Request, answer: Made) -> Response:
    """Send an answer, or 304 when the browser has it already."""
    if answer.status == 200 and has_it(request, answer.etag):
        return Response(
            status_code=304, headers={k: v for k, v in answer.headers.items() if k != "Content-Type"}
        )
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(answer.packed, answer.status, {**answer.headers, "Content-Encoding": "gzip"})
    return Response(answer.body, answer.status, answer.headers)


class PageCache:
    """The finished answers of this process, the least used leave first. All go when the public version changes."""

    def __init__(self, size: int = SIZE) -> None:
        self._size = size
        self._version = -1
        self._answers: OrderedDict[Hashable, Made] = OrderedDict()

    async def respond(self, request: Request, key: Hashable, make: Callable[[], Awaitable[Made]]) -> Response:
        """Serve the answer called `key`, making it first if it is not there."""
        version = publication.public_version()
        if version != self._version:
            self._answers.clear()
            self._version = version
        answer = self._answers.get(key)
        if answer is None or answer.until < time.monotonic():
            answer = await make()
            # A change during the making would leave a stale page for ever; of wrong addresses there is no end.
            keep = answer.status == 200 or math.isinf(answer.until)
            if keep and publication.public_version() == version == self._version:
                self._answers[key] = answer
                if len(self._answers) > self._size:
                    self._answers.popitem(last=False)
        else:
            self._answers.move_to_end(key)
        return send(request, answer)
