"""What people do on the pages, by keyboard alone. That its Tab key leads everywhere holds for every page."""

from playwright.sync_api import Page, expect

from lti_app.models import Role
from tests.journeys.admin_visits import AdminSite
from tests.journeys.tabbing import enter, tab_to, type_into
from tests.journeys.test_accessibility import MOVING
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom
from tests.lti_app.web.quizzes import ALL_RIGHT


def test_a_student_starts_answers_submits_and_tries_again(page: Page, classroom: Classroom) -> None:
    page.goto(sign_in(page.context, classroom, classroom.launch("Ada", quiz_id="sea")))
    enter(page, page.get_by_role("button", name="Start"))
    assert page.evaluate(MOVING), "who does not want less motion has some"
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    for choice in ("Sodium chloride", "Magnesium sulfate", "Potassium chloride", "True"):
        tab_to(page, page.get_by_label(choice))
        page.keyboard.press("Space")
    expect(page.locator("#answered")).to_have_text("3 of 3")
    enter(page, page.get_by_role("button", name="Submit quiz"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("4 of 4 points")
    enter(page, page.get_by_role("link", name="All attempts"))
    enter(page, page.get_by_role("button", name="Try again"))
    expect(page.get_by_role("button", name="Submit quiz")).to_be_visible()


def test_a_teacher_chooses_a_quiz_makes_allowances_and_regrades(page: Page, classroom: Classroom) -> None:
    grace = classroom.launch("Grace", Role.INSTRUCTOR)
    page.goto(sign_in(page.context, classroom, grace) + "/teach/quiz")
    enter(page, page.get_by_role("link", name="Preview").first)
    enter(page, page.get_by_role("button", name="Use this quiz"))
    ada = classroom.launch("Ada", quiz_id="sea")
    ada.take(1, **ALL_RIGHT)
    ada.take(2)
    enter(page, page.get_by_role("link", name="Accommodations"))
    tab_to(page, page.get_by_label("Student"))
    page.keyboard.press("ArrowDown")
    type_into(page, page.get_by_label("Extra minutes"), "15")
    enter(page, page.get_by_role("button", name="Give"))
    enter(page, page.get_by_role("button", name="Take back what Ada is given"))
    enter(page, page.get_by_role("link", name="Grading"))
    tab_to(page, page.get_by_label("Which attempt counts"))
    page.keyboard.press("ArrowDown")  # the latest
    enter(page, page.get_by_role("button", name="Show what changes"))
    enter(page, page.get_by_role("button", name="Regrade"))
    enter(page, page.get_by_role("link", name="Results"))
    enter(page, page.get_by_role("link", name="Every try to send the grade of Ada"))
    enter(page, page.get_by_role("button", name="Send this grade again"))
    enter(page, page.get_by_role("link", name="All results"))
    enter(page, page.get_by_role("link", name="Ada: Attempt 2"))
    expect(page.get_by_role("heading", name="Ada")).to_be_visible()


def test_a_teacher_skips_what_every_page_begins_with(page: Page, classroom: Classroom) -> None:
    page.goto(sign_in(page.context, classroom, classroom.launch("Grace", Role.INSTRUCTOR, "sea")) + "/teach/grading")
    tab_to(page, page.get_by_role("link", name="Skip to the content"))
    expect(page.locator(":focus")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Which attempt counts")).to_be_focused()


def test_a_teacher_adds_quizzes_to_a_course(page: Page, classroom: Classroom) -> None:
    page.route("https://lms.example.edu/**", lambda route: route.fulfill(body="The LMS has its answer."))
    page.goto(sign_in(page.context, classroom, classroom.pick()) + "/link/")
    tab_to(page, page.get_by_role("checkbox").first)
    page.keyboard.press("Space")
    enter(page, page.get_by_role("button", name="Continue"))
    type_into(page, page.get_by_label("Attempts"), "3")
    tab_to(page, page.get_by_role("button", name="Add to the course"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("The LMS has its answer.")).to_be_visible()


def test_an_admin_registers_the_tool_and_the_operator_approves_and_tests_it(page: Page, admin_site: AdminSite) -> None:
    page.goto(admin_site.registration())
    enter(page, page.get_by_role("button", name="Register"))
    expect(page.get_by_role("heading", name="Quizferry is registered")).to_be_visible()
    page.goto(admin_site.admin_link())
    enter(page, page.get_by_role("button", name="Open"))
    enter(page, page.get_by_role("button", name="Approve"))
    enter(page, page.get_by_role("button", name="Test").first)
    enter(page, page.get_by_role("link", name="All LMSs"))
    enter(page, page.get_by_role("link", name="How Quizferry gets into an LMS"))
    enter(page, page.get_by_role("link", name="Moodle"))
    expect(page.get_by_role("heading", name="Quizferry in Moodle")).to_be_visible()
