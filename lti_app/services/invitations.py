"""Invitations: links by which an LMS's admin registers this tool, once, until they expire."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from lti_app.config import Config
from lti_app.lti.login_states import hash_secret
from lti_app.lti.registration_failures import InvitationExpired, InvitationUnknown, InvitationUsed
from lti_app.models import Invitation, Registration, utcnow


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation and its link; only a hash of the link's token is stored, so it is shown this once."""

    invitation: Invitation
    url: str


def invite(
    session: Session,
    config: Config,
    lifetime: timedelta,
    *,
    needs_approval: bool = False,
    renews: Registration | None = None,
) -> Invited:
    """Return a new invitation. One that ``renews`` a platform replaces its values, and keeps its courses."""
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        token_hash=hash_secret(token),
        expires_at=utcnow() + lifetime,
        needs_approval=needs_approval,
        renews_id=renews.id if renews else None,
    )
    session.add(invitation)
    return Invited(invitation, f"{config.public_url}/register/{token}")


def find_invitation(session: Session, token: str) -> Invitation:
    """Return the invitation that the token opens, with the platform that it renews; raise InvitationRefused."""
    invitation = session.scalar(
        select(Invitation)
        .where(Invitation.token_hash == hash_secret(token))
        .options(joinedload(Invitation.renews).selectinload(Registration.deployments))
    )
    if invitation is None:
        raise InvitationUnknown
    if invitation.used_at is not None:
        raise InvitationUsed
    if invitation.expires_at <= utcnow():
        raise InvitationExpired
    return invitation


def claim_invitation(session: Session, token: str) -> Invitation:
    """Mark the invitation as used and return it; of two that try at once, one gets InvitationUsed."""
    invitation = find_invitation(session, token)
    unused = update(Invitation).where(Invitation.token_hash == invitation.token_hash, Invitation.used_at.is_(None))
    if session.scalar(unused.values(used_at=utcnow()).returning(Invitation.token_hash)) is None:
        raise InvitationUsed
    return invitation


def release_invitation(session: Session, token: str) -> None:
    """Make the invitation usable again, when nothing came of it."""
    session.execute(update(Invitation).where(Invitation.token_hash == hash_secret(token)).values(used_at=None))
