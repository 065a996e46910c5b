"""Public pages: requests a second, as a ratio to bare Starlette serving the same bytes in the same run."""

import asyncio
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from benchmarks.figure import Figure
from tests.journeys.server import Server

CONNECTIONS = 8
SECONDS = 2.5
ROUNDS = 3
GOAL = "≥ 0.25"


def run(server: Server) -> list[Figure]:
    """Measure the home page and a fiche page."""
    with urllib.request.urlopen(f"{server.url}/sitemap.xml") as answer:
        fiche = next(
            part.split("</loc>")[0] for part in answer.read().decode().split("<loc>") if "/fiches/" in part
        )
    figures = []
    for name, path in (("accueil", "/"), ("page d’une fiche", urlsplit(fiche).path)):
        ours, bare = _measure(server.url + path)
        figures.append(
            Figure(f"{name} : requêtes/s ÷ Starlette nue (mêmes octets)", ours / bare, "rapport", GOAL)
        )
        print(f"  {name} : {ours:.0f} requêtes/s, Starlette nue {bare:.0f}")
    return figures


def _measure(url: str) -> tuple[float, float]:
    """Return requests a second of ours and of the bare server, medians of alternated rounds."""
    with urllib.request.urlopen(url) as answer:
        body = answer.read()
    with NamedTemporaryFile(suffix=".html") as page:
        page.write(body)
        page.flush()
        port = _free_port()
        peer = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "bare.py"), page.name, str(port)]
        )
        try:
            peer_url = f"http://127.0.0.1:{port}/"
            _wait(peer_url)
            asyncio.run(_load(url, 0.5))
            ours, bare = [], []
            for _ in range(ROUNDS):
                ours.append(asyncio.run(_load(url, SECONDS)))
                bare.append(asyncio.run(_load(peer_url, SECONDS)))
        finally:
            peer.terminate()
            peer.wait()
    return statistics.median(ours), statistics.median(bare)


async def _load(url: str, seconds: float) -> float:
    parts = urlsplit(url)
    request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    deadline = time.perf_counter() + seconds
    done = 0

    async def client() -> None:
        nonlocal done
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        while time.perf_counter() < deadline:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head.split(b"\r\n", 1)[0]:
                raise RuntimeError(head.decode())
            length = next(
                int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
            )
            await reader.readexactly(length)
            done += 1
        writer.close()

    started = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CONNECTIONS)))
    return done / (time.perf_counter() - started)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str) -> None:
    for _ in range(100):
        with suppress(OSError), urllib.request.urlopen(url, timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError("the bare server does not answer")
