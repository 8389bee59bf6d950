"""What the tool does. The tables that pages are handed pass through here, so that pages can name them."""

from sqlalchemy.orm import Session

from lti_app.models import Attempt, Database, Launch, LinkingVisit, LoginState, Registration, ResourceLink, Role

__all__ = [
    "Attempt",
    "Database",
    "Launch",
    "LinkingVisit",
    "LoginState",
    "Registration",
    "ResourceLink",
    "Role",
    "Session",
]
