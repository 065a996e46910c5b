"""What was typed and could not be read: stored with the draft and with the versions of its history.

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    for table in ("revision", "snapshot"):
        op.add_column(table, sa.Column("unread", JSON, nullable=False, server_default="{}"))


def downgrade() -> None:
    """Undo."""
    for table in ("revision", "snapshot"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN unread")
