"""Which request wanted a grade sent, so that the log can be followed from a launch to its delivery."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column in place: SQLite would delete what hangs on a table that is made anew."""
    op.add_column("grade_passbacks", sa.Column("request_id", sa.String(), nullable=False, server_default=""))
