"""Open editors without browsers: each loads the page, keeps its live connection, types, and hears what is saved.

`python -m benchmarks.editors URL SECONDS PATH…` lets somebody write for so long in each of these drafts, in the middle of
a long text, and prints what they saw as JSON; on its standard error it prints `OPENED` when they begin. In a process of
its own it does not slow what is measured.
"""

import asyncio
import json
import random
import re
import sys
import time
from ast import literal_eval
from dataclasses import asdict, dataclass, field
from html import unescape
from itertools import cycle
from typing import Any
from uuid import uuid4

import aiohttp
import socketio

from tests.journeys.server import ACCOUNTS

KEY = (0.15, 0.25)  # seconds between two keys of a word
WORD = (
    0.3,
    1.0,
)  # seconds between two words: about thirty-five a minute, as people who think while they type
OPENED = "all have opened their page"
ACKNOWLEDGED = 3  # seconds between two words of a browser on what it has received: the server keeps the rest
FIELD = "constat.text"
TEXT = "Un matin, des voisins se retrouvent devant la porte fermée et décident d'écrire au maire. "
_ELEMENTS = re.compile(r"parseElements\(String\.raw`(.*?)`\)", re.DOTALL)
_QUERY = re.compile(r"^\s*query: (\{.*\}),$", re.MULTILINE)
_SAVED = re.compile(r'runMethod\(\d+, "saved", \[(\d+),\s*(\{.*?\})\]\)')


@dataclass
class Written:
    """What one person typed, and when each of the keys was said to be stored (seconds after it was pressed)."""

    text: str = ""
    delays: list[float] = field(default_factory=list)
    refused: int = 0
    lost: int = 0  # keys never said to be stored


class OpenEditor:
    """One page of the editor. `async with OpenEditor(url) as editor`."""

    def __init__(self, url: str, path: str = "/ecrire/nouvelle", *, account: str = "centre") -> None:
        self.url, self.path, self.account = url, path, account
        self.written = Written()
        self._waiting: dict[int, float] = {}  # keys that are not known to be stored
        self._serial = 0
        self._received = 0  # number of the next message expected
        self._text, self._caret = "", 0

    async def __aenter__(self) -> "OpenEditor":
        self._http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        entry = f"{self.url}/connexion/demonstration/{ACCOUNTS[self.account]}"
        async with self._http.post(entry, headers={"Origin": self.url}, allow_redirects=False) as answer:
            answer.raise_for_status()
        async with self._http.get(self.url + self.path) as answer:
            answer.raise_for_status()
            page = await answer.text()
        elements = json.loads(unescape(_found(_ELEMENTS, page)))
        query = literal_eval(_found(_QUERY, page))
        self._client = query["client_id"]
        self._form, self._listeners, content = _form(elements)
        part, _, name = FIELD.partition(".")
        self._text = content[part][name]
        self._caret = self._text.find(" ", len(self._text) // 2) + 1
        self._socket = socketio.AsyncClient(http_session=self._http, reconnection=False)
        self._socket.on("run_javascript", self._hear)
        query |= {"document_id": str(uuid4()), "tab_id": str(uuid4()), "old_tab_id": ""}
        asked = "&".join(f"{key}={str(value).lower()}" for key, value in query.items())
        await self._socket.connect(
            f"{self.url}?{asked}", socketio_path="/_nicegui_ws/socket.io", transports=["websocket"]
        )
        self._acknowledging = asyncio.create_task(self._acknowledge())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._acknowledging.cancel()
        await self._socket.disconnect()
        await self._http.close()

    async def type(self, key: str) -> None:
        """Press one key in the field, where the caret stands."""
        known, self._text = self._text, self._text[: self._caret] + key + self._text[self._caret :]
        self._caret += len(key)
        self._serial += 1
        edit = {"edits": {FIELD: self._text}, "seq": self._serial, "befores": {}}
        if self._serial == 1:
            edit["befores"] = {FIELD: [known, 1]}
        self._waiting[self._serial] = time.perf_counter()
        await self._emit("edit", edit)

    async def write(self, seconds: float) -> Written:
        """Type for so long, then wait until all is stored."""
        end = time.perf_counter() + seconds
        for key in cycle(TEXT):
            if time.perf_counter() > end:
                break
            await self.type(key)
            await asyncio.sleep(random.uniform(*(WORD if key == " " else KEY)))
        for _ in range(100):
            if not self._waiting:
                break
            await asyncio.sleep(0.1)
        self.written.text, self.written.lost = self._text, len(self._waiting)
        return self.written

    async def _emit(self, event: str, args: Any) -> None:
        await self._socket.emit(
            "event",
            {
                "id": self._form,
                "client_id": self._client,
                "listener_id": self._listeners[event],
                "args": [json.dumps(args)],
            },
        )

    async def _acknowledge(self) -> None:
        while True:
            await asyncio.sleep(ACKNOWLEDGED)
            said = {"client_id": self._client, "next_message_id": self._received}
            await self._socket.emit("ack", said)

    async def _hear(self, message: dict[str, Any]) -> None:
        self._received = message["_id"] + 1
        saved = _SAVED.search(message["code"])
        if not saved:
            return
        now = time.perf_counter()
        self.written.refused += saved[2] != "{}"
        for serial in [each for each in self._waiting if each <= int(saved[1])]:
            self.written.delays.append(now - self._waiting.pop(serial))


async def crowd(url: str, paths: list[str], seconds: float) -> list[Written]:
    """Let somebody write for so long at each of these paths, once all have opened their page."""
    opened = asyncio.Barrier(len(paths))

    async def one(rank: int, path: str) -> Written:
        await asyncio.sleep(rank * 0.1)  # they do not all open the page in the same instant
        async with OpenEditor(url, path) as editor:
            if await opened.wait() == 0:
                print(OPENED, file=sys.stderr, flush=True)
            await asyncio.sleep(random.uniform(*WORD) + 1)
            written = await editor.write(seconds)
            await opened.wait()  # nobody leaves while others write
            return written

    return await asyncio.gather(*(one(rank, path) for rank, path in enumerate(paths)))


def _found(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise RuntimeError(f"the page is not as expected: {pattern.pattern}")
    return found[1]


def _form(elements: dict[str, Any]) -> tuple[int, dict[str, str], dict[str, Any]]:
    """Return the number of the form on the page, its listeners by event, and the content it shows."""
    for number, element in elements.items():
        listeners = {each["type"]: each["listener_id"] for each in element.get("events", ())}
        if {"edit", "flush"} <= set(listeners):
            return int(number), listeners, element["props"]["content"]
    raise RuntimeError("no form on the page")


if __name__ == "__main__":
    told = asyncio.run(crowd(sys.argv[1], sys.argv[3:], float(sys.argv[2])))
    print(json.dumps([asdict(each) for each in told]))
