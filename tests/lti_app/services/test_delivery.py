import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from lti_app.models import GradePassback, PassbackState, Registration, utcnow
from lti_app.services.claims import LEASE, Claim, claim
from lti_app.services.delivery import deliver
from lti_app.services.outcomes import LONGEST_WAIT, Outcome
from lti_app.services.pacing import LONGEST_RETRY_AFTER
from lti_app.services.refusals import SENTENCES, Problem
from tests.lti_app.gradebook_server import GradebookServer, Reply
from tests.lti_app.graded import school
from tests.lti_app.school import ALL_RIGHT, HALF_RIGHT, School

__all__ = ["school"]

THIRD = Decimal("1.6666666667")


def deliver_due(school: School) -> list[Outcome]:
    return [deliver(school.database, school.config, claimed) for claimed in claim(school.database, school.config, 10)]


def row_of(school: School) -> GradePassback:
    (row,) = school.passbacks()
    return row


def test_a_grade_arrives_exactly_with_its_times(school: School, gradebook: GradebookServer) -> None:
    noon = datetime(2026, 3, 1, 12, 0, 0, 700_000, tzinfo=UTC)
    with time_machine.travel(noon, tick=False) as clock:
        school.submit(school.student(), HALF_RIGHT)
        clock.shift(3)
        assert deliver_due(school) == [Outcome.SENT]
    score = gradebook.scores["ada"]
    assert (score["scoreGiven"], score["scoreMaximum"]) == (THIRD, Decimal(4))
    assert (score["activityProgress"], score["gradingProgress"]) == ("Completed", "FullyGraded")
    assert score["timestamp"] == "2026-03-01T12:00:00.000Z"
    assert score["submission"]["submittedAt"] == "2026-03-01T12:00:00.700Z"
    row = row_of(school)
    assert (row.state, row.sent_revision, row.tries, row.last_error) == (PassbackState.SENT, 1, 1, "")
    assert row.sent_at == noon + timedelta(seconds=3)
    assert deliver_due(school) == []


def test_the_score_is_read_when_it_is_sent(school: School, gradebook: GradebookServer) -> None:
    launch_id = school.student()
    school.submit(launch_id, HALF_RIGHT)
    claims = claim(school.database, school.config, 10)
    with time_machine.travel(utcnow() + timedelta(seconds=2)):
        school.submit(launch_id, ALL_RIGHT)
        assert [deliver(school.database, school.config, one) for one in claims] == [Outcome.SENT]
    assert gradebook.log == [("ada", 4, 200)]
    assert row_of(school).sent_revision == 2


def test_a_grade_that_changes_while_it_is_sent_is_sent_again(school: School, gradebook: GradebookServer) -> None:
    launch_id = school.student()
    school.submit(launch_id, HALF_RIGHT)

    def submit_better() -> None:
        gradebook.during = lambda: None
        school.submit(launch_id, ALL_RIGHT)

    gradebook.during = submit_better
    assert deliver_due(school) == [Outcome.WAITING]
    row = row_of(school)
    assert (row.state, row.sent_revision, row.wanted_revision) == (PassbackState.WAITING, 1, 2)
    with time_machine.travel(row.due_at):
        assert deliver_due(school) == [Outcome.SENT]
    assert gradebook.log == [("ada", THIRD, 200), ("ada", 4, 200)]


def test_a_timestamp_never_lies_in_the_future(school: School, gradebook: GradebookServer) -> None:
    launch_id = school.student()
    with time_machine.travel(datetime(2026, 3, 1, 12, 0, 0, 100_000, tzinfo=UTC), tick=False) as clock:
        school.submit(launch_id, HALF_RIGHT)
        claims = claim(school.database, school.config, 10)
        school.submit(launch_id, ALL_RIGHT)  # wants a timestamp of a second later
        assert [deliver(school.database, school.config, one) for one in claims] == [Outcome.WAITING]
        assert gradebook.log == []
        assert deliver_due(school) == []
        clock.shift(0.9)
        assert deliver_due(school) == [Outcome.SENT]
    assert gradebook.scores["ada"]["timestamp"] == "2026-03-01T12:00:01.000Z"


def test_a_clock_that_is_set_back_costs_waiting_and_never_order(school: School, gradebook: GradebookServer) -> None:
    launch_id = school.student()
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with time_machine.travel(noon, tick=False) as clock:
        school.submit(launch_id, HALF_RIGHT)
        assert deliver_due(school) == [Outcome.SENT]
        clock.move_to(noon - timedelta(minutes=5))
        school.submit(launch_id, ALL_RIGHT)
        assert deliver_due(school) == []
        clock.move_to(noon + timedelta(seconds=1))
        assert deliver_due(school) == [Outcome.SENT]
    assert gradebook.log == [("ada", THIRD, 200), ("ada", 4, 200)]


