"""An outbox that is claimed platform by platform, each at its pace, and tokens that one worker at a time asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

LONG_AGO = "2020-01-01 00:00:00+00:00"
REGISTRATION_OF_USER = "(SELECT registration_id FROM users WHERE users.id = grade_passbacks.user_id)"


def upgrade() -> None:
    """Add the columns, and give every row its platform. Tokens are asked for anew."""
    _pace_registrations()
    _extend_outbox()
    op.drop_table("access_tokens")
    op.create_table(
        "access_tokens",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("scopes", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=True),
        sa.Column("renew_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asking_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name="fk_access_tokens_registration_id_registrations",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", "client_id", "scopes", name="pk_access_tokens"),
    )


def _pace_registrations() -> None:
    # Added in place: SQLite would delete what hangs on a table that is made anew.
    for name in ("grades_from", "grades_paced_until"):
        moment = sa.Column(name, sa.DateTime(timezone=True), nullable=False, server_default=LONG_AGO)
        op.add_column("registrations", moment)
    op.add_column("registrations", sa.Column("grade_troubles", sa.Integer(), nullable=False, server_default="0"))


def _extend_outbox() -> None:
    op.drop_index("ix_grade_passbacks_due", "grade_passbacks")
    op.add_column("grade_passbacks", sa.Column("registration_id", sa.Integer(), nullable=True))
    op.add_column("grade_passbacks", sa.Column("unheard", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("grade_passbacks", sa.Column("last_problem", sa.String(), nullable=False, server_default=""))
    op.execute(f"UPDATE grade_passbacks SET registration_id = {REGISTRATION_OF_USER}")  # noqa: S608 - all ours
    with op.batch_alter_table("grade_passbacks") as table:
        table.alter_column("registration_id", nullable=False)
        table.alter_column("due_at", nullable=True)
        table.alter_column("unheard", server_default=None)
        table.alter_column("last_problem", server_default=None)
        table.create_foreign_key(
            "fk_grade_passbacks_registration_id_registrations",
            "registrations",
            ["registration_id"],
            ["id"],
            ondelete="CASCADE",
        )
    op.execute("UPDATE grade_passbacks SET due_at = NULL WHERE state NOT IN ('waiting', 'sending')")
    for name, columns, condition in (
        ("ix_grade_passbacks_due", ["registration_id", "due_at"], "due_at IS NOT NULL"),
        ("ix_grade_passbacks_sending", ["registration_id"], "state = 'sending'"),
    ):
        where = sa.text(condition)
        op.create_index(name, "grade_passbacks", columns, sqlite_where=where, postgresql_where=where)
