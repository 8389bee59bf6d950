"""Who is in the course of a resource link, as the platform last said."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_app.models.base import Base
from lti_app.models.resource_link import ResourceLink
from lti_app.models.user import User


class Roster(Base):
    """Where the platform tells who can open the link, and what became of asking it.

    ``problem`` is a sentence for the instructor, empty when all is well.
    """

    __tablename__ = "rosters"

    resource_link_id: Mapped[int] = mapped_column(ForeignKey("resource_links.id", ondelete="CASCADE"), primary_key=True)
    url: Mapped[str]
    asked_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(default="")

    resource_link: Mapped[ResourceLink] = relationship()


class RosterMember(Base):
    """A person on the roster. It gives nobody any right: Moodle lists a non-editing teacher as a student."""

    __tablename__ = "roster_members"

    resource_link_id: Mapped[int] = mapped_column(
        ForeignKey("rosters.resource_link_id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    learns: Mapped[bool]
    active: Mapped[bool]

    user: Mapped[User] = relationship()
