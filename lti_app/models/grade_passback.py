"""The outbox of grades: what the LMS's gradebook should hold, and what it was last told."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_app.models.base import Base
from lti_app.models.registration import Registration
from lti_app.models.resource_link import ResourceLink
from lti_app.models.user import User


def _only(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class PassbackState(StrEnum):
    """Where a grade is on its way to the LMS."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    # The LMS refuses this grade; it is sent again when it changes, or when a person asks for it.
    FAILED = "failed"
    # The way to the gradebook is barred until a person clears it; the tool looks again now and then.
    BLOCKED = "blocked"
    # The LMS keeps no grade for this person, or has a newer one, which stays.
    NOT_NEEDED = "not needed"


class GradePassback(Base):
    """One row for each student and gradebook column of a link, written in the transaction that submits an attempt.

    It holds no score: that is read when it is sent, so that a late retry sends the newest. ``wanted_revision`` counts
    the changes that the LMS should hear of, ``sent_revision`` is the last that it accepted.

    ``due_at`` is when a worker may take the row: for a waiting or blocked one the next try, for one that is being sent
    the end of its worker's lease, after which it is free for another, whatever became of the first. It is empty where
    there is nothing to do, so that claims need not look at what was sent, however much that is.
    """

    __tablename__ = "grade_passbacks"
    __table_args__ = (
        UniqueConstraint("resource_link_id", "user_id", "section_id"),
        # What claims look for: the longest due at a platform, and how many are on their way there.
        Index("ix_grade_passbacks_due", "registration_id", "due_at", **_only("due_at IS NOT NULL")),
        Index("ix_grade_passbacks_sending", "registration_id", **_only("state = 'sending'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_link_id: Mapped[int] = mapped_column(ForeignKey("resource_links.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    # Which of the link's columns it goes to; see `services.columns.Column`.
    section_id: Mapped[str] = mapped_column(default="", server_default="")
    # The user's, once more: claims are made platform by platform.
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"))
    state: Mapped[PassbackState] = mapped_column(default=PassbackState.WAITING)
    wanted_revision: Mapped[int] = mapped_column(default=1)
    sent_revision: Mapped[int] = mapped_column(default=0)
    # Where `wanted_revision` is to go: the line item that the link had when it was wanted.
    lineitem_url: Mapped[str]
    # The score's `timestamp` (AGS 2.0, section 3.4.2) for `wanted_revision`: the same on every retry, later than that
    # of the revision before by a whole second at least, the grain in which Moodle compares.
    wanted_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    # Counts up with each take, so that a worker whose lease ran out cannot overwrite what its successor found.
    tries: Mapped[int] = mapped_column(default=0)
    # Tries of `wanted_revision` that came to nothing, one after the other: the more, the longer the wait.
    failures: Mapped[int] = mapped_column(default=0)
    # Tries of `wanted_revision` that the LMS may have taken without our hearing of it; the present one is among them.
    unheard: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    # What became of the latest try: what went wrong (`services.refusals.Problem`), the LMS's HTTP status, where it gave
    # one, and a sentence for the instructor; empty when all is well.
    last_problem: Mapped[str] = mapped_column(default="")
    last_status: Mapped[int | None]
    last_error: Mapped[str] = mapped_column(default="")

    registration: Mapped[Registration] = relationship()
    # The request that wanted it last, as the log names it; empty where no browser did.
    request_id: Mapped[str] = mapped_column(default="", server_default="")

    resource_link: Mapped[ResourceLink] = relationship()
    user: Mapped[User] = relationship()
