"""Works that go wrong in a worker, for real."""

import os
import signal
import time
from pathlib import Path

from layouts.catalogue import FICHE
from layouts.piece import Made, NotOffered, Order


def add(first: int, second: int) -> int:
    return first + second


def pid() -> int:
    return os.getpid()


def nap(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def endless() -> None:
    while True:
        pass


def hog() -> None:
    held = []
    while True:
        held.append(bytearray(64 * 1024 * 1024))


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed_once(mark: str) -> str:
    if not Path(mark).exists():
        Path(mark).touch()
        killed()
    return "done"


def wrong() -> None:
    raise ValueError("wrong")


def note(mark: str) -> None:
    with Path(mark).open("a") as file:
        file.write("x")


def endless_piece(order: Order) -> Made:
    endless()
    return Made(b"")


def wrong_piece(order: Order) -> Made:
    raise ValueError(order.setting.gabarit)


def absent_piece(order: Order) -> Made:
    raise NotOffered


def title_piece(order: Order) -> Made:
    return Made(order.content.title.encode())


def kit_piece(order: Order) -> Made:
    return Made(b"|".join(name.encode() + b"=" + path.read_bytes() for name, path in order.parts.items()))


def pictures_piece(order: Order) -> Made:
    return Made(str(sum(1 for _ in order.media.glob("*.jpg"))).encode())


def slow_piece(order: Order) -> Made:
    time.sleep(0.6)
    return Made(order.content.title.encode())


def wrong_if_called_so(order: Order) -> Made:
    if "ratée" in order.content.title:
        raise ValueError(order.content.title)
    return FICHE.make(order)
