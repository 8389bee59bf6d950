"""Whether the tool can do its work."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from lti_app.models import Database


def is_ready(database: Database) -> bool:
    """Return whether the database answers, with the tables that the tool has made."""
    try:
        with database.reading() as session:
            session.execute(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        return False
    return True
