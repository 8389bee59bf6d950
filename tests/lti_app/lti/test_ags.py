import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs

import jwt
import pytest
import time_machine
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from lti_app.config import Config
from lti_app.lti.ags import SCORE_SCOPE, FailureKind, OutgoingScore, ServiceError, _FinalGrade, send_score
from lti_app.models import Database, Registration, utcnow
from tests.lti_app.fixtures import register
from tests.lti_app.platform import Answer, Call, Platform
from tests.shared import shared

SCORES = "/courses/2/lineitems/7/lineitem/scores"
SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"


def score(**changes: Any) -> OutgoingScore:
    """A score of 1 2/3 of 4 points, as exact as it leaves the house."""
    return OutgoingScore(
        **{
            "user_sub": "student-1",
            "points": Decimal("1.6666666667"),
            "possible": Decimal(4),
            "timestamp": datetime(2026, 3, 1, 10, 30, 5, 250_000, UTC),
            "started_at": datetime(2026, 3, 1, 11, 0, tzinfo=UTC),
            "submitted_at": datetime(2026, 3, 1, 11, 30, tzinfo=UTC),
            **changes,
        }
    )


@pytest.fixture
def send(database: Database, config: Config, registration: Registration, platform: Platform) -> Any:
    def send(line_item: str = platform.lineitem_url, **changes: Any) -> Call:
        send_score(database, config, registration, line_item, score(**changes))
        return platform.calls[-1]

    return send


class TestScore:
    def test_it_has_everything_that_ags_asks_for(self, send: Any) -> None:
        call = send(comment="Well “done”")
        assert call.method == "POST"
        assert json.loads(call.body, parse_float=Decimal) == {
            "userId": "student-1",
            "scoreGiven": Decimal("1.6666666667"),
            "scoreMaximum": 4,
            "activityProgress": "Completed",
            "gradingProgress": "FullyGraded",
            "timestamp": "2026-03-01T10:30:05.250Z",
            "submission": {"startedAt": "2026-03-01T11:00:00.000Z", "submittedAt": "2026-03-01T11:30:00.000Z"},
            "comment": "Well “done”",
        }

    def test_it_has_no_comment_where_there_is_none(self, send: Any) -> None:
        assert "comment" not in json.loads(send().body)

    def test_it_carries_a_platform_s_own_members(self, send: Any) -> None:
        assert json.loads(send(extensions={"https://x.example/y": {"z": False}}).body)["https://x.example/y"] == {
            "z": False
        }

    def test_zero_points_are_sent(self, send: Any) -> None:
        assert json.loads(send(points=Decimal(0)).body)["scoreGiven"] == 0

    def test_the_media_type_is_the_one_of_scores_exactly(self, send: Any) -> None:
        headers = send().headers
        assert (headers["Content-Type"], headers["Accept"]) == (SCORE_TYPE, SCORE_TYPE)

    @pytest.mark.parametrize(
        ("line_item", "path"),
        [
            ("/courses/2/lineitems/7/lineitem?type_id=3&x=a%2Fb?c", f"{SCORES}?type_id=3&x=a%2Fb?c"),
            ("/courses/2/lineitems/7/lineitem", SCORES),
            ("/courses/2/lineitems/7/lineitem/", SCORES),
            ("/lti-ags/block-v1:X+Y@z%20/scores", "/lti-ags/block-v1:X+Y@z%20/scores/scores"),
        ],
    )
    def test_it_goes_below_the_line_item_s_path_and_before_its_query(
        self, send: Any, platform: Platform, line_item: str, path: str
    ) -> None:
        assert send(platform.base_url + line_item).path == path

    @pytest.mark.parametrize("status", [200, 201, 202, 204])
    def test_any_success_is_success_whatever_its_body(self, send: Any, platform: Platform, status: int) -> None:
        platform.script[SCORES].append(Answer(status=status, body=b"" if status == 204 else b"<score/>"))
        send()

    @given(points=st.decimals(0, 1000, places=10), possible=st.decimals("0.01", 1000, places=2))
    def test_points_are_sent_digit_by_digit(self, points: Decimal, possible: Decimal) -> None:
        sent = _FinalGrade(score(points=points, possible=possible)).get_value()
        body = json.loads(sent, parse_float=Decimal, parse_int=Decimal)
        assert (body["scoreGiven"], body["scoreMaximum"]) == (points, possible)


