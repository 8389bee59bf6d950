"""Answers that a student has had checked while the attempt runs: they stand from then on."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the moment; no answer from before was checked."""
    op.add_column("answers", sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True))
