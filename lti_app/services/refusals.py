"""What an LMS's refusal of a score means: what becomes of the grade, and what to tell the instructor.

docs/operator/delivery.md has all of it as a table, with the sentences as they stand here.
"""

from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

from content.sentences import Sentence
from lti_app.lti.ags import FailureKind, ServiceError
from lti_app.platforms import GENERIC, Meaning, Platform


class Fate(StrEnum):
    """What becomes of a grade that was refused."""

    # It is tried again soon: the LMS is in trouble.
    LATER = "later"
    # A person has to clear the way; it is tried again now and then.
    BLOCKED = "blocked"
    # This grade is refused for good.
    FAILED = "failed"
    # The gradebook has no place for it, or has a newer one.
    NOT_NEEDED = "not needed"
    # The gradebook has this score or a later one (AGS 2.0, section 3.4.2: a platform keeps the latest timestamp).
    NEWER_THERE = "newer there"


class Problem(StrEnum):
    """What is wrong, as it is stored with the grade."""

    NO_ANSWER = "no answer"
    IN_TROUBLE = "in trouble"
    TOO_MANY_CALLS = "too many calls"
    NOT_LET_IN = "not let in"
    COLUMN_GONE = "column gone"
    NO_COLUMN = "no column"
    READ_ONLY = "read only"
    NOT_ALLOWED = "not allowed"
    NO_ATTEMPTS_LEFT = "no attempts left"
    NO_STUDENT_NOW = "no student now"
    NO_STUDENT = "no student"
    NEWER_THERE = "newer there"
    SECTION_GONE = "section gone"
    REFUSED = "refused"
    OWN_ERROR = "own error"


FATES: dict[Problem, Fate] = {
    Problem.NO_ANSWER: Fate.LATER,
    Problem.IN_TROUBLE: Fate.LATER,
    Problem.TOO_MANY_CALLS: Fate.LATER,
    Problem.NOT_LET_IN: Fate.BLOCKED,
    Problem.COLUMN_GONE: Fate.BLOCKED,
    Problem.NO_COLUMN: Fate.BLOCKED,
    Problem.READ_ONLY: Fate.BLOCKED,
    Problem.NOT_ALLOWED: Fate.BLOCKED,
    Problem.NO_ATTEMPTS_LEFT: Fate.BLOCKED,
    Problem.NO_STUDENT_NOW: Fate.BLOCKED,
    Problem.NO_STUDENT: Fate.NOT_NEEDED,
    Problem.NEWER_THERE: Fate.NEWER_THERE,
    Problem.SECTION_GONE: Fate.NOT_NEEDED,
    Problem.REFUSED: Fate.FAILED,
    Problem.OWN_ERROR: Fate.LATER,
}

SENTENCES: dict[Problem, str] = {
    Problem.NO_ANSWER: Sentence("The LMS does not answer at the moment; Quizferry keeps trying."),
    Problem.IN_TROUBLE: Sentence("The LMS cannot take grades at the moment; Quizferry keeps trying."),
    Problem.TOO_MANY_CALLS: Sentence("The LMS takes only so many grades at a time; Quizferry keeps trying."),
    Problem.NOT_LET_IN: Sentence(
        "The LMS does not let Quizferry in; please ask its admin to check Quizferry's registration. Quizferry keeps "
        "trying."
    ),
    Problem.COLUMN_GONE: Sentence(
        "The gradebook column of this quiz is no longer in the LMS; open the quiz from the course once more, and if "
        "that does not help, add its link to the course anew."
    ),
    Problem.NO_COLUMN: Sentence(
        "The LMS has no gradebook column for this link, and lets Quizferry make none. Have the link graded in the LMS "
        "(in Canvas, add it as an assignment), then open it from the course once more."
    ),
    Problem.READ_ONLY: Sentence(
        "The LMS does not let Quizferry write into this gradebook column; it belongs to another tool."
    ),
    Problem.NOT_ALLOWED: Sentence(
        "The LMS does not allow this grade; check that the student is still enrolled, that the course is open, and "
        "that Quizferry may send grades."
    ),
    Problem.NO_ATTEMPTS_LEFT: Sentence(
        "The LMS takes no further submission of this student; allow more attempts in the settings of the assignment "
        "there."
    ),
    Problem.NO_STUDENT_NOW: Sentence(
        "The LMS keeps no grade for this person; check that they are enrolled as a student, and that the course is "
        "published and has not ended."
    ),
    Problem.NO_STUDENT: Sentence(
        "The LMS keeps no grade for this person, who is not, or no longer, a student of the course; once they are, it "
        "is sent when they open the quiz."
    ),
    Problem.NEWER_THERE: Sentence(
        "The gradebook has a newer score of this student, changed there by hand or by another tool; it stays. To "
        "replace it, send this grade again."
    ),
    Problem.SECTION_GONE: Sentence("The quiz has this section no more; the gradebook keeps the grade that it has."),
    Problem.REFUSED: Sentence(
        "The LMS refuses this grade; check that the student is still enrolled as a student and that the course is open "
        "and published."
    ),
    Problem.OWN_ERROR: Sentence(
        "Quizferry cannot send this grade because of an error of its own; please ask whoever runs it to read its log. "
        "Quizferry keeps trying."
    ),
}

