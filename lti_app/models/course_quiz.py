"""The quizzes that teachers have uploaded, each for one course."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_app.models.base import Base


class CourseQuiz(Base):
    """Whose quiz an uploaded one is: only its course is offered it.

    ``source_id`` is the id that its file gives it, which another course's may have as well; a second upload is a new
    revision.
    """

    __tablename__ = "course_quizzes"
    __table_args__ = (UniqueConstraint("course_id", "source_id"),)

    quiz_id: Mapped[str] = mapped_column(ForeignKey("quizzes.id", ondelete="CASCADE"), primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    source_id: Mapped[str]
