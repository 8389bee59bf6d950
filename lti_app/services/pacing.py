"""The pace of grades to each platform, kept with its registration so that all workers, in all processes, share it.

Three things hold a platform's grades back: how many are on their way to it at once, how many a second, and a pause
after it was in trouble. A platform that is slow, or gone, so costs its own grades time and nobody else's: while it is
in trouble, one grade at a time asks whether it is well again, at most a minute later than that.
"""

import random
from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, func, literal, select, update
from sqlalchemy.orm import Session

from lti_app.config import Config
from lti_app.models import GradePassback, PassbackState, Registration
from lti_app.platforms import platform_of
from lti_app.services.refusals import OF_PLATFORM, Refusal

BURST = timedelta(seconds=1)
"""A platform's rate is kept within any such time; in a shorter one more may go."""

FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=1)

LONGEST_RETRY_AFTER = timedelta(hours=24)

OUTAGE = 5
"""After so many troubles in a row it was the platform that was down, and not one grade that it cannot digest."""


READY = (
    select(Registration.id)
    .where(
        Registration.grades_from <= bindparam("now"),
        exists().where(GradePassback.registration_id == Registration.id, GradePassback.due_at <= bindparam("now")),
    )
    .order_by(Registration.grades_paced_until, Registration.id)
)

READY_ONE = (
    select(
        Registration.grade_troubles,
        Registration.grades_paced_until,
        Registration.product_family,
        Registration.issuer,
        Registration.auth_login_url,
    )
    .where(Registration.id == bindparam("platform"), Registration.grades_from <= bindparam("now"))
    # The weaker of PostgreSQL's write locks: launches go on, which refer to the row.
    .with_for_update(skip_locked=True, key_share=True)
)

PACE = (
    update(Registration)
    .where(Registration.id == bindparam("platform"))
    .values(grades_paced_until=bindparam("until"))
    .execution_options(synchronize_session=False)
)

ON_THEIR_WAY = select(func.count()).where(
    GradePassback.registration_id == bindparam("platform"),
    GradePassback.state == literal(PassbackState.SENDING, literal_execute=True),  # as the index has it
    GradePassback.due_at > bindparam("now"),
)


def platforms_with_due_grades(session: Session, now: datetime) -> list[int]:
    """Return the registrations to which grades may be sent now, by id; those first that had the fewest lately."""
    return list(session.scalars(READY, {"now": now}))


def take_allowance(session: Session, config: Config, registration_id: int, wanted: int, now: datetime) -> int:
    """Return how many of the wanted grades may be sent to the platform now, and count them; nobody else does meanwhile.

    Where another worker is at it, none may: that one claims what there is.
    """
    here_and_now = {"platform": registration_id, "now": now}
    platform = session.execute(READY_ONE, here_and_now).one_or_none()
    if platform is None:
        return 0
    kind = platform_of(platform.product_family or "", platform.issuer, platform.auth_login_url)
    at_once = (config.grades_at_once or kind.grades_at_once) if platform.grade_troubles == 0 else 1
    paced_until = max(min(platform.grades_paced_until, now), now - BURST)  # a clock may have been set back
    in_time = int((now - paced_until) / _spacing(config))
    allowed = max(0, min(wanted, at_once - (session.scalar(ON_THEIR_WAY, here_and_now) or 0), in_time))
    if allowed:
        session.execute(PACE, {"platform": registration_id, "until": paced_until + allowed * _spacing(config)})
    return allowed


def _spacing(config: Config) -> timedelta:
    return timedelta(seconds=1 / config.grades_per_second)


def note_trouble(session: Session, registration_id: int, refusal: Refusal, now: datetime) -> None:
    """Pause all grades to a platform in trouble: the longer, the more often in a row, and as long as it asks for."""
    platform = session.get_one(Registration, registration_id, with_for_update={"key_share": True})
    if platform.grades_from > now and refusal.retry_after is None:
        return  # this one was on its way already when the pause began
    pause = min(FIRST_PAUSE * 2.0 ** min(platform.grade_troubles, 20), LONGEST_PAUSE) * random.uniform(0.5, 1)  # noqa: S311 - no secret
    if refusal.retry_after is not None:
        pause = max(pause, min(timedelta(seconds=refusal.retry_after), LONGEST_RETRY_AFTER) * random.uniform(1, 1.1))  # noqa: S311
    platform.grades_from = max(platform.grades_from, now + pause)
    platform.grade_troubles += 1


def note_success(session: Session, registration_id: int, now: datetime) -> None:
    """End the trouble of a platform; after an outage, what waited because of it is due."""
    platform = session.get_one(Registration, registration_id, with_for_update={"key_share": True})
    troubles, platform.grade_troubles = platform.grade_troubles, 0
    if troubles < OUTAGE:
        return
    waiting = select(GradePassback.id).where(
        GradePassback.registration_id == registration_id,
        GradePassback.due_at > now,
        GradePassback.state.in_((PassbackState.WAITING, PassbackState.BLOCKED)),
        GradePassback.last_problem.in_(OF_PLATFORM),
    )
    free = session.scalars(waiting.with_for_update(skip_locked=True)).all()
    session.execute(update(GradePassback), [{"id": row_id, "due_at": now} for row_id in free]) if free else None
