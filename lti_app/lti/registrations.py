"""Registrations as pylti1p3 sees them."""

from typing import Any

from pylti1p3.deployment import Deployment as LibraryDeployment
from pylti1p3.registration import Registration as LibraryRegistration
from pylti1p3.tool_config.abstract import ToolConfAbstract
from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from lti_app.lti.handshake import Parameters
from lti_app.lti.login_failures import PlatformAmbiguous, PlatformPending, PlatformUnknown
from lti_app.models import Database, Deployment, Registration

# Every launch asks for these, and to build a statement takes longer than to run it.
OF_ISSUER = select(Registration).where(Registration.issuer == bindparam("issuer")).limit(2)
OF_CLIENT = OF_ISSUER.where(Registration.client_id == bindparam("client"))
OF_DEPLOYMENT = OF_ISSUER.where(Registration.deployments.any(Deployment.deployment_id == bindparam("deployment")))
WITH_DEPLOYMENTS = OF_CLIENT.options(selectinload(Registration.deployments))


class PlatformRegistration(LibraryRegistration):
    """pylti1p3's view of a registration, with the ``row`` that it comes from."""

    def __init__(self, row: Registration) -> None:
        self.row = row
        self.set_issuer(row.issuer).set_client_id(row.client_id).set_auth_login_url(row.auth_login_url)


class PlatformDeployment(LibraryDeployment):
    """pylti1p3's view of a deployment, with the ``row`` that it comes from."""

    def __init__(self, row: Deployment) -> None:
        self.row = row
        self.set_deployment_id(row.deployment_id)


class Registrations(ToolConfAbstract[Parameters]):
    """The registrations of the database. One issuer may have several: Canvas's cloud is one issuer for all schools."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def check_iss_has_one_client(self, iss: str) -> bool:  # noqa: ARG002
        """Return False: registrations are always looked up by issuer and client."""
        return False

    def check_iss_has_many_clients(self, iss: str) -> bool:  # noqa: ARG002
        """Return True: registrations are always looked up by issuer and client."""
        return True

    def find_registration_by_issuer(self, iss: str, *_args: Any, **_kwargs: Any) -> LibraryRegistration:
        """Raise: an issuer alone names no registration."""
        raise NotImplementedError  # pylti1p3 wants the method and never calls it here

    def find_deployment(self, iss: str, deployment_id: str) -> LibraryDeployment | None:
        """Raise: an issuer alone names no deployment."""
        raise NotImplementedError  # pylti1p3 wants the method and never calls it here

    def find_registration_by_params(self, iss: str, client_id: str, *_args: Any, **kwargs: Any) -> PlatformRegistration:
        """Return the registration that a login initiation means.

        Some platforms send no ``client_id``; then the deployment decides, if it is sent, or there is only one.
        Raises PlatformUnknown or PlatformAmbiguous.
        """
        request: Parameters = kwargs["request"]
        deployment_id = request.get_param("lti_deployment_id")
        choice, values = OF_ISSUER, {"issuer": iss}
        if client_id:
            choice, values = OF_CLIENT, {"issuer": iss, "client": client_id}
        elif deployment_id:
            choice, values = OF_DEPLOYMENT, {"issuer": iss, "deployment": deployment_id}
        with self._database.reading() as session:
            found = session.scalars(choice, values).all()
        if not found:
            raise PlatformUnknown(f"issuer {iss!r}, client {client_id!r}, deployment {deployment_id!r}")
        if len(found) > 1:
            raise PlatformAmbiguous(f"issuer {iss!r} has several registrations; the login names no client")
        if not found[0].approved:
            raise PlatformPending(f"{found[0].name} waits for 'quizferry platforms approve'")
        return PlatformRegistration(found[0])

    def find_deployment_by_params(
        self, iss: str, deployment_id: str, client_id: str, *_args: Any, **_kwargs: Any
    ) -> PlatformDeployment | None:
        """Return the deployment, None if the registration has no such one and takes no others.

        It is looked for when the token's signature has been checked: what it brings comes from the platform.
        """
        with self._database.reading() as session:
            registration = session.scalars(WITH_DEPLOYMENTS, {"issuer": iss, "client": client_id}).one()
        known = {row.deployment_id: row for row in registration.deployments}
        row = known.get(deployment_id)
        if row is None and registration.any_deployment:
            row = self._add_deployment(registration, deployment_id)
        return PlatformDeployment(row) if row else None

    def _add_deployment(self, registration: Registration, deployment_id: str) -> Deployment:
        key = {"registration_id": registration.id, "deployment_id": deployment_id}
        try:
            with self._database.writing() as session:
                row = Deployment(**key)
                session.add(row)
        except IntegrityError:  # another launch of it was faster
            with self._database.reading() as session:
                row = session.scalars(select(Deployment).filter_by(**key)).one()
        return row
