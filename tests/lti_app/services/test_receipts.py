from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from lti_app.models import Attempt, Course, ToolSecret
from lti_app.services.receipt_codes import write_code
from lti_app.services.receipts import Finding, check_receipt, receipt_of, sign_text
from lti_app.services.signing import ensure_secret
from tests.lti_app.school import ALL_RIGHT, School

HERE, ELSEWHERE = 1, 2


def attempt_of(session: Session) -> Attempt:
    return session.get_one(Attempt, 1)


@pytest.fixture
def code(school: School) -> str:
    """The code of the receipt of an attempt in which one of three questions is open."""
    launch_id = school.student()
    school.submit(launch_id, {**ALL_RIGHT, "wet": []})
    with school.database.reading() as session:
        receipt = receipt_of(session, attempt_of(session))
    assert (receipt.answered, receipt.asked) == (2, 3)
    return receipt.code


def found(school: School, sent: str, course_id: int = HERE) -> tuple[Finding, int | None]:
    with school.database.reading() as session:
        checked = check_receipt(session, course_id, sent)
        return checked.finding, checked.attempt.id if checked.attempt else None


def test_a_code_says_of_which_attempt_it_is(school: School, code: str) -> None:
    assert found(school, code) == (Finding.GENUINE, 1)
    assert found(school, code.lower().replace("-", " ")) == (Finding.GENUINE, 1)


def test_it_is_the_same_whenever_it_is_asked_for_and_outlives_a_new_start(school: School, code: str) -> None:
    ensure_secret(school.database)
    with school.database.reading() as session:
        assert receipt_of(session, attempt_of(session)).code == code


def test_what_nobody_was_given_is_not_genuine(school: School, code: str) -> None:
    for number in (0, 1, 2**74 + 1, 2**75 - 1):
        assert found(school, write_code(number)) == (Finding.UNKNOWN, None)
    assert found(school, code[:-1] + ("0" if code[-1] != "0" else "1")) == (Finding.MISTYPED, None)
    assert found(school, "my receipt") == (Finding.NO_CODE, None)


def test_in_another_course_it_is_said_to_be_of_this_one_and_no_more(school: School, code: str) -> None:
    with school.database.writing() as session:
        session.add(Course(id=ELSEWHERE, deployment_id=session.get_one(Course, HERE).deployment_id, context_id="2"))
    assert found(school, code, ELSEWHERE) == (Finding.OTHER_COURSE, None)


def test_a_running_attempt_has_none(school: School, code: str) -> None:
    with school.database.writing() as session:
        session.execute(update(Attempt).values(submitted_at=None, points=None))
    assert found(school, code) == (Finding.UNKNOWN, None)


@pytest.mark.parametrize("changed", [{"user_id": 2}, {"submitted_at": timedelta(microseconds=1)}])
def test_it_is_of_one_person_and_one_moment(school: School, code: str, changed: dict[str, object]) -> None:
    school.student("Ben")
    with school.database.writing() as session:
        attempt = attempt_of(session)
        for name, value in changed.items():
            setattr(attempt, name, getattr(attempt, name) + value if isinstance(value, timedelta) else value)
    assert found(school, code) == (Finding.UNKNOWN, None)


def test_another_installation_has_other_codes(school: School, code: str) -> None:
    with school.database.writing() as session:
        session.execute(update(ToolSecret).values(secret="00" * 32))
    assert found(school, code) == (Finding.UNKNOWN, None)


def signed(school: School, text: str, course_id: int = HERE) -> str:
    with school.database.reading() as session:
        return f"{text} {sign_text(session, course_id, text)}\n"


def test_a_text_is_genuine_word_for_word_however_its_lines_are_broken(school: School, code: str) -> None:
    text = signed(school, f"Student: Ada\nReceipt code: {code}\n\nSignature:")
    assert found(school, text) == (Finding.GENUINE, 1)
    assert found(school, "\r\n".join(text.split())) == (Finding.GENUINE, 1)


def test_a_text_that_was_changed_is_told_with_what_is_true(school: School, code: str) -> None:
    text = signed(school, f"Student: Ada\nReceipt code: {code}\nSignature:")
    assert found(school, text.replace("Ada", "Ben")) == (Finding.CHANGED, 1)
    assert found(school, text.replace("Signature: ", "Signature: f")) == (Finding.GENUINE, 1)  # its code alone


def test_a_text_outlives_its_attempt(school: School, code: str) -> None:
    text = signed(school, f"Receipt code: {code} Signature:")
    with school.database.writing() as session:
        session.delete(attempt_of(session))
    assert found(school, text) == (Finding.LOST, None)
    assert found(school, text.replace("code", "Code")) == (Finding.UNKNOWN, None)
    assert found(school, text, ELSEWHERE) == (Finding.UNKNOWN, None)
