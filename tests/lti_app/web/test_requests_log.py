"""One number ties the log of a request together, to the delivery of its grade."""

import pytest
from sqlalchemy import select
from structlog.contextvars import get_contextvars
from structlog.testing import capture_logs

from lti_app.models import GradePassback
from tests.lti_app.web.classroom import Classroom, Visitor
from tests.lti_app.web.quizzes import ALL_RIGHT


def test_every_answer_says_its_number(ada: Visitor) -> None:
    first, second = (ada.client.get(ada.home + "/").headers["X-Request-ID"] for _ in range(2))
    assert len(first) == 16
    assert first != second


def test_the_number_of_a_proxy_is_taken_over(ada: Visitor) -> None:
    answer = ada.client.get(ada.home + "/", headers={"X-Request-ID": "0af7651916cd43dd"})
    assert answer.headers["X-Request-ID"] == "0af7651916cd43dd"


@pytest.mark.parametrize("number", ["short", "x" * 65, "a b c d e f", '"},{"level":"error'])
def test_a_number_that_could_forge_the_log_is_not(ada: Visitor, number: str) -> None:
    assert ada.client.get(ada.home + "/", headers={"X-Request-ID": number}).headers["X-Request-ID"] != number


def test_a_grade_remembers_the_request_that_submitted_it(classroom: Classroom, ada: Visitor) -> None:
    with capture_logs() as log:
        number = ada.take(**ALL_RIGHT).headers["X-Request-ID"]
    with classroom.database.reading() as session:
        assert session.scalars(select(GradePassback.request_id)).one() == number
    assert [line["status"] for line in log if line["event"] == "request"] == [303, 303]
    assert get_contextvars()["launch"] == ada.launch_id