@pytest.mark.parametrize("status", [0, 302, 307, 408, 425, 429, 500, 502, 503, 504])
def test_a_grade_waits_while_the_lms_is_in_trouble(school: School, gradebook: GradebookServer, status: int) -> None:
    gradebook.script.append(Reply(status))
    with time_machine.travel(utcnow(), tick=False):
        school.submit(school.student(), ALL_RIGHT)
        assert deliver_due(school) == [Outcome.WAITING]
        row = row_of(school)
        assert (row.state, row.failures, row.last_status) == (PassbackState.WAITING, 1, status or None)
        assert "keeps trying" in row.last_error
        assert row.due_at > utcnow()
    school.fast_forward()
    assert deliver_due(school) == [Outcome.SENT]
    row = row_of(school)
    assert (row.state, row.failures, row.last_status, row.last_error) == (PassbackState.SENT, 0, None, "")
    assert len({timestamp for _, timestamp in gradebook.timestamps}) == 1  # a retry is the same score


def test_a_grade_waits_for_an_lms_that_is_gone(school: School) -> None:
    with school.database.writing() as session:
        session.get_one(Registration, 1).auth_token_url = "http://127.0.0.1:9/token"
    school.submit(school.student(), ALL_RIGHT)
    assert deliver_due(school) == [Outcome.WAITING]
    assert row_of(school).last_error == "The LMS does not answer at the moment; Quizferry keeps trying."


def test_waits_double_with_a_spread_up_to_a_day(school: School, gradebook: GradebookServer) -> None:
    gradebook.always = Reply(503)
    school.submit(school.student(), ALL_RIGHT)
    waits = []
    with time_machine.travel(utcnow(), tick=False) as clock:
        for _ in range(18):
            assert deliver_due(school) == [Outcome.WAITING]
            waits.append(row_of(school).due_at - utcnow())
            clock.move_to(row_of(school).due_at)
    for failures, wait in enumerate(waits):
        longest = min(timedelta(seconds=2 * 2**failures), LONGEST_WAIT)
        assert longest / 2 <= wait <= longest
    assert waits[-1] >= LONGEST_WAIT / 2
    assert row_of(school).failures == 18


def test_rows_that_fail_together_do_not_come_back_together(school: School, gradebook: GradebookServer) -> None:
    gradebook.always = Reply(500)
    for name in ("Ada", "Ben", "Cleo", "Dan"):
        school.submit(school.student(name), ALL_RIGHT)
    with time_machine.travel(utcnow() + timedelta(seconds=2), tick=False):
        deliver_due(school)
    assert len({row.due_at for row in school.passbacks()}) == 4


@pytest.mark.parametrize(
    ("asked", "shortest", "longest"),
    [("120", timedelta(seconds=120), timedelta(seconds=132)), ("99999999", LONGEST_RETRY_AFTER, timedelta(hours=27))],
)
def test_retry_after_is_obeyed_within_reason(
    school: School, gradebook: GradebookServer, asked: str, shortest: timedelta, longest: timedelta
) -> None:
    gradebook.script.append(Reply(503, {"Retry-After": asked}))
    school.submit(school.student(), ALL_RIGHT)
    with time_machine.travel(utcnow(), tick=False):
        assert deliver_due(school) == [Outcome.WAITING]
        assert shortest <= row_of(school).due_at - utcnow() <= longest


@pytest.mark.parametrize("status", [400, 405, 413, 422])
def test_a_grade_that_the_lms_will_never_take_fails_with_a_sentence(
    school: School, gradebook: GradebookServer, status: int
) -> None:
    gradebook.always = Reply(status, body="<h1>User could not be found</h1>")
    school.submit(school.student(), ALL_RIGHT)
    assert deliver_due(school) == [Outcome.FAILED]
    row = row_of(school)
    assert (row.state, row.last_problem, row.last_status) == (PassbackState.FAILED, Problem.REFUSED, status)
    assert (row.last_error, row.due_at) == (SENTENCES[Problem.REFUSED], None)
    school.fast_forward()
    assert deliver_due(school) == []


