"""Accommodations: more time, more attempts and other dates for one student."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "accommodations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("resource_link_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("extra_percent", sa.Integer(), nullable=False),
        sa.Column("extra_minutes", sa.Integer(), nullable=False),
        sa.Column("extra_attempts", sa.Integer(), nullable=False),
        sa.Column("opens", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("extra_percent >= 0 AND extra_minutes >= 0 AND extra_attempts >= 0", name="never_less"),
        sa.CheckConstraint(
            "resource_link_id IS NOT NULL OR (opens IS NULL AND due IS NULL AND closes IS NULL)",
            name="dates_of_a_link",
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name="fk_accommodations_course_id_courses", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["resource_link_id"],
            ["resource_links.id"],
            name="fk_accommodations_resource_link_id_resource_links",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_accommodations_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_accommodations"),
    )
    for name, column, where in (
        ("uq_accommodations_of_link", "resource_link_id", sa.text("resource_link_id IS NOT NULL")),
        ("uq_accommodations_of_course", "course_id", sa.text("resource_link_id IS NULL")),
    ):
        op.create_index(
            name, "accommodations", [column, "user_id"], unique=True, sqlite_where=where, postgresql_where=where
        )
