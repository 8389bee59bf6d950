"""The tool's own pages, with a class that has done a few things."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect
from sqlalchemy import select

from content.identity import with_ids
from content.quiz import Settings, Shown
from content.quizzes import showcase
from content.readers import read_file
from lti_app.demo.by_hand import all_right, half_wrong, read_key
from lti_app.demo.course import embedded_quizzes
from lti_app.models import GradePassback, PassbackState, Role, User, utcnow
from lti_app.services.quizzes import publish
from tests.journeys.answering import expect_ready, expect_saved
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom, Visitor

QUIZ = embedded_quizzes()[3]
STUDENTS = ("Ada Osei", "Ben Larsen", "Chidi Anagonye", "Dana Whitfield")

Names = Iterator[str]


def student_pages(classroom: Classroom, page: Page) -> Names:
    """A student's way through a quiz; each name is that of the page that is open then."""
    ada = classroom.launch(STUDENTS[0], quiz_id=QUIZ.quiz_id, context_title="Machine Learning Engineering")
    home = sign_in(page.context, classroom, ada)
    page.goto(home + "/")
    yield "student-start"
    page.get_by_role("button", name="Start").click()
    expect_ready(page)
    page.get_by_role("radio").first.check()
    expect_saved(page)
    page.evaluate("scrollTo(0, 0)")
    yield "student-quiz"
    page.context.set_offline(True)
    page.get_by_role("radio").nth(1).check()
    expect(page.locator("#saving[data-state=kept]")).to_be_visible()
    yield "student-quiz-offline"
    page.context.set_offline(False)
    expect_saved(page)
    question_id = str(page.locator("[data-question]").nth(2).get_attribute("data-question"))
    assert ada.save(1, question_id, [0], 50).status_code == 200
    page.get_by_role("radio").first.check()
    expect(page.locator("#notices p")).to_be_visible()
    yield "student-quiz-answered-elsewhere"
    page.goto(f"{home}/attempts/1?check=open#finish")
    yield "student-open-questions"
    _take(ada, right=False)
    page.goto(f"{home}/attempts/1/result")
    yield "student-result"
    ada.post("/attempts")
    page.goto(f"{home}/")
    yield "student-attempts"
    yield from _checked(classroom, page)
    yield from _kinds(classroom, page)


def _take(student: Visitor, *, right: bool) -> None:
    """Submit the running attempt, or one that is begun now."""
    keys = read_key(QUIZ.path.read_text(encoding="utf-8"))
    student.post("/attempts")
    number = _running(student)
    picks = all_right(keys) if right else half_wrong(keys)
    found = student.get(f"/attempts/{number}").split('data-question="')[1:]
    fields = {
        f"q.{one.partition(chr(34))[0]}": [str(pick) for pick in sorted(few)]
        for one, few in zip(found, picks, strict=True)
    }
    student.post(f"/attempts/{number}/submit", confirmed="yes", **fields)


def _running(student: Visitor) -> str:
    return urlsplit(student.post("/attempts").location).path.rpartition("/")[2]


def _kinds(classroom: Classroom, page: Page) -> Names:
    """Every kind of question, with a clock that runs; its results are not shown."""
    read = read_file(showcase()).quiz
    assert read is not None
    quiz = replace(with_ids(read), id="kinds", settings=Settings(time_limit=45, show_feedback=Shown.NEVER))
    with classroom.database.writing() as session:
        publish(session, quiz)
    ada = classroom.launch(STUDENTS[0], quiz_id="kinds", resource_link_id="kinds")
    home = sign_in(page.context, classroom, ada)
    ada.post("/attempts")
    page.goto(f"{home}/attempts/1")
    expect_ready(page)
    yield "student-every-kind-of-question"
    ada.post("/attempts/1/submit", confirmed="yes")
    page.goto(f"{home}/attempts/1/result")
    yield "student-submitted"
    page.goto(f"{home}/teach/")
    yield "error"
    early = classroom.launch(STUDENTS[0], resource_link_id="nothing-here")
    page.goto(sign_in(page.context, classroom, early) + "/")
    yield "student-no-quiz-yet"


