"""Scripts, styles and icons: fetched once, and anew when the tool has changed."""

import re

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from lti_app.web import static_files, style_sheets


def style_of(client: FlaskClient) -> str:
    (address,) = re.findall(r'href="(/static/[^"]*/admin\.css)"', client.get("/setup").text)
    return str(address)


def kept(client: FlaskClient, address: str) -> str | None:
    with client.get(address) as response:
        assert response.status_code == 200
        return response.headers["Cache-Control"]


def test_what_every_page_shares_is_fetched_once(client: FlaskClient) -> None:
    assert kept(client, style_of(client)) == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("folder", ["", "0123456789ab/"])
def test_without_the_version_or_with_another_one_a_file_is_asked_for_each_time(
    client: FlaskClient, folder: str
) -> None:
    assert kept(client, f"/static/{folder}quizferry.svg") == "no-cache"


def test_a_tool_that_has_changed_has_other_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    def address() -> str:
        app = Flask("tool", static_folder=None)
        static_files.serve_static_files(app)
        with app.test_request_context():
            return url_for("static", filename="student.css")

    before = address()
    assert before == address()
    monkeypatch.setitem(style_sheets.SHEETS, "teacher.css", ())
    assert before != address()


@pytest.mark.parametrize("name", ["", "js", "../app.py", "forms/keys.py", "js/../../app.py", "0123456789ab"])
def test_nothing_else_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404