class TestToken:
    def test_it_is_asked_for_by_an_assertion_that_the_published_key_signs(
        self, send: Any, platform: Platform, client: FlaskClient
    ) -> None:
        send()
        (call,) = platform.calls_to("/token")
        form = {name: value for name, (value,) in parse_qs(call.body.decode()).items()}
        assertion = form.pop("client_assertion")
        assert form == {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "scope": SCORE_SCOPE,
        }
        assert call.headers["Content-Type"] == "application/x-www-form-urlencoded"
        (key,) = client.get("/lti/jwks").get_json()["keys"]
        assert jwt.get_unverified_header(assertion)["kid"] == key["kid"]
        claims = jwt.decode(assertion, jwt.PyJWK(key), ["RS256"], audience=platform.token_url)
        assert (claims["iss"], claims["sub"]) == ("quizferry-client", "quizferry-client")
        now = utcnow().timestamp()
        assert claims["iat"] < now < now + 60 < claims["exp"] < now + 3600
        assert len(claims["jti"]) >= 16

    def test_its_audience_is_the_one_that_the_registration_names(
        self, database: Database, config: Config, platform: Platform
    ) -> None:
        row = register(database, platform, auth_audience="https://api.brightspace.com/auth/token")
        send_score(database, config, row, platform.lineitem_url, score())
        form = parse_qs(platform.calls_to("/token")[0].body.decode())
        claims = jwt.decode(form["client_assertion"][0], options={"verify_signature": False})
        assert claims["aud"] == "https://api.brightspace.com/auth/token"

    def test_it_is_sent_with_the_score(self, send: Any) -> None:
        assert send().headers["Authorization"] == "Bearer token-1"

    def test_it_is_kept_until_some_minutes_before_it_expires(self, send: Any, platform: Platform) -> None:
        for _ in range(3):
            send()
        assert len(platform.calls_to("/token")) == 1
        now = utcnow()
        with time_machine.travel(now + timedelta(seconds=3235), tick=False):
            assert send().headers["Authorization"] == "Bearer token-1"
        with time_machine.travel(now + timedelta(seconds=3245), tick=False):
            assert send().headers["Authorization"] == "Bearer token-2"

    def test_it_is_not_kept_longer_than_the_platform_says(self, send: Any, platform: Platform) -> None:
        for seconds in (60, "nonsense", -5):
            platform.script["/token"].append(Answer.of_json({"access_token": "short", "expires_in": seconds}))
        send()
        with pytest.raises(ServiceError):
            send()
        send()
        send()
        assert len(platform.calls_to("/token")) == 4

    def test_it_belongs_to_one_registration(
        self, send: Any, database: Database, config: Config, platform: Platform
    ) -> None:
        other = register(database, platform, "Other", client_id="other-client")
        send()
        send_score(database, config, other, platform.lineitem_url, score())
        assert platform.calls[-1].headers["Authorization"] == "Bearer token-2"

    @pytest.mark.parametrize("status", [401, 403])
    def test_a_kept_one_that_is_refused_is_renewed_once(self, send: Any, platform: Platform, status: int) -> None:
        send()
        platform.script[SCORES].append(Answer(status=status))
        assert send().headers["Authorization"] == "Bearer token-2"
        platform.script[SCORES] += [Answer(status=status), Answer(status=status)]
        with pytest.raises(ServiceError) as caught:
            send()
        assert caught.value.status == status
        assert len(platform.calls_to(SCORES)) == 5

    def test_a_new_one_that_is_refused_is_not_renewed(self, send: Any, platform: Platform) -> None:
        platform.script[SCORES].append(Answer(status=401))
        with pytest.raises(ServiceError):
            send()
        assert len(platform.calls_to("/token")) == 1

    @pytest.mark.parametrize(
        "answer",
        [
            Answer.of_json({"error": "invalid_client"}, status=400),
            Answer(status=500, body=b"<html>"),
            Answer(body=b"no json"),
            Answer(body=b"[" * 100_000),
            Answer.of_json([]),
            Answer.of_json({"access_token": None}),
            Answer.of_json({"access_token": "line\nbreak"}),
            Answer.of_json({"access_token": "t", "expires_in": None}),
            Answer(body=b'{"access_token": "t", "expires_in": Infinity}'),
            Answer.of_json({"access_token": "t", "expires_in": 3600, "scope": ""}),
        ],
        ids=lambda answer: f"{answer.status} {answer.body[:60]!r}",
    )
    def test_an_answer_without_a_usable_one_sends_no_score(self, send: Any, platform: Platform, answer: Answer) -> None:
        platform.script["/token"].append(answer)
        with pytest.raises(ServiceError) as caught:
            send()
        assert (caught.value.kind, caught.value.status) == (FailureKind.NO_TOKEN, answer.status)
        assert platform.calls_to(SCORES) == []


