"""The public pages with steps and values for each LMS."""

import json
import re

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from lti_app.cli import main
from lti_app.lti.registration_request import SCOPES
from lti_app.web.admin.setup import LMSS


@pytest.mark.parametrize("lms", LMSS)
def test_every_lms_has_a_page_with_the_tool_s_own_values(client: FlaskClient, lms: str) -> None:
    assert f'href="/setup/{lms}"' in client.get("/setup").text
    page = client.get(f"/setup/{lms}").text
    for value in (
        "http://localhost:8000/lti/login",
        "http://localhost:8000/lti/launch",
        "http://localhost:8000/lti/jwks",
    ):
        assert value in page
    assert "quizferry platforms add" in page


@pytest.mark.parametrize("lms", LMSS)
def test_every_value_to_copy_is_also_text_to_select(client: FlaskClient, lms: str) -> None:
    page = client.get(f"/setup/{lms}").text
    copied = re.findall(r'data-copy="([^"]*)"', page)
    shown = re.findall(r"<code>([^<]*)</code>", page)
    assert copied
    assert set(copied) <= set(shown)
    assert page.count("data-copy=") == len(re.findall(r'data-copy="[^"]*" hidden', page)), "scripts show the buttons"


@pytest.mark.parametrize("lms", LMSS)
def test_the_commands_on_the_pages_are_commands_that_there_are(client: FlaskClient, lms: str) -> None:
    page = client.get(f"/setup/{lms}").text
    platforms = main.commands["platforms"]
    for words in re.findall(r"quizferry platforms ([a-z-]+)([^<]*)", page):
        command = platforms.commands[words[0]]  # type: ignore[attr-defined]
        options = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r" (--[a-z-]+)", words[1])) <= options


def test_an_lms_that_is_not_listed_has_no_page(client: FlaskClient) -> None:
    assert client.get("/setup/_page").status_code == 404
    assert client.get("/setup/%2e%2e").status_code == 404


def test_canvas_gets_a_configuration_with_placements(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    served = client.get("/setup/canvas.json")
    assert served.mimetype == "application/json"
    document = served.get_json()
    assert document["oidc_initiation_url"] == "http://localhost:8000/lti/login"
    assert document["target_link_uri"] == "http://localhost:8000/lti/launch"
    assert document["public_jwk_url"] == "http://localhost:8000/lti/jwks"
    assert document["scopes"] == list(SCOPES)
    (extension,) = document["extensions"]
    assert (extension["platform"], extension["privacy_level"]) == ("canvas.instructure.com", "public")
    placements = {one["placement"]: one["message_type"] for one in extension["settings"]["placements"]}
    assert placements == {
        "assignment_selection": "LtiDeepLinkingRequest",
        "link_selection": "LtiDeepLinkingRequest",
    }
    assert all(value.startswith("$") for value in document["custom_fields"].values())
    monkeypatch.setenv("QUIZFERRY_PUBLIC_URL", "http://localhost:8000")
    printed = CliRunner().invoke(main, ["platforms", "show-config", "--lms", "canvas"])
    assert json.loads(printed.output) == document
