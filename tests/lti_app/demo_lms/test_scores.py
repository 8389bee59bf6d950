import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from lti_app.demo_lms import Activity, Course, Lms
from lti_app.demo_lms.gradebook import Gradebook, OldScoreError, Score
from tests.lti_app.demo_lms.stub_tool import RESULTS, SCORE, StubTool

NOON = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)


def body(**changes: Any) -> dict[str, Any]:
    """A right score; None takes a field away."""
    right = {
        "userId": "ada",
        "scoreGiven": 2,
        "scoreMaximum": 3,
        "timestamp": "2026-03-02T12:00:00.250Z",
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
    }
    return {name: value for name, value in {**right, **changes}.items() if value is not None}


def send(lms: Lms, tool: StubTool, score: object, media: str = SCORE, column: int = 1) -> requests.Response:
    url = f"{lms.base_url}/services/course-1/lineitems/{column}/lineitem/scores?deployment=7"
    return tool.call(lms, "score", "POST", url, media=media, body=score)


def points(lms: Lms, person: str = "ada", column: str = "1") -> Fraction | None:
    score = lms.gradebook.score(column, person)
    found = lms.gradebook.column(column)
    assert found
    return score.points_of(found) if score else None


def test_a_score_comes_into_the_gradebook(lms: Lms, tool: StubTool) -> None:
    assert send(lms, tool, body()).status_code == 204
    assert points(lms) == 2
    assert points(lms, "ben") is None


def test_a_score_out_of_another_maximum_is_scaled_to_the_column(lms: Lms, tool: StubTool) -> None:
    assert send(lms, tool, body(scoreGiven=0.1, scoreMaximum=1)).status_code == 204
    assert points(lms) == Fraction(3, 10)


@pytest.mark.parametrize("media", ["application/json", "application/vnd.ims.lis.v2.lineitem+json", ""])
def test_a_score_of_another_media_type_is_refused(lms: Lms, tool: StubTool, media: str) -> None:
    assert send(lms, tool, body(), media).status_code == 415
    assert points(lms) is None


def test_a_character_set_beside_the_media_type_is_no_matter(lms: Lms, tool: StubTool) -> None:
    assert send(lms, tool, body(), f"{SCORE}; charset=utf-8").status_code == 204


@pytest.mark.parametrize(
    "timestamp",
    ["2026-03-02T12:00:00.250Z", "2026-03-02T12:00:00.900Z", "2026-03-02T11:59:59Z", "2026-03-02T13:00:00.9+01:00"],
)
def test_a_score_that_is_not_later_in_whole_seconds_is_refused(lms: Lms, tool: StubTool, timestamp: str) -> None:
    send(lms, tool, body())
    assert send(lms, tool, body(scoreGiven=3, timestamp=timestamp)).status_code == 409
    assert points(lms) == 2


def test_a_later_score_replaces_an_earlier_one(lms: Lms, tool: StubTool) -> None:
    send(lms, tool, body())
    assert send(lms, tool, body(scoreGiven=1, timestamp="2026-03-02T12:00:01Z")).status_code == 204
    assert points(lms) == 1


def test_each_student_and_each_column_has_a_time_of_its_own(lms: Lms, tool: StubTool) -> None:
    send(lms, tool, body())
    assert send(lms, tool, body(userId="ben")).status_code == 204
    assert send(lms, tool, body(), column=2).status_code == 204


@pytest.mark.parametrize("progress", ["Pending", "PendingManual", "Failed", "NotReady"])
def test_only_a_full_grade_is_recorded(lms: Lms, tool: StubTool, progress: str) -> None:
    send(lms, tool, body())
    later = body(gradingProgress=progress, scoreGiven=3, timestamp="2026-03-02T12:01:00Z")
    assert send(lms, tool, later).status_code == 204
    assert points(lms) == 2


def test_a_message_without_a_score_takes_the_score_back(lms: Lms, tool: StubTool) -> None:
    send(lms, tool, body())
    assert send(lms, tool, body(scoreGiven=None, scoreMaximum=None, timestamp="2026-03-02T12:01:00Z")).ok
    assert points(lms) is None


