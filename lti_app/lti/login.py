"""The OIDC login that begins every launch (LTI 1.3 core, section 5.1.1; security framework 1.0, section 5.1.1.1)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from pylti1p3.oidc_login import OIDCLogin
from pylti1p3.redirect import Redirect

from lti_app.config import Config
from lti_app.lti.handshake import Handshake, Parameters
from lti_app.lti.login_failures import LoginIncomplete, LoginOversized, TargetForeign
from lti_app.lti.login_states import LIFETIME, hash_secret, new_secret, save_state
from lti_app.lti.platform_storage import STORAGE_TARGET
from lti_app.lti.registrations import PlatformRegistration, Registrations
from lti_app.models import Database, LoginState, utcnow

REQUIRED = ("iss", "login_hint", "target_link_uri")
OPTIONAL = ("lti_message_hint", "client_id", "lti_deployment_id", STORAGE_TARGET)
# Of all parameters together. Canvas's hints are 2,000 characters; each login is stored, whoever begins it.
MAX_LENGTH = 16_000


@dataclass(frozen=True, slots=True)
class BegunLogin:
    """A login under way: its state, the secret for the browser's cookie, and where the browser goes next."""

    state: str
    browser_secret: str
    auth_url: str


def begin_login(database: Database, config: Config, parameters: Mapping[str, str]) -> BegunLogin:
    """Begin the login that a platform initiates with these parameters; raise LaunchRefused if it may not."""
    sent = {name: parameters[name] for name in (*REQUIRED, *OPTIONAL) if parameters.get(name)}
    length = sum(map(len, sent.values()))
    if length > MAX_LENGTH:
        raise LoginOversized(f"{length} characters of parameters")
    login = _Login(Parameters(sent), Registrations(database), config)
    auth_url = login.auth_url()
    browser_secret = new_secret()
    row = LoginState(
        state=login.handshake.state,
        nonce=login.handshake.nonce,
        registration_id=login.registration.row.id,
        parameters=sent,
        auth_url=auth_url,
        browser_secret_hash=hash_secret(browser_secret),
        expires_at=utcnow() + LIFETIME,
    )
    with database.writing(waits_for_disk=False) as session:  # a login that is lost is begun again
        save_state(session, row)
    return BegunLogin(row.state, browser_secret, auth_url)


def require_own_address(url: object, config: Config) -> None:
    """Raise TargetForeign unless the URL is an address of this tool."""
    if not isinstance(url, str) or _origin(url) != _origin(config.public_url):
        raise TargetForeign(f"target_link_uri is {url!r:.300}; this tool is at {config.public_url}")


def _origin(url: str) -> tuple[str | int | None, ...] | None:
    """Return scheme, user, host and port, in a form that compares; None for what is no URL."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    return parts.scheme, parts.username, parts.hostname, port


class _Login(OIDCLogin[Parameters, Registrations, Handshake, Handshake, str]):
    registration: PlatformRegistration

    def __init__(self, parameters: Parameters, registrations: Registrations, config: Config) -> None:
        self.handshake = Handshake()
        self._config = config
        super().__init__(parameters, registrations, self.handshake, self.handshake)

    def auth_url(self) -> str:
        """Return the authentication request as a URL."""
        url = self._prepare_redirect_url(f"{self._config.public_url}/lti/launch")
        endpoint = self.registration.row.auth_login_url
        # pylti1p3 appends its query with a `?`, also where the endpoint has a query already.
        return url if "?" not in endpoint else f"{endpoint}&{url.removeprefix(endpoint + '?')}"

    def get_redirect(self, url: str) -> Redirect[str]:
        """Raise: only the URL is wanted, and Flask redirects to it."""
        raise NotImplementedError  # pylti1p3 wants the method and never calls it here

    def validate_oidc_login(self) -> PlatformRegistration:
        """Return the registration that the platform means, once everything that it must send is there."""
        missing = [name for name in REQUIRED if not self._get_request_param(name)]
        if missing:
            raise LoginIncomplete(f"missing: {', '.join(missing)}")
        require_own_address(self._get_request_param("target_link_uri"), self._config)
        self.registration = self._tool_config.find_registration_by_params(
            self._get_request_param("iss"), self._get_request_param("client_id"), request=self._request
        )
        return self.registration

    def _get_uuid(self) -> str:
        return secrets.token_urlsafe(32)

    def _generate_nonce(self) -> str:
        return secrets.token_urlsafe(32)
