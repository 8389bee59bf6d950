"""Who is in the course of a resource link."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "rosters",
        sa.Column("resource_link_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_link_id"],
            ["resource_links.id"],
            name="fk_rosters_resource_link_id_resource_links",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("resource_link_id", name="pk_rosters"),
    )
    op.create_table(
        "roster_members",
        sa.Column("resource_link_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("learns", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_link_id"],
            ["rosters.resource_link_id"],
            name="fk_roster_members_resource_link_id_rosters",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_roster_members_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("resource_link_id", "user_id", name="pk_roster_members"),
    )
