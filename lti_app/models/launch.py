"""A launch: one person, in one role, at one resource link, in one browser tab."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_app.models.base import Base, utcnow
from lti_app.models.course import Course
from lti_app.models.resource_link import ResourceLink
from lti_app.models.user import User


class Role(StrEnum):
    """What a person may do at a resource link. Context roles decide; whoever has none gets the least, LEARNER."""

    INSTRUCTOR = "instructor"
    LEARNER = "learner"


class Launch(Base):
    """The session that a launch opens. Each launch has its own, so that two courses in two tabs never mix.

    ``id`` stands in URLs and is no secret; the browser proves itself by the cookie whose SHA-256 is ``secret_hash``.
    """

    __tablename__ = "launches"

    id: Mapped[str] = mapped_column(primary_key=True)
    secret_hash: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    resource_link_id: Mapped[int] = mapped_column(ForeignKey("resource_links.id", ondelete="CASCADE"))
    role: Mapped[Role]
    # Where in the LMS the launch came from. Its site frames the tool's pages: where one issuer stands for many schools
    # (Canvas, Blackboard), only this tells which site that is.
    return_url: Mapped[str | None]
    # The language of the person, as the LMS says it; empty where it does not.
    locale: Mapped[str] = mapped_column(default="", server_default="")
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    expires_at: Mapped[datetime] = mapped_column(index=True)

    user: Mapped[User] = relationship()
    resource_link: Mapped[ResourceLink] = relationship()

    @property
    def course(self) -> Course:
        """The course that the resource link is in."""
        return self.resource_link.course
