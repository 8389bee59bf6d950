"""What a student may not see yet does not reach the browser in any form."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st

from content.checks import check
from content.drawing import draw_for
from content.identity import with_ids
from content.problem import has_errors
from content.quiz import Quiz, Seen, Settings, Shown
from content.quizzes import showcase
from content.readers import read_file
from lti_app.models import utcnow
from lti_app.services.checking import can_be_checked
from lti_app.services.quizzes import publish
from tests.content.strategies import quizzes
from tests.lti_app.web.classroom import Classroom, Visitor
from tests.lti_app.web.quizzes import ALL_RIGHT
from tests.lti_app.web.secrecy import SEED, TOLD, Walk, with_secrets

HIDING: tuple[dict[str, Any], ...] = (
    {"show_feedback": Shown.NEVER},
    {"show_feedback": Shown.AFTER_CLOSE, "closes": utcnow() + timedelta(days=1)},
    {"show_feedback": Shown.AFTER_LAST_ATTEMPT, "attempts": 3},
    {"show_feedback": Shown.AFTER_SUBMISSION, "show_after": utcnow() + timedelta(days=1)},
)
"""Settings by which nothing is shown after the first of several attempts."""

LIMITED: tuple[dict[str, Any], ...] = ({"students_see": Seen.SCORE}, {"students_see": Seen.OWN_ANSWERS})
"""Settings by which the score is shown, but neither key nor feedback."""

READ = read_file(showcase()).quiz
assert READ is not None
SHOWCASE = replace(
    with_ids(READ),
    settings=Settings(**HIDING[0], shuffle_questions=True, shuffle_answers=True, one_question_at_a_time=True),
)

KEPT = ("shuffle_questions", "shuffle_answers", "one_question_at_a_time", "cant_go_back", "time_limit", "pass_mark")
"""What a walk leaves of a quiz's own settings."""

NAMES = (f"Student {number}" for number in count())


@st.composite
def hiding_quizzes(draw: st.DrawFn) -> Quiz:
    """Quizzes of every kind, part and order that can be taken twice; neither key nor feedback is shown at first."""
    drawn = draw(quizzes())
    own = {name: getattr(drawn.settings, name) for name in KEPT}
    return replace(with_ids(drawn), settings=Settings(**own, **draw(st.sampled_from((*HIDING, *LIMITED)))))


@pytest.fixture(scope="module")
def classrooms(tmp_path_factory: pytest.TempPathFactory, new_database: Path) -> Iterator[tuple[Classroom, Classroom]]:
    """Two classrooms in which the same things happen."""
    folder = tmp_path_factory.mktemp("classrooms")
    one, other = (Classroom(f"sqlite:///{shutil.copy(new_database, folder / name)}") for name in ("one", "other"))
    yield one, other
    one.close()
    other.close()


@settings(max_examples=6, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.filter_too_much])
@example(quiz=SHOWCASE)
@example(quiz=replace(SHOWCASE, settings=Settings(**LIMITED[1], shuffle_questions=True)))
@given(quiz=hiding_quizzes())
def test_whatever_the_key_and_the_feedback_a_student_is_sent_the_same(
    classrooms: tuple[Classroom, Classroom], quiz: Quiz
) -> None:
    made = [with_secrets(quiz, told) for told in ("", TOLD)]
    assume(not any(has_errors(tuple(check(one))) for one in made))
    name = next(NAMES)
    sent = []
    for classroom, one in zip(classrooms, made, strict=True):
        with classroom.database.writing() as session:
            publish(session, one)
        sent.append(Walk(classroom, one, name).take())
    assert sent[0] == sent[1]


def checkable(quiz: Quiz) -> list[str]:
    """The questions that an attempt of the walk can check, in its order."""
    return [question.id for question in draw_for(quiz, SEED).questions if can_be_checked(question)]


@st.composite
def checked_quizzes(draw: st.DrawFn) -> tuple[Quiz, str]:
    """Quizzes of every kind, part and order whose answers can be checked, and a question of each."""
    drawn = draw(quizzes())
    own = {name: getattr(drawn.settings, name) for name in KEPT}
    seen = draw(st.sampled_from([Seen.RIGHT_OR_WRONG, Seen.EVERYTHING]))
    at_once = Settings(**own, show_feedback=Shown.AT_ONCE, show_answers=draw(st.sampled_from(Shown)), students_see=seen)
    quiz = replace(with_ids(drawn), settings=at_once)
    found = checkable(quiz)
    assume(found)
    return quiz, draw(st.sampled_from(found))


CHECKED = replace(SHOWCASE, settings=Settings(show_feedback=Shown.AT_ONCE, show_answers=Shown.AT_ONCE))


@settings(max_examples=3, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.filter_too_much])
@example(case=(CHECKED, checkable(CHECKED)[-1]))
@given(case=checked_quizzes())
def test_before_a_check_nothing_is_told_and_after_it_nothing_of_any_other_question(
    classrooms: tuple[Classroom, Classroom], case: tuple[Quiz, str]
) -> None:
    quiz, question_id = case
    made = [with_secrets(quiz, told, but=question_id) for told in ("", TOLD)]
    assume(not any(has_errors(tuple(check(one))) for one in made))
    name = next(NAMES)
    sent = []
    for classroom, one in zip(classrooms, made, strict=True):
        with classroom.database.writing() as session:
            publish(session, one)
        sent.append(Walk(classroom, one, name).check(question_id))
    assert sent[0] == sent[1]


def test_a_second_attempt_keeps_the_secrets_too_but_the_first_ones_result_is_told(ada: Visitor) -> None:
    ada.take(**ALL_RIGHT)
    ada.post("/attempts")
    assert "TOLD-" not in ada.get("/attempts/2")
    assert "TOLD-" in ada.get("/attempts/1/result")
