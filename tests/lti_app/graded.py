"""Schools with a gradebook; `school`, whose launches name a column of it, is a fixture for modules that import it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import update

from lti_app.lti.ags import SCORE_SCOPE
from lti_app.lti.keys import ensure_key
from lti_app.lti.line_items import LINE_ITEM_SCOPE
from lti_app.models import ResourceLink
from tests.lti_app.gradebook_server import GradebookServer
from tests.lti_app.school import School, open_school


@pytest.fixture
def school(database_url: str, gradebook: GradebookServer) -> Iterator[School]:
    school = open_school(database_url, lineitem_url=gradebook.lineitem_url, token_url=gradebook.token_url)
    ensure_key(school.database)
    yield school
    school.database.close()


def open_without_column(database_url: str, gradebook: GradebookServer) -> School:
    """Open a school whose launches name no column, and let the tool make some."""
    school = open_school(database_url, lineitem_url=None, token_url=gradebook.token_url)
    ensure_key(school.database)
    set_link(school, lineitems_url=gradebook.lineitems_url, ags_scopes=[SCORE_SCOPE, LINE_ITEM_SCOPE])
    return school


def set_link(school: School, **fields: object) -> None:
    """Have the school's link be so from now on."""
    with school.database.writing() as session:
        session.execute(update(ResourceLink).values(**fields))
