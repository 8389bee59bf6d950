"""A quiz that a teacher has placed in a course by deep linking, and how it is given there."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_app.models.base import Base, utcnow
from lti_app.models.course import Course
from lti_app.models.quiz import Quiz
from lti_app.models.resource_link import ResourceLink


class Given:
    """How a quiz is given at a place; empty is: no grade, no limit of attempts, open from the beginning, never due."""

    # What the gradebook's column is worth; scores are scaled to it.
    points: Mapped[Decimal | None]
    attempts: Mapped[int | None]
    opens: Mapped[datetime | None]
    due: Mapped[datetime | None]


class Placement(Given, Base):
    """A deep-linked quiz: the platform sends its ``id`` back with every launch of the link that it makes of it.

    The id is not to be guessed, since it opens the quiz also in copies of the course.
    """

    __tablename__ = "placements"
    __table_args__ = (CheckConstraint("attempts >= 1", name="some_attempts"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    quiz_id: Mapped[str] = mapped_column(ForeignKey("quizzes.id"))
    title: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    course: Mapped[Course] = relationship()
    quiz: Mapped[Quiz] = relationship()


class LinkSettings(Given, Base):
    """How the quiz is given at one resource link: taken over from its placement by the link's first launch.

    So a copied course starts with the same settings, and a change in one course changes nothing in the other.
    """

    __tablename__ = "link_settings"

    resource_link_id: Mapped[int] = mapped_column(ForeignKey("resource_links.id", ondelete="CASCADE"), primary_key=True)
    placement_id: Mapped[str] = mapped_column(index=True)

    resource_link: Mapped[ResourceLink] = relationship(back_populates="settings")
