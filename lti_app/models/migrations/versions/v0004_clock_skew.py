"""How far a platform's clock is from the tool's."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns in place: SQLite would delete what hangs on a table that is made anew."""
    op.add_column("registrations", sa.Column("clock_skew", sa.Integer(), nullable=True))
    op.add_column("registrations", sa.Column("clock_measured_at", sa.DateTime(timezone=True), nullable=True))
