"""What people do in the demo: take a quiz inside the LMS and find its grade in the gradebook, in a real browser.

To the browser the LMS and the tool are two sites, ``127.0.0.1`` and ``localhost``, so that the tool's cookies are
third-party cookies in its frame.
"""

import re
import threading
from collections.abc import Iterator, Sequence

import pytest
from flask import Flask, request
from playwright.sync_api import Browser, BrowserContext, Frame, FrameLocator, Page, expect
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from lti_app.demo.by_hand import all_right, half_wrong, read_key
from lti_app.demo.course import Embedded, embedded_quizzes
from tests.journeys.axe import ALL, violations
from tests.journeys.conftest import OpenProfile
from tests.journeys.demo_process import DemoProcess, running_demo
from tests.journeys.pressing import press_enter

pytestmark = pytest.mark.xdist_group("demo")

QUIZZES = embedded_quizzes()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoProcess]:
    with running_demo(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@pytest.fixture
def cookie_site() -> Iterator[str]:
    """A page that frames itself from another site and sets two cookies there, of which one is partitioned."""
    site = Flask("cookie_site")

    @site.get("/")
    def top() -> str:
        return f'<iframe src="http://localhost:{server.port}/framed"></iframe>'

    @site.get("/framed")
    def framed() -> Response:
        response = Response('<iframe src="/cookies"></iframe>', mimetype="text/html")
        response.set_cookie("plain", "1", secure=True, samesite="None")
        response.set_cookie("partitioned", "1", secure=True, samesite="None", partitioned=True)
        return response

    @site.get("/cookies")
    def cookies() -> str:
        return f"<p>cookies: {' '.join(sorted(request.cookies)) or 'none'}</p>"

    server = make_server("127.0.0.1", 0, site, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


def cookies_in_a_frame(context: BrowserContext, cookie_site: str) -> str:
    """Which of the two cookies the browser sends from a frame of another site."""
    page = context.new_page()
    page.goto(cookie_site)
    text = page.frame_locator("iframe").frame_locator("iframe").get_by_text("cookies:").text_content()
    page.close()
    return str(text)


def sign_in(page: Page, demo: DemoProcess, name: str) -> None:
    page.goto(demo.lms)
    page.get_by_role("button", name=name).click()


def open_activity(page: Page, demo: DemoProcess, name: str, quiz: Embedded) -> FrameLocator:
    """Sign in and open a quiz; return the frame that the tool is in."""
    sign_in(page, demo, name)
    page.get_by_role("link", name=quiz.title).click()
    return page.frame_locator("#tool")


def answers_of(quiz: Embedded, *, right: bool) -> list[set[int]]:
    keys = read_key(quiz.path.read_text(encoding="utf-8"))
    return all_right(keys) if right else half_wrong(keys)


def answer(frame: FrameLocator, answers: Sequence[set[int]]) -> None:
    questions = frame.locator("fieldset[data-question]")
    expect(questions).to_have_count(len(answers))
    for place, picks in enumerate(answers):
        for pick in sorted(picks):
            choice = questions.nth(place).locator(f"input[value='{pick}']:not([type=hidden])")
            choice.press("Space")
            expect(choice).to_be_checked()


def take(frame: FrameLocator, answers: Sequence[set[int]]) -> None:
    """Start an attempt, answer, submit, and be at the result.

    All by keyboard: a click can miss while the LMS fits the frame to a page that has just come, and scrolls.
    """
    press_enter(frame.get_by_role("button", name=re.compile("Start|Try again")))
    answer(frame, answers)
    press_enter(frame.get_by_role("button", name="Submit quiz"))
    expect(frame.get_by_role("heading", name="Your result:")).to_be_visible()


def grade(page: Page, student: str, quiz: Embedded) -> str:
    return f"tr[data-person='{student}'] td[data-link='{quiz.activity_id}'] data"


def expect_grade(page: Page, demo: DemoProcess, student: str, quiz: Embedded, points: str) -> None:
    """See the grade come into the teacher's gradebook, which renews itself."""
    sign_in(page, demo, "Clara Ruiz")
    page.get_by_role("link", name="Gradebook").click()
    expect(page.locator(grade(page, student, quiz))).to_have_text(points)


def too_wide(frame: Frame) -> int:
    """How many pixels a page reaches over its screen. A page that still waits for its style sheet is wider."""
    frame.wait_for_load_state()
    wide: int = frame.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


@pytest.mark.parametrize(
    ("third_party_cookies", "sent"), [("blocked", "partitioned"), ("allowed", "partitioned plain")]
)
def test_a_student_takes_a_quiz_in_a_frame_of_another_site_and_the_grade_is_in_the_gradebook(
    demo: DemoProcess, open_profile: OpenProfile, cookie_site: str, third_party_cookies: str, sent: str
) -> None:
    quiz = QUIZZES[0 if third_party_cookies == "blocked" else 1]
    context = open_profile(third_party_cookies)
    # The control: this browser does with third-party cookies what the test says.
    assert cookies_in_a_frame(context, cookie_site) == f"cookies: {sent}"

    page = context.new_page()
    frame = open_activity(page, demo, "Ada Osei", quiz)
    take(frame, answers_of(quiz, right=True))
    assert [one.url.startswith(demo.tool) for one in page.frames] == [False, True]
    points = str(quiz.points)
    expect(frame.get_by_role("heading", name=f"Your result: {points} of {points} points")).to_be_visible()
    expect(frame.get_by_text("In the gradebook since")).to_be_visible()
    expect_grade(page, demo, "ada", quiz, points)


def test_an_answer_is_kept_when_the_student_leaves_and_comes_back(demo: DemoProcess, browser: Browser) -> None:
    quiz = QUIZZES[2]
    page = browser.new_page()
    frame = open_activity(page, demo, "Ada Osei", quiz)
    press_enter(frame.get_by_role("button", name="Start"))
    answers = answers_of(quiz, right=True)
    answer(frame, answers)
    expect(frame.locator(".saved-mark:visible")).to_have_count(len(answers))
    page.close()

    page = browser.new_page()
    frame = open_activity(page, demo, "Ada Osei", quiz)
    press_enter(frame.get_by_role("link", name="Continue"))
    for place, picks in enumerate(answers):
        question = frame.locator("fieldset[data-question]").nth(place)
        expect(question.locator("input:checked")).to_have_count(len(picks))
        for pick in picks:
            expect(question.locator(f"input:checked[value='{pick}']")).to_be_visible()
    page.close()


def test_the_teacher_sees_who_has_done_what(demo: DemoProcess, browser: Browser) -> None:
    quiz = QUIZZES[3]
    for name, right in (("Ada Osei", True), ("Ben Larsen", False)):
        context = browser.new_context()
        take(open_activity(context.new_page(), demo, name, quiz), answers_of(quiz, right=right))
        context.close()

    context = browser.new_context()
    frame = open_activity(context.new_page(), demo, "Clara Ruiz", quiz)
    rows = frame.get_by_role("row")
    expect(rows.filter(has_text="Ada Osei")).to_contain_text(f"{quiz.points} of {quiz.points}")
    expect(rows.filter(has_text="Ben Larsen")).to_contain_text(f"of {quiz.points}")
    expect(rows.filter(has_text="Ben Larsen")).not_to_contain_text(f"{quiz.points} of {quiz.points}")
    press_enter(frame.get_by_role("link", name="Ben Larsen: Attempt 1"))
    expect(frame.get_by_text("Ben Larsen").first).to_be_visible()
    context.close()


def test_a_quiz_is_taken_with_scripts_off(demo: DemoProcess, browser: Browser) -> None:
    quiz = QUIZZES[4]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    frame = open_activity(page, demo, "Ben Larsen", quiz)
    press_enter(frame.get_by_role("button", name="Continue"))  # to the tool's login
    expect(frame.get_by_role("heading", name="Opening the tool")).to_be_visible()
    press_enter(frame.get_by_role("button", name="Continue"))  # with the id_token to the tool
    take(frame, answers_of(quiz, right=True))
    expect_grade_without_scripts(page, demo, quiz)
    context.close()


def expect_grade_without_scripts(page: Page, demo: DemoProcess, quiz: Embedded) -> None:
    """The page renews itself by its refresh header only; so it is opened until the grade is there."""
    sign_in(page, demo, "Clara Ruiz")
    page.goto(f"{demo.lms}/gradebook")
    expect(page.locator(grade(page, "ben", quiz))).to_have_text(str(quiz.points))


def test_a_quiz_is_taken_on_a_phone(demo: DemoProcess, browser: Browser) -> None:
    quiz = QUIZZES[0]
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    frame = open_activity(page, demo, "Ben Larsen", quiz)
    take(frame, answers_of(quiz, right=True))
    assert [too_wide(one) for one in page.frames] == [0, 0]
    expect_grade(page, demo, "ben", quiz, str(quiz.points))
    assert too_wide(page.main_frame) == 0
    context.close()


def test_a_grade_that_the_lms_refuses_arrives_when_it_accepts_again(demo: DemoProcess, browser: Browser) -> None:
    quiz = QUIZZES[1]
    context = browser.new_context()
    teacher = context.new_page()
    sign_in(teacher, demo, "Clara Ruiz")
    teacher.get_by_role("link", name="Outage switch").click()
    teacher.get_by_label("answered with an error").check()
    teacher.get_by_role("button", name="Set").click()
    expect(teacher.get_by_text("This LMS refuses grades at present")).to_be_visible()

    student_context = browser.new_context()
    frame = open_activity(student_context.new_page(), demo, "Ben Larsen", quiz)
    take(frame, answers_of(quiz, right=True))
    expect(frame.get_by_text("On its way to your course’s gradebook")).to_be_visible()
    teacher.get_by_role("link", name="Gradebook").click()
    expect(teacher.get_by_text("Refused (500)").first).to_be_visible()
    expect(teacher.locator(grade(teacher, "ben", quiz))).to_have_count(0)

    teacher.get_by_role("link", name="Change that").click()
    teacher.get_by_label("Scores are accepted").check()
    teacher.get_by_role("button", name="Set").click()
    teacher.get_by_role("link", name="Gradebook").click()
    expect(teacher.locator(grade(teacher, "ben", quiz))).to_have_text(str(quiz.points))
    expect(frame.get_by_text("In the gradebook since")).to_be_visible()
    student_context.close()
    context.close()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_pages_of_the_lms_are_accessible_and_never_scroll_sideways(
    demo: DemoProcess, browser: Browser, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    sign_in(page, demo, "Clara Ruiz")
    found = []
    for path in ("/", "/course", "/activities/1", "/gradebook", "/outage"):
        page.goto(demo.lms + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        found += [f"{path}: {violation}" for violation in violations(page, {**ALL, "iframes": False})]
    context.close()
    assert found == []
