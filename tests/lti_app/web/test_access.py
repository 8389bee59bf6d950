import hashlib
import hmac
import json
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from lti_app.models import utcnow
from tests.lti_app.fixtures import Browser
from tests.lti_app.platform import MEMBERSHIP

TEACHING = [f"{MEMBERSHIP}#Instructor"]


@pytest.fixture
def home(browser: Browser) -> str:
    """The path of a student's launch, whose cookie `browser` has."""
    location: str = browser.launch().location
    return location


def token(client: FlaskClient, home: str) -> str:
    cookie = client.get_cookie(f"qf-{home.split('/')[2]}")
    assert cookie is not None
    return hmac.new(cookie.value.encode(), b"csrf", hashlib.sha256).hexdigest()


class TestLaunch:
    def test_it_is_open_to_its_browser(self, client: FlaskClient, home: str) -> None:
        assert client.get(home).status_code == 200

    def test_another_browser_is_told_to_open_the_quiz_from_the_course(self, browser: Browser, home: str) -> None:
        stranger = browser.client.application.test_client()
        with capture_logs() as log:
            response = stranger.get(home)
        assert response.status_code == 403
        assert "Open the quiz from your course" in response.text
        assert f"launch-needed {log[0]['reference']}" in response.text
        assert "Ada" not in response.text

    def test_the_secret_of_another_launch_does_not_open_it(self, browser: Browser, home: str) -> None:
        other = browser.launch(sub="eve").location
        cookie = browser.client.get_cookie(f"qf-{other.split('/')[2]}")
        assert cookie is not None
        browser.client.set_cookie(f"qf-{home.split('/')[2]}", cookie.value)
        assert browser.client.get(home).status_code == 403
        assert browser.client.get(other).status_code == 200

    def test_it_ends_with_its_time(self, client: FlaskClient, home: str) -> None:
        with time_machine.travel(utcnow() + timedelta(hours=8, seconds=1), tick=False):
            assert client.get(home).status_code == 403

    @pytest.mark.parametrize("launch", ["nonsense", "%F0%9F%92%A5", "a" * 4000, "..%2f..%2fetc"])
    def test_one_that_never_was_is_refused(self, client: FlaskClient, launch: str) -> None:
        assert client.get(f"/launches/{launch}/").status_code in (403, 404)

    def test_every_page_below_it_is_guarded(self, browser: Browser, home: str) -> None:
        stranger = browser.client.application.test_client()
        rules = [rule for rule in browser.client.application.url_map.iter_rules() if rule.rule.startswith("/launches")]
        assert len(rules) > 8
        for rule in rules:
            assert rule.arguments >= {"launch_id"}
            values = {"launch_id": home.split("/")[2], "number": 1, "user_id": 1, "question_id": "q1", "quiz_id": "sea"}
            path = "".join(part if not dynamic else str(values[part]) for dynamic, part in rule._trace if part != "|")
            for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
                assert stranger.open(path, method=method).status_code == 403, path


class TestForms:
    def test_a_change_needs_the_token_of_its_launch(self, client: FlaskClient, home: str) -> None:
        for wrong in (None, "", "wrong", "é", token(client, home)[:-1]):
            response = client.post(f"{home}attempts", data={"csrf_token": wrong} if wrong is not None else {})
            assert response.status_code == 403
            assert "Nothing was changed" in response.text
        assert client.post(f"{home}attempts", data={"csrf_token": token(client, home)}).status_code == 303

    def test_the_token_of_another_launch_is_none(self, browser: Browser, client: FlaskClient, home: str) -> None:
        other = browser.launch(sub="eve").location
        response = client.post(f"{home}attempts", data={"csrf_token": token(client, other)})
        assert response.status_code == 403

    def test_a_script_sends_the_token_as_a_header_and_reads_a_refusal_as_json(
        self, client: FlaskClient, home: str
    ) -> None:
        path = f"{home}attempts/1/answers/q1"
        body = json.dumps({"response": {"q.depth": ["0"]}, "sequence": 1})
        refused = client.put(path, data=body, content_type="application/json")
        assert (refused.status_code, refused.get_json()["heading"]) == (403, "Nothing was changed")
        headers = {"X-CSRF-Token": token(client, home)}
        assert client.put(path, data=body, content_type="application/json", headers=headers).status_code == 404

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({"Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"}, 303),
            ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 303),
            ({"Origin": "https://evil.example"}, 403),
            ({"Origin": "http://localhost:8001"}, 403),
            ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
            ({"Sec-Fetch-Site": "same-site"}, 403),
        ],
    )
    def test_where_a_form_comes_from_is_looked_at_too(
        self, client: FlaskClient, home: str, headers: dict[str, str], status: int
    ) -> None:
        response = client.post(f"{home}attempts", data={"csrf_token": token(client, home)}, headers=headers)
        assert response.status_code == status


def test_a_learner_does_not_see_the_pages_of_instructors(browser: Browser, home: str) -> None:
    response = browser.client.get(f"{home}teach/")
    assert response.status_code == 403
    assert "for instructors" in response.text
    assert browser.client.get(f"{browser.launch(roles=TEACHING).location}teach/").status_code == 303


@pytest.mark.parametrize("path", ["/launches/a%00b/", "/lti/login?iss=%00", "/lti/login/cookie?state=%00"])
def test_a_nul_is_refused_before_it_reaches_the_database(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400
    assert client.post("/lti/launch", data={"state": "\x00", "id_token": "x"}).status_code == 400
