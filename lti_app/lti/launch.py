"""The launch: an id_token from the platform, checked in every respect before it may open anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

import jwt
from pylti1p3.exception import LtiException
from pylti1p3.message_launch import MessageLaunch

from lti_app.config import Config
from lti_app.lti.claims import DEPLOYMENT_ID, TARGET_LINK_URI, Message, identifier, read_claims, require_claims
from lti_app.lti.clock import keep_skew, skew
from lti_app.lti.handshake import Handshake, Parameters
from lti_app.lti.keysets import KeySets
from lti_app.lti.login import require_own_address
from lti_app.lti.login_failures import LaunchIncomplete, PlatformRefused
from lti_app.lti.login_states import LIFETIME, find_state
from lti_app.lti.message_failures import ClaimInvalid, DeploymentUnknown
from lti_app.lti.registrations import PlatformDeployment, PlatformRegistration, Registrations
from lti_app.lti.token_failures import (
    AlgorithmRefused,
    AudienceWrong,
    IssuerWrong,
    KeyUnknown,
    NonceWrong,
    SignatureWrong,
    TokenExpired,
    TokenFromFuture,
    TokenMalformed,
)
from lti_app.models import Database, LoginState, utcnow

# Clocks differ. Moodle's tokens live 60 seconds, and Brightspace's are not valid a second before they are made.
LEEWAY = timedelta(seconds=60)
# Tokens of platforms in use live a minute to an hour.
LONGEST_LIFE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class VerifiedLaunch:
    """A launch that has passed every check but one: that its ``state`` is still unused when it is opened."""

    state: str
    claims: Message


def verify_launch(
    database: Database, config: Config, key_sets: KeySets, form: Mapping[str, str], browser_secret: str | None
) -> VerifiedLaunch:
    """Return what a launch says once everything about it has been checked; raise LaunchRefused if anything is wrong.

    ``form`` is what was posted, ``browser_secret`` the value of the login's cookie.
    """
    if form.get("error"):
        raise PlatformRefused(f"{form['error']!r:.200}: {form.get('error_description', '')!r:.500}")
    missing = [name for name in ("state", "id_token") if not form.get(name)]
    if missing:
        raise LaunchIncomplete(f"missing: {', '.join(missing)}")
    login = find_state(database, form["state"], browser_secret)
    launch = _Launch(Parameters(form), Registrations(database), config, key_sets, login)
    try:
        launch.validate()
    finally:
        # Of a launch that is refused for its times, above all.
        if launch.skew is not None:
            keep_skew(database, login.registration, launch.skew)
    return VerifiedLaunch(login.state, launch.claims)


class _Launch(MessageLaunch[Parameters, Registrations, Handshake, Handshake]):
    """pylti1p3's launch, each of whose steps is done strictly; it goes through them in the order of the methods."""

    claims: Message
    skew: int | None = None
    _deployment: PlatformDeployment

    def __init__(
        self,
        parameters: Parameters,
        registrations: Registrations,
        config: Config,
        key_sets: KeySets,
        login: LoginState,
    ) -> None:
        super().__init__(parameters, registrations, Handshake(), Handshake())
        self._config = config
        self._key_sets = key_sets
        self._login = login

    def _get_request_param(self, key: str) -> str:
        return self._request.get_param(key)

    def validate_state(self) -> Self:
        """Return at once: the state was checked, and its registration is the one that the launch must fit."""
        self._registration = PlatformRegistration(self._login.registration)
        return self

    def validate_jwt_format(self) -> Self:
        """Require a JSON Web Token by RS256 that has every claim that a message must have."""
        try:
            super().validate_jwt_format()
        except LtiException as error:
            raise TokenMalformed(str(error)) from error
        header, body = self._jwt["header"], self._jwt["body"]
        if not isinstance(header, dict) or not isinstance(body, dict):
            raise TokenMalformed("header or body is no JSON object")
        if header.get("alg") != "RS256":
            raise AlgorithmRefused(f"alg is {header.get('alg')!r:.60}")
        require_claims(body)
        return self

    def validate_nonce(self) -> Self:
        """Require the nonce of this login."""
        if self._body["nonce"] != self._login.nonce:
            raise NonceWrong(f"{self._login.registration.name}: the nonce is not that of this login")
        return self

    def validate_registration(self) -> Self:
        """Require the issuer and the client of the registration that the login began with."""
        body, row = self._body, self._login.registration
        if body["iss"] != row.issuer:
            raise IssuerWrong(f"iss is {body['iss']!r:.200}, the login was {row.issuer}'s")
        audience = body["aud"] if isinstance(body["aud"], list) else [body["aud"]]
        # OpenID Connect core, section 3.1.3.7: who is meant by several is said by `azp`.
        authorized = body.get("azp") or (row.client_id if len(audience) == 1 else None)
        if row.client_id not in audience or authorized != row.client_id:
            raise AudienceWrong(
                f"aud is {audience!r:.200}, azp {body.get('azp')!r:.200}, but the client is {row.client_id!r}; "
                "in Moodle, an activity with a consumer key of its own does this"
            )
        return self

    def validate_jwt_signature(self) -> Self:
        """Require a signature by a key of the platform, and times that fit."""
        kid = self._jwt["header"].get("kid")
        if not isinstance(kid, str) or not kid:
            raise KeyUnknown("the header has no kid")
        key = self._key_sets.key(self._login.registration.jwks_url, kid)
        try:
            # Issuer and audience are checked above, for an answer of their own.
            options: Any = {"require": ["exp", "iat"], "verify_aud": False}
            verified: Any = jwt.decode(self._get_id_token(), key, ["RS256"], options, leeway=LEEWAY)
        except jwt.ExpiredSignatureError as error:
            self._measure_skew()
            raise TokenExpired(self._times()) from error
        except jwt.ImmatureSignatureError as error:
            self._measure_skew()
            raise TokenFromFuture(self._times()) from error
        except jwt.InvalidSignatureError as error:
            raise SignatureWrong(f"{self._login.registration.name}: kid {kid!r:.200}") from error
        except jwt.InvalidTokenError as error:
            raise ClaimInvalid(str(error)) from error
        self._jwt["body"] = verified
        self._measure_skew()
        self._check_age()
        return self

    def validate_deployment(self) -> Self:
        """Require a deployment that the registration knows."""
        row = self._login.registration
        deployment_id = identifier("deployment_id", self._body[DEPLOYMENT_ID])
        deployment = self._tool_config.find_deployment_by_params(row.issuer, deployment_id, row.client_id)
        if deployment is None:
            raise DeploymentUnknown(f"{row.name} has no deployment {deployment_id!r}")
        self._deployment = deployment
        return self

    def validate_message(self) -> Self:
        """Require a message that this tool understands, for one of its own addresses."""
        require_own_address(self._body[TARGET_LINK_URI], self._config)
        self.claims = read_claims(self._body, self._login.registration_id, self._deployment.row.id)
        return self

    def save_launch_data(self) -> Self:
        """Return at once: what a launch opens is stored in the transaction that uses up its state."""
        return self

    @property
    def _body(self) -> dict[str, Any]:
        body: dict[str, Any] = self._jwt["body"]  # type: ignore[assignment]  # narrower than what may arrive
        return body

    def _measure_skew(self) -> None:
        """Compare the clocks; to be called once the signature is known to be the platform's."""
        self.skew = skew(int(self._body["iat"]), self._login, utcnow())

    def _check_age(self) -> None:
        now = utcnow().timestamp()
        if int(self._body["iat"]) < now - (LIFETIME + LEEWAY).total_seconds():
            raise TokenExpired(f"made long before this login; {self._times()}")
        if int(self._body["exp"]) > now + (LONGEST_LIFE + LEEWAY).total_seconds():
            raise TokenFromFuture(f"lives longer than a day; {self._times()}")

    def _times(self) -> str:
        times = ", ".join(f"{name} {self._body.get(name)!r:.40}" for name in ("iat", "nbf", "exp"))
        return f"{self._login.registration.name}: {times}; it is {utcnow().timestamp():.0f}"
