"""The platforms that this tool is registered with: what an admin enters here, and what in the LMS."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, delete, func, or_, select
from sqlalchemy.orm import Session, selectinload

from lti_app.config import Config
from lti_app.lti.addresses import address_problem
from lti_app.lti.canvas_configuration import canvas_configuration
from lti_app.models import AccessToken, Attempt, Course, Deployment, Registration, ResourceLink
from lti_app.platforms import Platform, platform_of

LOGO = "/static/quizferry.svg"


class UnusableValue(Exception):  # noqa: N818
    """A value that cannot be right; ``field`` names it and the message says why and what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class PlatformConflict(Exception):  # noqa: N818
    """What was asked does not fit with the platforms that there are; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformValues:
    """What an LMS shows of itself when a tool is registered in it.

    ``auth_audience`` is only for an LMS that names an audience of its own for access tokens (Brightspace does).
    ``any_deployment`` lets launches bring deployments that are not named here, for a client that is one school's own.
    """

    issuer: str
    client_id: str
    auth_login_url: str
    auth_token_url: str
    jwks_url: str
    deployment_ids: Sequence[str]
    auth_audience: str | None = None
    any_deployment: bool = False


@dataclass(frozen=True, slots=True)
class ToolValues:
    """What an LMS wants to know of this tool when it is registered there."""

    login_url: str
    redirect_url: str
    target_link_uri: str
    jwks_url: str


@dataclass(frozen=True, slots=True)
class Contents:
    """How much hangs on a platform: numbers of courses and of students' attempts."""

    courses: int
    attempts: int


def kind_of(registration: Registration) -> Platform:
    """Return what kind of platform the registration is with, for what such platforms do differently."""
    return platform_of(registration.product_family or "", registration.issuer, registration.auth_login_url)


def tool_values(config: Config) -> ToolValues:
    """Return what an admin enters in the LMS."""
    url = config.public_url
    return ToolValues(f"{url}/lti/login", f"{url}/lti/launch", f"{url}/lti/launch", f"{url}/lti/jwks")


def canvas_json(config: Config) -> dict[str, Any]:
    """Return the configuration that Canvas takes for a developer key."""
    values = tool_values(config)
    return canvas_configuration(
        login_url=values.login_url,
        target_link_uri=values.target_link_uri,
        jwks_url=values.jwks_url,
        logo_url=config.public_url + LOGO,
    )


def add_platform(session: Session, config: Config, name: str, values: PlatformValues) -> Registration:
    """Store a platform. Raise UnusableValue, or PlatformConflict if its name or its issuer and client are taken."""
    _check(config, values)
    if session.scalar(_by_name(name)):
        raise PlatformConflict(f"There is a platform named {name!r} already; choose another name.")
    same = session.scalar(
        select(Registration).where(Registration.issuer == values.issuer, Registration.client_id == values.client_id)
    )
    if same:
        raise PlatformConflict(
            f"Issuer and client ID are those of the platform {same.name!r}; to add a deployment to it, use "
            f"'quizferry platforms deploy'."
        )
    registration = Registration(
        name=name,
        issuer=values.issuer,
        client_id=values.client_id,
        auth_login_url=values.auth_login_url,
        auth_token_url=values.auth_token_url,
        jwks_url=values.jwks_url,
        auth_audience=values.auth_audience,
        any_deployment=values.any_deployment,
        deployments=[Deployment(deployment_id=deployment_id) for deployment_id in dict.fromkeys(values.deployment_ids)],
    )
    session.add(registration)
    return registration


def add_deployment(session: Session, name: str, deployment_id: str) -> None:
    """Let the platform of this name launch from one more deployment; raise PlatformConflict if it may already."""
    platform = find_platform(session, name)
    if deployment_id in [deployment.deployment_id for deployment in platform.deployments]:
        raise PlatformConflict(f"{name!r} has the deployment {deployment_id!r} already.")
    platform.deployments.append(Deployment(deployment_id=deployment_id))


def update_platform(session: Session, config: Config, name: str, changes: Mapping[str, str | bool]) -> Registration:
    """Change values of a platform, named as in PlatformValues, or its ``name``; its courses and attempts stay.

    Raises UnusableValue, or PlatformConflict if there is no such platform or what it becomes is taken.
    """
    platform = find_platform(session, name)
    for field, value in changes.items():
        setattr(platform, field, value)
    with session.no_autoflush:
        _check_addresses(config, platform)
        _check_free(session, platform)
    # Of another client or endpoint they are worth nothing.
    session.execute(delete(AccessToken).where(AccessToken.registration_id == platform.id))
    return platform


def approve_platform(session: Session, name: str) -> None:
    """Let a platform launch that came by an invitation; raise PlatformConflict if it may already."""
    platform = find_platform(session, name)
    if platform.approved:
        raise PlatformConflict(f"{name!r} is approved already.")
    platform.approved = True


def list_platforms(session: Session) -> Sequence[Registration]:
    """Return all platforms with their deployments, by name."""
    return session.scalars(
        select(Registration).options(selectinload(Registration.deployments)).order_by(Registration.name)
    ).all()


def find_platform(session: Session, name: str) -> Registration:
    """Return the platform of this name; raise PlatformConflict if there is none."""
    platform = session.scalar(_by_name(name))
    if platform is None:
        known = ", ".join(repr(known.name) for known in list_platforms(session)) or "none yet"
        raise PlatformConflict(f"There is no platform named {name!r}; the platforms are: {known}.")
    return platform


def contents(session: Session, platform: Registration) -> Contents:
    """Return what would be lost with the platform."""
    courses = (
        select(Course.id)
        .join(Deployment, Course.deployment_id == Deployment.id)
        .where(Deployment.registration_id == platform.id)
    )
    links = select(ResourceLink.id).where(ResourceLink.course_id.in_(courses))
    attempts = select(func.count()).select_from(Attempt).where(Attempt.resource_link_id.in_(links))
    return Contents(
        session.scalar(select(func.count()).select_from(courses.subquery())) or 0, session.scalar(attempts) or 0
    )


def remove_platform(session: Session, name: str) -> None:
    """Delete the platform with everything that came from it: courses, links, people, attempts."""
    session.delete(find_platform(session, name))


def _by_name(name: str) -> Select[Registration]:
    return select(Registration).where(Registration.name == name).options(selectinload(Registration.deployments))


def _check(config: Config, values: PlatformValues) -> None:
    _check_addresses(config, values)
    if not values.deployment_ids or not all(map(str.strip, values.deployment_ids)):
        raise UnusableValue("deployment_id", "A deployment ID is needed; the LMS shows it where the tool is installed.")


def _check_addresses(config: Config, values: PlatformValues | Registration) -> None:
    for field in ("issuer", "auth_login_url", "auth_token_url", "jwks_url"):
        url: str = getattr(values, field)
        problem = address_problem(url, http_allowed=config.allow_private_addresses)
        if problem:
            raise UnusableValue(field, f"{url!r} cannot be used. {problem}")
    if not values.client_id.strip():
        raise UnusableValue("client_id", "The client ID is empty; the LMS shows it where the tool is registered.")


def _check_free(session: Session, platform: Registration) -> None:
    """Raise PlatformConflict if another platform has this one's name, or its issuer and client."""
    same_name = Registration.name == platform.name
    same_client = and_(Registration.issuer == platform.issuer, Registration.client_id == platform.client_id)
    other = session.scalar(select(Registration).where(Registration.id != platform.id, or_(same_name, same_client)))
    if other is not None:
        raise PlatformConflict(f"The platform {other.name!r} has that name, or that issuer and client ID.")
