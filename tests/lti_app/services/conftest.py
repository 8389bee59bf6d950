from collections.abc import Iterator

import pytest

from tests.lti_app.school import School, open_school


@pytest.fixture
def school(database_url: str) -> Iterator[School]:
    school = open_school(database_url, lineitem_url="https://lms.example.edu/lineitems/1")
    yield school
    school.database.close()
