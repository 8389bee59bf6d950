"""A visit in which a teacher picks quizzes for a course: what a deep linking request opens."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_app.models.base import Base, utcnow
from lti_app.models.course import Course
from lti_app.models.placement import Placement
from lti_app.models.user import User


class LinkingVisit(Base):
    """The session of one deep linking request, with all that its answer needs. It is answered once.

    ``id`` and ``secret_hash`` are as those of a launch. ``placement_id`` is what is being edited, empty for a new link.
    """

    __tablename__ = "linking_visits"

    id: Mapped[str] = mapped_column(primary_key=True)
    secret_hash: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    placement_id: Mapped[str | None] = mapped_column(ForeignKey("placements.id"))
    # Where in the LMS the visit came from (see Launch), and where its answer goes to.
    return_url: Mapped[str | None]
    answer_url: Mapped[str]
    # The language of the person (see Launch).
    locale: Mapped[str] = mapped_column(default="", server_default="")
    # What the LMS wants back as it was.
    data: Mapped[str | None]
    accepts_links: Mapped[bool]
    accepts_several: Mapped[bool]
    accepts_line_items: Mapped[bool]
    # The first that suits of the ways in which the LMS can show a link: "iframe", "window", or empty.
    shown_in: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
    course: Mapped[Course] = relationship()
    placement: Mapped[Placement | None] = relationship()
