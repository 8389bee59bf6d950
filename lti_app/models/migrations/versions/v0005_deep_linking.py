"""Quizzes that teachers place in courses by deep linking, upload for one course, and how they are given there."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "course_quizzes",
        sa.Column("quiz_id", sa.String(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name="fk_course_quizzes_course_id_courses", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["quiz_id"], ["quizzes.id"], name="fk_course_quizzes_quiz_id_quizzes", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("quiz_id", name="pk_course_quizzes"),
        sa.UniqueConstraint("course_id", "source_id", name="uq_course_quizzes_course_id_source_id"),
    )
    op.create_table(
        "placements",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("quiz_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("points", sa.String(length=64), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=True),
        sa.Column("opens", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("attempts >= 1", name=op.f("ck_placements_some_attempts")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name="fk_placements_course_id_courses", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["quiz_id"], ["quizzes.id"], name="fk_placements_quiz_id_quizzes"),
        sa.PrimaryKeyConstraint("id", name="pk_placements"),
    )
    op.create_table(
        "link_settings",
        sa.Column("resource_link_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.String(), nullable=False),
        sa.Column("points", sa.String(length=64), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=True),
        sa.Column("opens", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["resource_link_id"],
            ["resource_links.id"],
            name="fk_link_settings_resource_link_id_resource_links",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("resource_link_id", name="pk_link_settings"),
    )
    op.create_index("ix_link_settings_placement_id", "link_settings", ["placement_id"], unique=False)
    op.create_table(
        "linking_visits",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.String(), nullable=True),
        sa.Column("return_url", sa.String(), nullable=True),
        sa.Column("answer_url", sa.String(), nullable=False),
        sa.Column("data", sa.String(), nullable=True),
        sa.Column("accepts_links", sa.Boolean(), nullable=False),
        sa.Column("accepts_several", sa.Boolean(), nullable=False),
        sa.Column("accepts_line_items", sa.Boolean(), nullable=False),
        sa.Column("shown_in", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name="fk_linking_visits_course_id_courses", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["placement_id"], ["placements.id"], name="fk_linking_visits_placement_id_placements"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_linking_visits_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_linking_visits"),
    )
    op.create_index("ix_linking_visits_expires_at", "linking_visits", ["expires_at"], unique=False)
