"""The steps that bring a database up to date, by Alembic. A test tells when the models have moved on without one.

Each step is a module in `versions`, named in the order of their use: after ``v`` comes the number of its revision.
"""

from pathlib import Path

from sqlalchemy import inspect, text

from lti_app.models.database import Database

FOLDER = Path(__file__).parent


def upgrade(database: Database) -> None:
    """Bring the database up to date, in one transaction. Of several processes that start at once, one does the work."""
    if _is_up_to_date(database):
        return
    # Only now, as to read Alembic and the steps would hold up every start.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    with database.exclusive() as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")


def _is_up_to_date(database: Database) -> bool:
    newest = max(path.name for path in (FOLDER / "versions").glob("v*.py"))
    with database.reading() as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return False
        return session.scalars(text("SELECT version_num FROM alembic_version")).all() == [newest[1:5]]
