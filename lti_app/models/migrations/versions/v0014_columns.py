"""Several gradebook columns for a link: one for each section of a quiz whose sections are graded apart."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

OF_PASSBACKS = ["resource_link_id", "user_id", "section_id"]


def upgrade() -> None:
    """Let the outbox and the line items tell columns apart. Links that have sent grades keep their one column."""
    op.add_column("resource_links", sa.Column("graded_apart", sa.Boolean(), nullable=True))
    has_grades = "EXISTS (SELECT 1 FROM grade_passbacks WHERE resource_link_id = resource_links.id)"
    op.execute(f"UPDATE resource_links SET graded_apart = false WHERE {has_grades}")  # noqa: S608 - all ours
    with op.batch_alter_table("line_items") as table:
        table.add_column(_section())
        table.drop_constraint("pk_line_items", type_="primary")
        table.create_primary_key("pk_line_items", ["resource_link_id", "section_id"])
    if op.get_bind().dialect.name == "sqlite":
        _extend_outbox_of_sqlite()
    else:
        _extend_outbox()


def _section() -> sa.Column[str]:
    return sa.Column("section_id", sa.String(), nullable=False, server_default="")


def _extend_outbox() -> None:
    with op.batch_alter_table("grade_passbacks") as table:
        table.add_column(_section())
        table.drop_constraint("uq_grade_passbacks_resource_link_id_user_id", type_="unique")
        table.create_unique_constraint("uq_grade_passbacks_resource_link_id_user_id_section_id", OF_PASSBACKS)
        table.alter_column("request_id", server_default="")  # which SQLite would put into brackets


def _extend_outbox_of_sqlite() -> None:
    """Make the table anew, which deletes what hangs on it: every try is put aside, and back afterwards."""
    op.execute("CREATE TEMPORARY TABLE kept_tries AS SELECT * FROM delivery_tries")
    for index in ("due", "sending"):
        op.drop_index(f"ix_grade_passbacks_{index}", "grade_passbacks")
    _extend_outbox()
    for name, columns, condition in (
        ("ix_grade_passbacks_due", ["registration_id", "due_at"], "due_at IS NOT NULL"),
        ("ix_grade_passbacks_sending", ["registration_id"], "state = 'sending'"),
    ):
        op.create_index(name, "grade_passbacks", columns, sqlite_where=sa.text(condition))
    op.execute("INSERT INTO delivery_tries SELECT * FROM kept_tries")
    op.execute("DROP TABLE kept_tries")
