"""Files that students hand in are what their names say, or refused."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from content.identity import with_ids
from content.quiz import Settings
from content.quizzes import showcase
from content.readers import read_file
from lti_app.models import Attempt, Launch
from lti_app.services.attempts import start_attempt
from lti_app.services.files import find_file, save_file
from lti_app.services.quizzes import publish
from lti_app.services.responses import InvalidResponse
from tests.lti_app.school import QUIZ, School, open_school

PDF, PNG, JPEG, TEXT = b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", "Grüße".encode()


def archive(*names: str) -> bytes:
    data = BytesIO()
    with ZipFile(data, "w") as made:
        for name in names:
            made.writestr(name, "")
    return data.getvalue()


OFFICE, OPEN = archive("[Content_Types].xml", "word/document.xml"), archive("mimetype", "content.xml")


@pytest.fixture
def school(tmp_path: Path, new_database: Path) -> Iterator[School]:
    school = open_school(f"sqlite:///{shutil.copy(new_database, tmp_path)}", lineitem_url=None)
    yield school
    school.database.close()


@pytest.fixture
def attempt_id(school: School) -> int:
    read = read_file(showcase()).quiz
    assert read is not None
    with school.database.writing() as session:
        publish(session, replace(with_ids(read), id=QUIZ.id, settings=Settings()))
    launch_id = school.student()
    with school.database.writing() as session:
        return start_attempt(session, session.get_one(Launch, launch_id)).id


@pytest.mark.parametrize(
    ("name", "data", "type_"),
    [
        ("card.pdf", PDF, "application/pdf"),
        ("CARD.PDF", PDF, "application/pdf"),
        ("photo.png", JPEG, "image/jpeg"),  # as messengers name them
        ("notes.txt", TEXT, "text/plain"),
        ("model.py", TEXT, "text/plain"),
        ("card", PDF, "application/pdf"),
        ("card.docx", OFFICE, "application/zip"),
        ("card.odt", OPEN, "application/zip"),
        ("all.zip", archive("a", "b"), "application/zip"),
    ],
    ids=[str(number) for number in range(9)],
)
def test_a_file_that_is_what_its_name_says_is_taken(
    school: School, attempt_id: int, name: str, data: bytes, type_: str
) -> None:
    with school.database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        save_file(session, attempt, "model-card", name, data)
        found = find_file(session, attempt, "model-card")
        assert found is not None
        assert (found.name, found.type, found.data) == (name, type_, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("card.pdf", TEXT),
        ("card.pdf", PNG),
        ("card.pdf", OFFICE),
        ("card.png", PDF),
        ("card.png", b"<script>alert(1)</script>"),
        ("card.txt", PDF),
        ("card.docx", PDF),
        ("card.docx", OPEN),
        ("card.docx", archive("virus.exe")),
        ("card.zip", b"PK\x03\x04 and no archive"),
        ("card.zip", OFFICE[:-10]),
    ],
)
def test_a_file_that_is_something_else_is_refused(school: School, attempt_id: int, name: str, data: bytes) -> None:
    with school.database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        with pytest.raises(InvalidResponse, match=rf"not what its name says \({name[4:]}\)"):
            save_file(session, attempt, "model-card", name, data)
        assert attempt.answers == []
        assert find_file(session, attempt, "model-card") is None
