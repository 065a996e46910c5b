"""first schema

Revision: 0001
Follows:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "federation",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("certainty", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("to_confirm", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_table(
        "logintoken",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("next_path", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("digest"),
    )
    with op.batch_alter_table("logintoken", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_logintoken_email"), ["email"], unique=False)

    op.create_table(
        "outgoingmail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("to", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("outgoingmail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outgoingmail_created_at"), ["created_at"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("federation_id", sa.String(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["federation_id"],
            ["federation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "centre",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("commune_code", sa.String(length=5), nullable=False),
        sa.Column("departement_code", sa.String(length=3), nullable=False),
        sa.Column("federation_id", sa.String(), nullable=True),
        sa.Column("card", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["federation_id"],
            ["federation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    with op.batch_alter_table("centre", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_centre_departement_code"), ["departement_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_centre_federation_id"), ["federation_id"], unique=False)

    op.create_table(
        "federationdepartement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("federation_id", sa.String(), nullable=False),
        sa.Column("departement_code", sa.String(length=3), nullable=False),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["federation_id"],
            ["federation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("federation_id", "departement_code", "valid_from"),
    )
    with op.batch_alter_table("federationdepartement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_federationdepartement_departement_code"), ["departement_code"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_federationdepartement_federation_id"), ["federation_id"], unique=False
        )

    op.create_table(
        "fiche",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=True),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_revision_id", sa.Integer(), nullable=True),
        sa.Column("first_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["centre_id"],
            ["centre.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    with op.batch_alter_table("fiche", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fiche_centre_id"), ["centre_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fiche_created_by"), ["created_by"], unique=False)

    op.create_table(
        "media",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["centre_id"],
            ["centre.id"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("media", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_media_centre_id"), ["centre_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["centre_id"],
            ["centre.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id", "centre_id"),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_centre_id"), ["centre_id"], unique=False)

    op.create_table(
        "journalentry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("fiche_id", sa.Integer(), nullable=True),
        sa.Column("detail", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["fiche_id"],
            ["fiche.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("journalentry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journalentry_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_journalentry_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_journalentry_fiche_id"), ["fiche_id"], unique=False)

    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("gabarit", sa.String(), nullable=False),
        sa.Column("palette", sa.String(), nullable=False),
        sa.Column("fit", JSON, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["fiche_id"],
            ["fiche.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("fiche_id", "number"),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_fiche_id"), ["fiche_id"], unique=False)
        batch_op.create_index(
            "ix_revision_open",
            ["fiche_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('brouillon', 'proposee', 'a-preciser')"),
            postgresql_where=sa.text("state IN ('brouillon', 'proposee', 'a-preciser')"),
        )
        batch_op.create_index(batch_op.f("ix_revision_state"), ["state"], unique=False)

    op.create_table(
        "galleryentry",
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("accroche", sa.String(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("centre_name", sa.String(), nullable=False),
        sa.Column("centre_slug", sa.String(), nullable=False),
        sa.Column("commune", sa.String(), nullable=False),
        sa.Column("commune_code", sa.String(length=5), nullable=False),
        sa.Column("departement_code", sa.String(length=3), nullable=False),
        sa.Column("federation_id", sa.String(), nullable=True),
        sa.Column("palette", sa.String(), nullable=False),
        sa.Column("cover_key", sa.String(), nullable=True),
        sa.Column("cover_alt", sa.String(), nullable=False),
        sa.Column("cover_focus", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fiche_id"],
            ["fiche.id"],
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
        ),
        sa.PrimaryKeyConstraint("fiche_id"),
        sa.UniqueConstraint("slug"),
    )
    with op.batch_alter_table("galleryentry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_galleryentry_centre_id"), ["centre_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_galleryentry_departement_code"), ["departement_code"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_galleryentry_federation_id"), ["federation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_galleryentry_published_at"), ["published_at"], unique=False)

    op.create_table(
        "reviewround",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("revision_id", "number"),
    )
    with op.batch_alter_table("reviewround", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviewround_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["reviewround.id"],
        ),
        sa.PrimaryKeyConstraint("round_id"),
    )
    op.create_table(
        "galleryterm",
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["fiche_id"],
            ["galleryentry.fiche_id"],
        ),
        sa.PrimaryKeyConstraint("fiche_id", "kind", "term"),
    )
    with op.batch_alter_table("galleryterm", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_galleryterm_term"), ["term"], unique=False)

    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["reviewround.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("round_id", "account_id"),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_round_id"), ["round_id"], unique=False)

    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["reviewround.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remark_round_id"), ["round_id"], unique=False)

    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("ballot", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["reviewround.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("round_id", "account_id"),
    )
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vote_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vote_round_id"), ["round_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vote_round_id"))
        batch_op.drop_index(batch_op.f("ix_vote_account_id"))

    op.drop_table("vote")
    with op.batch_alter_table("remark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remark_round_id"))

    op.drop_table("remark")
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reading_round_id"))

    op.drop_table("reading")
    with op.batch_alter_table("galleryterm", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_galleryterm_term"))

    op.drop_table("galleryterm")
    op.drop_table("decision")
    with op.batch_alter_table("reviewround", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviewround_revision_id"))

    op.drop_table("reviewround")
    with op.batch_alter_table("galleryentry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_galleryentry_published_at"))
        batch_op.drop_index(batch_op.f("ix_galleryentry_federation_id"))
        batch_op.drop_index(batch_op.f("ix_galleryentry_departement_code"))
        batch_op.drop_index(batch_op.f("ix_galleryentry_centre_id"))

    op.drop_table("galleryentry")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_state"))
        batch_op.drop_index(
            "ix_revision_open",
            sqlite_where=sa.text("state IN ('brouillon', 'proposee', 'a-preciser')"),
            postgresql_where=sa.text("state IN ('brouillon', 'proposee', 'a-preciser')"),
        )
        batch_op.drop_index(batch_op.f("ix_revision_fiche_id"))

    op.drop_table("revision")
    with op.batch_alter_table("journalentry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journalentry_fiche_id"))
        batch_op.drop_index(batch_op.f("ix_journalentry_at"))
        batch_op.drop_index(batch_op.f("ix_journalentry_account_id"))

    op.drop_table("journalentry")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_centre_id"))
        batch_op.drop_index(batch_op.f("ix_membership_account_id"))

    op.drop_table("membership")
    with op.batch_alter_table("media", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_media_centre_id"))

    op.drop_table("media")
    with op.batch_alter_table("fiche", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fiche_created_by"))
        batch_op.drop_index(batch_op.f("ix_fiche_centre_id"))

    op.drop_table("fiche")
    with op.batch_alter_table("federationdepartement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_federationdepartement_federation_id"))
        batch_op.drop_index(batch_op.f("ix_federationdepartement_departement_code"))

    op.drop_table("federationdepartement")
    with op.batch_alter_table("centre", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_centre_federation_id"))
        batch_op.drop_index(batch_op.f("ix_centre_departement_code"))

    op.drop_table("centre")
    op.drop_table("account")
    with op.batch_alter_table("outgoingmail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outgoingmail_created_at"))

    op.drop_table("outgoingmail")
    with op.batch_alter_table("logintoken", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logintoken_email"))

    op.drop_table("logintoken")
    op.drop_table("federation")
