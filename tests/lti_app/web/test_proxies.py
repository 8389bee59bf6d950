"""The tool behind a reverse proxy: it knows its address from its settings, and believes nobody else about it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from lti_app.models import Registration
from tests.lti_app.fixtures import Browser
from tests.lti_app.platform import Platform

FORGED = {
    "Host": "evil.example",
    "Forwarded": "host=evil.example;proto=https;for=192.0.2.1",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "8443",
    "X-Forwarded-Prefix": "/evil",
    "X-Script-Name": "/evil",
}


@pytest.mark.parametrize("name", FORGED)
def test_what_a_request_says_of_the_tool_s_address_is_in_no_answer(
    client: FlaskClient, platform: Platform, registration: Registration, name: str
) -> None:
    headers = {name: FORGED[name]}
    browser = Browser(client, platform)
    login = browser.begin(headers=headers)
    query = parse_qs(urlsplit(login.response.location).query)
    assert query["redirect_uri"] == ["http://localhost:8000/lti/launch"]
    token = platform.sign(platform.claims(login.nonce))
    form = {"state": login.state, "id_token": token}
    launched = client.post("/lti/launch", data=form, headers=headers)
    assert launched.location.startswith("/launches/")
    for path in ("/setup/moodle", "/setup/canvas.json"):
        page = client.get(path, headers=headers).text
        assert "evil" not in page
        assert "http://localhost:8000/lti/launch" in page
