"""Alembic runs this for every command; the connection and its transaction are the caller's."""

from alembic import context

from lti_app.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite cannot alter a table, only make it anew
)
context.run_migrations()
