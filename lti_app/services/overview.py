"""What a student has done at a resource link, may do there now, and may see."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from content.quiz import Settings
from lti_app.models import Attempt, Launch, QuizRevision, ResourceLink, utcnow
from lti_app.services import grading, quizzes
from lti_app.services.accommodations import last_close
from lti_app.services.attempts import list_attempts, settle
from lti_app.services.policy import Sight, sight
from lti_app.services.resuming import resumes_at
from lti_app.services.terms import Entry, Terms, entry, terms_for, terms_of, waits_until
from lti_app.services.timing import deadline


@dataclass(frozen=True, slots=True)
class Overview:
    """``attempts`` are first to last; ``counted`` is the score that counts, None before there is one.

    ``entry`` says whether another attempt may be started once none is running; ``waits_until`` is when the wait before
    it is over, None where there is none. ``cut_short_at`` is when the quiz closes, if an attempt that is started now
    would have less than its time limit because of it; ``late_share`` is what each day after the due date costs, 0..1;
    ``resumes_at`` is the number of the question at which a running attempt goes on, see `services.resuming`.
    """

    revision: QuizRevision
    settings: Settings
    terms: Terms
    attempts: tuple[Attempt, ...]
    counted: grading.CountedScore | None
    entry: Entry
    waits_until: datetime | None
    sight: Sight
    cut_short_at: datetime | None
    late_share: Decimal
    resumes_at: int | None

    @property
    def running(self) -> Attempt | None:
        """The attempt that is not submitted yet, or None."""
        return next((attempt for attempt in self.attempts if attempt.submitted_at is None), None)

    @property
    def finished(self) -> list[Attempt]:
        """The submitted attempts, the newest first."""
        return [attempt for attempt in reversed(self.attempts) if attempt.submitted_at is not None]


def overview(session: Session, launch: Launch) -> Overview | None:
    """Return how things stand for the student whose launch it is, or None where no quiz is bound."""
    link = launch.resource_link
    revision = quizzes.newest_revision(session, link.quiz_id or "")
    if revision is None:
        return None
    settings = quizzes.load(revision).settings
    terms, now = terms_for(session, settings, link, launch.user_id), utcnow()
    own = tuple(list_attempts(session, link.id, launch.user_id))
    submitted = [attempt.submitted_at for attempt in own if attempt.submitted_at is not None]
    last = max(submitted, default=None)
    may_start, runs = entry(terms, len(submitted), last, now), len(submitted) < len(own)
    return Overview(
        revision=revision,
        settings=settings,
        terms=terms,
        attempts=own,
        counted=grading.counted(own, grading.rule_of(session, link)),
        entry=may_start,
        waits_until=waits_until(terms, last),
        sight=sight(settings, may_start, now, _others_until(session, settings, link), running=runs),
        cut_short_at=terms.closes if terms.time_limit and deadline(now, terms) == terms.closes else None,
        late_share=Decimal(link.late_percent if terms.due else 0) / 100,
        resumes_at=next((resumes_at(attempt) for attempt in own if attempt.submitted_at is None), None),
    )


def _others_until(session: Session, settings: Settings, link: ResourceLink) -> datetime | None:
    closes = (terms_of(settings, link).closes, last_close(session, link))
    return max((moment for moment in closes if moment is not None), default=None)


def settle_own(session: Session, launch: Launch) -> None:
    """Submit the student's running attempts whose time is up."""
    for attempt in list_attempts(session, launch.resource_link_id, launch.user_id):
        if attempt.submitted_at is None:
            settle(session, attempt)
