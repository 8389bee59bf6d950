"""A quiz whose sections are graded apart: each has a gradebook column, and nothing counts twice."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select, update

from content.questions import Choice, Essay
from content.quiz import Quiz, Section, Settings
from content.scoring import QuizScore, Score
from lti_app.lti.ags import SCORE_SCOPE
from lti_app.lti.claims import LaunchClaims
from lti_app.lti.keys import ensure_key
from lti_app.lti.line_items import LINE_ITEM_SCOPE
from lti_app.models import (
    Attempt,
    AuditEvent,
    LinkSettings,
    PassbackState,
    Placement,
    Registration,
    ResourceLink,
    Role,
    User,
)
from lti_app.services.claims import claim
from lti_app.services.columns import ONLY, OUTSIDE, Kind, columns, is_apart, kind_of_columns
from lti_app.services.delivery import deliver, read
from lti_app.services.giving_extra import Extra, give
from lti_app.services.grading import CountedScore, Rule, WhichAttempt, counted_of, counted_parts
from lti_app.services.grading_by_hand import grade_answer
from lti_app.services.launches import open_launch
from lti_app.services.outcomes import Outcome
from lti_app.services.passback import status
from lti_app.services.quizzes import publish
from lti_app.services.refusals import Problem
from lti_app.services.regrading import plan_regrade, regrade
from lti_app.services.sending_again import Which, send_again, tries
from tests.lti_app.gradebook_server import GradebookServer, Reply, serving_gradebook
from tests.lti_app.school import School, open_school
from tests.lti_app.sections import APART, BLUE, DEEP, LOOKING, READING, RIGHT, SALT, WET

READ, LOOKED, REST = "Quiz: Reading", "Quiz: Section 2", "Quiz: Other questions"
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def gradebook() -> Iterator[GradebookServer]:
    with serving_gradebook() as gradebook:
        yield gradebook


@pytest.fixture
def school(database_url: str, gradebook: GradebookServer) -> Iterator[School]:
    """A school whose quiz has its sections graded apart, and whose LMS lets the tool make columns."""
    school = open_school(database_url, lineitem_url=None, token_url=gradebook.token_url)
    ensure_key(school.database)
    set_link(school, lineitems_url=gradebook.lineitems_url, ags_scopes=[SCORE_SCOPE, LINE_ITEM_SCOPE])
    edit(school, APART)
    yield school
    school.database.close()


def set_link(school: School, **fields: object) -> None:
    with school.database.writing() as session:
        session.execute(update(ResourceLink).values(**fields))


def edit(school: School, quiz: Quiz) -> None:
    with school.database.writing() as session:
        publish(session, quiz)


def deliver_all(school: School) -> list[Outcome]:
    """Bring what is wanted to the LMS, with the searches for columns that come before it; return what became of it.

    A moment later: a second grade of one second waits for the next.
    """
    outcomes = []
    for _ in range(2):
        school.fast_forward()
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=1)):
            claims = claim(school.database, school.config, 20)
            outcomes = [deliver(school.database, school.config, claimed) for claimed in claims] or outcomes
    return outcomes


@contextmanager
def counted_queries(school: School) -> Iterator[list[str]]:
    """Note the queries that are made meanwhile."""
    made: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        made.append(statement)

    event.listen(school.database.engine, "before_cursor_execute", note)
    yield made
    event.remove(school.database.engine, "before_cursor_execute", note)


def titles(school: School) -> list[str]:
    with school.database.reading() as session:
        return [column.title for column in columns(session, school.link(session))]


def kind(school: School) -> Kind:
    with school.database.reading() as session:
        return kind_of_columns(session, school.link(session))


def sent(school: School) -> dict[str, int]:
    """How many changes of each column's grade the LMS has heard of."""
    return {row.section_id: row.sent_revision for row in school.passbacks()}


def audited(school: School, action: str) -> list[dict[str, object]]:
    with school.database.reading() as session:
        found = session.scalars(select(AuditEvent).where(AuditEvent.action == action).order_by(AuditEvent.id))
        return [event.details for event in found]


