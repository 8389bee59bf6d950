"""Regrading by a corrected quiz or another rule: first shown, then done, sent and written down."""

from dataclasses import replace

from sqlalchemy import select

from content.questions import Choice, MultipleChoice
from content.quiz import WhichAttempt
from lti_app.models import Attempt, AuditEvent, GradePassback, User
from lti_app.services.grading import Rule
from lti_app.services.quizzes import publish
from lti_app.services.regrading import Plan, plan_regrade, regrade
from tests.lti_app.school import ALL_RIGHT, QUIZ, School

SHALLOW_IS_RIGHT = (Choice(text="Shallow", correct=True), Choice(text="Deep"))


def correct(school: School, **changes: object) -> None:
    """Publish a new revision of the quiz, whose first question is changed."""
    first, *others = QUIZ.parts
    assert isinstance(first, MultipleChoice)
    with school.database.writing() as session:
        publish(session, replace(QUIZ, parts=(replace(first, **changes), *others)))  # type: ignore[arg-type]


def planned(school: School, rule: Rule | None = None) -> Plan:
    with school.database.reading() as session:
        return plan_regrade(session, school.link(session), rule or Rule())


def done(school: School, rule: Rule | None = None) -> Plan:
    with school.database.writing() as session:
        teacher = session.scalars(select(User)).first()
        assert teacher is not None
        return regrade(session, school.link(session), rule or Rule(), teacher)


def points(school: School) -> list[int]:
    with school.database.reading() as session:
        return [int(one or 0) for one in session.scalars(select(Attempt.points).order_by(Attempt.id))]


def revisions(school: School) -> list[int]:
    with school.database.reading() as session:
        return list(session.scalars(select(GradePassback.wanted_revision).order_by(GradePassback.id)))


def actions(school: School) -> list[str]:
    with school.database.reading() as session:
        return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def two_students(school: School) -> None:
    school.submit(school.student("Ada"), ALL_RIGHT)
    school.submit(school.student("Ben"), {**ALL_RIGHT, "depth": [0]})


def test_a_corrected_key_is_shown_before_anything_changes(school: School) -> None:
    two_students(school)
    correct(school, choices=SHALLOW_IS_RIGHT)
    plan = planned(school)
    assert [(change.user.name, change.before.points, change.after.points) for change in plan.changes] == [
        ("Ada", 4, 3),
        ("Ben", 3, 4),
    ]
    assert [change.lowers for change in plan.changes] == [True, False]
    assert (plan.rescored, plan.kept) == (2, 0)
    assert (points(school), revisions(school), actions(school)) == ([4, 3], [1, 1], [])


def test_then_it_is_done_sent_and_written_down(school: School) -> None:
    two_students(school)
    correct(school, choices=SHALLOW_IS_RIGHT)
    done(school)
    assert (points(school), revisions(school)) == ([3, 4], [2, 2])
    assert actions(school) == ["grades.regraded", "grade.lowered", "grade.changed"]
    assert planned(school) == Plan((), 2, 0, 0)


def test_only_changed_grades_are_sent(school: School) -> None:
    two_students(school)
    correct(school, choices=(Choice(text="Shallow"), Choice(text="Deep", correct=True)), stem="How deep is it?")
    done(school)
    assert (points(school), revisions(school), actions(school)) == ([4, 3], [1, 1], ["grades.regraded"])


def test_answers_to_other_choices_keep_their_points(school: School) -> None:
    two_students(school)
    correct(school, choices=tuple(reversed(SHALLOW_IS_RIGHT)))
    plan = done(school)
    assert (plan.changes, plan.rescored, plan.kept) == ((), 0, 2)
    assert points(school) == [4, 3]


def test_another_rule_changes_grades_without_a_new_quiz(school: School) -> None:
    launch_id = school.student()
    for responses in (ALL_RIGHT, {"wet": [0]}):
        school.submit(launch_id, responses)
    latest = Rule(WhichAttempt.LATEST)
    (change,) = planned(school, latest).changes
    assert (change.before.points, change.after.points, change.lowers) == (4, 1, True)
    done(school, latest)
    assert revisions(school) == [2]
    assert actions(school) == ["grades.regraded", "grade.lowered"]
    assert planned(school, latest).changes == ()


def test_a_lower_latest_attempt_is_sent_and_the_trail_says_that_the_rule_did_it(school: School) -> None:
    launch_id = school.student()
    school.submit(launch_id, ALL_RIGHT)
    done(school, Rule(WhichAttempt.LATEST))
    school.submit(launch_id, {"wet": [0]})
    assert revisions(school) == [2]
    with school.database.reading() as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.actor, event.action, event.details["before"], event.details["after"]) == (
        "rule",
        "grade.lowered",
        "1",
        "1/4",
    )


def test_of_the_best_attempts_a_lower_one_sends_nothing(school: School) -> None:
    launch_id = school.student()
    for responses in (ALL_RIGHT, {"wet": [0]}):
        school.submit(launch_id, responses)
    assert (revisions(school), actions(school)) == ([1], [])
