"""Questions of every kind: seeds and deadlines of attempts, grades by persons, uploaded files, images, access codes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the columns and tables. Attempts that there are keep their order: the id was the seed."""
    # In place: SQLite would delete what hangs on a table that is made anew.
    op.add_column("attempts", sa.Column("seed", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("attempts", sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("attempts", sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("attempts", sa.Column("needs_grading", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE attempts SET seed = id")
    running = sa.text("submitted_at IS NULL AND ends_at IS NOT NULL")
    op.create_index("ix_attempts_ending", "attempts", ["ends_at"], sqlite_where=running, postgresql_where=running)
    op.add_column("answers", sa.Column("given_points", sa.String(64), nullable=True))
    op.add_column("answers", sa.Column("comment", sa.String(), nullable=False, server_default=""))
    _add_tables()


def _add_tables() -> None:
    op.create_table(
        "uploaded_files",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempts.id"], name="fk_uploaded_files_attempt_id_attempts", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("attempt_id", "question_id", name="pk_uploaded_files"),
    )
    op.create_table(
        "pictures",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_pictures"),
    )
    op.create_table(
        "revision_pictures",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["quiz_revisions.id"],
            name="fk_revision_pictures_revision_id_quiz_revisions",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["digest"], ["pictures.digest"], name="fk_revision_pictures_digest_pictures"),
        sa.PrimaryKeyConstraint("revision_id", "name", name="pk_revision_pictures"),
    )
    op.create_table(
        "code_tries",
        sa.Column("resource_link_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_link_id"],
            ["resource_links.id"],
            name="fk_code_tries_resource_link_id_resource_links",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_code_tries_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("resource_link_id", "user_id", name="pk_code_tries"),
    )
