"""Laying out in other processes: the server keeps answering, and a worker that fails takes one rendering with it.

Each work has thirty seconds and a bounded memory. A worker that passes them, or dies, is replaced; what the others do
goes on. Works take turns: what somebody waits for, then the gauges of the pages that are typed in, then what is made
ahead, which never holds the last worker.
"""

import asyncio
import logging
import os
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from layouts import gauge, limits, renderer
from layouts.piece import Made, Order, Piece
from models.content import FicheContent
from models.errors import LayoutFailed

WORKERS = 2
TIME_LIMIT = 30.0  # seconds, from the moment a worker begins
MEMORY_LIMIT = 2 * 1024**3  # bytes of address space; a worker at rest has 0.5 of them, a fiche takes 0.1
RENEWED_AFTER = 200  # works

_Result = TypeVar("_Result")
_log = logging.getLogger(__name__)


class Urgency(IntEnum):
    """Who goes first."""

    WAITED = 0  # somebody waits for it now
    LIVE = 1  # a page being written shows it
    AHEAD = 2  # nobody waits


_pool: ProcessPool | None = None
_starting = threading.Lock()
_submitted: dict[Future[Any], ProcessPool] = {}
_pdfs = 0
_guard = threading.Lock()  # works end in threads of the pool
_busy: Counter[Urgency] = Counter()
_line: list[tuple[Urgency, int, asyncio.Future[None]]] = []  # a heap: who waits for a worker
_rank = count()


def start() -> None:
    """Start the workers: the first who waits for a page then finds them warm. It takes a while: not in the event loop."""
    _started()


def _running() -> ProcessPool | None:
    return _pool if _pool is not None and _pool.active else None


def _renew() -> ProcessPool:
    """Put new workers in the place of those that are there no more; OSError when the system gives none."""
    global _pool
    # A forked child would inherit the server's sockets and threads.
    fresh = ProcessPool(WORKERS, max_tasks=RENEWED_AFTER, initializer=_prepare, context=get_context("spawn"))
    _ = fresh.active  # starts it
    stopped, _pool = _pool, fresh
    _end(stopped)
    return fresh


def _started() -> ProcessPool:
    with _starting:
        return _running() or _renew()


def _prepare() -> None:
    """Set a worker up: polite, bounded, gone with the server, fonts and style sheets loaded."""
    limits.be_modest(MEMORY_LIMIT)
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    renderer.warm()


def _end_with_the_server() -> None:
    """Leave when the server is gone, even killed: a worker waiting for work would otherwise wait for ever."""
    server = parent_process()
    if server is not None:
        server.join()
        os._exit(0)


def close() -> None:
    """Stop the workers; what they were at is begun again by new ones if somebody still waits for it.

    It waits for their end: not in the event loop.
    """
    global _pool
    stopped, _pool = _pool, None
    _end(stopped)


def _end(stopped: ProcessPool | None) -> None:
    if stopped is not None:
        stopped.stop()  # type: ignore[no-untyped-call]
        stopped.join()
        for each, its_pool in tuple(_submitted.items()):
            if its_pool is stopped:  # others were begun again meanwhile
                each.cancel()


async def piece(kind: Piece, order: Order, urgency: Urgency = Urgency.WAITED) -> Made:
    """Make a piece in a worker; LayoutFailed, NotOffered, or what `kind.make` raised."""
    global _pdfs
    _pdfs += 1
    try:
        return await _run(kind.make, order, urgency=urgency)
    finally:
        _pdfs -= 1


def pdfs_waiting() -> int:
    """Return how many pieces are being laid out or wait for it: what is less pressing leaves them a worker."""
    return _pdfs


async def measure(
    content: FicheContent,
    setting: renderer.Setting,
    media_dir: Path,
    *,
    pictures: bool,
    known: gauge.Known | None,
) -> tuple[gauge.Gauge, gauge.Known, list[bytes]]:
    """Measure a fiche in a worker process (see `layouts.gauge.measure`); LayoutFailed."""
    document = content.model_dump_json()
    return await _run(_measure, document, setting, media_dir, pictures, known, urgency=Urgency.LIVE)


async def refine(
    content: FicheContent, setting: renderer.Setting, media_dir: Path, found: gauge.Gauge
) -> gauge.Gauge:
    """Find out by how many lines a fiche is too long, in a worker process; LayoutFailed."""
    document = content.model_dump_json()
    return await _run(_refine, document, setting, media_dir, found, urgency=Urgency.LIVE)