class TestRefusal:
    def test_it_tells_status_and_body(self, send: Any, platform: Platform) -> None:
        platform.script[SCORES].append(Answer(status=409, body=b"[]"))
        with pytest.raises(ServiceError) as caught:
            send()
        error = caught.value
        assert (error.kind, error.status, error.body, error.retry_after) == (FailureKind.REFUSED, 409, "[]", None)

    @pytest.mark.parametrize("page", [b"<!DOCTYPE html><title>Log in", b"\xef\xbb\xbf\n<html lang=en>Back soon"])
    def test_a_page_is_no_success_though_its_status_says_so(self, send: Any, platform: Platform, page: bytes) -> None:
        platform.script[SCORES].append(Answer(body=page, headers={"Content-Type": "text/html"}))
        with pytest.raises(ServiceError) as caught:
            send()
        assert (caught.value.kind, caught.value.status) == (FailureKind.NO_ANSWER, None)

    @pytest.mark.parametrize(
        "body", [b"", b" ", b'{"resultUrl": "https://lms.example.edu/1"}', b"<br>Notice: undefined"]
    )
    def test_what_a_platform_says_beside_success_does_not_matter(
        self, send: Any, platform: Platform, body: bytes
    ) -> None:
        platform.script[SCORES].append(Answer(body=body, headers={"Content-Type": "text/html"}))
        send()

    def test_a_redirect_is_no_success(self, send: Any, platform: Platform) -> None:
        platform.script[SCORES].append(Answer(status=302, headers={"Location": platform.jwks_url}))
        with pytest.raises(ServiceError) as caught:
            send()
        assert caught.value.status == 302

    @pytest.mark.parametrize(
        ("header", "seconds"),
        [("120", 120), ("Sun, 01 Mar 2026 10:31:00 GMT", 60), ("Sun, 01 Mar 2020 10:31:00 GMT", 0), ("soon", None)],
    )
    def test_it_tells_how_long_to_wait(self, send: Any, platform: Platform, header: str, seconds: float | None) -> None:
        platform.script[SCORES].append(Answer(status=503, headers={"Retry-After": header}))
        with (
            time_machine.travel(datetime(2026, 3, 1, 10, 30, tzinfo=UTC), tick=False),
            pytest.raises(ServiceError) as e,
        ):
            send()
        assert e.value.retry_after == seconds

    def test_canvas_s_rate_limit_is_told_as_one(self, send: Any, platform: Platform) -> None:
        send()
        platform.script[SCORES].append(Answer(status=403, headers={"X-Rate-Limit-Remaining": "0.0"}))
        with pytest.raises(ServiceError) as caught:
            send()
        assert caught.value.status == 429
        assert len(platform.calls_to("/token")) == 1

    def test_a_huge_body_is_cut(self, send: Any, platform: Platform) -> None:
        platform.script[SCORES].append(Answer(status=500, body=b"x" * 100_000))
        with pytest.raises(ServiceError) as caught:
            send()
        assert len(caught.value.body) == 500

    @pytest.mark.parametrize("url", ["http://127.0.0.1:1/lineitem", "http://[", "nonsense", "http://\ud800/"])
    def test_no_answer_at_all_has_no_status(self, send: Any, url: str) -> None:
        with pytest.raises(ServiceError) as caught:
            send(url)
        assert (caught.value.kind, caught.value.status) == (FailureKind.NO_ANSWER, None)

    def test_a_token_endpoint_that_is_gone_has_no_status(
        self, database: Database, config: Config, platform: Platform
    ) -> None:
        row = register(database, platform, auth_token_url="http://127.0.0.1:1/token")
        with pytest.raises(ServiceError) as caught:
            send_score(database, config, row, platform.lineitem_url, score())
        assert (caught.value.kind, caught.value.status) == (FailureKind.NO_ANSWER, None)

    def test_a_private_address_is_not_called_by_a_public_tool(
        self, database: Database, registration: Registration, platform: Platform
    ) -> None:
        with pytest.raises(ServiceError, match="QUIZFERRY_ALLOW_PRIVATE_ADDRESSES"):
            send_score(database, Config(), registration, platform.lineitem_url, score())
        assert platform.calls == []


def recorded_scores() -> list[tuple[str, int, str]]:
    """Status and body of every answer to a score that was recorded at Moodle and Open edX."""
    found = []
    for platform in ("moodle", "openedx"):
        for path in sorted(shared(f"samples/lti/{platform}").glob("ags-score-*.json")):
            recorded = json.loads(path.read_text(encoding="utf-8"))
            for exchange in recorded.get("exchanges", [recorded]):
                answer = exchange["response"]
                body = answer["body"]
                text = body if isinstance(body, str) else json.dumps(body) if body is not None else ""
                found.append((path.name, answer["status"], text))
    return found


def test_recorded_answers_to_scores_are_success_or_an_error_with_their_status(send: Any, platform: Platform) -> None:
    recorded = recorded_scores()
    assert {status for _, status, _ in recorded} >= {200, 201, 400, 409}
    for name, status, body in recorded:
        platform.script[SCORES] += [Answer(status=status, body=body.encode())] * (2 if status in (401, 403) else 1)
        if status < 300:
            send()
        else:
            with pytest.raises(ServiceError) as caught:
                send()
            assert caught.value.status == status, name
