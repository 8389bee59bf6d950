"""Files that students hand in: taken by what they hold, whatever they are called."""

from pathlib import PurePath

from sqlalchemy.orm import Session

from content.media import image_type
from content.questions import FileUpload
from content.sentences import Sentence
from lti_app.models import Attempt, UploadedFile
from lti_app.services import quizzes
from lti_app.services.attempts import check_reachable, lock_running, store_response
from lti_app.services.responses import InvalidResponse

LARGEST_FILE = 10 * 1024 * 1024
NAME_LENGTH = 120


def save_file(session: Session, attempt: Attempt, question_id: str, name: str, data: bytes) -> tuple[str, int]:
    """Store the file that a student hands in for a question, in place of an earlier one.

    Return its name, and the number of this change of the answer.

    Raise AttemptOver as `save_answer` does, InvalidResponse for a file that is too large or of a kind that is not taken
    and for a question that asks for none.
    """
    quiz = quizzes.quiz_of(attempt)
    question = quiz.find_question(question_id)
    if not isinstance(question, FileUpload):
        raise InvalidResponse(Sentence("This question asks for no file."))
    check_reachable(quiz, attempt, question_id)
    type_ = _type_of(data)
    short = _short(name)
    lock_running(session, attempt)
    row = session.get(UploadedFile, (attempt.id, question_id))
    if row is None:
        row = UploadedFile(attempt_id=attempt.id, question_id=question_id)
        session.add(row)
    row.name, row.type, row.data = short, type_, data
    return short, store_response(session, attempt, question_id, short)


def find_file(session: Session, attempt: Attempt, question_id: str) -> UploadedFile | None:
    """Return the file of a question, or None."""
    return session.get(UploadedFile, (attempt.id, question_id))


def _short(name: str) -> str:
    plain = "".join(letter for letter in PurePath(name.replace("\\", "/")).name if letter.isprintable()).strip()
    return plain[-NAME_LENGTH:] or "file"


def _type_of(data: bytes) -> str:
    """Return the MIME type by the content; raise InvalidResponse for what is not taken."""
    if not data:
        raise InvalidResponse(Sentence("This file is empty; choose another one."))
    if len(data) > LARGEST_FILE:
        size = LARGEST_FILE // 1024**2
        raise InvalidResponse(Sentence("This file is larger than %(size)s MB; hand in a smaller one.", size=size))
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"PK\x03\x04"):  # Office's and OpenDocument's files are ZIP archives
        return "application/zip"
    image = image_type(data)
    if image is not None and image != "image/svg+xml":  # an SVG can hold scripts
        return image
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise InvalidResponse(
            Sentence(
                "A file of this kind is not taken; hand in PDF, Word, OpenDocument, PowerPoint, Excel, ZIP, PNG, JPEG, "
                "GIF, WebP or plain text."
            )
        )
    return "text/plain"