def _checked(classroom: Classroom, page: Page) -> Names:
    """A quiz whose answers are checked one by one; one is, and another has none yet."""
    read = read_file(QUIZ.path).quiz
    assert read is not None
    at_once = Settings(show_feedback=Shown.AT_ONCE, show_answers=Shown.AT_ONCE)
    with classroom.database.writing() as session:
        publish(session, replace(with_ids(read), id="checked", settings=at_once))
    ada = classroom.launch(STUDENTS[0], quiz_id="checked", resource_link_id="checked")
    ada.post("/attempts")
    page.goto(sign_in(page.context, classroom, ada) + "/attempts/1")
    expect_ready(page)
    for place in (0, 2):
        page.get_by_role("checkbox").nth(place).check()
    page.get_by_role("button", name="Check question 1").click()
    expect(page.locator("#question-1[data-checked]")).to_be_visible()
    page.get_by_role("button", name="Check question 2", exact=True).click()
    expect(page.locator("#question-2 [data-obstacle]")).not_to_be_empty()
    page.evaluate("scrollTo(0, 0)")
    yield "student-quiz-checked"


def teacher_pages(classroom: Classroom, page: Page) -> Names:
    """What a teacher sees of the class."""
    for name in STUDENTS[1:]:
        _take(classroom.launch(name, quiz_id=QUIZ.quiz_id), right=name != STUDENTS[2])
    ada = classroom.launch(STUDENTS[0], quiz_id=QUIZ.quiz_id)
    _set_grades(classroom)
    clara = classroom.launch("Clara Ruiz", Role.INSTRUCTOR, quiz_id=QUIZ.quiz_id)
    home = sign_in(page.context, classroom, clara) + "/teach"
    with classroom.database.reading() as session:
        ids = {user.name: user.id for user in session.scalars(select(User))}
    clara.post("/teach/accommodations", student=ids[STUDENTS[3]], where="course", percent="50")
    for path, name in (
        ("/", "teacher-results"),
        (f"/students/{ids[STUDENTS[1]]}/attempts/1", "teacher-attempt"),
        (f"/students/{ids[STUDENTS[2]]}/grade", "teacher-grade"),
        ("/preview", "teacher-quiz-and-key"),
        ("/grading?which=latest&late=5", "teacher-grading"),
        ("/accommodations", "teacher-accommodations"),
        ("/quiz", "teacher-choose"),
        ("/compare", "teacher-compare"),
        ("/no-attempt", "teacher-no-attempt"),
    ):
        page.goto(home + path)
        yield name
    page.goto(f"{home}/receipts")
    page.get_by_role("textbox").fill(ada.get("/attempts/1/receipt"))
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#finding")).to_be_visible()
    yield "teacher-receipt"


def _set_grades(classroom: Classroom) -> None:
    """Have one grade be stuck and the others arrived."""
    with classroom.database.writing() as session:
        for row in session.scalars(select(GradePassback)):
            row.state, row.sent_at = PassbackState.SENT, utcnow() - timedelta(minutes=3)
            if session.get_one(User, row.user_id).name == STUDENTS[2]:
                row.state, row.last_error = PassbackState.FAILED, "Your course site says that nobody has this name."


def linking_pages(classroom: Classroom, page: Page) -> Names:
    """How a teacher adds quizzes to a course."""
    home = sign_in(page.context, classroom, classroom.pick("Clara Ruiz")) + "/link"
    ids = [quiz.quiz_id for quiz in embedded_quizzes()[2:4]]
    for path, name in (
        (f"/?quiz={ids[0]}&quiz={ids[1]}", "teacher-pick-quizzes"),
        (f"/settings?quiz={ids[0]}&quiz={ids[1]}", "teacher-quiz-settings"),
        (f"/preview/{ids[0]}", "teacher-quiz-preview"),
    ):
        page.goto(home + path)
        yield name


def setup_pages(classroom: Classroom, page: Page) -> Names:
    """What an LMS's admin reads to register the tool."""
    url = classroom.config.public_url
    for lms in ("", "/canvas", "/moodle", "/blackboard", "/brightspace", "/sakai", "/openedx", "/other"):
        page.goto(f"{url}/setup{lms}")
        yield f"admin-setup{lms.replace('/', '-')}"


SCENES: tuple[Callable[[Classroom, Page], Names], ...] = (student_pages, teacher_pages, linking_pages, setup_pages)
