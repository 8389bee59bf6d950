"""A place in a course where a quiz is embedded (an LTI resource link)."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, attribute_keyed_dict, mapped_column, relationship

from content.quiz import WhichAttempt
from lti_app.models.base import Base
from lti_app.models.course import Course
from lti_app.models.quiz import Quiz

if TYPE_CHECKING:
    from lti_app.models.line_item import LineItem
    from lti_app.models.placement import LinkSettings


class ResourceLink(Base):
    """A resource link, the quiz that is bound to it, and where its grades go.

    ``quiz_id`` is empty until a custom parameter or an instructor binds a quiz. The AGS fields are those of the latest
    launch, since a platform may change them; ``lineitem_url`` is empty where a launch names no column of the gradebook
    for the link. ``line_items`` are those that the tool found or made, where it may, by the ids of their sections.
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
    # How attempts become the grade: the quiz's own rule when it is bound, from then on an instructor's word.
    which_attempt: Mapped[WhichAttempt] = mapped_column(default=WhichAttempt.HIGHEST, server_default="highest")
    # Per cent of the possible points that each begun day after the due date costs; 0 where lateness costs nothing.
    late_percent: Mapped[int] = mapped_column(default=0, server_default="0")

    # Whether each section of the quiz has a column of its own. Empty until the first grade is wanted; from then on it
    # stays as it was, since with grades in columns of both kinds the LMS's total would count them twice.
    graded_apart: Mapped[bool | None]

    course: Mapped[Course] = relationship()
    quiz: Mapped[Quiz | None] = relationship()
    line_items: Mapped[dict[str, "LineItem"]] = relationship(
        back_populates="resource_link",
        cascade="all, delete-orphan",
        passive_deletes=True,
        collection_class=attribute_keyed_dict("section_id"),
    )
    settings: Mapped["LinkSettings | None"] = relationship(
        back_populates="resource_link", cascade="all, delete-orphan", passive_deletes=True
    )