@pytest.mark.parametrize(
    ("status", "problem"),
    [(403, Problem.NOT_ALLOWED), (404, Problem.COLUMN_GONE), (410, Problem.COLUMN_GONE)],
)
def test_a_grade_whose_way_is_barred_waits_for_a_person_and_is_tried_now_and_then(
    school: School, gradebook: GradebookServer, status: int, problem: Problem
) -> None:
    gradebook.always = Reply(status)
    school.submit(school.student(), ALL_RIGHT)
    waits = []
    with time_machine.travel(utcnow() + timedelta(seconds=1), tick=False) as clock:
        for _ in range(10):
            assert deliver_due(school) == [Outcome.BLOCKED]
            row = row_of(school)
            assert (row.state, row.last_problem, row.last_status) == (PassbackState.BLOCKED, problem, status)
            assert row.last_error == SENTENCES[problem]
            assert row.due_at is not None
            waits.append(row.due_at - utcnow())
            clock.move_to(row.due_at)
        gradebook.always = None
        assert deliver_due(school) == [Outcome.SENT]
    assert timedelta(minutes=5) <= waits[0] <= timedelta(minutes=10)
    assert LONGEST_WAIT / 2 <= waits[-1] <= LONGEST_WAIT
    assert (row_of(school).last_problem, row_of(school).last_error, row_of(school).due_at) == ("", "", None)


def test_a_student_who_left_needs_no_grade(school: School, gradebook: GradebookServer) -> None:
    be(school, "moodle")
    gradebook.always = Reply(400, body="[]")
    school.submit(school.student(), ALL_RIGHT)
    assert deliver_due(school) == [Outcome.NOT_NEEDED]
    row = row_of(school)
    assert (row.state, row.last_problem, row.due_at) == (PassbackState.NOT_NEEDED, Problem.NO_STUDENT, None)


def be(school: School, family: str) -> None:
    """Have the school's LMS be of this kind."""
    with school.database.writing() as session:
        session.get_one(Registration, 1).product_family = family


def test_a_refusal_of_an_older_grade_does_not_fail_the_newer_one(school: School, gradebook: GradebookServer) -> None:
    launch_id = school.student()
    school.submit(launch_id, HALF_RIGHT)
    gradebook.script.append(Reply(422))
    gradebook.during = lambda: school.submit(launch_id, ALL_RIGHT) if len(gradebook.log) == 1 else None
    assert deliver_due(school) == [Outcome.WAITING]
    school.fast_forward()
    with time_machine.travel(utcnow() + timedelta(seconds=2)):
        assert deliver_due(school) == [Outcome.SENT]


def test_a_newer_score_that_is_not_ours_stays_and_the_teacher_is_told(
    school: School, gradebook: GradebookServer
) -> None:
    gradebook.scores["ada"] = {"timestamp": "2999-01-01T00:00:00Z"}
    school.submit(school.student(), ALL_RIGHT)
    gradebook.script.append(Reply(429))  # which says that nothing was stored
    assert deliver_due(school) == [Outcome.WAITING]
    school.fast_forward()
    assert deliver_due(school) == [Outcome.NOT_NEEDED]
    row = row_of(school)
    assert (row.state, row.last_status, row.sent_revision) == (PassbackState.NOT_NEEDED, 409, 0)
    assert row.last_error == SENTENCES[Problem.NEWER_THERE]


def test_a_score_that_a_dead_worker_had_sent_is_known_by_its_echo(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student(), ALL_RIGHT)
    (dead,) = claim(school.database, school.config, 1)
    gradebook.during = school.fast_forward  # its lease runs out before it can store what it heard
    with school.database.writing() as session:
        row = session.get_one(GradePassback, 1)
    deliver(school.database, school.config, dead)
    with school.database.writing() as session:
        again = session.get_one(GradePassback, 1)
        again.state, again.due_at, again.sent_revision, again.unheard = PassbackState.SENDING, row.wanted_at, 0, 1
    assert deliver_due(school) == [Outcome.SENT]
    assert gradebook.log == [("ada", 4, 200), ("ada", 4, 409)]


def test_a_score_that_was_stored_before_the_connection_broke_is_not_stored_twice(
    school: School, gradebook: GradebookServer
) -> None:
    gradebook.script.append(Reply(0, after_storing=True))
    school.submit(school.student(), ALL_RIGHT)
    assert deliver_due(school) == [Outcome.WAITING]
    school.fast_forward()
    assert deliver_due(school) == [Outcome.SENT]
    assert gradebook.log == [("ada", 4, 0), ("ada", 4, 409)]


def test_a_token_is_kept_and_renewed_once_when_it_is_taken_no_more(school: School, gradebook: GradebookServer) -> None:
    launches = [school.student(name) for name in ("Ada", "Ben", "Cleo")]
    school.submit(launches[0], ALL_RIGHT)
    deliver_due(school)
    school.submit(launches[1], ALL_RIGHT)
    deliver_due(school)
    assert gradebook.tokens_given == 1
    gradebook.revoke_tokens()
    school.submit(launches[2], ALL_RIGHT)
    assert deliver_due(school) == [Outcome.SENT]
    assert [status for _, _, status in gradebook.log] == [200, 200, 401, 200]