def test_each_section_s_points_go_to_a_column_of_its_own(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student(), {**RIGHT, "wet": [1]})
    assert gradebook.columns_made == 0  # not in the student's request
    assert deliver_all(school) == [Outcome.SENT] * 3
    assert gradebook.points("ada") == {READ: (2, 3), LOOKED: (3, 3), REST: (4, 4)}
    made = {item["label"]: item for item in gradebook.line_items}
    assert [made[label]["scoreMaximum"] for label in (READ, LOOKED, REST)] == [3, 3, 4]
    ids = [(made[label]["resourceId"], made[label]["tag"]) for label in (READ, LOOKED, REST)]
    assert ids == [
        ("quizferry-sea__reading", "section"),
        ("quizferry-sea__looking", "section"),
        ("quizferry-sea", "rest"),
    ]
    # As soon as a second is tied to the link Moodle's launches name none, and Canvas shows one in its gradebook.
    assert not any("resourceLinkId" in item for item in gradebook.line_items)


def test_what_many_deliveries_need_is_read_in_as_many_queries_as_for_one(school: School) -> None:
    for name in ("Ada", "Ben", "Cleo", "Dan"):
        school.submit(school.student(name), RIGHT)
    claims = claim(school.database, school.config, 12)
    assert len(claims) == 12
    with counted_queries(school) as of_one:
        read(school.database, claims[:1])
    with counted_queries(school) as of_many:
        assert all(errand.score is not None for errand in read(school.database, claims))
    assert len(of_many) == len(of_one)


def test_later_grades_find_the_columns(school: School, gradebook: GradebookServer) -> None:
    for name in ("Ada", "Ben"):
        school.submit(school.student(name), RIGHT)
        deliver_all(school)
    assert gradebook.columns_made == 3
    assert gradebook.points("ben") == gradebook.points("ada")


def test_columns_are_found_again_after_a_copy_of_the_course_with_other_titles(
    school: School, gradebook: GradebookServer
) -> None:
    found = [("looking", "section"), ("reading", "section")]
    gradebook.line_items = [
        {"id": f"{gradebook.url}/lineitems/{n}?type=2", "label": "?", "resourceId": f"quizferry-sea__{one}", "tag": tag}
        for n, (one, tag) in enumerate(found, start=1)
    ]
    # The LMS has a column for the link itself, too, and one that another section of that name would have.
    gradebook.line_items.append({"id": f"{gradebook.url}/lineitems/3?type=2", "label": "Quiz", "resourceLinkId": "r"})
    gradebook.columns_made = 3
    edit(school, replace(APART, title="Water", parts=(replace(READING, title="Books"), BLUE, LOOKING)))
    school.submit(school.student(), RIGHT)
    deliver_all(school)
    assert gradebook.columns_made == 4
    assert [gradebook.by_column[n, "ada"]["scoreGiven"] for n in (1, 2, 4)] == [3, 3, 4]
    assert (3, "ada") not in gradebook.by_column


def test_nothing_goes_to_the_column_of_the_link_itself(school: School, gradebook: GradebookServer) -> None:
    set_link(school, lineitem_url=f"{gradebook.url}/lineitems/9?type=2")
    assert kind(school) is Kind.APART
    school.submit(school.student(), RIGHT)
    deliver_all(school)
    assert sorted(gradebook.points("ada")) == [REST, READ, LOOKED]
    assert {row.section_id for row in school.passbacks()} == {"reading", "looking", OUTSIDE}


@pytest.mark.parametrize("allowed", [False, True])
def test_an_lms_that_lets_the_tool_make_no_columns_or_shows_none_of_them_gets_one_grade(
    school: School, gradebook: GradebookServer, *, allowed: bool
) -> None:
    set_link(school, lineitem_url=gradebook.lineitem_url)
    if allowed:
        with school.database.writing() as session:
            openedx = "https://courses.example/api/lti_consumer/v1/launch/"
            session.execute(update(Registration).values(auth_login_url=openedx))
    else:
        set_link(school, ags_scopes=[SCORE_SCOPE])
    assert kind(school) is Kind.NOT_ALLOWED
    school.submit(school.student(), {**RIGHT, "wet": [1]})
    deliver_all(school)
    assert (gradebook.scores["ada"]["scoreGiven"], gradebook.scores["ada"]["scoreMaximum"]) == (9, 10)
    assert sent(school) == {"": 1}


