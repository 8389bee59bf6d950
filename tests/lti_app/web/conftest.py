from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from lti_app.config import Config
from lti_app.models import Database, Role
from tests.lti_app.platform import Platform
from tests.lti_app.registering import Admin
from tests.lti_app.web.classroom import Classroom, Visitor
from tests.lti_app.web.quizzes import SEA, SKY


@pytest.fixture
def database_kind() -> str:
    """SQLite only: pages do not know the database. Those of `test_student_pages` stand for all on PostgreSQL."""
    return "sqlite"


@pytest.fixture
def classroom(database_url: str) -> Iterator[Classroom]:
    classroom = Classroom(database_url, SEA, SKY)
    yield classroom
    classroom.close()


@pytest.fixture
def ada(classroom: Classroom) -> Visitor:
    """A student at a link with the quiz SEA."""
    return classroom.launch("Ada", quiz_id="sea")


@pytest.fixture
def picker(classroom: Classroom) -> Visitor:
    """A teacher whom the LMS has sent to pick quizzes for the course."""
    return classroom.pick()


@pytest.fixture
def admin(client: FlaskClient, platform: Platform, database: Database, config: Config) -> Admin:
    """An LMS's admin, with an LMS that nobody has registered yet."""
    return Admin(client, platform, database, config)


@pytest.fixture
def teacher(classroom: Classroom) -> Visitor:
    """The teacher at a link with the quiz SEA."""
    return classroom.launch("Grace", Role.INSTRUCTOR, quiz_id="sea")