@pytest.mark.parametrize("where", ["token_script", "script"])
def test_grades_wait_for_the_admin_of_an_lms_that_does_not_let_the_tool_in(
    school: School, gradebook: GradebookServer, where: str
) -> None:
    getattr(gradebook, where).append(Reply(401))
    school.submit(school.student(), ALL_RIGHT)
    assert deliver_due(school) == [Outcome.BLOCKED]
    assert "admin" in row_of(school).last_error
    school.fast_forward()
    assert deliver_due(school) == [Outcome.SENT]


def test_claims_take_the_longest_due_first_and_no_row_twice(school: School) -> None:
    with time_machine.travel(utcnow() - timedelta(minutes=1)):
        for name in ("Ada", "Ben", "Cleo"):
            school.submit(school.student(name), ALL_RIGHT)
    assert claim(school.database, school.config, 2) == [Claim(1, 1), Claim(2, 1)]
    assert claim(school.database, school.config, 0) == []
    assert claim(school.database, school.config, 2) == [Claim(3, 1)]
    assert claim(school.database, school.config, 2) == []


def test_workers_that_claim_at_once_share_the_rows(school: School) -> None:
    for number in range(8):
        school.submit(school.student(f"S{number}"), ALL_RIGHT)
    together = threading.Barrier(4)

    def work() -> list[Claim]:
        together.wait()
        return [claimed for _ in range(5) for claimed in claim(school.database, school.config, 2)]

    with ThreadPoolExecutor(4) as pool:
        claims = [claimed for future in [pool.submit(work) for _ in range(4)] for claimed in future.result()]
    assert sorted(claims) == [Claim(row.id, 1) for row in school.passbacks()]


def test_a_row_whose_worker_died_is_free_when_the_lease_ends(school: School) -> None:
    school.submit(school.student(), ALL_RIGHT)
    with time_machine.travel(utcnow() + timedelta(seconds=1), tick=False) as clock:
        assert claim(school.database, school.config, 1) == [Claim(1, 1)]
        clock.shift(LEASE - timedelta(seconds=1))
        assert claim(school.database, school.config, 1) == []
        clock.shift(timedelta(seconds=1))
        assert claim(school.database, school.config, 1) == [Claim(1, 2)]


def test_a_worker_that_was_taken_for_dead_changes_nothing(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student(), ALL_RIGHT)
    (late,) = claim(school.database, school.config, 1)
    school.fast_forward()
    (second,) = claim(school.database, school.config, 1)
    assert deliver(school.database, school.config, late) is Outcome.LOST
    assert gradebook.log == []
    assert deliver(school.database, school.config, second) is Outcome.SENT
    assert deliver(school.database, school.config, second) is Outcome.LOST
    assert len(gradebook.log) == 1


@pytest.mark.parametrize("status", [200, 409, 422, 503])
def test_a_worker_whose_lease_ends_while_it_sends_changes_nothing(
    school: School, gradebook: GradebookServer, status: int
) -> None:
    school.submit(school.student(), ALL_RIGHT)
    (slow,) = claim(school.database, school.config, 1)
    gradebook.script.append(Reply(status))

    def take_over() -> None:
        gradebook.during = lambda: None
        school.fast_forward()
        assert claim(school.database, school.config, 1) == [Claim(1, 2)]

    gradebook.during = take_over
    assert deliver(school.database, school.config, slow) is Outcome.LOST
    row = row_of(school)
    assert (row.state, row.tries, row.sent_revision, row.failures) == (PassbackState.SENDING, 2, 0, 0)
    assert deliver(school.database, school.config, Claim(1, 2)) is Outcome.SENT


def test_clocks_that_differ_by_two_seconds_cost_waiting_and_never_order(
    school: School, gradebook: GradebookServer
) -> None:
    launch_id = school.student()
    ahead = datetime(2027, 3, 1, 12, 0, 2, tzinfo=UTC)
    behind = ahead - timedelta(seconds=2)
    with time_machine.travel(ahead, tick=False):
        school.submit(launch_id, HALF_RIGHT)
        (claimed,) = claim(school.database, school.config, 1)
    with time_machine.travel(behind, tick=False) as clock:
        assert deliver(school.database, school.config, claimed) is Outcome.WAITING
        school.submit(launch_id, ALL_RIGHT)
        assert deliver_due(school) == []
        assert gradebook.log == []
        clock.shift(3)
        assert deliver_due(school) == [Outcome.SENT]
    assert gradebook.log == [("ada", 4, 200)]
    assert gradebook.scores["ada"]["timestamp"] == "2027-03-01T12:00:03.000Z"
