"""`quizferry keys`: the keys that the tool signs with."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta

import click

from lti_app.commands.database import up_to_date_database
from lti_app.commands.moments import moment
from lti_app.commands.settings import settings
from lti_app.lti.keys import KEPT_AFTER, RotationUnderWay, ensure_key, published_keys, rotate_key
from lti_app.services.audit import OPERATOR, record


def show_all(*, as_json: bool) -> None:
    """Print the keys that are published, in the order of their use."""
    with up_to_date_database(settings()) as database:
        ensure_key(database)
        keys = published_keys(database)
    if as_json:
        click.echo(json.dumps([asdict(key) for key in keys], indent=2, default=datetime.isoformat))
        return
    for key in keys:
        click.echo(f"{key.kid}  {key.state}" + (f" (until {moment(key.until)})" if key.until else ""))


def rotate(hours: int) -> None:
    """Publish a new key that signs from ``hours`` on."""
    with up_to_date_database(settings()) as database:
        ensure_key(database)
        try:
            key = rotate_key(database, ahead=timedelta(hours=hours))
            with database.writing() as session:
                record(session, OPERATOR, "keys.rotated", kid=key.kid)
        except RotationUnderWay as error:
            raise click.ClickException(
                f"A new key is published already and signs from {moment(error.signs_from)}; rotate again after that."
            ) from error
    click.echo(
        f"The key {key.kid} is published now and signs from {moment(key.signs_from)}. The key before it stays "
        f"published for {KEPT_AFTER // timedelta(hours=1)} hours longer. There is nothing else to do."
    )
