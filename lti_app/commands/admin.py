"""`quizferry admin-link`: the way into the admin pages, for who can run commands on the server."""

import click

from lti_app.commands.database import up_to_date_database
from lti_app.commands.settings import settings
from lti_app.services.admin_access import make_link_token
from lti_app.services.audit import OPERATOR, record


def print_link() -> None:
    """Make a link and print it."""
    config = settings()
    with up_to_date_database(config) as database, database.writing() as session:
        token = make_link_token(session)
        record(session, OPERATOR, "admin_link.made")
    click.echo(f"{config.public_url}/admin/enter/{token}")
    click.echo("It works once, for an hour, and opens the admin pages in one browser for eight.", err=True)
