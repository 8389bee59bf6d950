from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lti_app.school import School, open_school


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    school = open_school(tmp_path, lineitem_url="https://lms.example.edu/lineitems/1")
    yield school
    school.database.close()
