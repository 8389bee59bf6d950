from fractions import Fraction

from sqlalchemy import event, select

from lti_app.models import Launch, User
from lti_app.services.attempts import start_attempt
from lti_app.services.gradebook import gradebook
from lti_app.services.passback import GradeState
from tests.lti_app.school import ALL_RIGHT, HALF_RIGHT, School


def test_the_gradebook_has_a_row_for_each_student_who_began(school: School) -> None:
    ada, ben, _cleo = (school.student(name) for name in ("ada", "Ben", "Cleo"))
    school.submit(ada, HALF_RIGHT)
    school.submit(ada, ALL_RIGHT)
    with school.database.writing() as session:
        for launch_id in (ben, ada):
            start_attempt(session, session.get_one(Launch, launch_id))
    with school.database.reading() as session:
        first, second = gradebook(session, school.link(session))
    assert (first.user.name, [one.number for one in first.attempts]) == ("ada", [1, 2, 3])
    assert first.score is not None
    assert (first.score.points, first.score.attempt_number) == (Fraction(4), 2)
    assert [grade.state for grade in first.grades] == [GradeState.WAITING]
    assert (second.user.name, len(second.attempts), second.score) == ("Ben", 1, None)
    assert [grade.state for grade in second.grades] == [GradeState.UNGRADED]


def test_students_without_a_name_come_last(school: School) -> None:
    for name in ("Zoe", "Ada", "Max"):
        school.submit(school.student(name), ALL_RIGHT)
    with school.database.writing() as session:
        session.scalars(select(User).where(User.sub == "ada")).one().name = ""
    with school.database.reading() as session:
        assert [row.user.sub for row in gradebook(session, school.link(session))] == ["max", "zoe", "ada"]


def test_the_gradebook_asks_the_database_as_often_for_many_students_as_for_one(school: School) -> None:
    def statements() -> int:
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
            seen.append(statement)

        with school.database.reading() as session:
            link = school.link(session)
            event.listen(school.database.engine, "before_cursor_execute", note)
            for row in gradebook(session, link):
                assert row.user.name
            event.remove(school.database.engine, "before_cursor_execute", note)
        return len(seen)

    school.submit(school.student("Ada"), ALL_RIGHT)
    alone = statements()
    for name in ("Ben", "Cleo", "Dan"):
        school.submit(school.student(name), HALF_RIGHT)
    assert statements() == alone
