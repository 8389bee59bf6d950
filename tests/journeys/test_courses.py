"""From term to term and from gradebook to attempt, in the demo LMS with the tool in its frame."""

from playwright.sync_api import FrameLocator, Page, expect
from sqlalchemy import select

from lti_app.models import GradePassback, ResourceLink
from tests.journeys.pressing import press_enter
from tests.journeys.school_site import SchoolSite


def take(frame: FrameLocator) -> None:
    """Take the quiz with one right answer, for 1 of 4 points."""
    press_enter(frame.get_by_role("button", name="Start"))
    frame.get_by_role("radio", name="Deep").press("Space")
    press_enter(frame.get_by_role("button", name="Submit quiz"))
    press_enter(frame.get_by_role("button", name="Submit anyway"))
    expect(frame.get_by_role("heading", name="Your result: 1 of 4 points")).to_be_visible()


def test_a_copied_course_keeps_its_quizzes_and_nobody_s_work(page: Page, school: SchoolSite) -> None:
    frame = school.open(page, "Clara Ruiz", "Week 2")
    press_enter(frame.locator("li", has_text="The sea").get_by_role("button", name="Use this quiz"))
    expect(frame.get_by_text("Nobody has started yet.")).to_be_visible()
    take(school.open(page, "Ada Osei", "Week 2"))

    school.enter(page, "Clara Ruiz")
    for label in ("ML 201, copy 1", "ML 201, copy 2"):  # the second is a copy of the first, which nobody opened
        page.get_by_role("button", name="Copy this course").click()
        expect(page.get_by_role("navigation").get_by_text(label)).to_be_visible()
    page.get_by_role("link", name="Week 2").click()
    expect(page.frame_locator("#tool").get_by_text("Nobody has started yet.")).to_be_visible()

    page.locator("summary").click()
    page.get_by_role("button", name="Ada Osei").click()
    frame = page.frame_locator("#tool")
    expect(frame.get_by_text("ML 201", exact=False)).to_have_count(0)  # the course's title is what pages show
    expect(frame.get_by_role("button", name="Start")).to_be_visible()
    take(frame)

    school.deliver()
    with school.tool.database.reading() as session:
        links = session.scalars(select(ResourceLink).order_by(ResourceLink.id)).all()
        sent = session.scalars(select(GradePassback).order_by(GradePassback.id)).all()
    assert [link.resource_link_id for link in links] == ["8", "8-2-3"]
    assert len({link.quiz_id for link in links}) == 1
    assert ["/services/course-1/" in sent[0].lineitem_url, "/services/course-3/" in sent[1].lineitem_url] == [True] * 2
    page.get_by_role("link", name="Grades").click()
    expect(page.locator("#grades tr[data-person=ada] data")).to_have_text("1")


def test_a_grade_in_the_lms_s_gradebook_leads_to_the_attempt(page: Page, school: SchoolSite) -> None:
    take(school.open(page, "Ada Osei", "The sea"))
    school.deliver()
    page.get_by_role("link", name="Grades").click()
    page.locator("#grades").get_by_role("link", name="1").click()
    expect(page.frame_locator("#tool").get_by_role("heading", name="Your result: 1 of 4 points")).to_be_visible()

    school.enter(page, "Clara Ruiz")
    page.get_by_role("link", name="Gradebook").click()
    page.locator("tr[data-person=ada]").get_by_role("link", name="1").click()
    frame = page.frame_locator("#tool")
    expect(frame.get_by_role("heading", name="Ada Osei")).to_be_visible()
    expect(frame.get_by_text("The sea, attempt 1")).to_be_visible()

    page.goto(f"{school.lms.base_url}/activities/7/submissions/ben")
    expect(page.frame_locator("#tool").get_by_role("heading", name="No attempt to show")).to_be_visible()


def test_a_student_who_guesses_the_address_of_another_s_submission_sees_nothing(page: Page, school: SchoolSite) -> None:
    take(school.open(page, "Ada Osei", "The sea"))
    school.enter(page, "Ben Larsen")
    page.goto(f"{school.lms.base_url}/activities/7/submissions/ada")
    frame = page.frame_locator("#tool")
    expect(frame.get_by_role("heading", name="You can only look at your own answers")).to_be_visible()
    expect(frame.get_by_text("Deep")).to_have_count(0)
