"""Laying out in other processes, so that the server keeps answering while a PDF is made."""

import asyncio
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from pathlib import Path

from layouts import renderer
from models.content import FicheContent

WORKERS = 2
TIME_LIMIT = 30.0  # seconds

_pool: ProcessPoolExecutor | None = None


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
    document = content.model_dump_json()
    try:
        return await _run(document, setting, media_dir)
    except BrokenProcessPool:
        close()
        return await _run(document, setting, media_dir)


async def _run(document: str, setting: renderer.Setting, media_dir: Path) -> renderer.Pdf:
    loop = asyncio.get_running_loop()
    work = loop.run_in_executor(_executor(), _render, document, setting, media_dir)
    return await asyncio.wait_for(work, TIME_LIMIT)


def _render(document: str, setting: renderer.Setting, media_dir: Path) -> renderer.Pdf:
    return renderer.pdf(FicheContent.model_validate_json(document), setting, media=media_dir)
