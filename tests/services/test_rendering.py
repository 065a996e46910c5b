"""Workers: what goes wrong in one takes one rendering with it, never the server, never the others."""

import asyncio
import os
import resource
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pebble import ProcessPool

from app.services import rendering
from app.services.rendering import Urgency
from models.errors import LayoutFailed
from tests.services import bad_work


@pytest.fixture(scope="module", autouse=True)
def workers() -> Iterator[None]:
    """Started once for all: a worker takes seconds to load its fonts."""
    rendering.start()
    yield
    rendering.close()


async def test_a_work_runs_in_another_process() -> None:
    assert await rendering.run(bad_work.add, 2, 3) == 5
    assert await rendering.run(bad_work.pid) != os.getpid()


async def test_what_a_work_raises_is_told() -> None:
    with pytest.raises(ValueError, match="wrong"):
        await rendering.run(bad_work.wrong)


async def test_an_endless_work_is_ended_and_the_others_go_on() -> None:
    endless = asyncio.create_task(rendering.run(bad_work.endless, limit=1.0))
    others = await asyncio.gather(*(rendering.run(bad_work.add, number, 1) for number in range(20)))
    assert others == list(range(1, 21))
    with pytest.raises(LayoutFailed) as failure:
        await endless
    assert failure.value.reason == "time"
    assert await rendering.run(bad_work.add, 1, 1) == 2


async def test_the_time_in_the_line_does_not_count() -> None:
    naps = [rendering.run(bad_work.nap, 0.6, limit=1.5) for _ in range(6)]
    assert await asyncio.gather(*naps) == [0.6] * 6


async def test_a_work_that_takes_all_memory_fails_alone() -> None:
    hog = asyncio.create_task(rendering.run(bad_work.hog))
    beside = await rendering.run(bad_work.nap, 0.5)
    with pytest.raises(LayoutFailed) as failure:
        await hog
    assert (beside, failure.value.reason) == (0.5, "memory")
    assert await rendering.run(bad_work.add, 1, 1) == 2


async def test_a_worker_that_dies_is_replaced_and_its_work_tried_once_more(tmp_path: Path) -> None:
    assert await rendering.run(bad_work.killed_once, str(tmp_path / "mark")) == "done"


async def test_a_work_that_kills_its_worker_twice_fails_alone() -> None:
    deadly = asyncio.create_task(rendering.run(bad_work.killed))
    beside = await rendering.run(bad_work.nap, 0.5)
    with pytest.raises(LayoutFailed) as failure:
        await deadly
    assert (beside, failure.value.reason) == (0.5, "crash")


async def test_workers_killed_at_rest_are_replaced() -> None:
    found = await asyncio.gather(*(rendering.run(bad_work.pid) for _ in range(8)))
    for pid in set(found):
        os.kill(pid, signal.SIGKILL)
    await asyncio.sleep(0.5)
    assert await asyncio.gather(*(rendering.run(bad_work.add, n, n) for n in range(4))) == [0, 2, 4, 6]


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_when_the_system_gives_no_process_the_turns_are_given_back() -> None:
    await asyncio.to_thread(rendering.close)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (_open_files(), before[1]))
    try:
        failures = await asyncio.gather(
            *(rendering.run(bad_work.add, 1, 1) for _ in range(rendering.WORKERS + 1)),
            return_exceptions=True,
        )
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert [getattr(each, "reason", each) for each in failures] == ["crash"] * (rendering.WORKERS + 1)
    assert rendering._busy.total() == 0
    assert await asyncio.gather(*(rendering.run(bad_work.add, n, n) for n in range(3))) == [0, 2, 4]


async def test_the_event_loop_goes_on_while_workers_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    join = ProcessPool.join

    def slowly(pool: ProcessPool, timeout: float | None = None) -> None:
        join(pool, timeout)
        time.sleep(1)

    assert rendering._pool is not None
    monkeypatch.setattr(ProcessPool, "join", slowly)
    rendering._pool.stop()  # as when its threads died
    working = asyncio.create_task(rendering.run(bad_work.add, 1, 1))
    longest, last = 0.0, time.monotonic()
    while not working.done():
        await asyncio.sleep(0.01)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    assert await working == 2
    assert longest < 0.5


async def test_the_workers_stopped_while_one_waits_begin_again() -> None:
    waiting = asyncio.create_task(rendering.run(bad_work.nap, 1.0))
    await asyncio.sleep(0.3)
    await asyncio.to_thread(rendering.close)
    assert await waiting == 1.0


async def test_what_begins_while_the_workers_still_stop_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    join, schedule = ProcessPool.join, ProcessPool.schedule
    begun: list[object] = []

    def slowly(pool: ProcessPool, timeout: float | None = None) -> None:
        join(pool, timeout)
        time.sleep(1)

    def noted(pool: ProcessPool, *arguments: Any, **options: Any) -> Any:
        begun.append(arguments)
        return schedule(pool, *arguments, **options)

    await rendering.run(bad_work.add, 1, 1)
    monkeypatch.setattr(ProcessPool, "join", slowly)
    monkeypatch.setattr(ProcessPool, "schedule", noted)
    closing = asyncio.create_task(asyncio.to_thread(rendering.close))
    await asyncio.sleep(0.5)
    working = asyncio.create_task(rendering.run(bad_work.nap, 2.0))
    await closing
    assert await working == 2.0
    assert len(begun) == 1


async def test_what_is_made_ahead_never_holds_the_last_worker() -> None:
    await asyncio.gather(*(rendering.run(bad_work.nap, 0.2) for _ in range(4)))  # both are warm
    ahead = [asyncio.create_task(rendering.run(bad_work.nap, 0.7, urgency=Urgency.AHEAD)) for _ in range(4)]
    await asyncio.sleep(0.1)
    started = time.monotonic()
    await rendering.run(bad_work.add, 1, 1, urgency=Urgency.LIVE)
    waited = time.monotonic() - started
    assert not any(task.done() for task in ahead)
    assert waited < 0.6
    assert await asyncio.gather(*ahead) == [0.7] * 4


async def test_who_waits_for_a_piece_goes_before_the_gauges_and_before_what_is_made_ahead() -> None:
    order: list[str] = []

    async def one(name: str, urgency: Urgency) -> None:
        await rendering.run(bad_work.nap, 0.1, urgency=urgency)
        order.append(name)

    holding = [asyncio.create_task(rendering.run(bad_work.nap, 0.5)) for _ in range(rendering.WORKERS)]
    await asyncio.sleep(0.05)
    late = [
        asyncio.create_task(one(urgency.name, urgency))
        for urgency in (Urgency.AHEAD, Urgency.LIVE, Urgency.WAITED)
        for _ in range(2)
    ]
    await asyncio.gather(*holding, *late)
    assert order == ["WAITED"] * 2 + ["LIVE"] * 2 + ["AHEAD"] * 2


async def test_who_gives_up_in_the_line_frees_it_and_is_not_begun(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    holding = [asyncio.create_task(rendering.run(bad_work.nap, 0.6)) for _ in range(rendering.WORKERS)]
    await asyncio.sleep(0.1)
    left = asyncio.create_task(rendering.run(bad_work.note, str(mark)))
    await asyncio.sleep(0.1)
    left.cancel()
    await asyncio.gather(*holding)
    assert await asyncio.gather(*(rendering.run(bad_work.add, n, 1) for n in range(6))) == [1, 2, 3, 4, 5, 6]
    assert not mark.exists()