def test_with_the_first_grade_the_kind_of_columns_is_fixed(school: School, gradebook: GradebookServer) -> None:
    edit(school, replace(APART, settings=Settings()))
    assert kind(school) is Kind.WHOLE
    school.submit(school.student(), RIGHT)
    edit(school, APART)
    assert kind(school) is Kind.TOO_LATE
    school.submit(school.student("Ben"), RIGHT)
    deliver_all(school)
    assert [item["label"] for item in gradebook.line_items] == ["Quiz"]
    assert gradebook.points("ben") == {"Quiz": (10, 10)}


def test_sections_stay_apart_when_the_setting_is_taken_away_later(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student(), RIGHT)
    edit(school, replace(APART, settings=Settings()))
    assert kind(school) is Kind.APART
    school.submit(school.student("Ben"), RIGHT)
    deliver_all(school)
    assert gradebook.points("ben") == {READ: (3, 3), LOOKED: (3, 3), REST: (4, 4)}


def test_before_the_first_grade_the_columns_follow_the_quiz(school: School) -> None:
    assert titles(school) == ["Reading", "Section 2", "Other questions"]
    edit(school, replace(APART, parts=(READING, Section(id="looking", title="Look", parts=(SALT, BLUE)))))
    assert titles(school) == ["Reading", "Look"]
    edit(school, replace(APART, settings=Settings()))
    assert titles(school) == [""]


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


def test_the_columns_share_the_points_that_the_teacher_gave_the_quiz(
    school: School, gradebook: GradebookServer
) -> None:
    with school.database.writing() as session:
        link = school.link(session)
        session.add(Placement(id="p1", course_id=link.course_id, quiz_id="sea", title="T", points=Decimal(5)))
        link.settings = LinkSettings(placement_id="p1", points=Decimal(5))
    school.submit(school.student(), {**RIGHT, "depth": [0]})
    deliver_all(school)
    assert {item["label"]: item["scoreMaximum"] for item in gradebook.line_items} == {READ: 1.5, LOOKED: 1.5, REST: 2}
    assert gradebook.points("ada") == {READ: (Decimal("0.5"), Decimal("1.5")), LOOKED: (1.5, 1.5), REST: (2, 2)}


def test_a_quiz_without_a_grade_has_no_columns(school: School) -> None:
    with school.database.writing() as session:
        school.link(session).settings = LinkSettings(placement_id="p1", points=None)
    school.submit(school.student(), RIGHT)
    assert school.passbacks() == []
    assert (titles(school), kind(school)) == ([""], Kind.WHOLE)


def test_of_first_grades_that_come_at_once_each_has_its_rows(school: School) -> None:
    launches = [school.student(name) for name in ("Ada", "Ben", "Cleo", "Dan")]
    together = threading.Barrier(len(launches))

    def submit(launch_id: str) -> None:
        together.wait()
        school.submit(launch_id, RIGHT)

    with ThreadPoolExecutor(len(launches)) as pool:
        list(pool.map(submit, launches))
    rows = {(row.user_id, row.section_id): row.wanted_revision for row in school.passbacks()}
    assert len(rows) == 12
    assert set(rows.values()) == {1}


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


def test_what_waits_for_a_section_that_is_gone_is_not_needed(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student(), RIGHT)
    edit(school, replace(APART, parts=(READING,)))
    deliver_all(school)
    assert sorted(gradebook.points("ada")) == [READ]
    states = {row.section_id: (row.state, row.last_problem) for row in school.passbacks()}
    assert states["looking"] == (PassbackState.NOT_NEEDED, Problem.SECTION_GONE)
    assert states["reading"] == (PassbackState.SENT, "")


