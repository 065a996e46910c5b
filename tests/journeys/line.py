"""The line between a browser and a server, which can be cut as in life: in silence, or refused; and restored."""

import asyncio
import socket
import threading
from contextlib import suppress

OPEN, SILENT, REFUSED = "open", "silent", "refused"


class Line:
    """A TCP relay on a port of its own, in a thread. `silent`: nothing passes, nobody is told, as in a tunnel."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.state = OPEN
        self._writers: set[asyncio.StreamWriter] = set()
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._opened: asyncio.Event
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self._thread.start()
        self._ready.wait()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def silence(self) -> None:
        """Let nothing pass; connections stay open and hear nothing."""
        self._do(SILENT)

    def cut(self) -> None:
        """Break every connection and refuse new ones."""
        self._do(REFUSED)

    def restore(self) -> None:
        """Let everything pass again. What was swallowed in silence is gone, with its connections."""
        self._do(OPEN)

    def close(self) -> None:
        self._do(REFUSED)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._listener.close()

    def _do(self, state: str) -> None:
        asyncio.run_coroutine_threadsafe(self._turn(state), self._loop).result(5)

    async def _turn(self, state: str) -> None:
        before, self.state = self.state, state
        if state == REFUSED or before == SILENT:
            for writer in list(self._writers):
                writer.transport.abort()
        if state == OPEN:
            self._opened.set()
        else:
            self._opened.clear()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._opened = asyncio.Event()
        self._opened.set()
        self._loop.run_until_complete(asyncio.start_server(self._relay, sock=self._listener))
        self._ready.set()
        self._loop.run_forever()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.state == REFUSED:
            writer.transport.abort()
            return
        self._writers.add(writer)
        with suppress(OSError, asyncio.CancelledError):
            await self._opened.wait()
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
            self._writers.add(back)
            await asyncio.wait(
                [
                    asyncio.create_task(self._pump(reader, back)),
                    asyncio.create_task(self._pump(there, writer)),
                ],
                return_when=asyncio.FIRST_COMPLETED,
            )
            self._writers.discard(back)
            back.transport.abort()
        self._writers.discard(writer)
        writer.transport.abort()

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await source.read(65536):
                if self.state == SILENT:
                    continue
                sink.write(data)
                await sink.drain()