async def run(
    work: Callable[..., _Result],
    *arguments: object,
    urgency: Urgency = Urgency.WAITED,
    limit: float = TIME_LIMIT,
) -> _Result:
    """Run a function of a module in a worker, `limit` seconds at most once begun.

    LayoutFailed("time"), ("memory") or ("crash"), the last after a second try; else what `work` raised.
    """
    return await _run(work, *arguments, urgency=urgency, limit=limit)


async def _run(
    work: Callable[..., _Result],
    *arguments: object,
    urgency: Urgency = Urgency.WAITED,
    limit: float | None = None,
) -> _Result:
    for tries in (1, 2):
        await _turn(urgency)
        try:
            return await _once(work, *arguments, urgency=urgency, limit=limit or TIME_LIMIT)
        except TimeoutError:
            raise LayoutFailed("time") from None
        except ProcessExpired as death:
            if death.exitcode == limits.OUT_OF_MEMORY:
                raise LayoutFailed("memory") from None
            if tries == 2:
                raise LayoutFailed("crash") from None
        except (BrokenProcessPool, CancelledError):  # the pool was stopped, or lost all its workers
            if tries == 2:
                raise LayoutFailed("crash") from None
    raise AssertionError("unreachable")


async def _once(work: Callable[..., _Result], *arguments: object, urgency: Urgency, limit: float) -> _Result:
    loop, done = asyncio.get_running_loop(), asyncio.Event()

    def ended(_: object) -> None:
        _leave(urgency)
        with suppress(RuntimeError):  # the server stopped meanwhile, its loop is closed
            loop.call_soon_threadsafe(done.set)

    try:
        pool = _running()
        if pool is None:
            pool = await asyncio.to_thread(_started)
        submitted: Future[_Result] = pool.schedule(_bounded, (work, arguments), timeout=limit)
    except BaseException as problem:
        _leave(urgency)
        if isinstance(
            problem, RuntimeError | OSError
        ):  # stopped meanwhile, or the system gives no process now
            _log.warning("no worker could be had (%s)", problem)
            raise BrokenProcessPool from problem
        raise
    _submitted[submitted] = pool
    submitted.add_done_callback(lambda each: _submitted.pop(each, None))
    submitted.add_done_callback(ended)
    await done.wait()  # what has begun goes on to its end, whoever gives up: ending it would cost a worker
    return submitted.result()


# --- turns ------------------------------------------------------------------------------------------------------------


async def _turn(urgency: Urgency) -> None:
    """Wait for a worker; who gives up meanwhile leaves the line."""
    with _guard:
        if _free(urgency) and not any(each <= urgency and not turn.done() for each, _, turn in _line):
            _busy[urgency] += 1
            return
        turn = asyncio.get_running_loop().create_future()
        heappush(_line, (urgency, next(_rank), turn))
    try:
        await turn
    except asyncio.CancelledError:
        if turn.done() and not turn.cancelled():
            _leave(urgency)
        raise


def _free(urgency: Urgency) -> bool:
    ahead_may = urgency != Urgency.AHEAD or _busy[Urgency.AHEAD] < max(1, WORKERS - 1)
    return _busy.total() < WORKERS and ahead_may


def _leave(urgency: Urgency) -> None:
    """Give a worker back, to the most urgent who waits; from any thread."""
    with _guard:
        _busy[urgency] -= 1
        while _line and _free(_line[0][0]):
            next_urgency, _, turn = heappop(_line)
            with suppress(RuntimeError):  # its loop is closed
                _busy[next_urgency] += 1
                turn.get_loop().call_soon_threadsafe(_call, next_urgency, turn)
                continue
            _busy[next_urgency] -= 1


def _call(urgency: Urgency, turn: "asyncio.Future[None]") -> None:
    if turn.done():  # gave up meanwhile
        _leave(urgency)
    else:
        turn.set_result(None)


# --- in the worker ----------------------------------------------------------------------------------------------------


def _bounded(work: Callable[..., _Result], arguments: tuple[object, ...]) -> _Result:
    try:
        return work(*arguments)
    except MemoryError:
        os._exit(limits.OUT_OF_MEMORY)  # what is left in this process can't be trusted


def _measure(
    document: str,
    setting: renderer.Setting,
    media_dir: Path,
    pictures: bool,
    known: gauge.Known | None,
) -> tuple[gauge.Gauge, gauge.Known, list[bytes]]:
    content = FicheContent.model_validate_json(document)
    return gauge.measure(content, setting, media_dir, pictures=pictures, known=known)


def _refine(document: str, setting: renderer.Setting, media_dir: Path, found: gauge.Gauge) -> gauge.Gauge:
    return gauge.refine(FicheContent.model_validate_json(document), setting, media_dir, found)