def test_each_column_has_its_own_state_tries_and_sending_again(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student(), RIGHT)
    gradebook.script += [Reply(400), Reply(200), Reply(200)]
    deliver_all(school)
    with school.database.writing() as session:
        link, ada = school.link(session), session.scalars(select(User)).one()
        now = {grade.column.title: grade.state for grade in status(session, link, ada)}
        assert now == {"Reading": "failed", "Section 2": "sent", "Other questions": "sent"}
        made = tries(session, link, ada)
        assert sorted((one.column.title, one.taken) for one in made) == [
            ("Other questions", True),
            ("Reading", False),
            ("Section 2", True),
        ]
        assert send_again(session, link, ada, Which.STUCK) == 1
        assert send_again(session, link, ada, Which.ONE, ada.id, "looking") == 1
        assert send_again(session, link, ada, Which.ALL) == 3
    assert {row.section_id: row.wanted_revision for row in school.passbacks()} == {"reading": 3, "looking": 3, "-": 2}
    assert [one.get("section") for one in audited(school, "grade.sent_again")][:2] == ["reading", "looking"]


def test_a_column_that_is_deleted_is_made_again_with_all_its_grades(school: School, gradebook: GradebookServer) -> None:
    for name in ("Ada", "Ben"):
        school.submit(school.student(name), RIGHT)
        deliver_all(school)
    gone = next(item for item in gradebook.line_items if item["label"] == READ)
    gradebook.line_items.remove(gone)
    with school.database.writing() as session:
        ada = session.scalars(select(User).where(User.sub == "ada")).one()
        send_again(session, school.link(session), ada, Which.ONE, ada.id, "reading")
    gradebook.script.append(Reply(404))
    for _ in range(3):
        deliver_all(school)
    assert gradebook.columns_made == 4
    assert {sub for column, sub in gradebook.by_column if column == 4} == {"ada", "ben"}
    assert {row.lineitem_url for row in school.passbacks() if row.section_id != "reading"} == {
        item["id"] for item in gradebook.line_items if item["label"] != READ
    }


def test_grades_from_before_the_lms_let_the_tool_make_columns_are_sent_once_it_does(
    school: School, gradebook: GradebookServer
) -> None:
    set_link(school, lineitems_url=None)
    school.submit(school.student(), RIGHT)
    assert school.passbacks() == []
    with school.database.writing() as session:
        course = school.link(session).course
        claims = LaunchClaims(
            registration_id=course.deployment.registration_id,
            deployment_id=course.deployment_id,
            context_id=course.context_id,
            sub="teacher",
            role=Role.INSTRUCTOR,
            resource_link_id="r",
            lineitems_url=gradebook.lineitems_url,
            ags_scopes=(SCORE_SCOPE, LINE_ITEM_SCOPE),
        )
        open_launch(session, claims, school.config)
        open_launch(session, claims, school.config)
    assert [(row.section_id, row.wanted_revision) for row in school.passbacks()] == [
        ("reading", 1),
        ("looking", 1),
        (OUTSIDE, 1),
    ]


def test_a_link_that_asks_for_nothing_special_has_one_column(school: School) -> None:
    edit(school, replace(APART, settings=Settings()))
    with school.database.reading() as session:
        assert columns(session, school.link(session)) == (ONLY,)


@pytest.mark.parametrize(
    ("asked_for", "kept", "apart"),
    [(True, None, True), (False, None, False), (True, False, False), (False, True, True)],
)
def test_a_link_is_placed_without_a_column_where_its_sections_have_theirs(
    school: School, *, asked_for: bool, kept: bool | None, apart: bool
) -> None:
    edit(school, replace(APART, settings=Settings(grade_sections_apart=asked_for)))
    with school.database.writing() as session:
        link = school.link(session)
        placement = Placement(id="p1", course_id=link.course_id, quiz_id="sea", title="T", points=Decimal(5))
        session.add(placement)
        link.settings, link.graded_apart = LinkSettings(placement_id="p1", points=Decimal(5)), kept
        session.flush()
        assert is_apart(session, placement) is apart


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
