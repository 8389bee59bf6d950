"""What a student is given beyond the others."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_app.models.base import Base
from lti_app.models.user import User


class Accommodation(Base):
    """More time, more attempts, other dates for one student: in a whole course, or at one resource link of it.

    What is given at a link takes the place of what is given in its course. Dates are for a link alone; an empty one
    leaves the link's.
    """

    __tablename__ = "accommodations"
    __table_args__ = (
        # One of each; a plain constraint would take two rows without a link for different.
        Index(
            "uq_accommodations_of_link",
            "resource_link_id",
            "user_id",
            unique=True,
            sqlite_where=text("resource_link_id IS NOT NULL"),
            postgresql_where=text("resource_link_id IS NOT NULL"),
        ),
        Index(
            "uq_accommodations_of_course",
            "course_id",
            "user_id",
            unique=True,
            sqlite_where=text("resource_link_id IS NULL"),
            postgresql_where=text("resource_link_id IS NULL"),
        ),
        CheckConstraint("extra_percent >= 0 AND extra_minutes >= 0 AND extra_attempts >= 0", name="never_less"),
        CheckConstraint(
            "resource_link_id IS NOT NULL OR (opens IS NULL AND due IS NULL AND closes IS NULL)", name="dates_of_a_link"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    resource_link_id: Mapped[int | None] = mapped_column(ForeignKey("resource_links.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    # Of the time limit: 50 is half as much again. Both are added up.
    extra_percent: Mapped[int] = mapped_column(default=0)
    extra_minutes: Mapped[int] = mapped_column(default=0)
    extra_attempts: Mapped[int] = mapped_column(default=0)
    opens: Mapped[datetime | None]
    due: Mapped[datetime | None]
    closes: Mapped[datetime | None]

    user: Mapped[User] = relationship()
