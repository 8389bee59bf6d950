"""Points that change after a quiz was submitted, in the columns of its sections."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from content.questions import Choice, Essay
from content.quiz import Section, Settings
from content.scoring import QuizScore, Score
from lti_app.models import Attempt, User
from lti_app.services.columns import OUTSIDE
from lti_app.services.giving_extra import Extra, give
from lti_app.services.grading import CountedScore, Rule, WhichAttempt, counted_of, counted_parts
from lti_app.services.grading_by_hand import grade_answer
from lti_app.services.regrading import plan_regrade, regrade
from tests.lti_app.gradebook_server import GradebookServer
from tests.lti_app.graded import set_link
from tests.lti_app.school import School
from tests.lti_app.sections import APART, BLUE, DEEP, LOOKING, READING, RIGHT, SALT, WET
from tests.lti_app.sections_apart import LOOKED, NOON, READ, REST, audited, deliver_all, edit, school, sent

__all__ = ["school"]


def test_a_better_attempt_is_sent_to_each_column_and_one_that_does_not_count_to_none(
    school: School, gradebook: GradebookServer
) -> None:
    launch_id = school.student()
    school.submit(launch_id, {"salt": [0], "depth": [1]})  # 5 points
    deliver_all(school)
    school.submit(launch_id, {"blue": [0]})  # 4 points, and more outside of sections than before
    deliver_all(school)
    assert gradebook.points("ada") == {READ: (2, 3), LOOKED: (3, 3), REST: (0, 4)}
    assert set(sent(school).values()) == {1}
    school.submit(launch_id, {"blue": [0], "depth": [1]})  # 6 points, and fewer in the second section
    deliver_all(school)
    assert gradebook.points("ada") == {READ: (2, 3), LOOKED: (0, 3), REST: (4, 4)}
    assert audited(school, "grade.lowered") == [
        {"before": "1", "after": "0", "which_attempt": "highest", "section": "looking"}
    ]


def test_lateness_costs_each_section_its_part(school: School, gradebook: GradebookServer) -> None:
    edit(school, replace(APART, settings=Settings(grade_sections_apart=True, due=NOON)))
    set_link(school, late_percent=20)
    with time_machine.travel(NOON + timedelta(hours=1)):
        school.submit(school.student(), {**RIGHT, "blue": [1]})  # 6 of 10, 2 of which are lost
    deliver_all(school)
    assert gradebook.points("ada") == {READ: (2, 3), LOOKED: (2, 3), REST: (0, 4)}
    comments = {score["comment"] for score in gradebook.by_column.values()}
    assert comments == {"Reduced for being 1 day late."}
    with school.database.writing() as session:
        ada = session.scalars(select(User)).one()
        give(session, school.link(session), ada, Extra(due=NOON + timedelta(days=2)), ada, course=False)
    assert {row.section_id: row.wanted_revision for row in school.passbacks()} == {"reading": 2, "looking": 2, "-": 1}
    deliver_all(school)
    assert gradebook.points("ada") == {READ: (3, 3), LOOKED: (3, 3), REST: (0, 4)}


def test_an_attempt_counts_in_no_column_before_it_is_graded_as_a_whole(
    school: School, gradebook: GradebookServer
) -> None:
    edit(school, replace(APART, parts=(READING, Section(id="w", title="W", parts=(Essay(id="e", stem="Write."),)))))
    school.submit(school.student(), {"depth": [1], "e": "Text"})  # type: ignore[dict-item]
    assert school.passbacks() == []
    with school.database.writing() as session:
        attempt = session.scalars(select(Attempt)).one()
        grade_answer(session, attempt, "e", Decimal("0.5"), "", attempt.user)
    deliver_all(school)
    assert gradebook.points("ada") == {READ: (2, 3), "Quiz: W": (Decimal("0.5"), 1)}
    with school.database.writing() as session:
        attempt = session.scalars(select(Attempt)).one()
        grade_answer(session, attempt, "e", Decimal(1), "", attempt.user)
    assert {row.section_id: row.wanted_revision for row in school.passbacks()} == {"reading": 1, "w": 2}


def test_a_regrade_sends_only_to_the_columns_that_change(school: School, gradebook: GradebookServer) -> None:
    for name in ("Ada", "Ben"):
        school.submit(school.student(name), {**RIGHT, "depth": [0] if name == "Ben" else [1]})
    deliver_all(school)
    other_key = replace(DEEP, choices=(Choice(text="Shallow", correct=True), Choice(text="Deep")))
    edit(school, replace(APART, parts=(replace(READING, parts=(other_key, WET)), BLUE, LOOKING)))
    with school.database.writing() as session:
        link, teacher = school.link(session), session.scalars(select(User)).first()
        plan = plan_regrade(session, link, Rule())
        assert [(change.user.name, change.column.title, change.lowers) for change in plan.changes] == [
            ("Ada", "Reading", True),
            ("Ben", "Reading", False),
        ]
        assert plan.grades == 6
        assert teacher is not None
        regrade(session, link, Rule(), teacher)
    assert [row.wanted_revision for row in school.passbacks() if row.section_id == "reading"] == [2, 2]
    assert {row.wanted_revision for row in school.passbacks() if row.section_id != "reading"} == {1}
    assert [one["section"] for one in audited(school, "grade.lowered")] == ["reading"]
    deliver_all(school)
    assert (gradebook.points("ada")[READ], gradebook.points("ben")[READ]) == ((1, 3), (3, 3))


def test_a_question_that_moves_into_another_section_takes_its_points_along_with_a_regrade(
    school: School, gradebook: GradebookServer
) -> None:
    school.submit(school.student(), RIGHT)
    deliver_all(school)
    edit(school, replace(APART, parts=(READING, replace(LOOKING, parts=(SALT, BLUE)))))
    with school.database.writing() as session:
        regrade(session, school.link(session), Rule(), session.scalars(select(User)).one())
    deliver_all(school)
    assert gradebook.points("ada")[LOOKED] == (7, 7)
    rest = next(row for row in school.passbacks() if row.section_id == OUTSIDE)
    assert rest.wanted_revision == 1  # its column is the quiz's no more


SHARES = st.fractions(0, 1, max_denominator=12)


@given(
    attempts=st.lists(st.tuples(SHARES, SHARES, st.integers(0, 4)), min_size=1, max_size=4),
    which=st.sampled_from(WhichAttempt),
    late_percent=st.integers(0, 100),
)
def test_the_columns_add_up_to_the_score_that_counts(
    attempts: list[tuple[Fraction, Fraction, int]], which: WhichAttempt, late_percent: int
) -> None:
    """Whichever attempt counts, and whatever lateness costs."""

    def part(share: Fraction, possible: int) -> QuizScore:
        return QuizScore(scores=(Score(fraction=share, possible=Decimal(possible), feedback=DEEP.feedback),))

    parts = {n: {"a": part(a, 3), "b": part(b, 7)} for n, (a, b, _) in enumerate(attempts, start=1)}
    scores = [
        CountedScore(
            number,
            0,
            sum((one.points for one in parts[number].values()), Fraction(0)),
            Decimal(10),
            NOON,
            NOON + timedelta(days=days),
        )
        for number, (_, _, days) in enumerate(attempts, start=1)
    ]
    rule = Rule(which, late_percent, NOON)
    whole, found = counted_of(scores, rule), counted_parts(scores, parts.__getitem__, rule)
    assert whole is not None
    assert sum(one.points for one in found.values()) == whole.points
    assert {one.comment for one in found.values()} == {whole.comment}
    assert all(0 <= one.points <= one.possible for one in found.values())
