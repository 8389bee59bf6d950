"""From a launch in the classroom to a browser that shows its pages."""

from playwright.sync_api import BrowserContext

from tests.lti_app.web.classroom import Classroom, Visitor


def sign_in(context: BrowserContext, classroom: Classroom, visitor: Visitor) -> str:
    """Give the browser the launch's cookie; return the launch's address."""
    name, value = visitor.cookie
    context.add_cookies(
        [
            {
                "name": name,
                "value": value,
                "domain": "localhost",
                "path": "/",
                "httpOnly": True,
                "sameSite": "None",
                "secure": True,
            }
        ]
    )
    return classroom.config.public_url + visitor.home
