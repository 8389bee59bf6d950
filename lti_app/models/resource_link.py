"""A place in a course where a quiz is embedded (an LTI resource link)."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_app.models.base import Base
from lti_app.models.course import Course
from lti_app.models.quiz import Quiz


class ResourceLink(Base):
    """A resource link, the quiz that is bound to it, and where its grades go.

    ``quiz_id`` is empty until a custom parameter or an instructor binds a quiz. The AGS fields are those of the latest
    launch, since a platform may change them; ``lineitem_url`` is empty where the LMS keeps no grade for the link.
    """

    __tablename__ = "resource_links"
    __table_args__ = (UniqueConstraint("course_id", "resource_link_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    resource_link_id: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    quiz_id: Mapped[str | None] = mapped_column(ForeignKey("quizzes.id"))
    lineitem_url: Mapped[str | None]
    lineitems_url: Mapped[str | None]
    ags_scopes: Mapped[list[str]] = mapped_column(default=list)

    course: Mapped[Course] = relationship()
    quiz: Mapped[Quiz | None] = relationship()
