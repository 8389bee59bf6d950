"""Files that students hand in: taken by what they hold, whatever they are called."""

from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from sqlalchemy.orm import Session

from content.media import image_type
from content.questions import FileUpload
from content.sentences import Sentence
from lti_app.models import Attempt, UploadedFile
from lti_app.services import quizzes
from lti_app.services.responses import InvalidResponse
from lti_app.services.saving import check_reachable, lock_running, store_response

LARGEST_FILE = 10 * 1024 * 1024
NAME_LENGTH = 120

ZIP = "application/zip"

PARTS = {
    **dict.fromkeys((".docx", ".pptx", ".xlsx"), "[Content_Types].xml"),
    **dict.fromkeys((".odt", ".odp", ".ods"), "mimetype"),
}
"""What every archive of Office (ECMA-376, part 2) and OpenDocument (part 2) holds, by the endings of their names."""

CLAIMS = {
    ".pdf": "application/pdf",
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp"), "image/"),  # phones name one like another
    **dict.fromkeys((".zip", *PARTS), ZIP),
    **dict.fromkeys((".txt", ".md", ".csv"), "text/plain"),
}
"""How the type begins of a file whose name ends so. What other names say is not looked at."""


def save_file(session: Session, attempt: Attempt, question_id: str, name: str, data: bytes) -> tuple[str, int]:
    """Store the file that a student hands in for a question, in place of an earlier one.

    Return its name, and the number of this change of the answer.

    Raise AttemptOver as `save_answer` does, InvalidResponse for a file that is too large, of a kind that is not taken
    or not what its name says, and for a question that asks for none.
    """
    quiz = quizzes.quiz_of(attempt)
    question = quiz.find_question(question_id)
    if not isinstance(question, FileUpload):
        raise InvalidResponse(Sentence("This question asks for no file."))
    check_reachable(quiz, attempt.position, question_id)
    type_ = _type_of(data)
    short = _short(name)
    _check_claim(short, type_, data)
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


def _check_claim(name: str, type_: str, data: bytes) -> None:
    """Raise InvalidResponse for a file whose name says that it holds something else than it does."""
    ending = PurePath(name).suffix.lower()
    holds = type_.startswith(CLAIMS.get(ending, type_))
    if holds and type_ == ZIP:
        holds = _is_archive(data, with_part=PARTS.get(ending, ""))
    if not holds:
        raise InvalidResponse(
            Sentence(
                "This file is not what its name says (%(ending)s), or it is damaged. Save it again with the program "
                "that made it, then hand it in.",
                ending=ending,
            )
        )


def _is_archive(data: bytes, with_part: str) -> bool:
    """Return whether the data is a ZIP archive that can be opened and has that part, where one is named."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return not with_part or with_part in archive.namelist()
    except (BadZipFile, ValueError, NotImplementedError):
        return False


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
        return ZIP
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
