"""Laying out in other processes, so that the server keeps answering while a PDF is made."""

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import TypeVar

from layouts import gauge, renderer
from models.content import FicheContent

WORKERS = 2
TIME_LIMIT = 30.0  # seconds

_Result = TypeVar("_Result")
_pool: ProcessPoolExecutor | None = None
_pdfs = 0


def _executor() -> ProcessPoolExecutor:
    global _pool
    if _pool is None:
        # A forked child would inherit the server's sockets and threads.
        _pool = ProcessPoolExecutor(
            WORKERS, mp_context=get_context("spawn"), initializer=_give_way, max_tasks_per_child=200
        )
    return _pool


def _give_way() -> None:
    """Let the server go first: a page typed in must not wait for the PDFs made in the background."""
    if hasattr(os, "nice"):
        os.nice(10)
    threading.Thread(target=_end_with_the_server, daemon=True).start()


def _end_with_the_server() -> None:
    """Leave when the server is gone, even killed: a worker waiting for work would otherwise wait for ever."""
    server = parent_process()
    if server is not None:
        server.join()
        os._exit(0)


def close() -> None:
    """Stop the workers."""
    global _pool
    if _pool is not None:
        _pool.shutdown(wait=False, cancel_futures=True)
        _pool = None


async def pdf(content: FicheContent, setting: renderer.Setting, media_dir: Path) -> renderer.Pdf:
    """Lay a fiche out as a PDF in a worker process; TimeoutError after thirty seconds. A dead worker is replaced once."""
    global _pdfs
    _pdfs += 1
    try:
        return await _run(_pdf, content.model_dump_json(), setting, media_dir)
    finally:
        _pdfs -= 1


def pdfs_waiting() -> int:
    """Return how many PDFs are being laid out or wait for it: what is less pressing leaves them a worker."""
    return _pdfs


async def poster(content: FicheContent, setting: renderer.Setting, media_dir: Path, size: str) -> bytes:
    """Lay a poster out as a PDF ("A3" or "A4") in a worker process; TimeoutError after thirty seconds."""
    return await _run(_poster, content.model_dump_json(), setting, media_dir, size)


async def measure(
    content: FicheContent,
    setting: renderer.Setting,
    media_dir: Path,
    *,
    pictures: bool,
    known: gauge.Known | None,
) -> tuple[gauge.Gauge, list[bytes]]:
    """Measure a fiche in a worker process (see `layouts.gauge.measure`); TimeoutError after thirty seconds."""
    return await _run(_measure, content.model_dump_json(), setting, media_dir, pictures, known)


async def refine(
    content: FicheContent, setting: renderer.Setting, media_dir: Path, found: gauge.Gauge
) -> gauge.Gauge:
    """Find out by how many lines a fiche is too long, in a worker process; TimeoutError after thirty seconds."""
    return await _run(_refine, content.model_dump_json(), setting, media_dir, found)


async def _run(work: Callable[..., _Result], *arguments: object) -> _Result:
    try:
        return await _once(work, *arguments)
    except BrokenProcessPool:
        close()
        return await _once(work, *arguments)


async def _once(work: Callable[..., _Result], *arguments: object) -> _Result:
    loop, done = asyncio.get_running_loop(), asyncio.Event()

    def wake(_: object) -> None:
        with suppress(RuntimeError):  # the server stopped meanwhile, its loop is closed
            loop.call_soon_threadsafe(done.set)

    submitted = _executor().submit(work, *arguments)
    submitted.add_done_callback(wake)
    try:
        await asyncio.wait_for(done.wait(), TIME_LIMIT)
    finally:
        submitted.cancel()  # what nobody waits for any more is not begun
    return submitted.result()


def _pdf(document: str, setting: renderer.Setting, media_dir: Path) -> renderer.Pdf:
    return renderer.pdf(FicheContent.model_validate_json(document), setting, media=media_dir)


def _poster(document: str, setting: renderer.Setting, media_dir: Path, size: str) -> bytes:
    return renderer.poster_pdf(
        FicheContent.model_validate_json(document), setting, media=media_dir, size=size
    )


def _measure(
    document: str,
    setting: renderer.Setting,
    media_dir: Path,
    pictures: bool,
    known: gauge.Known | None,
) -> tuple[gauge.Gauge, list[bytes]]:
    content = FicheContent.model_validate_json(document)
    return gauge.measure(content, setting, media_dir, pictures=pictures, known=known)


def _refine(document: str, setting: renderer.Setting, media_dir: Path, found: gauge.Gauge) -> gauge.Gauge:
    return gauge.refine(FicheContent.model_validate_json(document), setting, media_dir, found)
