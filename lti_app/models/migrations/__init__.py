"""The steps that bring a database up to date, by Alembic. A test tells when the models have moved on without one.

Each step is a module in `versions`, named in the order of their use.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config

from lti_app.models.database import Database


def upgrade(database: Database) -> None:
    """Bring the database up to date, in one transaction. Of several processes that start at once, one does the work."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    with database.exclusive() as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")
