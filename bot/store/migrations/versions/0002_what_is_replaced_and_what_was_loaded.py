"""What is replaced in place, and what was loaded"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("delivery") as delivery:
        delivery.add_column(sa.Column("replaces", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(sa.Column("loaded", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))


def downgrade() -> None:
    with op.batch_alter_table("meeting") as meeting:
        meeting.drop_column("loaded")
    with op.batch_alter_table("delivery") as delivery:
        delivery.drop_column("replaces")
