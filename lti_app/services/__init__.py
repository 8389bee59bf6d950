"""What the tool does. The tables that pages are handed pass through here, so that pages can name them."""

from sqlalchemy.orm import Session

from lti_app.models import (
    Attempt,
    Database,
    Launch,
    LinkingVisit,
    LoginState,
    QuizRevision,
    Registration,
    ResourceLink,
    Role,
    UploadedFile,
)

REQUEST_ID = "request_id"
"""What the log calls the number of a request; a grade that is wanted remembers it."""

__all__ = [
    "REQUEST_ID",
    "Attempt",
    "Database",
    "Launch",
    "LinkingVisit",
    "LoginState",
    "QuizRevision",
    "Registration",
    "ResourceLink",
    "Role",
    "Session",
    "UploadedFile",
]
