"""What an LMS's openid-configuration is read as."""

from typing import Any

import pytest

from lti_app.lti.registration_configuration import PLATFORM_CONFIGURATION, read_configuration
from lti_app.lti.registration_failures import IssuerForeign
from tests.lti_app.registering import recorded


def test_brightspace_and_other_authorization_servers_get_their_own_audience() -> None:
    school = "https://school.brightspace.example"
    values = recorded("d2l/platform-values")["values"]
    document = {
        "issuer": values["issuer"],
        "authorization_endpoint": values["oidc_auth_url"],
        "jwks_uri": values["keyset_url"],
        "token_endpoint": values["access_token_url"],
        "registration_endpoint": f"{school}/d2l/api/register",
        PLATFORM_CONFIGURATION: {"product_family_code": "desire2learn"},
    }
    url = f"{school}/d2l/.well-known/openid-configuration"
    assert read_configuration(document, url, http_allowed=False).audience == values["access_token_audience"]
    document |= {"token_endpoint": f"{school}/token"}
    assert read_configuration(document, url, http_allowed=False).audience is None
    document |= {"authorization_server": "https://auth.example.edu"}
    assert read_configuration(document, url, http_allowed=False).audience == "https://auth.example.edu"


@pytest.mark.parametrize(
    ("issuer", "host", "may"),
    [
        ("https://canvas.instructure.com", "sso.canvaslms.com", True),
        ("https://canvas.beta.instructure.com", "sso.beta.canvaslms.com", True),
        ("https://canvas.instructure.com", "sso.beta.canvaslms.com", False),
        ("https://canvas.instructure.com", "canvas.example.edu", False),
        ("https://blackboard.com", "developer.blackboard.com", True),
        ("https://blackboard.com", "developer.anthology.com", True),
        ("https://moodle.example.edu", "moodle.example.edu", True),
        ("https://moodle.example.edu/sub", "moodle.example.edu", True),
        ("https://moodle.example.edu", "moodle.example.edu:8443", False),
        ("https://moodle.example.edu", "evil.example.edu", False),
        ("https://moodle.example.edu", "moodle.example.edu.evil.example", False),
    ],
)
def test_a_configuration_speaks_only_for_the_issuer_of_its_own_host(issuer: str, host: str, may: bool) -> None:
    endpoints = ("authorization_endpoint", "jwks_uri", "token_endpoint", "registration_endpoint")
    document: dict[str, Any] = {name: f"https://{host}/{name}" for name in endpoints}
    document |= {"issuer": issuer, PLATFORM_CONFIGURATION: {}}
    if may:
        assert read_configuration(document, f"https://{host}/configuration", http_allowed=False).issuer == issuer
    else:
        with pytest.raises(IssuerForeign):
            read_configuration(document, f"https://{host}/configuration", http_allowed=False)