OF_PLATFORM = (Problem.NO_ANSWER, Problem.IN_TROUBLE, Problem.TOO_MANY_CALLS, Problem.NOT_LET_IN)
"""Problems that are the platform's, and not of one grade: others sent there have them as well."""

MAYBE_TAKEN = (Problem.NO_ANSWER, Problem.IN_TROUBLE)
"""After these the LMS may have stored the score all the same: the connection broke, or it failed after storing."""

PROBLEM_OF_MEANING: dict[Meaning, Problem] = {
    Meaning.NEWER_THERE: Problem.NEWER_THERE,
    Meaning.NO_STUDENT: Problem.NO_STUDENT,
    Meaning.NO_STUDENT_NOW: Problem.NO_STUDENT_NOW,
    Meaning.NO_ATTEMPTS_LEFT: Problem.NO_ATTEMPTS_LEFT,
    Meaning.READ_ONLY: Problem.READ_ONLY,
    Meaning.TOO_MANY_CALLS: Problem.TOO_MANY_CALLS,
}

PROBLEM_OF_STATUS: dict[int, Problem] = {
    HTTPStatus.UNAUTHORIZED: Problem.NOT_LET_IN,
    HTTPStatus.FORBIDDEN: Problem.NOT_ALLOWED,
    HTTPStatus.NOT_FOUND: Problem.COLUMN_GONE,
    HTTPStatus.REQUEST_TIMEOUT: Problem.IN_TROUBLE,
    HTTPStatus.CONFLICT: Problem.NEWER_THERE,
    HTTPStatus.GONE: Problem.COLUMN_GONE,
    HTTPStatus.TOO_EARLY: Problem.IN_TROUBLE,
    HTTPStatus.TOO_MANY_REQUESTS: Problem.TOO_MANY_CALLS,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal, understood; with the HTTP status, where there was an answer, and the seconds that it asks to wait."""

    problem: Problem
    status: int | None = None
    retry_after: float | None = None

    @property
    def fate(self) -> Fate:
        """What becomes of the grade."""
        return FATES[self.problem]

    @property
    def sentence(self) -> str:
        """What the instructor reads: what is wrong, and what to do."""
        return SENTENCES[self.problem]


def judge(error: ServiceError, platform: Platform = GENERIC) -> Refusal:
    """Return what the error means for the grade, at this kind of LMS."""
    meaning = platform.meaning_of(error.status, error.body) if error.kind is FailureKind.REFUSED else None
    problem = PROBLEM_OF_MEANING[meaning] if meaning else _problem(error)
    return Refusal(problem, error.status, error.retry_after)


def judge_column(error: ServiceError) -> Refusal:
    """Return what it means for a grade that no column was found or made for it."""
    problem = _problem(error)
    return Refusal(problem if problem in OF_PLATFORM else Problem.NO_COLUMN, error.status, error.retry_after)


def _problem(error: ServiceError) -> Problem:
    if error.status is None:
        return Problem.NO_ANSWER
    # A redirect leads to a login or a notice of maintenance; services have none.
    redirect = HTTPStatus.MULTIPLE_CHOICES <= error.status < HTTPStatus.BAD_REQUEST
    if redirect or error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Problem.IN_TROUBLE
    found = PROBLEM_OF_STATUS.get(error.status, Problem.REFUSED)
    if error.kind is FailureKind.NO_TOKEN and FATES[found] is not Fate.LATER:
        return Problem.NOT_LET_IN
    return found
