"""What has just changed, told to the open pages: of this process, and through PostgreSQL of the others.

With SQLite there is one process and nothing to carry. With PostgreSQL each process listens on one channel
(LISTEN/NOTIFY, `run`): news travels as JSON, at most 8,000 bytes, so a payload names what changed and holds no text.
A subscriber may receive `RESYNC` instead of a payload: something changed that could not be told (the connection was
lost for a while, or the payload was too long), so it looks again.
"""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import AsyncConnection, sql

Payload = dict[str, Any]
Callback = Callable[[Payload], Awaitable[None] | None]

RESYNC = "resync"  # the key of a payload that says: look again
CHANNEL = "cestpossible"
MOST = 7_900  # bytes of a message: PostgreSQL takes less than 8,000
WAITING = 10_000  # messages kept for the other processes while the database does not answer
RETRY = 1.0  # seconds before connecting again

_log = logging.getLogger(__name__)
_subscribers: dict[str, set[Callback]] = defaultdict(set)
_running: set[asyncio.Task[None]] = set()  # asyncio keeps only weak references to tasks
_me = uuid4().hex  # names this process among those that share the database
_outgoing: asyncio.Queue[str] | None = None  # set while `run` carries news, in its own event loop


def subscribe(topic: str, callback: Callback) -> Callable[[], None]:
    """Call `callback` with each payload published on `topic`; returns the function that stops it."""
    _subscribers[topic].add(callback)

    def unsubscribe() -> None:
        _subscribers[topic].discard(callback)
        if not _subscribers[topic]:
            _subscribers.pop(topic, None)

    return unsubscribe


def publish(topic: str, payload: Payload | None = None) -> None:
    """Tell every subscriber of `topic`, each in its own task so that one failure stops nobody else.

    `payload` is small and made of JSON values; the other processes receive a copy.
    """
    _tell(topic, payload or {})
    if _outgoing is None:
        return
    try:
        _outgoing.put_nowait(_packed(topic, payload or {}))
    except asyncio.QueueFull:
        _log.error("news for the other processes is dropped: the database has not answered for long")


def forget_all() -> None:
    """Drop every subscriber: the server stops."""
    _subscribers.clear()


async def run(url: str) -> None:
    """Carry news between the processes that share a PostgreSQL database, for ever.

    `url` is the SQLAlchemy address of the database. After a lost connection every subscriber is told to look again.
    """
    global _outgoing
    _outgoing = asyncio.Queue(WAITING)
    address = url.replace("postgresql+psycopg://", "postgresql://", 1)
    try:
        await asyncio.gather(_listen(address), _send(address, _outgoing))
    finally:
        _outgoing = None


async def _listen(address: str) -> None:
    lost = False
    while True:
        try:
            async with await AsyncConnection.connect(address, autocommit=True) as connection:
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                if lost:
                    for topic in tuple(_subscribers):
                        _tell(topic, {RESYNC: True})
                lost = True
                async for news in connection.notifies():
                    _receive(news.payload)
        except psycopg.Error as error:
            _log.warning("news from the other processes is interrupted: %s", error)
        await asyncio.sleep(RETRY)


async def _send(address: str, outgoing: asyncio.Queue[str]) -> None:
    message: str | None = None
    while True:
        try:
            async with await AsyncConnection.connect(address, autocommit=True) as connection:
                while True:
                    message = message or await outgoing.get()
                    await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, message))
                    message = None
        except psycopg.Error as error:
            _log.warning("news for the other processes waits: %s", error)
        await asyncio.sleep(RETRY)


def _packed(topic: str, payload: Payload) -> str:
    message = json.dumps({"from": _me, "topic": topic, "payload": payload}, ensure_ascii=False)
    if len(message.encode()) > MOST:
        message = json.dumps({"from": _me, "topic": topic, "payload": {RESYNC: True}})
    return message


def _receive(message: str) -> None:
    try:
        news = json.loads(message)
        if news["from"] != _me:
            _tell(str(news["topic"]), dict(news["payload"]))
    except (ValueError, KeyError, TypeError):
        _log.warning("news that is not ours: %.80s", message)


def _tell(topic: str, payload: Payload) -> None:
    for callback in tuple(_subscribers.get(topic, ())):
        task = asyncio.get_running_loop().create_task(_deliver(callback, payload))
        _running.add(task)
        task.add_done_callback(_running.discard)


async def _deliver(callback: Callback, payload: Payload) -> None:
    try:
        result = callback(payload)
        if result is not None:
            await result
    except Exception:
        _log.exception("a live callback failed")
