import csv
import io
import json
from datetime import timedelta

import pytest
import time_machine
from click.testing import CliRunner, Result

from lti_app.cli import main
from lti_app.models import Database, utcnow
from lti_app.services.audit import OPERATOR, record


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


def export(url: str, *arguments: str, days: str | None = None) -> Result:
    environment = {"QUIZFERRY_DATABASE_URL": url, "QUIZFERRY_AUDIT_DAYS": days}
    return CliRunner().invoke(main, ["audit", "export", *arguments], env=environment)


@pytest.fixture
def filled_url(database: Database, database_url: str) -> str:
    for days, action in ((40, "a.old"), (0, "a.new")):
        with time_machine.travel(utcnow() - timedelta(days=days)), database.writing() as session:
            record(session, OPERATOR, action, link_id=1, note='"x", y')
    return database_url


def test_it_prints_a_line_of_json_for_each_event(filled_url: str) -> None:
    lines = [json.loads(line) for line in export(filled_url).stdout.splitlines()]
    assert [line["action"] for line in lines] == ["a.old", "a.new"]
    assert (lines[0]["actor"], lines[0]["resource_link_id"], lines[0]["details"]) == ("operator", 1, {"note": '"x", y'})


def test_it_prints_csv(filled_url: str) -> None:
    rows = list(csv.DictReader(io.StringIO(export(filled_url, "--format", "csv").stdout)))
    assert [row["action"] for row in rows] == ["a.old", "a.new"]
    assert json.loads(rows[1]["details"]) == {"note": '"x", y'}


def test_it_leaves_out_what_was_before_a_day(filled_url: str) -> None:
    since = f"{utcnow() - timedelta(days=5):%Y-%m-%d}"
    assert "a.old" not in export(filled_url, "--since", since).stdout


def test_what_is_older_than_the_operator_says_is_gone(filled_url: str) -> None:
    assert "a.old" not in export(filled_url, days="30").stdout
    assert "a.old" not in export(filled_url).stdout


def test_a_number_of_days_that_is_none_is_refused(filled_url: str) -> None:
    result = export(filled_url, days="-1")
    assert (result.exit_code, "QUIZFERRY_AUDIT_DAYS is '-1'" in result.stderr) == (2, True)
