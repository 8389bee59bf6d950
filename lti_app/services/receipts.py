"""Receipts: a student's proof that an attempt was submitted, which whoever teaches the course can check.

A receipt has a code and a text. The code names the attempt and signs for it; the text is signed word for word, so that
it says what was submitted even where the attempt itself is lost. Neither holds a score.
"""

import hmac
import re
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from content.questions import TextBlock
from lti_app.models import Attempt
from lti_app.services.quizzes import quiz_of
from lti_app.services.receipt_codes import BITS, MistypedCode, NoCode, read_code, write_code
from lti_app.services.responses import is_answered
from lti_app.services.scores import responses_of
from lti_app.services.signing import sign

TAG_BITS = 40
ID_BITS = BITS - TAG_BITS
_SIGNED = re.compile(r"(.*\S)\s+([0-9a-f]{64})\s*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The code of a submitted attempt, and how many of the questions that it ``asked`` were ``answered``."""

    code: str
    answered: int
    asked: int


class Finding(StrEnum):
    """What comes of checking a receipt."""

    GENUINE = "genuine"
    # The code is genuine, but the text that came with it is not as it was given out.
    CHANGED = "changed"
    # The text is genuine, but its attempt is not here any more.
    LOST = "lost"
    NO_CODE = "no code"
    MISTYPED = "mistyped"
    UNKNOWN = "unknown"
    OTHER_COURSE = "other course"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, and the attempt, where the receipt is of one of the course."""

    finding: Finding
    attempt: Attempt | None = None


def receipt_of(session: Session, attempt: Attempt) -> Receipt:
    """Return the receipt of a submitted attempt, always the same."""
    questions = [question for question in quiz_of(attempt).questions if not isinstance(question, TextBlock)]
    answered = sum(is_answered(response) for response in responses_of(attempt).values())
    return Receipt(code=_code(session, attempt), answered=answered, asked=len(questions))


def sign_text(session: Session, course_id: int, text: str) -> str:
    """Return the signature of a receipt's text of that course; it holds however its lines are broken."""
    return sign(session, "receipt text", course_id, " ".join(text.split())).hex()


def check_receipt(session: Session, course_id: int, sent: str) -> Checked:
    """Return what is true of a receipt that is shown to a teacher of that course: of its code, or of its whole text."""
    signed = _SIGNED.fullmatch(sent)
    unchanged = signed is not None and hmac.compare_digest(sign_text(session, course_id, signed[1]), signed[2])
    try:
        attempt = _attempt(session, read_code(sent))
    except NoCode:
        return Checked(Finding.NO_CODE)
    except MistypedCode:
        return Checked(Finding.MISTYPED)
    if attempt is None:
        return Checked(Finding.LOST if unchanged else Finding.UNKNOWN)
    if attempt.resource_link.course_id != course_id:
        return Checked(Finding.OTHER_COURSE)
    return Checked(Finding.CHANGED if signed and not unchanged else Finding.GENUINE, attempt)


def _code(session: Session, attempt: Attempt) -> str:
    """Return a signature of the attempt, and its id masked by that: a code tells nothing to whoever cannot check it."""
    tag = _tag(session, attempt)
    return write_code(tag << ID_BITS | attempt.id ^ _mask(session, tag))


def _attempt(session: Session, number: int) -> Attempt | None:
    """Return the submitted attempt that the number of a code signs for, or None."""
    tag, masked = number >> ID_BITS, number & (1 << ID_BITS) - 1
    attempt_id = masked ^ _mask(session, tag)
    attempt = session.get(Attempt, attempt_id) if attempt_id < 1 << 31 else None
    if attempt is None or attempt.submitted_at is None or _tag(session, attempt) != tag:
        return None
    return attempt


def _tag(session: Session, attempt: Attempt) -> int:
    # Not by its id alone: SQLite gives the id of the newest row again when that is deleted.
    facts = (attempt.id, attempt.resource_link_id, attempt.user_id, f"{attempt.submitted_at:%Y-%m-%dT%H:%M:%S.%f}")
    return int.from_bytes(sign(session, "receipt", *facts)) >> 256 - TAG_BITS


def _mask(session: Session, tag: int) -> int:
    return int.from_bytes(sign(session, "receipt id", tag)) >> 256 - ID_BITS
