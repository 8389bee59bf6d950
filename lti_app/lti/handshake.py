"""What pylti1p3 wants to be handed at a login and a launch: the request, a session, cookies.

Its own session and cookies are not used. They belong to one process and one browser tab, and check a nonce without
using it up; states and nonces are in the database instead (`lti_app.lti.login_states`). So whatever pylti1p3 could ask
of them raises NotImplementedError.
"""

from collections.abc import Mapping

from pylti1p3.cookie import CookieService
from pylti1p3.request import Request
from pylti1p3.session import SessionService


class Parameters(Request):
    """The parameters of a login initiation or a launch."""

    def __init__(self, parameters: Mapping[str, str]) -> None:
        self._parameters = parameters

    def get_param(self, key: str) -> str:
        """Return a parameter, empty if it was not sent."""
        return self._parameters.get(key, "")

    def is_secure(self) -> bool:
        """Raise: only pylti1p3's own cookies ask."""
        raise NotImplementedError  # pylti1p3 wants the method and never calls it here


class Handshake(SessionService, CookieService):
    """Takes the state and the nonce of a login from pylti1p3, which makes them and would keep them itself."""

    def __init__(self) -> None:
        self.state = ""
        self.nonce = ""

    def save_nonce(self, nonce: str) -> None:
        """Take the nonce."""
        self.nonce = nonce

    def set_cookie(self, name: str, value: str | int, exp: int | None = 3600) -> None:  # noqa: ARG002
        """Take the state, which is both name and value."""
        self.state = name

    def get_cookie(self, name: str) -> str | None:
        """Raise: the login's cookie is checked with its state."""
        raise NotImplementedError  # pylti1p3 wants the method and never calls it here
