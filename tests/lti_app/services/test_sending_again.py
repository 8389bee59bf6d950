from sqlalchemy import select

from lti_app.models import AuditEvent, PassbackState, User
from lti_app.services.claims import claim
from lti_app.services.delivery import deliver
from lti_app.services.refusals import SENTENCES, Problem
from lti_app.services.sending_again import Try, Which, send_again, tries
from tests.lti_app.gradebook_server import GradebookServer, Reply
from tests.lti_app.graded import school
from tests.lti_app.school import ALL_RIGHT, School

__all__ = ["school"]


def deliver_due(school: School) -> None:
    school.fast_forward()
    for claimed in claim(school.database, school.config, 10):
        deliver(school.database, school.config, claimed)


def user(school: School, name: str) -> User:
    with school.database.reading() as session:
        return session.scalars(select(User).where(User.name == name)).one()


def tries_of(school: School, name: str) -> list[Try]:
    with school.database.reading() as session:
        return tries(session, school.link(session), user(school, name))


def ask(school: School, which: Which, user_id: int | None = None) -> int:
    with school.database.writing() as session:
        return send_again(session, school.link(session), user(school, "Ada"), which, user_id)


def test_every_try_is_kept_with_what_came_of_it(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student(), ALL_RIGHT)
    gradebook.script += [Reply(503), Reply(0)]
    for _ in range(3):
        deliver_due(school)
    latest, silent, refused = tries_of(school, "Ada")
    assert (latest.taken, latest.sentence) == (True, "")
    assert (silent.taken, silent.status, silent.sentence) == (False, None, SENTENCES[Problem.NO_ANSWER])
    assert (refused.taken, refused.status, refused.sentence) == (False, 503, SENTENCES[Problem.IN_TROUBLE])
    assert refused.at <= silent.at <= latest.at


def test_one_grade_sent_again_has_a_new_timestamp_so_that_the_lms_takes_it(
    school: School, gradebook: GradebookServer
) -> None:
    for name in ("Ada", "Ben"):
        school.submit(school.student(name), ALL_RIGHT)
    deliver_due(school)
    first = school.passbacks()[0].wanted_at
    assert ask(school, Which.ONE, user(school, "Ada").id) == 1
    ada, ben = school.passbacks()
    assert (ada.state, ben.state) == (PassbackState.WAITING, PassbackState.SENT)
    assert ada.wanted_at > first


def test_the_stuck_ones_are_sent_again_and_no_others(school: School, gradebook: GradebookServer) -> None:
    for name in ("Ada", "Ben", "Cleo"):
        school.submit(school.student(name), ALL_RIGHT)
    gradebook.script += [Reply(200), Reply(418), Reply(404)]
    deliver_due(school)
    states = [row.state for row in school.passbacks()]
    assert sorted(states) == [PassbackState.BLOCKED, PassbackState.FAILED, PassbackState.SENT]
    assert ask(school, Which.STUCK) == 2
    assert [row.state is PassbackState.SENT for row in school.passbacks()] == [
        state is PassbackState.SENT for state in states
    ]


def test_all_are_sent_again_and_the_trail_says_by_whom(school: School, gradebook: GradebookServer) -> None:
    for name in ("Ada", "Ben"):
        school.submit(school.student(name), ALL_RIGHT)
    deliver_due(school)
    assert ask(school, Which.ALL) == 2
    assert [row.wanted_revision for row in school.passbacks()] == [2, 2]
    with school.database.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [(event.action, event.details) for event in events] == [("grade.sent_again", {"which": "all"})] * 2
    assert events[0].actor == f"user {user(school, 'Ada').id} (Ada)"
    assert [event.user_id for event in events] == [row.user_id for row in school.passbacks()]
