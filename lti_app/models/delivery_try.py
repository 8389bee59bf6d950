"""What became of every try to bring a grade to the LMS."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lti_app.models.base import Base, utcnow


class DeliveryTry(Base):
    """One try, by its number within its row of the outbox. A worker that died in the middle leaves none."""

    __tablename__ = "delivery_tries"

    passback_id: Mapped[int] = mapped_column(ForeignKey("grade_passbacks.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)
    # What went wrong (`services.refusals.Problem`); empty where the LMS took the grade.
    problem: Mapped[str]
    # The LMS's HTTP status, where it is known.
    status: Mapped[int | None]
