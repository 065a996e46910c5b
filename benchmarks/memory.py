"""What an open editor costs the server in memory."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.editors import OpenEditor
from benchmarks.figure import Figure
from tests.journeys.server import Server

NUMBER = 40
GONE = 45  # seconds after which a page that has left will not come back
MIB = 1024 * 1024
_OWN = ("Private_Clean:", "Private_Dirty:")


def run(_server: Server) -> list[Figure]:
    """Open editors and write a little in each, twice: the server's own memory that each of the second ones takes."""
    with TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data")
        server.command("demo", "--accounts-only")
        server.start()
        try:
            each = asyncio.run(_measure(server))
        finally:
            server.stop()
    return [Figure("mémoire du serveur par éditeur ouvert", each, "Mio", "≤ 1.5")]


async def _measure(server: Server) -> float:
    """Return MiB per open editor."""
    assert server.process is not None
    pid = server.process.pid
    await _open(server, pid)  # what the first ones load is not theirs
    await asyncio.sleep(GONE)
    before = own_memory(pid)
    return (await _open(server, pid) - before) / NUMBER


async def _open(server: Server, pid: int) -> float:
    """Open `NUMBER` editors, write a sentence in each; return the memory with all open."""
    async with AsyncExitStack() as stack:
        editors = [await stack.enter_async_context(OpenEditor(server.url)) for _ in range(NUMBER)]
        await asyncio.gather(*(editor.write(8) for editor in editors))
        await asyncio.sleep(3)
        return own_memory(pid)


def own_memory(pid: int) -> float:
    """Return the memory of a process that it shares with no other, in MiB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(_OWN)) * 1024 / MIB
