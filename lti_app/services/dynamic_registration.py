"""Dynamic registration: an invited LMS is asked for what it is, told what the tool is, and stored."""

from dataclasses import asdict, dataclass

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from content.sentences import Sentence
from lti_app.config import Config
from lti_app.lti.http import PlatformSession
from lti_app.lti.registration_answer import RegisteredClient, register_client
from lti_app.lti.registration_configuration import SHARED_ISSUERS, PlatformConfiguration, fetch_configuration
from lti_app.lti.registration_failures import AnswerUnusable, IssuerForeign
from lti_app.lti.registration_request import Wishes, registration_document, wishes_for
from lti_app.models import AccessToken, Database, Deployment, Invitation, Registration
from lti_app.services.audit import INVITED, record
from lti_app.services.invitations import claim_invitation, find_invitation, release_invitation
from lti_app.services.platforms import LOGO, tool_values

log = structlog.get_logger(__name__)

# Canvas makes a client for one account of one school, also where its issuer is that of all schools.
OWN_CLIENTS = {"canvas"}


@dataclass(frozen=True, slots=True)
class Offer:
    """What an LMS's admin decides about: which LMS it is, what is asked of it, and what becomes of the invitation."""

    platform: PlatformConfiguration
    wishes: Wishes
    needs_approval: bool
    renews: str | None


def make_offer(database: Database, config: Config, token: str, configuration_url: str) -> Offer:
    """Return what a registration would be; nothing is changed anywhere. Raises RegistrationRefused."""
    with database.reading() as session:
        invitation = find_invitation(session, token)
    platform = _fetch(config, invitation, configuration_url)
    renews = invitation.renews.name if invitation.renews else None
    return Offer(platform, wishes_for(platform), invitation.needs_approval, renews)


def complete(
    database: Database, config: Config, token: str, configuration_url: str, registration_token: str
) -> Registration:
    """Register the tool at the platform and store it; return what is stored. Raises RegistrationRefused.

    The invitation is claimed first, so that two browsers cannot use it at once, and released if nothing comes of it.
    """
    with database.writing() as session:
        invitation = claim_invitation(session, token)
    try:
        platform = _fetch(config, invitation, configuration_url)
        document = registration_document(
            wishes_for(platform), **asdict(tool_values(config)), logo_url=config.public_url + LOGO
        )
        with PlatformSession(allow_private_addresses=config.allow_private_addresses) as http:
            client = register_client(http, platform, registration_token, document)
        with database.writing() as session:
            stored = _store(session, invitation, platform, client)
            action = "platform.renewed" if invitation.renews_id else "platform.registered"
            record(session, INVITED, action, platform=stored.name, issuer=stored.issuer, client_id=stored.client_id)
    except BaseException:
        with database.writing() as session:
            release_invitation(session, token)
        raise
    log.info("registered", platform=stored.name, issuer=stored.issuer, client=stored.client_id)
    return stored


def _fetch(config: Config, invitation: Invitation, url: str) -> PlatformConfiguration:
    with PlatformSession(allow_private_addresses=config.allow_private_addresses) as http:
        platform = fetch_configuration(http, url, http_allowed=config.allow_private_addresses)
    if invitation.renews and invitation.renews.issuer != platform.issuer:
        raise IssuerForeign(
            Sentence(
                "This link renews “%(name)s” at %(issuer)s; your LMS is %(found)s.",
                name=invitation.renews.name,
                issuer=invitation.renews.issuer,
                found=platform.issuer,
            )
        )
    return platform


def _store(
    session: Session, invitation: Invitation, platform: PlatformConfiguration, client: RegisteredClient
) -> Registration:
    taken = session.scalar(
        select(Registration).where(Registration.issuer == platform.issuer, Registration.client_id == client.client_id)
    )
    if taken and taken.id != invitation.renews_id:
        raise AnswerUnusable(
            Sentence(
                "Your LMS gave the client ID %(client_id)s, by which Quizferry knows “%(name)s” already. To renew "
                "that, ask for a link made with “%(option)s”.",
                client_id=client.client_id,
                name=taken.name,
                option="--renew",
            )
        )
    row = session.get(Registration, invitation.renews_id) if invitation.renews_id else None
    if row is None:
        row = Registration(name=_free_name(session, platform), issuer=platform.issuer)
        session.add(row)
    else:
        session.execute(delete(AccessToken).where(AccessToken.registration_id == row.id))
    row.client_id = client.client_id
    row.auth_login_url, row.auth_token_url = platform.authorization_endpoint, platform.token_endpoint
    row.jwks_url, row.auth_audience = platform.jwks_uri, platform.audience
    row.product_family = platform.product or None
    row.approved = not invitation.needs_approval
    # Blackboard's issuer and client are the same for all schools: there a deployment is a school, and is approved.
    row.any_deployment = platform.product in OWN_CLIENTS or platform.issuer not in SHARED_ISSUERS
    _deploy(row, client.deployment_id)
    session.flush()
    return row


def _deploy(row: Registration, deployment_id: str | None) -> None:
    """Store the deployment. Where a registration is renewed, its only one takes the new id, and keeps its courses."""
    if deployment_id is None or deployment_id in [known.deployment_id for known in row.deployments]:
        return
    if len(row.deployments) == 1:
        row.deployments[0].deployment_id = deployment_id
    else:
        row.deployments.append(Deployment(deployment_id=deployment_id))


def _free_name(session: Session, platform: PlatformConfiguration) -> str:
    """Return the school's name, else the LMS's host, with a number where it is taken."""
    wanted = platform.school or platform.host
    taken = set(session.scalars(select(Registration.name).where(Registration.name.startswith(wanted))))
    numbered = (f"{wanted} {number}" for number in range(2, len(taken) + 3))
    return next(name for name in (wanted, *numbered) if name not in taken)
