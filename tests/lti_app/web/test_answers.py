"""Saving answers one by one, as answer_saver.js does."""

from typing import Any

import pytest

from tests.lti_app.web.classroom import Classroom, Visitor


@pytest.fixture
def taking(ada: Visitor) -> Visitor:
    ada.post("/attempts")
    return ada


def saved(visitor: Visitor) -> str:
    return visitor.get("/attempts/1")


def test_a_saved_answer_is_acknowledged_by_its_number(taking: Visitor) -> None:
    response = taking.save(1, "salts", [3, 0], sequence=17)
    assert (response.status_code, response.json) == (200, {"saved": True, "sequence": 17, "understood": ""})
    assert 'name="q.salts" value="3" checked' in saved(taking)


def test_a_late_answer_changes_nothing_and_is_told_what_is_stored(taking: Visitor) -> None:
    taking.save(1, "wet", [1], sequence=5)
    assert taking.save(1, "wet", [0], sequence=4).json == {"saved": True, "sequence": 5, "understood": ""}
    assert 'name="q.wet" value="1" checked' in saved(taking)


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
        ("x" * 600_000, 413),
    ],
)
def test_a_body_that_is_no_answer_is_refused(taking: Visitor, body: str, status: int) -> None:
    response = taking.client.put(
        f"{taking.home}/attempts/1/answers/depth",
        data=body,
        headers={"X-CSRF-Token": taking.csrf_token, "Content-Type": "application/json"},
    )
    assert response.status_code == status


def test_after_the_submission_nothing_is_saved(taking: Visitor) -> None:
    taking.post("/attempts/1/submit", confirmed="yes")
    assert taking.save(1, "depth", [1], sequence=9).status_code == 409
    assert "0 of 4 points" in taking.get("/attempts/1/result").replace("</span>", "").replace('<span class="big">', "")


def test_another_launch_of_the_same_student_goes_on_with_the_attempt(classroom: Classroom, taking: Visitor) -> None:
    taking.save(1, "wet", [0])
    again = classroom.launch("Ada", quiz_id="sea")
    assert again.post("/attempts").location == f"{again.home}/attempts/1"
    assert 'name="q.wet" value="0" checked' in saved(again)


def test_another_browser_cannot_use_the_launch(classroom: Classroom, taking: Visitor) -> None:
    bob = classroom.launch("Bob", quiz_id="sea")
    stolen = Visitor(bob.client, taking.launch_id, bob.cookie)
    assert stolen.save(1, "depth", [0]).status_code == 403
    stolen.get("/attempts/1", status=403)
