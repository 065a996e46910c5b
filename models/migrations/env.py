"""Alembic's environment: runs the migrations with the synchronous driver of the database."""

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

import models.company
import models.fiche
import models.people
import models.records
import models.review  # noqa: F401  the tables must be known

SYNC_DRIVERS = {"sqlite+aiosqlite": "sqlite", "postgresql+psycopg": "postgresql+psycopg"}


def run() -> None:
    """Run the migrations in one transaction."""
    url = make_url(context.config.get_main_option("sqlalchemy.url") or "")
    engine = create_engine(url.set(drivername=SYNC_DRIVERS.get(url.drivername, url.drivername)))
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
