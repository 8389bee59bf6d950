"""LTI platform storage: the platform's page keeps what ties a login to its browser, where the browser keeps no cookie.

The tool's page in the browser asks for it by ``window.postMessage`` (1EdTech: LTI Client Side postMessages, LTI
postMessage Storage, LTI OIDC Login with LTI Client Side postMessages); its scripts are in ``web/static/js``.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from lti_app.models import LoginState

STORAGE_TARGET = "lti_storage_target"


@dataclass(frozen=True, slots=True)
class PlatformStorage:
    """Where a platform keeps data for a login.

    Messages go to the ``frame`` of that name beside the tool's, ``_parent`` for the page around it, and to nobody but
    the ``origin`` of the platform's authentication URL; the data is under ``key``.
    """

    frame: str
    origin: str
    key: str


def storage_of(login: LoginState) -> PlatformStorage | None:
    """Return where the platform offered to keep data when it initiated the login, None if it did not."""
    frame = login.parameters.get(STORAGE_TARGET)
    if not frame:
        return None
    parts = urlsplit(login.registration.auth_login_url)
    return PlatformStorage(frame, f"{parts.scheme}://{parts.netloc}".lower(), f"quizferry_{login.state}")
