"""Who saved the present content of a revision: its history names the author of each version.

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("revision", sa.Column("saved_by", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.execute("ALTER TABLE revision DROP COLUMN saved_by")
