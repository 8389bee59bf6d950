"""Saving answers one by one, as answer_saver.js does."""

from datetime import datetime
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.lti_app.web.classroom import Classroom, Visitor


@pytest.fixture
def taking(ada: Visitor) -> Visitor:
    ada.post("/attempts")
    return ada


def told(response: TestResponse) -> dict[str, Any]:
    """What is said of the answer itself."""
    assert response.json is not None
    return {name: value for name, value in response.json.items() if name != "attempt"}


def saved(visitor: Visitor) -> str:
    return visitor.get("/attempts/1")


def test_a_saved_answer_is_acknowledged_by_its_number(taking: Visitor) -> None:
    response = taking.save(1, "salts", [3, 0], sequence=17)
    assert response.status_code == 200
    assert told(response) == {"saved": True, "sequence": 17, "understood": ""}
    assert 'name="q.salts" value="3" checked' in saved(taking)


def test_a_late_answer_changes_nothing_and_is_told_what_is_stored(taking: Visitor) -> None:
    taking.save(1, "wet", [1], sequence=5)
    assert told(taking.save(1, "wet", [0], sequence=4)) == {"saved": False, "sequence": 5, "understood": ""}
    assert 'name="q.wet" value="1" checked' in saved(taking)


def change(visitor: Visitor, response: list[int], page: str, sequence: int, age: int) -> TestResponse:
    """Send a pick for the first question that a page made some milliseconds ago."""
    body = {"response": {"q.depth": list(map(str, response))}, "sequence": sequence, "page": page, "age": age}
    url = f"{visitor.home}/attempts/1/answers/depth"
    return visitor.client.put(url, json=body, headers={"X-CSRF-Token": visitor.csrf_token})


def test_an_answer_that_waited_does_not_replace_one_that_was_given_later_elsewhere(taking: Visitor) -> None:
    assert told(change(taking, [1], "phone", 3, 0))["saved"]
    assert told(change(taking, [0], "train", 9, 60_000)) == {"saved": False, "sequence": 3, "understood": ""}
    assert 'name="q.depth" value="1" checked' in saved(taking)
    assert told(change(taking, [0], "train", 10, 0)) == {"saved": True, "sequence": 10, "understood": ""}


@pytest.mark.parametrize(
    "wrong",
    [{"page": 7}, {"page": "x" * 41}, {"page": "\0"}, {"page": "\ud800"}, {"age": -1}, {"age": "1"}, {"age": 10**400}],
)
def test_a_change_that_the_page_could_not_have_made_is_refused(taking: Visitor, wrong: dict[str, Any]) -> None:
    body = {"response": {"q.depth": ["1"]}, "sequence": 1, "page": "phone", "age": 0, **wrong}
    url = f"{taking.home}/attempts/1/answers/depth"
    response = taking.client.put(url, json=body, headers={"X-CSRF-Token": taking.csrf_token})
    assert response.status_code == 422
    assert told(response)["sentence"].endswith(".")
    assert "checked" not in saved(taking)


def test_a_page_is_told_how_the_attempt_stands_with_each_save_and_when_it_asks(taking: Visitor) -> None:
    taking.save(1, "wet", [0], sequence=4)
    told_with_it = (taking.save(1, "depth", [1], sequence=2).json or {})["attempt"]
    asked = taking.client.get(f"{taking.home}/attempts/1/standing").json
    for standing in (told_with_it, asked):
        assert datetime.fromisoformat(standing.pop("now"))
        assert standing == {"over": False, "ends": None, "sequences": {"wet": 4, "depth": 2}, "checked": []}
    taking.post("/attempts/1/submit", confirmed="yes")
    assert (taking.client.get(f"{taking.home}/attempts/1/standing").json or {})["over"]


def test_nobody_else_is_told_how_it_stands(classroom: Classroom, taking: Visitor) -> None:
    classroom.launch("Bob", quiz_id="sea").get("/attempts/1/standing", status=404)


def test_an_answer_can_be_taken_back(taking: Visitor) -> None:
    taking.save(1, "salts", [1], sequence=1)
    taking.save(1, "salts", [], sequence=2)
    assert "checked" not in saved(taking)


@pytest.mark.parametrize(
    ("question_id", "response", "sequence"),
    [
        ("depth", [2], 1),
        ("depth", [-1], 1),
        ("depth", [0, 1], 1),
        ("salts", ["x"], 1),
        ("salts", ["1e3"], 1),
        ("salts", ["9" * 400], 1),
        ("salts", "0", 1),
        ("salts", {"q.salts": "0"}, 1),
        ("salts", {"q.salts": [0]}, 1),
        ("salts", {"q.salts": None}, 1),
        ("salts", None, 1),
        ("salts", 10**400, 1),
        ("salts", [0], -1),
        ("salts", [0], 2**53),
        ("salts", [0], "1"),
        ("salts", [0], None),
        ("colour", [0], 1),
        ("<b>", [0], 1),
    ],
)
def test_what_the_page_could_not_have_sent_is_refused_and_not_stored(
    taking: Visitor, question_id: str, response: Any, sequence: Any
) -> None:
    refused = taking.save(1, question_id, response, sequence)
    assert refused.status_code == 422
    assert refused.json is not None
    assert refused.json["sentence"]
    assert "checked" not in saved(taking)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        *[(body, 422) for body in ("[]", '"x"', "1", "null", "{}", '{"response": {}}', '{"sequence": 1}')],
        ("{", 400),
        ("[" * 100_000, 400),
        ("x" * 5_000_000, 413),
    ],
)
def test_a_body_that_is_no_answer_is_refused(taking: Visitor, body: str, status: int) -> None:
    response = taking.client.put(
        f"{taking.home}/attempts/1/answers/depth",
        data=body,
        headers={"X-CSRF-Token": taking.csrf_token, "Content-Type": "application/json"},
    )
    assert response.status_code == status


def test_fields_of_another_question_are_refused_and_take_nothing_back(taking: Visitor) -> None:
    taking.save(1, "depth", [1])
    refused = taking.put("/attempts/1/answers/depth", {"q.salts": ["0"]}, 2)
    assert (refused.status_code, refused.json["sentence"]) == (422, "This attempt has no such question.")
    assert 'name="q.depth" value="1" checked' in saved(taking)


def test_what_is_far_too_long_is_refused_by_its_length(taking: Visitor) -> None:
    refused = taking.put("/attempts/1/answers/depth", {"q.depth": ["x" * 1_000_000]}, 1)
    assert refused.status_code == 422


def test_after_the_submission_nothing_is_saved(taking: Visitor) -> None:
    taking.post("/attempts/1/submit", confirmed="yes")
    assert taking.save(1, "depth", [1], sequence=9).status_code == 409
    assert "0 of 4 points" in taking.get("/attempts/1/result").replace("</span>", "").replace('<span class="big">', "")


def test_another_launch_of_the_same_student_goes_on_with_the_attempt(classroom: Classroom, taking: Visitor) -> None:
    taking.save(1, "wet", [0])
    again = classroom.launch("Ada", quiz_id="sea")
    assert again.post("/attempts").location == f"{again.home}/attempts/1#question-3"
    assert 'name="q.wet" value="0" checked' in saved(again)


def test_another_browser_cannot_use_the_launch(classroom: Classroom, taking: Visitor) -> None:
    bob = classroom.launch("Bob", quiz_id="sea")
    stolen = Visitor(bob.client, taking.launch_id, bob.cookie)
    assert stolen.save(1, "depth", [0]).status_code == 403
    stolen.get("/attempts/1", status=403)
