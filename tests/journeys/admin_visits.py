"""The pages for those who run Quizferry or an LMS, in a browser, with a platform that answers by script."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page

from lti_app.config import Config
from lti_app.lti.registration_configuration import PLATFORM_CONFIGURATION
from lti_app.services.admin_access import make_link_token
from lti_app.web.admin.setup import LMSS
from tests.lti_app.fixtures import register
from tests.lti_app.platform import Answer, running_platform
from tests.lti_app.registering import ANSWER, Admin, configuration
from tests.lti_app.serving import serving_tool

SAYS = {
    "product_family_code": "canvas",
    "https://canvas.instructure.com/lti/account_name": "The University of the Islands and the Seas",
    "messages_supported": [
        {"type": "LtiDeepLinkingRequest", "placements": ["https://canvas.instructure.com/lti/link_selection"]}
    ],
}
"""What the platform says of itself: enough for every part of the page that asks an admin."""


@dataclass(frozen=True, slots=True)
class AdminSite:
    """A tool that runs, with one platform, whose token endpoint nobody answers, and another one that may register."""

    admin: Admin

    @property
    def url(self) -> str:
        return self.admin.config.public_url

    def admin_link(self) -> str:
        """Return the address of a link to the operator's pages."""
        with self.admin.database.writing() as session:
            return f"{self.url}/admin/enter/{make_link_token(session)}"

    def registration(self) -> str:
        """Return the address at which an LMS opens an invitation, whose registration then succeeds."""
        said = configuration(self.admin.platform, **{PLATFORM_CONFIGURATION: SAYS})
        self.admin.serve(said, said)
        client = f"client of registration {len(self.admin.registered())}"
        self.admin.serve_answer(Answer.of_json({**ANSWER, "client_id": client}))
        path = self.admin.invite(needs_approval=True)
        return f"{self.url}{path}?{urlencode(self.admin.parameters())}"


@contextmanager
def running_admin_site(database: Path) -> Iterator[AdminSite]:
    """Run a tool with the database file, until the block ends."""
    config = Config(database_url=f"sqlite:///{database}", allow_private_addresses=True)
    with serving_tool(config) as app, running_platform() as platform:
        tool = app.extensions["quizferry"]
        register(tool.database, platform, auth_token_url="http://127.0.0.1:1/token", product_family="moodle")
        yield AdminSite(Admin(app.test_client(), platform, tool.database, tool.config))


def visit_admin_pages(page: Page, site: AdminSite) -> Iterator[str]:
    """Open each page in turn, and yield what it is; the admin's session is the browser's afterwards."""
    for path in ("/setup", *(f"/setup/{lms}" for lms in LMSS), "/register/nowhere", "/admin"):
        page.goto(site.url + path)
        yield path
    page.goto(f"{site.url}{site.admin.invite()}")
    yield "invitation"
    page.goto(site.registration())
    yield "offer"
    _press(page, "form .button")
    yield "registered"
    page.goto(site.admin_link())
    yield "link"
    _press(page, "form .button")
    yield "platforms"
    _press(page, "[action$='/1/test'] .button")
    yield "test"


def _press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.locator(button).press("Enter")
