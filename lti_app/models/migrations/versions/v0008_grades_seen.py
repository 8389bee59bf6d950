"""Every try of a delivery, the audit trail, and the rule by which attempts count."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

TRIGGERS = {
    "sqlite": (
        """CREATE TRIGGER audit_events_append_only BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
    ),
    "postgresql": (
        """CREATE FUNCTION audit_events_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$ LANGUAGE plpgsql""",
        """CREATE TRIGGER audit_events_append_only BEFORE UPDATE ON audit_events
FOR EACH STATEMENT EXECUTE FUNCTION audit_events_append_only()""",
    ),
}


def upgrade() -> None:
    """Make the tables, and let the best attempt count where students have begun already, as it did."""
    op.create_table(
        "delivery_tries",
        sa.Column("passback_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["passback_id"],
            ["grade_passbacks.id"],
            name="fk_delivery_tries_passback_id_grade_passbacks",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passback_id", "number", name="pk_delivery_tries"),
    )
    op.create_table(
        "audit_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("resource_link_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_events"),
    )
    op.create_index("ix_audit_events_at", "audit_events", ["at"])
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)
    rule = sa.Column("which_attempt", sa.String(16), nullable=False, server_default="highest")
    op.add_column("resource_links", rule)
    op.add_column("resource_links", sa.Column("late_percent", sa.Integer(), nullable=False, server_default="0"))
