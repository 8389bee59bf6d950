"""Calls of platforms' services (LTI Advantage), by pylti1p3's connector."""

import secrets
import time
from collections.abc import Sequence

import requests
from pylti1p3.service_connector import ServiceConnector, TServiceConnectorResponse

from content.sentences import Sentence
from lti_app.lti.keys import sign_token
from lti_app.lti.registrations import PlatformRegistration
from lti_app.lti.service_errors import (
    BODY_LENGTH,
    FailureKind,
    ServiceError,
    is_page,
    is_rate_limit,
    refusal,
    unreachable,
)
from lti_app.lti.tokens import Token, access_token, forget_token, renew_token
from lti_app.models import Database, Registration

# Moodle refuses an assertion that is from the future by a second.
SECONDS_BACK = 10
SECONDS_AHEAD = 300


class PlatformConnector(ServiceConnector):
    """pylti1p3's connector, with tokens in the database, exact media types, and failures as ServiceError."""

    def __init__(self, database: Database, registration: Registration, http: requests.Session) -> None:
        super().__init__(PlatformRegistration(registration), http)
        self._database = database
        self._row = registration

    def make_service_request(
        self,
        scopes: Sequence[str],
        url: str,
        is_post: bool = False,
        data: str | None = None,
        content_type: str = "application/json",
        accept: str = "application/json",
        case_insensitive_headers: bool = False,  # noqa: ARG002 - the headers of the answer always are
    ) -> TServiceConnectorResponse:
        """Call a service for pylti1p3; raise ServiceError if it does not succeed. The answer's body is not read."""
        # A service takes and gives the same media type.
        headers = {"Accept": content_type, "Content-Type": content_type} if is_post else {"Accept": accept}
        answer = self.call(scopes, "POST" if is_post else "GET", url, headers, data)
        return {"headers": dict(answer.headers), "body": None, "next_page_url": None}

    def call(
        self, scopes: Sequence[str], method: str, url: str, headers: dict[str, str], data: str | None = None
    ) -> requests.Response:
        """Return a service's answer; raise ServiceError if it is no success.

        The media types in ``headers`` must be exact: Moodle and Open edX match them literally. A kept token that the
        platform does not take any more is renewed once.
        """
        wanted = " ".join(sorted(scopes))
        token = self._token(wanted)
        answer = self._call(method, url, data, headers, token.text)
        # Open edX answers 403 to a token that it does not take any more, others 401.
        if token.kept and answer.status_code in (401, 403) and not is_rate_limit(answer):
            forget_token(self._database, self._row, wanted, token.text)
            answer = self._call(method, url, data, headers, self._token(wanted).text)
        if not 200 <= answer.status_code < 300:
            raise refusal(FailureKind.REFUSED, answer)
        if is_page(answer):  # whatever its status says, no service has seen the call
            why = Sentence(
                "%(url)s answers with a web page, such as one to sign in, and not as a service does.", url=url
            )
            raise ServiceError(FailureKind.NO_ANSWER, body=f"a page: {answer.text[:BODY_LENGTH]}", why=why)
        return answer

    def renew_token(self, scopes: Sequence[str]) -> None:
        """Ask for a new token for these scopes and keep it; raise ServiceError if the platform gives none."""
        wanted = " ".join(sorted(scopes))
        renew_token(self._database, self._row, wanted, lambda: self._ask_for_token(wanted))

    def _call(self, method: str, url: str, data: str | None, headers: dict[str, str], token: str) -> requests.Response:
        try:
            return self._requests_session.request(
                method, url, data=data, headers={**headers, "Authorization": f"Bearer {token}"}
            )
        except requests.RequestException as error:
            raise unreachable(error, url) from error

    def _token(self, scopes: str) -> Token:
        return access_token(self._database, self._row, scopes, lambda: self._ask_for_token(scopes))

    def _ask_for_token(self, scopes: str) -> requests.Response:
        """Ask for a token with an assertion that the tool's key signs (security framework 1.0, section 4.1.1)."""
        now, row = int(time.time()), self._row
        claims: dict[str, str | int] = {
            "iss": row.client_id,
            "sub": row.client_id,
            "aud": row.auth_audience or row.auth_token_url,
            "iat": now - SECONDS_BACK,
            "exp": now + SECONDS_AHEAD,
            "jti": secrets.token_urlsafe(16),
        }
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": sign_token(self._database, claims),
            "scope": scopes,
        }
        try:
            return self._requests_session.post(row.auth_token_url, data=form, headers={"Accept": "application/json"})
        except requests.RequestException as error:
            raise unreachable(error, row.auth_token_url) from error
