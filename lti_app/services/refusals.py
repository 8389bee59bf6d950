"""What an LMS's refusal of a score means: whether another try can help, and what to tell the instructor."""

from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

from lti_app.lti.ags import FailureKind, ServiceError
from lti_app.platforms import GENERIC, Meaning, Platform


class Fate(StrEnum):
    """What becomes of a grade that was refused."""

    # The gradebook has a later score already (AGS 2.0, section 3.4.2: a platform keeps the latest timestamp).
    NEWER_THERE = "newer there"
    LATER = "later"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal, understood: a sentence for the instructor, and the seconds that the LMS asked to wait."""

    fate: Fate
    sentence: str = ""
    status: int | None = None
    retry_after: float | None = None


NO_ANSWER = "The LMS does not answer at the moment; Quizferry keeps trying."
IN_TROUBLE = "The LMS cannot take grades at the moment; Quizferry keeps trying."
NOT_LET_IN = (
    "The LMS does not let Quizferry in; please ask its admin to check Quizferry's registration. Quizferry keeps trying."
)
NO_COLUMN = (
    "The LMS has no gradebook column for this link, and lets Quizferry make none. Have the link graded in the LMS (in "
    "Canvas, add it as an assignment), then open it from the course once more."
)
MEANINGS: dict[Meaning, str] = {
    Meaning.NO_STUDENT: (
        "The LMS keeps no grade for this person; check that they are enrolled as a student, and that the course is "
        "published and has not ended."
    ),
    Meaning.NO_ATTEMPTS_LEFT: (
        "The LMS takes no further submission of this student; allow more attempts in the settings of the assignment "
        "there."
    ),
    Meaning.READ_ONLY: "The LMS does not let Quizferry write into this gradebook column; it belongs to another tool.",
}
COLUMN_GONE = (
    "The gradebook column of this quiz is no longer in the LMS; open the quiz from the course once more, and if that "
    "does not help, add its link to the course anew."
)
SENTENCES: dict[int, str] = {
    HTTPStatus.FORBIDDEN: (
        "The LMS does not allow this grade; check that the student is still enrolled, that the course is open, and "
        "that Quizferry may send grades."
    ),
    HTTPStatus.NOT_FOUND: COLUMN_GONE,
    HTTPStatus.GONE: COLUMN_GONE,
}
REFUSED = (
    "The LMS refuses this grade; check that the student is still enrolled as a student and that the course is open and "
    "published."
)

TRY_LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


def judge(error: ServiceError, platform: Platform = GENERIC) -> Refusal:
    """Return what the error means for the grade, at this kind of LMS."""
    meaning = platform.meaning_of(error.status, error.body) if error.kind is FailureKind.REFUSED else None
    fate, sentence = _fate_of(meaning) if meaning else _fate(error)
    return Refusal(fate, sentence, error.status, error.retry_after)


def judge_column(error: ServiceError) -> Refusal:
    """Return what it means for a grade that no column was found or made for it."""
    fate, sentence = _fate(error)
    if fate is not Fate.LATER:
        fate, sentence = Fate.FAILED, NO_COLUMN
    return Refusal(fate, sentence, error.status, error.retry_after)


def _fate_of(meaning: Meaning) -> tuple[Fate, str]:
    if meaning is Meaning.NEWER_THERE:
        return Fate.NEWER_THERE, ""
    if meaning is Meaning.TOO_MANY_CALLS:
        return Fate.LATER, IN_TROUBLE
    return Fate.FAILED, MEANINGS[meaning]


def _fate(error: ServiceError) -> tuple[Fate, str]:
    status = error.status
    if status is None:
        return Fate.LATER, NO_ANSWER
    if status in TRY_LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Fate.LATER, IN_TROUBLE
    if error.kind is FailureKind.NO_TOKEN or status == HTTPStatus.UNAUTHORIZED:
        # A matter of the registration, not of this grade: once an admin has settled it, all grades can go.
        return Fate.LATER, NOT_LET_IN
    if status == HTTPStatus.CONFLICT:
        return Fate.NEWER_THERE, ""
    return Fate.FAILED, SENTENCES.get(status, REFUSED)
