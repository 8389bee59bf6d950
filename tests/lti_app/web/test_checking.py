"""Checking answers one by one: what the pages offer, tell and refuse."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from content.numbers import Exact
from content.questions import Essay, FileUpload, Numerical, Question
from content.quiz import Seen, Settings, Shown
from lti_app.models import Attempt, Role, utcnow
from lti_app.services.quizzes import publish
from tests.lti_app.web.classroom import Classroom, Visitor, words
from tests.lti_app.web.quizzes import ALL_RIGHT, SEA

AT_ONCE = Settings(show_feedback=Shown.AT_ONCE)
WITH_KEY = replace(AT_ONCE, show_answers=Shown.AT_ONCE)
MORE: tuple[Question, ...] = (
    Numerical(id="salt", stem="How much salt?", answers=(Exact(value=Decimal("3.5")),)),
    Essay(id="why", stem="Why?"),
    FileUpload(id="map", stem="A map"),
)
BUTTON = re.compile(r'name="check" value="([^"]+)"')


def begin(classroom: Classroom, settings: Settings = AT_ONCE, *more: Question) -> Visitor:
    """Have Ada begin the quiz with these settings, and with more questions at its end."""
    give(classroom, settings, *more)
    ada = classroom.launch("Ada", quiz_id="sea")
    ada.post("/attempts")
    return ada


def give(classroom: Classroom, settings: Settings, *more: Question) -> None:
    with classroom.database.writing() as session:
        publish(session, replace(SEA, settings=settings, parts=(*SEA.parts, *more)))


def check(visitor: Visitor, question_id: str, **responses: Any) -> TestResponse:
    """Press the button of a question, with this on the page."""
    fields = {f"q.{one}": response for one, response in responses.items()}
    return visitor.post("/attempts/1/submit", step=0, check=question_id, **fields)


def page_after(visitor: Visitor, response: TestResponse) -> str:
    assert response.status_code == 303
    return visitor.get(response.location.removeprefix(visitor.home))


def question(page: str, number: int) -> str:
    """The part of the page that holds a question, with its tags."""
    (found,) = re.findall(rf'<(fieldset|section)([^>]* id="question-{number}".*?)</\1>', page, re.DOTALL)
    return str(found[1])


def test_each_question_has_a_button_but_those_that_a_person_grades(classroom: Classroom) -> None:
    page = begin(classroom, AT_ONCE, *MORE).get("/attempts/1")
    assert BUTTON.findall(page) == ["depth", "salts", "wet", "salt"]
    assert 'aria-label="Check question 2"' in page
    assert "A checked answer cannot be changed any more." in question(page, 4)


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(show_answers=Shown.AT_ONCE),
        replace(AT_ONCE, students_see=Seen.SCORE),
        replace(AT_ONCE, show_after=utcnow() - timedelta(days=1)),
    ],
    ids=["later", "answers only", "score only", "a moment"],
)
def test_where_nothing_is_told_at_once_there_is_no_button_and_nothing_is_told(
    classroom: Classroom, settings: Settings
) -> None:
    ada = begin(classroom, settings)
    assert "check each answer" not in words(ada.get("/"))
    page = page_after(ada, check(ada, "depth", depth="1"))
    assert not BUTTON.search(page)
    assert "TOLD" not in page
    assert 'value="1" checked' in page


def test_the_enter_key_presses_no_check(classroom: Classroom) -> None:
    page = begin(classroom).get("/attempts/1")
    first = re.findall(r"<button(?![^>]*type=)[^>]*>", page)[0]
    assert 'class="default-button" name="confirmed"' in first


def test_a_check_lands_at_the_question_which_tells_what_it_may_and_takes_no_answer_any_more(
    classroom: Classroom,
) -> None:
    ada = begin(classroom)
    response = check(ada, "depth", depth="0", wet="1")
    assert response.location.endswith("#question-1")
    page = page_after(ada, response)
    shown = question(page, 1)
    assert 'tabindex="-1"' in shown
    assert 'aria-labelledby="label-1 verdict-1"' in shown
    assert "Wrong" in words(shown)
    assert "Your answer, wrong" in words(shown)
    assert "0 of 1 point" in words(shown)
    for told in ("TOLD-SHALLOW", "TOLD-WHEN-WRONG", "TOLD-ALWAYS"):
        assert told in shown
    for untold in ("TOLD-DEEP", "TOLD-WHEN-RIGHT", "Right answer"):
        assert untold not in shown
    assert "<input" not in shown
    assert 'name="q.depth"' not in page
    assert 'name="q.wet" value="1" checked' in page  # saved by the same press
    assert BUTTON.findall(page) == ["salts", "wet"]
    assert "2 of 3 answered" in words(page)
    assert 'data-answered-elsewhere="1"' in page


def test_the_right_answer_is_told_where_the_quiz_says_so(classroom: Classroom) -> None:
    ada = begin(classroom, WITH_KEY, *MORE)
    assert "Right answer" in words(question(page_after(ada, check(ada, "depth", depth="0")), 1))
    assert "3.5" in question(page_after(ada, check(ada, "salt", salt="35")), 4)


def test_right_or_wrong_is_told_without_feedback_and_key(classroom: Classroom) -> None:
    ada = begin(classroom, replace(WITH_KEY, students_see=Seen.RIGHT_OR_WRONG))
    shown = question(page_after(ada, check(ada, "depth", depth="0")), 1)
    assert "Your answer, wrong" in words(shown)
    assert "TOLD" not in shown
    assert "Right answer" not in shown


def test_what_cannot_be_checked_yet_is_said_beside_the_button_and_stays_open(classroom: Classroom) -> None:
    ada = begin(classroom, AT_ONCE, *MORE)
    page = page_after(ada, check(ada, "salts"))
    assert "Answer this question first, then check it." in question(page, 2)
    assert page.count("Answer this question first") == 1
    page = page_after(ada, check(ada, "salt", salt="a pinch"))
    assert "This cannot be read as a number." in question(page, 4)
    assert BUTTON.findall(page) == ["depth", "salts", "wet", "salt"]


@pytest.mark.parametrize("question_id", ["why", "map", "colour", "<b>"])
def test_a_check_that_no_page_offers_is_refused(classroom: Classroom, question_id: str) -> None:
    ada = begin(classroom, AT_ONCE, *MORE)
    assert check(ada, question_id, depth="0", why="So.").status_code == 422
    assert "0 of 6 answered" in words(ada.get("/attempts/1"))


def test_a_second_press_changes_nothing(classroom: Classroom) -> None:
    ada = begin(classroom)
    first = page_after(ada, check(ada, "depth", depth="0"))
    second = page_after(ada, check(ada, "depth", depth="0"))
    assert question(first, 1) == question(second, 1)
    assert "no other counts" not in second


def test_a_page_from_before_is_told_that_its_answer_does_not_count_and_the_rest_is_saved(classroom: Classroom) -> None:
    ada = begin(classroom)
    check(ada, "depth", depth="0")
    page = page_after(ada, check(ada, "wet", depth="1", wet="0"))
    assert "Question 1 was checked in another tab or on another device." in words(page)
    assert "Your answer, wrong" in words(question(page, 1))
    assert "Right" in words(question(page, 3))
    page = page_after(ada, ada.post("/attempts/1/submit", step=0, go="0", **{"q.depth": "1", "q.wet": "1"}))
    assert "Questions 1, 3 were checked in another tab" in words(page)


def test_a_submission_from_before_comes_back_once_to_tell_so(classroom: Classroom) -> None:
    ada = begin(classroom)
    check(ada, "depth", depth="0")
    page = {"q.depth": "1", "q.salts": "0", "q.wet": "0"}
    again = page_after(ada, ada.post("/attempts/1/submit", step=0, confirmed="yes", **page))
    assert "Question 1 was checked in another tab" in words(again)
    assert "Submit" in again
    assert ada.post("/attempts/1/submit", step=0, **{"q.salts": "0", "q.wet": "0"}).location.endswith("/result")


def test_when_time_is_up_a_submission_stands_whatever_came_too_late(classroom: Classroom) -> None:
    ada = begin(classroom)
    check(ada, "depth", depth="1")
    with classroom.database.writing() as session:
        session.scalars(select(Attempt)).one().ends_at = utcnow() - timedelta(seconds=3)
    response = ada.post("/attempts/1/submit", step=0, **{"q.depth": "0"})
    assert response.location.endswith("/result")
    assert "Your answer, right" in words(page_after(ada, response))


def test_a_script_is_told_why_a_checked_answer_is_not_saved_and_how_the_attempt_stands(classroom: Classroom) -> None:
    ada = begin(classroom)
    check(ada, "depth", depth="0")
    response = ada.save(1, "depth", [1], 5)
    assert response.status_code == 422
    assert response.json is not None
    assert response.json["sentence"] == "This answer was checked, so it stands; it cannot be changed any more."
    assert response.json["attempt"]["checked"] == ["depth"]
    assert (ada.save(1, "wet", [0], 5).json or {})["saved"]
    assert "Your answer, wrong" in words(ada.get("/attempts/1"))


def test_one_question_at_a_time_without_a_way_back_is_checked_before_it_is_left(classroom: Classroom) -> None:
    ada = begin(classroom, replace(AT_ONCE, one_question_at_a_time=True, cant_go_back=True))
    page = page_after(ada, check(ada, "depth", depth="0"))
    assert "Question 1 of 3" in words(page)
    assert "Your answer, wrong" in words(question(page, 1))
    page = page_after(ada, ada.post("/attempts/1/submit", step=0, go="1"))
    assert "TOLD" not in page
    late = check(ada, "depth")  # of a page that the browser brought back
    assert "Question 2 of 3" in words(page_after(ada, late))
    assert ada.post("/attempts/1/submit", step=1, check="depth").status_code == 422


def test_after_the_last_check_everything_goes_on_as_ever(classroom: Classroom) -> None:
    ada = begin(classroom)
    for question_id, picks in ALL_RIGHT.items():
        check(ada, question_id, **{question_id: [str(pick) for pick in picks]})
    page = ada.get("/attempts/1")
    assert not BUTTON.search(page)
    assert "3 of 3 answered" in words(page)
    response = ada.post("/attempts/1/submit", step=0)
    assert "4 of 4 points" in words(page_after(ada, response))
    assert check(ada, "depth", depth="0").location.endswith("/result")
    ada.post("/attempts")
    assert BUTTON.findall(ada.get("/attempts/2")) == ["depth", "salts", "wet"]
    assert "TOLD" not in ada.get("/attempts/2")


def test_feedback_that_is_taken_back_is_gone_from_the_page_but_the_answer_stands(classroom: Classroom) -> None:
    ada = begin(classroom)
    check(ada, "depth", depth="0")
    give(classroom, Settings(show_feedback=Shown.NEVER))
    page = ada.get("/attempts/1")
    assert "TOLD" not in page
    assert "Wrong" not in words(page)
    assert "Your answer" in words(question(page, 1))
    assert not BUTTON.search(page)


def test_nobody_checks_the_answers_of_somebody_else(classroom: Classroom) -> None:
    begin(classroom)
    ben = classroom.launch("Ben", quiz_id="sea")
    assert check(ben, "depth", depth="0").status_code == 404


def test_the_start_page_says_so_before_the_clock_starts(classroom: Classroom) -> None:
    give(classroom, AT_ONCE)
    assert "You can check each answer once to see whether it is right" in words(
        classroom.launch("Ada", quiz_id="sea").get("/")
    )


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (AT_ONCE, "Students can check each answer once as they go, and then see feedback, but no key yet."),
        (WITH_KEY, "Students can check each answer once as they go, and then see feedback and key."),
        (replace(AT_ONCE, students_see=Seen.RIGHT_OR_WRONG), "as they go, and then see whether it is right."),
        (replace(AT_ONCE, students_see=Seen.SCORE), "Students see neither key nor feedback before they submit."),
    ],
)
def test_teachers_read_what_students_see_before_they_submit(
    classroom: Classroom, settings: Settings, said: str
) -> None:
    give(classroom, settings)
    assert said in words(classroom.launch("Grace", Role.INSTRUCTOR, quiz_id="sea").get("/teach/preview"))
    picker = classroom.pick()
    assert said in words(picker.client.get(f"{picker.home}/link/preview/sea").text)
    given = words(picker.client.get(f"{picker.home}/link/settings?quiz=sea").text)
    assert ("answers can be checked one by one" in given) is settings.checks_answers
