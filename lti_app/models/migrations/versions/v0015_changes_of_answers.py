"""Answers that wait in a browser: which page made a change, and when, so that a late one replaces no newer one."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Change the table in place: SQLite would delete what hangs on a table that is made anew."""
    op.execute("ALTER TABLE answers RENAME COLUMN saved_at TO changed_at")
    op.add_column("answers", sa.Column("page", sa.String(), nullable=False, server_default=""))
    op.add_column("answers", sa.Column("page_sequence", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute("UPDATE answers SET page_sequence = sequence")
