"""The gradebook columns of a resource link whose launches name none."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_app.models.base import Base
from lti_app.models.resource_link import ResourceLink


class LineItem(Base):
    """A line item that the tool found or made in the platform for a link; ``url`` is empty until it has."""

    __tablename__ = "line_items"

    resource_link_id: Mapped[int] = mapped_column(ForeignKey("resource_links.id", ondelete="CASCADE"), primary_key=True)
    # Which of the link's columns it is; see `services.columns.Column`.
    section_id: Mapped[str] = mapped_column(primary_key=True, default="", server_default="")
    url: Mapped[str | None]
    # When a worker began to look for it. Others wait for that one, or two might make two.
    sought_at: Mapped[datetime | None]

    resource_link: Mapped[ResourceLink] = relationship(back_populates="line_items")
