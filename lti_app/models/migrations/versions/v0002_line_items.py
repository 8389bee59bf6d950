"""Gradebook columns that the tool finds or makes, and what kind of platform a registration is with."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table and the column."""
    op.add_column("registrations", sa.Column("product_family", sa.String(), nullable=True))
    op.create_table(
        "line_items",
        sa.Column("resource_link_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("sought_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["resource_link_id"],
            ["resource_links.id"],
            name="fk_line_items_resource_link_id_resource_links",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("resource_link_id", name="pk_line_items"),
    )
