"""Invitations, approval, deployments that come by launch, admin pages, and keys that are published ahead."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables and columns. A key that signs already has done so since it was made."""
    op.create_table(
        "admin_accesses",
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("opened", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("secret_hash", name="pk_admin_accesses"),
    )
    # Added in place: SQLite would delete what hangs on a table that is made anew.
    op.add_column("registrations", sa.Column("approved", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("registrations", sa.Column("any_deployment", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("renews_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["renews_id"], ["registrations.id"], name="fk_invitations_renews_id_registrations", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_invitations"),
    )
    op.add_column("tool_keys", sa.Column("signs_from", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE tool_keys SET signs_from = created_at")
    with op.batch_alter_table("tool_keys") as table:
        table.alter_column("signs_from", nullable=False)
