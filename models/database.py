"""The database: one URL decides the size. SQLite by default, PostgreSQL for several processes.

On SQLite a write transaction runs in the event loop itself, from BEGIN to COMMIT without a pause: its statements take
microseconds, when each would wait its turn behind everything else if it went through a thread, and the one write lock
of the database would be held meanwhile. Fifty people who write at once then keep each other waiting for seconds.
Readers go through threads: they lock nothing, and a search may take a while.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from alembic import command
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError, IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

T = TypeVar("T")
MAX_TRIES = 6  # of a transaction: as many may race for the same unique value
BUSY_TIMEOUT = 10.0  # seconds that a writer waits for another one
BUSY_PAUSE = 0.005  # seconds between two looks whether it has done
TRUSTED = 1.0  # seconds at rest during which a connection is taken for alive
_RESTS = "rests_since"

_WRITE, _READ = "BEGIN IMMEDIATE", "BEGIN"


class _AtOnce:
    """In the place of the queue and the thread of an aiosqlite connection: does at once what is asked."""

    def put_nowait(self, asked: tuple[asyncio.Future[Any] | None, Callable[[], Any]]) -> None:
        future, function = asked
        try:
            result = function()
        except BaseException as error:
            if future is None:
                raise
            future.set_exception(error)
        else:
            if future is not None:
                future.set_result(result)

    def start(self) -> None:
        """There is no thread to start."""


def _connect_at_once(*args: Any, **options: Any) -> aiosqlite.Connection:
    connection = aiosqlite.connect(*args, **options)
    vars(connection).update(_tx=_AtOnce(), _thread=_AtOnce())
    return connection


def _ask_after_rest(engine: AsyncEngine) -> None:
    """Replace connections that the server has closed while they rested; one just used is not asked: a save has the
    fewest exchanges that it can."""

    @event.listens_for(engine.sync_engine, "checkin")
    def _rest(_connection: Any, record: Any) -> None:
        record.info[_RESTS] = time.monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def _ask(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get(_RESTS, time.monotonic()) < TRUSTED:
            return
        try:
            engine.sync_engine.dialect.do_ping(connection)
        except engine.sync_engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # the pool opens another


class Database:
    """The engines of one database: one that writes, one that only reads."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.writing = self._engine(_WRITE)
        # On SQLite a reader begins without asking for the write lock, so that readers never wait.
        self.reading = self._engine(_READ) if self.sqlite else self.writing

    def _engine(self, begin: str) -> AsyncEngine:
        if not self.sqlite:
            engine = create_async_engine(self.url, pool_size=10, max_overflow=20)
            _ask_after_rest(engine)
            return engine
        at_once = {"async_creator_fn": _connect_at_once} if begin == _WRITE else {}
        engine = create_async_engine(self.url, connect_args={"timeout": BUSY_TIMEOUT, **at_once})

        @event.listens_for(engine.sync_engine, "connect")
        def _prepare(connection: Any, _record: Any) -> None:
            # The driver's own BEGIN would come too late and without IMMEDIATE.
            connection.isolation_level = None
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=NORMAL")
            cursor.execute("PRAGMA foreign_keys=ON")
            if at_once:  # who waits for another writer must not keep the event loop waiting
                cursor.execute("PRAGMA busy_timeout=0")
            cursor.close()

        @event.listens_for(engine.sync_engine, "begin")
        def _begin(connection: Any) -> None:
            connection.exec_driver_sql(begin)

        return engine

    async def dispose(self) -> None:
        """Close all connections."""
        await self.writing.dispose()
        if self.reading is not self.writing:
            await self.reading.dispose()


_current: Database | None = None


def connect(url: str) -> Database:
    """Make the database at `url` (an async SQLAlchemy URL) the one that the services use."""
    global _current
    _current = Database(url)
    return _current


def current() -> Database:
    """Return the connected database; RuntimeError before `connect`."""
    if _current is None:
        raise RuntimeError("no database is connected")
    return _current


@asynccontextmanager
async def transaction() -> AsyncIterator[AsyncSession]:
    """Open a session that is committed at the end of the block, rolled back if it raises."""
    database = current()
    async with AsyncSession(database.writing, expire_on_commit=False) as session:
        await _begin(session, database)
        try:
            yield session
        except BaseException:
            await session.rollback()
            raise
        await session.commit()


async def _begin(session: AsyncSession, database: Database) -> None:
    """Take the write lock of SQLite, when another process or a transaction that awaits something has let it go."""
    deadline = time.monotonic() + BUSY_TIMEOUT
    while database.sqlite:
        try:
            await session.connection()
            return
        except OperationalError as error:
            await session.rollback()
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            await asyncio.sleep(BUSY_PAUSE)


async def retried(action: Callable[[], Awaitable[T]]) -> T:
    """Run a whole transaction again if somebody took the same unique value meanwhile (a slug, an address)."""
    for _ in range(MAX_TRIES - 1):
        try:
            return await action()
        except IntegrityError:
            continue
    return await action()


@asynccontextmanager
async def reading() -> AsyncIterator[AsyncSession]:
    """Open a session that only reads."""
    async with AsyncSession(current().reading, expire_on_commit=False) as session:
        yield session


def migrate(url: str, revision: str = "head") -> None:
    """Bring the schema of the database at `url` to `revision` (blocking)."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    # Alembic reads its options through configparser, where % is special.
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, revision)
