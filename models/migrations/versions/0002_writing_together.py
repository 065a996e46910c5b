"""Writing together: history, co-authors, relays, help, versions of the guide, drafts thrown away.

Revision: 0002
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OPEN = "state IN ('brouillon', 'proposee', 'a-preciser')"
NOT_DELETED = " AND deleted_at IS NULL"


def _open_index(condition: str) -> None:
    """Make the index that allows one open revision a fiche."""
    op.drop_index("ix_revision_open", table_name="revision")
    op.create_index(
        "ix_revision_open",
        "revision",
        ["fiche_id"],
        unique=True,
        sqlite_where=sa.text(condition),
        postgresql_where=sa.text(condition),
    )


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "guideversion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "relay",
        sa.Column("federation_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["federation_id"],
            ["federation.id"],
        ),
        sa.PrimaryKeyConstraint("federation_id", "account_id"),
    )
    with op.batch_alter_table("relay", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relay_account_id"), ["account_id"], unique=False)

    op.create_table(
        "coauthor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["fiche_id"],
            ["fiche.id"],
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("fiche_id", "email"),
    )
    with op.batch_alter_table("coauthor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coauthor_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coauthor_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_coauthor_fiche_id"), ["fiche_id"], unique=False)

    op.create_table(
        "helprequest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("federation_id", sa.String(), nullable=True),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["federation_id"],
            ["federation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["fiche_id"],
            ["fiche.id"],
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("helprequest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_helprequest_federation_id"), ["federation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_helprequest_fiche_id"), ["fiche_id"], unique=False)

    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("gabarit", sa.String(), nullable=False),
        sa.Column("palette", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("revision_id", "version"),
    )
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_snapshot_revision_id"), ["revision_id"], unique=False)

    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("ignored", JSON, nullable=False, server_default="[]"))
        batch_op.add_column(
            sa.Column("seen_on_paper", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    _open_index(OPEN + NOT_DELETED)


def downgrade() -> None:
    """Undo."""
    op.execute("DELETE FROM revision WHERE deleted_at IS NOT NULL")
    _open_index(OPEN)
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_column("seen_on_paper")
        batch_op.drop_column("ignored")
        batch_op.drop_column("deleted_at")

    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_snapshot_revision_id"))

    op.drop_table("snapshot")
    with op.batch_alter_table("helprequest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_helprequest_fiche_id"))
        batch_op.drop_index(batch_op.f("ix_helprequest_federation_id"))

    op.drop_table("helprequest")
    with op.batch_alter_table("coauthor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coauthor_fiche_id"))
        batch_op.drop_index(batch_op.f("ix_coauthor_email"))
        batch_op.drop_index(batch_op.f("ix_coauthor_account_id"))

    op.drop_table("coauthor")
    with op.batch_alter_table("relay", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_relay_account_id"))

    op.drop_table("relay")
    op.drop_table("guideversion")
