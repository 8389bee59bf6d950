"""Points and comments by a person, for what no rule can score."""

from decimal import Decimal

from sqlalchemy.orm import Session

from content.questions import Essay, FileUpload
from content.scoring import format_points
from content.sentences import Sentence
from lti_app.models import Answer, Attempt, User
from lti_app.services import audit, quizzes
from lti_app.services.attempts import counted_now, rescore, tell_gradebook

LONGEST_COMMENT = 5_000


class InvalidGrade(ValueError):  # noqa: N818
    """A grade that cannot be given; the message says why."""


def grade_answer(
    session: Session, attempt: Attempt, question_id: str, points: Decimal, comment: str, actor: User
) -> None:
    """Store the points of an essay or a file, and have the grade sent that counts then.

    Raise InvalidGrade for points beyond the question's, a comment that is too long, and where nothing is to be graded.
    """
    question = quizzes.quiz_of(attempt).find_question(question_id)
    answer = session.get(Answer, (attempt.id, question_id), with_for_update=True)
    if attempt.submitted_at is None or not isinstance(question, Essay | FileUpload) or answer is None:
        raise InvalidGrade(Sentence("There is nothing to grade here."))
    if not 0 <= points <= question.points:
        raise InvalidGrade(Sentence("Points must be from 0 to %(most)s.", most=Decimal(format_points(question.points))))
    if len(comment) > LONGEST_COMMENT:
        raise InvalidGrade(Sentence("The comment must be at most %(most)s characters long.", most=LONGEST_COMMENT))
    before, points_before = counted_now(session, attempt), answer.given_points
    answer.given_points, answer.comment = points, comment.strip()
    session.flush()
    session.refresh(attempt, ["answers"])
    rescore(session, attempt)
    who = audit.person(actor)
    audit.record(
        session,
        who,
        "answer.graded",
        link_id=attempt.resource_link_id,
        user_id=attempt.user_id,
        attempt=attempt.number,
        question=question_id,
        before=None if points_before is None else f"{points_before.normalize():f}",
        after=f"{points.normalize():f}",
    )
    tell_gradebook(session, attempt, before, who)
