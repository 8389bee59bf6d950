from sqlalchemy import select

from lti_app.models import Database, Launch, Role
from tests.lti_app.fixtures import Browser


def test_a_good_launch_opens_a_session_and_leads_to_its_page(browser: Browser, database: Database) -> None:
    response = browser.launch()
    assert response.status_code == 303
    with database.reading() as session:
        launch = session.scalars(select(Launch)).one()
    assert response.location == f"/launches/{launch.id}/"
    assert launch.role is Role.LEARNER
    assert browser.client.get(response.location).status_code == 200
