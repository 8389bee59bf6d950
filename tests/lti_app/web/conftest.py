import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lti_app.models import Role
from tests.lti_app.web.classroom import DATABASE, Classroom, Visitor
from tests.lti_app.web.quizzes import SEA, SKY


@pytest.fixture
def classroom(tmp_path: Path, new_database: Path) -> Iterator[Classroom]:
    shutil.copy(new_database, tmp_path / DATABASE)
    classroom = Classroom(tmp_path, SEA, SKY)
    yield classroom
    classroom.close()


@pytest.fixture
def ada(classroom: Classroom) -> Visitor:
    """A student at a link with the quiz SEA."""
    return classroom.launch("Ada", quiz_id="sea")


@pytest.fixture
def teacher(classroom: Classroom) -> Visitor:
    """The teacher at a link with the quiz SEA."""
    return classroom.launch("Grace", Role.INSTRUCTOR, quiz_id="sea")
