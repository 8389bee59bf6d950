"""A demo LMS and the tool that it launches, both in this process: two sites to a browser."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import FrameLocator, Page
from werkzeug.serving import make_server

from lti_app.app import create_app
from lti_app.config import Config
from lti_app.demo.ports import any_free
from lti_app.demo_lms import Activity, Lms, ToolRegistration, serving_demo_lms
from lti_app.demo_lms.behaviours import STRICT, Behaviour
from lti_app.lti.claims import HISTORY_PARAMETERS
from lti_app.services.claims import claim
from lti_app.services.delivery import deliver
from lti_app.services.outcomes import Outcome
from lti_app.services.platforms import PlatformValues, add_platform, tool_values
from lti_app.services.quizzes import publish
from lti_app.web.tool import Tool
from tests.lti_app.school import QUIZ

CLIENT_ID, DEPLOYMENT_ID = "quizferry", "1"
ACTIVITIES = (Activity("7", "The sea", Decimal(4), {"quiz": QUIZ.id}), Activity("8", "Week 2", Decimal(4)))


@dataclass(frozen=True, slots=True)
class SchoolSite:
    """The LMS at 127.0.0.1, and the tool at localhost."""

    lms: Lms
    tool: Tool

    def deliver(self) -> list[Outcome]:
        """Bring the grades that wait to the LMS, as the worker does."""
        claimed = claim(self.tool.database, self.tool.config, 10)
        return [deliver(self.tool.database, self.tool.config, one) for one in claimed]

    def enter(self, page: Page, person: str) -> None:
        """Sign in at the LMS."""
        page.goto(self.lms.base_url)
        page.get_by_role("button", name=person).click()

    def open(self, page: Page, person: str, activity: str) -> FrameLocator:
        """Sign in, open an activity, and return the frame that the tool is in."""
        self.enter(page, person)
        page.get_by_role("link", name=activity).click()
        return page.frame_locator("#tool")


@contextmanager
def running_school(
    folder: Path, activities: Sequence[Activity] = ACTIVITIES, behaviour: Behaviour = STRICT
) -> Iterator[SchoolSite]:
    """Run both until the block ends, with the database ``quizferry.db`` of the folder, or a new one."""
    config = Config(
        database_url=f"sqlite:///{folder}/quizferry.db",
        public_url=f"http://localhost:{any_free()}",
        allow_private_addresses=True,
    )
    app = create_app(config)
    tool: Tool = app.extensions["quizferry"]
    values = tool_values(config)
    registration = ToolRegistration(
        name="Quizferry",
        client_id=CLIENT_ID,
        deployment_id=DEPLOYMENT_ID,
        login_url=values.login_url,
        launch_url=values.target_link_uri,
        redirect_urls=(values.redirect_url,),
        keyset_url=values.jwks_url,
        custom=HISTORY_PARAMETERS,
    )
    server = make_server("localhost", int(config.public_url.rpartition(":")[2]), app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        with serving_demo_lms(registration, activities, behaviour=behaviour) as lms:
            with tool.database.writing() as session:
                publish(session, QUIZ)
                add_platform(session, config, "Demo LMS", _platform(lms.base_url, behaviour))
            yield SchoolSite(lms, tool)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        tool.database.close()


def _platform(url: str, behaviour: Behaviour) -> PlatformValues:
    return PlatformValues(
        issuer=url,
        client_id=CLIENT_ID,
        auth_login_url=f"{url}{behaviour.authorize_path}",
        auth_token_url=f"{url}/token",
        jwks_url=f"{url}/keys",
        deployment_ids=[DEPLOYMENT_ID],
        auth_audience=behaviour.assertion_audience or None,
    )
