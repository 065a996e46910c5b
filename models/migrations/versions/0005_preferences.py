"""What each person prefers: the timer of speed writing, the mails about drafts that wait.

Revision: 0005
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = ("offers_timer", "reminded")


def upgrade() -> None:
    """Apply."""
    for name in COLUMNS:
        op.add_column("account", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    """Undo."""
    for name in COLUMNS:
        op.execute(f"ALTER TABLE account DROP COLUMN {name}")
