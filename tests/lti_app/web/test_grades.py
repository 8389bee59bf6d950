"""Where each grade is, sending again, and comparing with the LMS: the teacher's pages."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from lti_app.lti.ags import SCORE_SCOPE
from lti_app.lti.keys import ensure_key
from lti_app.lti.results import RESULT_SCOPE
from lti_app.models import DeliveryTry, GradePassback, PassbackState, Registration, Role, User, utcnow
from lti_app.services.refusals import SENTENCES, Problem
from tests.lti_app.platform import Answer, Platform, running_platform
from tests.lti_app.web.classroom import Classroom, Visitor, words
from tests.lti_app.web.quizzes import ALL_RIGHT, PARTLY_RIGHT

RESULTS = "/lineitems/1/results"


def user_id(classroom: Classroom, name: str) -> int:
    with classroom.database.reading() as session:
        return session.scalars(select(User.id).where(User.name == name)).one()


def states(classroom: Classroom) -> list[PassbackState]:
    with classroom.database.reading() as session:
        return list(session.scalars(select(GradePassback.state).order_by(GradePassback.id)))


def set_states(classroom: Classroom, state: PassbackState) -> None:
    with classroom.database.writing() as session:
        for row in session.scalars(select(GradePassback)):
            row.state, row.sent_at, row.due_at = state, utcnow(), None


class TestTries:
    def test_each_is_shown_with_its_status_and_what_to_do(
        self, classroom: Classroom, ada: Visitor, teacher: Visitor
    ) -> None:
        ada.take(**ALL_RIGHT)
        with classroom.database.writing() as session:
            (row,) = session.scalars(select(GradePassback))
            session.add(DeliveryTry(passback_id=row.id, number=1, problem=Problem.NOT_ALLOWED, status=403))
            session.add(DeliveryTry(passback_id=row.id, number=2, problem="", status=None))
        page = teacher.get("/teach/")
        path = f"/teach/students/{user_id(classroom, 'Ada')}/grade"
        assert f'href="{teacher.home}{path}"' in page
        text = words(teacher.get(path))
        assert text.index("The LMS took it") < text.index(SENTENCES[Problem.NOT_ALLOWED])
        assert f"403 {SENTENCES[Problem.NOT_ALLOWED]}" in text

    def test_before_the_first_it_says_so(self, classroom: Classroom, ada: Visitor, teacher: Visitor) -> None:
        ada.take(**ALL_RIGHT)
        assert "Nothing has been sent yet." in words(teacher.get(f"/teach/students/{user_id(classroom, 'Ada')}/grade"))

    def test_a_student_of_another_link_is_not_there(self, classroom: Classroom, teacher: Visitor) -> None:
        classroom.launch("Eve", quiz_id="sea", resource_link_id="week-2").take(**ALL_RIGHT)
        teacher.get(f"/teach/students/{user_id(classroom, 'Eve')}/grade", status=404)


class TestSendingAgain:
    def test_one_is_sent_again(self, classroom: Classroom, ada: Visitor, teacher: Visitor) -> None:
        ada.take(**ALL_RIGHT)
        classroom.launch("Ben").take(**ALL_RIGHT)
        set_states(classroom, PassbackState.SENT)
        answer = teacher.post("/teach/grades", which="one", user_id=user_id(classroom, "Ada"))
        assert answer.location.endswith("/grade")
        assert states(classroom) == [PassbackState.WAITING, PassbackState.SENT]

    def test_the_stuck_ones_have_a_button_that_says_how_many(
        self, classroom: Classroom, ada: Visitor, teacher: Visitor
    ) -> None:
        ada.take(**ALL_RIGHT)
        assert "stuck" not in words(teacher.get("/teach/"))
        set_states(classroom, PassbackState.FAILED)
        assert "Send the 1 stuck grade again" in words(teacher.get("/teach/"))
        teacher.post("/teach/grades", which="stuck")
        assert states(classroom) == [PassbackState.WAITING]

    def test_all_are_sent_again(self, classroom: Classroom, ada: Visitor, teacher: Visitor) -> None:
        ada.take(**ALL_RIGHT)
        set_states(classroom, PassbackState.NOT_NEEDED)
        teacher.post("/teach/grades", which="all")
        assert states(classroom) == [PassbackState.WAITING]

    @pytest.mark.parametrize("fields", [{}, {"which": "none"}, {"which": "one"}, {"which": "all", "user_id": 1}])
    def test_what_the_pages_do_not_send_is_refused(
        self, ada: Visitor, teacher: Visitor, fields: dict[str, Any]
    ) -> None:
        ada.take(**ALL_RIGHT)
        assert teacher.post("/teach/grades", **fields).status_code == 422

    def test_students_send_nothing(self, classroom: Classroom, ada: Visitor) -> None:
        ada.take(**ALL_RIGHT)
        set_states(classroom, PassbackState.SENT)
        assert ada.post("/teach/grades", which="all").status_code == 403
        assert states(classroom) == [PassbackState.SENT]


@pytest.fixture
def platform(classroom: Classroom) -> Iterator[Platform]:
    with running_platform() as platform:
        with classroom.database.writing() as session:
            session.get_one(Registration, classroom.registration_id).auth_token_url = platform.token_url
        object.__setattr__(classroom.config, "allow_private_addresses", True)
        ensure_key(classroom.database)
        yield platform


@pytest.fixture
def launch(classroom: Classroom, platform: Platform) -> Callable[..., Visitor]:
    """Has somebody launch from a course whose gradebook can be read."""

    def launch(name: str, role: Role = Role.LEARNER, scopes: tuple[str, ...] = (SCORE_SCOPE, RESULT_SCOPE)) -> Visitor:
        url = f"{platform.base_url}/lineitems/1"
        return classroom.launch(name, role, quiz_id="sea", lineitem_url=url, ags_scopes=scopes)

    return launch


def serve(platform: Platform, **scores: tuple[object, object]) -> None:
    """Have the gradebook answer with these scores and maxima, by name."""
    results = [
        {"userId": f"sub of {name}", "resultScore": score, "resultMaximum": maximum}
        for name, (score, maximum) in scores.items()
    ]
    platform.script[RESULTS].append(Answer.of_json(results))


class TestComparison:
    def test_what_agrees_within_the_rounding_of_gradebooks_is_the_same(
        self, classroom: Classroom, platform: Platform, launch: Callable[..., Visitor]
    ) -> None:
        launch("Ada").take(**PARTLY_RIGHT)
        set_states(classroom, PassbackState.SENT)
        serve(platform, Ada=(1.67, 4))
        text = words(launch("Grace", Role.INSTRUCTOR).get("/teach/compare"))
        assert "The gradebook has every grade as Quizferry counts it." in text
        assert "Replace" not in text

    def test_what_differs_is_shown_and_stays_until_the_teacher_says_so(
        self, classroom: Classroom, platform: Platform, launch: Callable[..., Visitor]
    ) -> None:
        for name in ("Ada", "Ben"):
            launch(name).take(**ALL_RIGHT)
        set_states(classroom, PassbackState.SENT)
        launch("Cleo").take(**ALL_RIGHT)
        serve(platform, Ada=(3, 4), Stranger=(2, 4))
        teacher = launch("Grace", Role.INSTRUCTOR)
        text = words(teacher.get("/teach/compare"))
        assert "4 of 4 grades differ. Nothing is changed until you say so." in text
        assert "Ada Here 4 LMS 3 of 4 Differs." in text
        assert "Ben Here 4 LMS – of 4 Gone." in text
        assert "Cleo Here 4 LMS – of 4 Quizferry’s grade has not arrived yet." in text
        assert "Somebody unknown here Here – LMS 2 of 4 Entered in the LMS" in text
        assert states(classroom)[:2] == [PassbackState.SENT, PassbackState.SENT]
        assert text.count("Replace it by Quizferry’s") == 2

    def test_a_changed_maximum_is_named(
        self, classroom: Classroom, platform: Platform, launch: Callable[..., Visitor]
    ) -> None:
        launch("Ada").take(**ALL_RIGHT)
        set_states(classroom, PassbackState.SENT)
        serve(platform, Ada=(4, 10))
        text = words(launch("Grace", Role.INSTRUCTOR).get("/teach/compare"))
        assert "column is worth 10 points in the LMS, while Quizferry sends scores out of 4" in text
        assert "Ada Here 10 LMS 4 of 10 Differs." in text

    @pytest.mark.parametrize(
        ("answer", "sentence"),
        [
            (Answer(status=404), "no longer in the LMS"),
            (Answer(status=403), "does not let Quizferry read"),
            (Answer(status=500), "did not tell its grades"),
        ],
    )
    def test_where_the_lms_tells_nothing_it_says_why(
        self, platform: Platform, launch: Callable[..., Visitor], answer: Answer, sentence: str
    ) -> None:
        platform.script[RESULTS] += [answer, answer]
        assert sentence in words(launch("Grace", Role.INSTRUCTOR).get("/teach/compare"))

    def test_without_the_right_to_read_the_lms_is_not_asked(self, launch: Callable[..., Visitor]) -> None:
        teacher = launch("Grace", Role.INSTRUCTOR, scopes=(SCORE_SCOPE,))
        assert "does not let Quizferry read" in words(teacher.get("/teach/compare"))


def test_points_are_compared_in_those_of_the_column(
    classroom: Classroom, platform: Platform, launch: Callable[..., Visitor]
) -> None:
    launch("Ada").take(**PARTLY_RIGHT)  # 5/12
    set_states(classroom, PassbackState.SENT)
    serve(platform, Ada=(float(Decimal("41.67")), 100))
    text = words(launch("Grace", Role.INSTRUCTOR).get("/teach/compare"))
    assert "Ada Here 41.67 LMS 41.67 of 100 The same" in text
