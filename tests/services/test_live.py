"""News told to open pages: in this process at once, in the others through PostgreSQL, again after a cut."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import psycopg
import pytest

from app import live

OTHER_PROCESS = """
import asyncio, json, sys
from app import live

async def main():
    task = asyncio.create_task(live.run(sys.argv[1]))
    heard = asyncio.Queue()
    live.subscribe("essai", heard.put)
    await asyncio.sleep(0.5)
    live.publish("essai-retour", {"ready": True})
    print(json.dumps(await asyncio.wait_for(heard.get(), 20)), flush=True)
    await asyncio.sleep(0.3)
    task.cancel()

asyncio.run(main())
"""


@pytest.fixture
async def carried(postgres_ready: str) -> AsyncIterator[str]:
    """This process shares its news through PostgreSQL."""
    task = asyncio.create_task(live.run(postgres_ready))
    await asyncio.sleep(0.3)
    yield postgres_ready
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    live.forget_all()


@pytest.fixture
def listening() -> Callable[[str], "asyncio.Queue[dict[str, Any]]"]:
    def listen(topic: str) -> "asyncio.Queue[dict[str, Any]]":
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        live.subscribe(topic, queue.put)
        return queue

    yield listen
    live.forget_all()


async def _next(queue: "asyncio.Queue[dict[str, Any]]", seconds: float = 10) -> dict[str, Any]:
    return await asyncio.wait_for(queue.get(), seconds)


async def test_without_postgresql_news_stays_in_the_process(listening) -> None:
    heard = listening("sujet")
    live.publish("sujet", {"version": 3})
    live.publish("autre", {"version": 4})
    assert await _next(heard) == {"version": 3}
    await asyncio.sleep(0.05)
    assert heard.empty()


async def test_one_failing_page_stops_nobody_else(listening) -> None:
    def fail(_: live.Payload) -> None:
        raise RuntimeError("a page that breaks")

    live.subscribe("sujet", fail)
    heard = listening("sujet")
    live.publish("sujet")
    assert await _next(heard) == {}


async def test_news_crosses_to_another_process_and_back(carried: str, listening) -> None:
    back = listening("essai-retour")
    other = subprocess.Popen(  # noqa: ASYNC220  a real second process, as behind a proxy
        [sys.executable, "-c", OTHER_PROCESS, carried],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": "."},
        text=True,
    )
    try:
        assert await _next(back, 20) == {"ready": True}
        live.publish("essai", {"version": 7, "by": "é"})
        printed = await asyncio.to_thread(other.communicate, timeout=20)
        assert printed[0].strip() == '{"version": 7, "by": "\\u00e9"}'
    finally:
        other.kill()


async def _told_from_elsewhere(url: str, message: str) -> None:
    address = url.replace("postgresql+psycopg://", "postgresql://")
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
        await connection.execute("SELECT pg_notify(%s, %s)", (live.CHANNEL, message))


async def test_one_hears_once_what_one_said_oneself(carried: str, listening) -> None:
    heard = listening("sujet")
    live.publish("sujet", {"version": 1})
    await asyncio.sleep(0.5)
    assert [heard.get_nowait() for _ in range(heard.qsize())] == [{"version": 1}]


async def test_a_payload_too_long_for_postgresql_becomes_look_again(carried: str, listening) -> None:
    packed = live._packed("sujet", {"text": "é" * 5000})
    assert len(packed.encode()) < 8000
    heard = listening("sujet")
    await _told_from_elsewhere(carried, packed.replace(live._me, "un-autre"))
    assert await _next(heard) == {live.RESYNC: True}


async def test_words_of_strangers_on_the_channel_disturb_nothing(carried: str, listening) -> None:
    heard = listening("sujet")
    for message in ("bonjour", "[]", '{"from": "x"}', '{"from": "x", "topic": "sujet", "payload": 3}'):
        await _told_from_elsewhere(carried, message)
    await _told_from_elsewhere(carried, '{"from": "x", "topic": "sujet", "payload": {"version": 2}}')
    assert await _next(heard) == {"version": 2}
    assert heard.empty()


async def test_after_a_cut_everybody_looks_again_and_news_arrives_anew(carried: str, listening) -> None:
    heard = listening("sujet")
    address = carried.replace("postgresql+psycopg://", "postgresql://")
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND (query LIKE 'LISTEN%' OR query LIKE '%pg_notify%')"
        )
    assert await _next(heard) == {live.RESYNC: True}
    await _told_from_elsewhere(carried, '{"from": "x", "topic": "sujet", "payload": {"version": 2}}')
    assert await _next(heard) == {"version": 2}
