"""The language in which people read the pages, as the LMS says it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the columns in place: SQLite would delete what hangs on a table that is made anew."""
    for table in ("launches", "linking_visits"):
        op.add_column(table, sa.Column("locale", sa.String(), nullable=False, server_default=""))
