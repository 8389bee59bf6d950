"""A registration of this tool with a platform, and the deployments that the platform made of it."""

from datetime import UTC, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_app.models.base import Base, utcnow

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Registration(Base):
    """What tool and platform know of each other (LTI 1.3 core, section 3.1.3): issuer, client and endpoints."""

    __tablename__ = "registrations"
    __table_args__ = (UniqueConstraint("issuer", "client_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # What an admin calls it.
    name: Mapped[str] = mapped_column(unique=True)
    issuer: Mapped[str]
    client_id: Mapped[str]
    auth_login_url: Mapped[str]
    auth_token_url: Mapped[str]
    jwks_url: Mapped[str]
    # Only where the platform wants another audience in client assertions than its token URL (Brightspace).
    auth_audience: Mapped[str | None]
    # What kind of platform its latest launch said it is (product_family_code); empty where none did.
    product_family: Mapped[str | None]
    # Whether it may launch; one that came by an invitation may have to wait for the operator.
    approved: Mapped[bool] = mapped_column(default=True, server_default=true())
    # Whether a launch may bring a deployment that is not known yet: only where nobody but the LMS's own admins can
    # install the client (Canvas makes a client for one account; Blackboard's is open to every school).
    any_deployment: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    # Seconds by which the platform's clock is ahead of the tool's, below 0 behind it, at least; none before a launch.
    clock_skew: Mapped[int | None]
    clock_measured_at: Mapped[datetime | None]
    # The pace of grades to this platform, shared by all workers (`services.pacing`): none is sent before the first
    # moment; up to the second its rate is used up; and how often in a row it was in trouble.
    grades_from: Mapped[datetime] = mapped_column(default=LONG_AGO, server_default=str(LONG_AGO))
    grades_paced_until: Mapped[datetime] = mapped_column(default=LONG_AGO, server_default=str(LONG_AGO))
    grade_troubles: Mapped[int] = mapped_column(default=0, server_default="0")

    deployments: Mapped[list["Deployment"]] = relationship(
        back_populates="registration", cascade="all, delete-orphan", order_by="Deployment.id"
    )


class Deployment(Base):
    """One deployment of the tool within a platform; a launch must name one that is known here."""

    __tablename__ = "deployments"
    __table_args__ = (UniqueConstraint("registration_id", "deployment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"))
    deployment_id: Mapped[str]

    registration: Mapped[Registration] = relationship(back_populates="deployments")
