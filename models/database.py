"""The database: one URL decides the size. SQLite by default, PostgreSQL for several processes."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

T = TypeVar("T")
MAX_TRIES = 6  # of a transaction: as many may race for the same unique value
BUSY_TIMEOUT = 10.0  # seconds that a writer waits for another one


class Database:
    """The engines of one database: one that writes, one that only reads."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.writing = self._engine("BEGIN IMMEDIATE")
        # On SQLite a reader begins without asking for the write lock, so that readers never wait.
        self.reading = self._engine("BEGIN") if self.sqlite else self.writing

    def _engine(self, begin: str) -> AsyncEngine:
        if not self.sqlite:
            return create_async_engine(self.url, pool_pre_ping=True, pool_size=10, max_overflow=20)
        engine = create_async_engine(self.url, connect_args={"timeout": BUSY_TIMEOUT})

        @event.listens_for(engine.sync_engine, "connect")
        def _prepare(connection: Any, _record: Any) -> None:
            # The driver's own BEGIN would come too late and without IMMEDIATE.
            connection.isolation_level = None
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=NORMAL")
            cursor.execute("PRAGMA foreign_keys=ON")
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
    async with AsyncSession(current().writing, expire_on_commit=False) as session, session.begin():
        yield session


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