@pytest.mark.parametrize(
    "changes",
    [
        *({name: None} for name in ("userId", "timestamp", "activityProgress", "gradingProgress", "scoreMaximum")),
        {"userId": "clara"},  # a teacher has no grade
        {"userId": "nobody"},
        {"userId": 5},
        {"timestamp": "yesterday"},
        {"timestamp": "2026-02-31T12:00:00Z"},
        {"timestamp": "2026-03-02T12:00:00"},
        {"timestamp": 1772452800},
        {"activityProgress": "Done"},
        {"gradingProgress": "fullygraded"},
        {"scoreGiven": "2"},
        {"scoreGiven": -1},
        {"scoreGiven": True},
        {"scoreMaximum": 0},
        {"scoreMaximum": 1e12},
        {"comment": 3},
    ],
    ids=str,
)
def test_a_wrong_score_is_refused(lms: Lms, tool: StubTool, changes: dict[str, Any]) -> None:
    response = send(lms, tool, body(**changes))
    assert response.status_code == 400
    assert response.json()["error_description"]
    assert points(lms) is None


@pytest.mark.parametrize("junk", ["", "{", "[]", "null", "3", '{"scoreGiven": NaN}', "[" * 50_000, "1e9999999999"])
def test_junk_is_refused(lms: Lms, tool: StubTool, junk: str) -> None:
    assert send(lms, tool, junk).status_code == 400


def test_a_body_beyond_all_reason_is_refused(lms: Lms, tool: StubTool) -> None:
    assert send(lms, tool, json.dumps(body(comment="x" * 70_000))).status_code == 413


def test_a_line_item_that_is_not_there_takes_no_score(lms: Lms, tool: StubTool) -> None:
    assert send(lms, tool, body(), column=99).status_code == 404


def test_scores_go_with_their_line_item(lms: Lms, tool: StubTool) -> None:
    send(lms, tool, body())
    lms.gradebook.remove("1")
    assert lms.gradebook.score("1", "ada") is None


def test_the_history_holds_every_score_that_was_sent_the_latest_first(lms: Lms, tool: StubTool) -> None:
    send(lms, tool, body(scoreGiven=0.5))
    send(lms, tool, body())
    send(lms, tool, body(userId="nobody"))
    receipts = [(one.person_id, one.given, one.maximum, one.status) for one in lms.gradebook.history()]
    assert receipts == [("nobody", "2", "3", 400), ("ada", "2", "3", 409), ("ada", "0.5", "3", 204)]


def results(lms: Lms, tool: StubTool, query: str = "") -> list[dict[str, Any]]:
    url = f"{lms.base_url}/services/course-1/lineitems/1/lineitem/results?deployment=7{query}"
    response = tool.call(lms, "result", "GET", url, accept=RESULTS)
    assert (response.status_code, response.headers["Content-Type"]) == (200, RESULTS)
    found: list[dict[str, Any]] = response.json()
    return found


def test_results_are_read_back(lms: Lms, tool: StubTool) -> None:
    send(lms, tool, body(scoreGiven=0.5, scoreMaximum=1, comment="Half"))
    column = f"{lms.base_url}/services/course-1/lineitems/1/lineitem"
    assert results(lms, tool) == [
        {
            "id": f"{column}/results/ada?deployment=7",
            "scoreOf": f"{column}?deployment=7",
            "userId": "ada",
            "resultScore": 1.5,
            "resultMaximum": 3,
            "comment": "Half",
        }
    ]


def test_results_of_one_student(lms: Lms, tool: StubTool) -> None:
    send(lms, tool, body())
    send(lms, tool, body(userId="ben", scoreGiven=0))
    assert [one["userId"] for one in results(lms, tool)] == ["ada", "ben"]
    assert [(one["userId"], one["resultScore"]) for one in results(lms, tool, "&user_id=ben")] == [("ben", 0)]
    assert results(lms, tool, "&user_id=nobody") == []


@given(st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 9)), max_size=12))
def test_whatever_the_order_the_latest_second_wins_and_its_first_score_stays(sent: list[tuple[int, int]]) -> None:
    gradebook = Gradebook(Course(activities=(Activity("7", "Scaling", Decimal(9)),)))
    kept: dict[int, int] = {}  # second -> points
    for milliseconds, given_points in sent:
        score = Score(
            line_item_id="1",
            person_id="ada",
            given=Decimal(given_points),
            maximum=Decimal(9),
            timestamp=NOON + timedelta(milliseconds=milliseconds),
            final=True,
        )
        second = milliseconds // 1000
        if kept and second <= max(kept):
            with pytest.raises(OldScoreError):
                gradebook.record(score)
        else:
            gradebook.record(score)
            kept[second] = given_points
    stored = gradebook.score("1", "ada")
    assert (stored.given if stored else None) == (kept[max(kept)] if kept else None)
