"""`quizferry audit`: the trail of who did what."""

import csv
import json
import sys
from datetime import datetime
from typing import Any

import click

from lti_app.commands.database import up_to_date_database
from lti_app.commands.settings import settings
from lti_app.models import AuditEvent
from lti_app.services.audit import events, forget_old

COLUMNS = ("id", "at", "actor", "action", "resource_link_id", "user_id", "details")


def export(kind: str, since: datetime | None) -> None:
    """Write the trail to standard output, first to last: CSV with a heading, or a line of JSON for each event.

    What is older than QUIZFERRY_AUDIT_DAYS is deleted before.
    """
    config = settings()
    with up_to_date_database(config) as database:
        with database.writing() as session:
            forget_old(session, config.audit_days)
        table = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        if kind == "csv":
            table.writeheader()
        with database.reading() as session:
            for event in events(session, since):
                if kind == "csv":
                    table.writerow({**_row(event), "details": json.dumps(event.details)})
                else:
                    click.echo(json.dumps(_row(event)))


def _row(event: AuditEvent) -> dict[str, Any]:
    return {name: getattr(event, name) for name in COLUMNS} | {"at": event.at.isoformat()}
