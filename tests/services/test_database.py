"""The two databases: migrated from nothing, as the models say, and set for several writers."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel, col, select

from models import database
from models.columns import now
from models.database import Database, reading, transaction
from models.fiche import Fiche, Revision
from models.people import Account, Centre
from tests.factories import full_content


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / '100 % vide.sqlite3'}"
        return
    server = request.getfixturevalue("postgres_ready")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS migration"))
        connection.execute(text("CREATE DATABASE migration"))
    yield str(admin.url.set(database="migration").render_as_string(hide_password=False))
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE migration WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def migrated(empty_url: str) -> Iterator[Engine]:
    """A database brought from nothing to the newest schema, seen by a synchronous engine."""
    database.migrate(empty_url)
    engine = create_engine(empty_url.replace("+aiosqlite", ""))
    yield engine
    engine.dispose()


def test_migrations_make_every_table(migrated: Engine) -> None:
    tables = set(inspect(migrated).get_table_names())
    assert tables == set(SQLModel.metadata.tables) | {"alembic_version"}


def test_the_migrated_schema_is_the_one_of_the_models(migrated: Engine) -> None:
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences: list[Any] = compare_metadata(context, SQLModel.metadata)
    assert differences == []


def test_migrating_again_changes_nothing(empty_url: str, migrated: Engine) -> None:
    with migrated.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO account (email, name, role, demo, active, created_at) "
                "VALUES ('a@essai.example', '', 'admin', false, true, '2026-01-01 00:00:00+00:00')"
            )
        )
    database.migrate(empty_url)
    with migrated.connect() as connection:
        assert connection.execute(text("SELECT email FROM account")).scalars().all() == ["a@essai.example"]


async def test_sqlite_writes_ahead_and_checks_foreign_keys(tmp_path: Path) -> None:
    connected = database.Database(f"sqlite+aiosqlite:///{tmp_path / 'essai.sqlite3'}")
    for engine in (connected.writing, connected.reading):
        async with engine.connect() as connection:
            modes = [
                (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
                for name in ("journal_mode", "foreign_keys", "synchronous")
            ]
            assert modes == ["wal", 1, 1]
    await connected.dispose()


async def test_a_block_that_fails_writes_nothing(db: Database) -> None:
    async def fail() -> None:
        async with transaction() as session:
            session.add(Account(email="a@essai.example"))
            await session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with reading() as session:
        assert (await session.exec(select(Account))).all() == []


async def test_thirty_writers_at_once_all_write(db: Database) -> None:
    async def write(number: int) -> None:
        async with transaction() as session:
            known = (await session.exec(select(Account))).all()
            session.add(Account(email=f"{number}@essai.example", name=str(len(known))))

    await asyncio.gather(*[write(number) for number in range(30)])
    async with reading() as session:
        emails = (await session.exec(select(Account.email))).all()
    assert sorted(emails) == sorted(f"{number}@essai.example" for number in range(30))


async def test_readers_do_not_wait_for_a_writer(db: Database) -> None:
    async with transaction() as session:
        session.add(Account(email="a@essai.example"))
        await session.flush()
        async with asyncio.timeout(2), reading() as other:
            assert (await other.exec(select(Account))).all() == []


async def test_connections_that_the_server_closed_while_they_rested_are_replaced(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.sqlite:
        pytest.skip("SQLite has no server that closes")
    monkeypatch.setattr(database, "TRUSTED", 0.05)
    async with reading() as session:
        await session.exec(select(Account))
    other = create_async_engine(db.url)
    async with other.connect() as connection:
        mine = "datname = current_database() AND pid <> pg_backend_pid()"
        closed = await connection.execute(
            text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {mine}")
        )
        assert closed.scalars().all()
    await other.dispose()
    await asyncio.sleep(0.1)
    async with transaction() as session:
        session.add(Account(email="a@essai.example"))
    async with reading() as session:
        assert (await session.exec(select(Account.email))).all() == ["a@essai.example"]


async def test_a_fiche_has_one_open_revision_at_most(db: Database) -> None:
    async with transaction() as session:
        centre = Centre(slug="a", name="A", kind="centre")
        session.add(centre)
        await session.flush()
        fiche = Fiche(centre_id=centre.id or 0)
        session.add(fiche)
        await session.flush()
        session.add(Revision(fiche_id=fiche.id or 0, content=full_content()))
    fiche_id = fiche.id or 0

    async def again() -> None:
        async with transaction() as session:
            session.add(Revision(fiche_id=fiche_id, number=2, content=full_content()))

    with pytest.raises(IntegrityError):
        await again()


async def test_a_document_and_a_moment_come_back_as_they_were(db: Database) -> None:
    moment = now()
    async with transaction() as session:
        centre = Centre(slug="a", name="A", kind="centre")
        session.add(centre)
        await session.flush()
        fiche = Fiche(centre_id=centre.id or 0, created_at=moment)
        session.add(fiche)
        await session.flush()
        session.add(Revision(fiche_id=fiche.id or 0, content=full_content(), fit={"k": 0.98}))
    async with reading() as session:
        revision = (await session.exec(select(Revision).order_by(col(Revision.id)))).one()
        stored = (await session.exec(select(Fiche.created_at))).one()
    assert (revision.content, revision.fit, stored) == (full_content(), {"k": 0.98}, moment)
    assert stored.tzinfo is not None


async def test_a_moment_without_its_zone_is_refused(db: Database) -> None:
    async def write() -> None:
        async with transaction() as session:
            session.add(Account(email="a@essai.example", created_at=now().replace(tzinfo=None)))

    with pytest.raises(Exception, match="naive datetime"):
        await write()


async def test_a_transaction_is_run_again_only_as_long_as_a_value_is_taken(db: Database) -> None:
    tries = 0

    async def write() -> str:
        nonlocal tries
        tries += 1
        async with transaction() as session:
            session.add(Account(email="a@essai.example" if tries < 3 else "b@essai.example"))
        return "b"

    async with transaction() as session:
        session.add(Account(email="a@essai.example"))
    assert (await database.retried(write), tries) == ("b", 3)
    tries = -100
    with pytest.raises(IntegrityError):
        await database.retried(write)
    assert tries == -100 + database.MAX_TRIES
