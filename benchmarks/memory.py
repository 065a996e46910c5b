"""What an open editor costs the server in memory."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import drafts
from benchmarks.editors import OpenEditor
from benchmarks.figure import Figure
from tests.journeys.server import Server

FEW, MANY = 5, 45  # open editors
SECONDS = 20  # of writing in each
SETTLED = 3  # seconds after which all that they asked is done
MIB = 1024 * 1024
_OWN = ("Private_Clean:", "Private_Dirty:")


def run(_server: Server) -> list[Figure]:
    """Open a few editors on full fiches, then many more, and write in each: the server's own memory that each adds.

    The server is fresh and nobody leaves, so that no memory is used twice; what the first ones load is not theirs.
    """
    with TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data")
        server.command("demo", "--accounts-only")
        paths = drafts.store(server, MANY)
        server.start()
        try:
            each = asyncio.run(_measure(server, paths))
        finally:
            server.stop()
    return [Figure("mémoire du serveur par éditeur ouvert", each, "Mio", "≤ 1.5")]


async def _measure(server: Server, paths: list[str]) -> float:
    """Return MiB per open editor."""
    assert server.process is not None
    pid = server.process.pid
    async with AsyncExitStack() as stack:
        before = await _open(server.url, paths[:FEW], stack, pid)
        after = await _open(server.url, paths[FEW:], stack, pid)
    return (after - before) / (MANY - FEW)


async def _open(url: str, paths: list[str], stack: AsyncExitStack, pid: int) -> float:
    """Open editors and write in each; return the memory with all open."""
    editors = [await stack.enter_async_context(OpenEditor(url, path)) for path in paths]
    await asyncio.gather(*(editor.write(SECONDS) for editor in editors))
    await asyncio.sleep(SETTLED)
    return own_memory(pid)


def own_memory(pid: int) -> float:
    """Return the memory of a process that it shares with no other, in MiB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(_OWN)) * 1024 / MIB


def most_memory(pid: int) -> float:
    """Return the most memory that a process has had so far, shared or not, in MiB; 0 when it has none any more."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024 / MIB
