"""What has just changed, told to the open pages of this process."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

Payload = dict[str, Any]
Callback = Callable[[Payload], Awaitable[None] | None]

_log = logging.getLogger(__name__)
_subscribers: dict[str, set[Callback]] = defaultdict(set)
_running: set[asyncio.Task[None]] = set()  # asyncio keeps only weak references to tasks


def subscribe(topic: str, callback: Callback) -> Callable[[], None]:
    """Call `callback` with each payload published on `topic`; returns the function that stops it."""
    _subscribers[topic].add(callback)

    def unsubscribe() -> None:
        _subscribers[topic].discard(callback)
        if not _subscribers[topic]:
            _subscribers.pop(topic, None)

    return unsubscribe


def publish(topic: str, payload: Payload | None = None) -> None:
    """Tell every subscriber of `topic`, each in its own task so that one failure stops nobody else."""
    for callback in tuple(_subscribers.get(topic, ())):
        task = asyncio.get_running_loop().create_task(_deliver(callback, payload or {}))
        _running.add(task)
        task.add_done_callback(_running.discard)


def forget_all() -> None:
    """Drop every subscriber: the server stops."""
    _subscribers.clear()


async def _deliver(callback: Callback, payload: Payload) -> None:
    try:
        result = callback(payload)
        if result is not None:
            await result
    except Exception:
        _log.exception("a live callback failed")
