"""What Chromium hands on to screen readers: names, descriptions, what is said by itself, and where the focus goes."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Page, Route, expect

from content.numbers import Exact
from content.questions import Choice, FileUpload, MultipleChoice, Numerical
from content.quiz import Quiz, Settings
from tests.journeys.answering import begin, expect_saved, open_attempt
from tests.journeys.pressing import press_enter
from tests.journeys.school_site import SchoolSite
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom

FORMULAS = Quiz(
    id="tides",
    title="Formulas",
    parts=(
        MultipleChoice(
            id="power",
            stem="What is $x \\cdot x$?",
            choices=(Choice(text="$x^2$", correct=True), Choice(text="$\\frac{x}{2}$")),
        ),
        Numerical(id="root", stem="What is $\\sqrt{4}$?", answers=(Exact(value=Decimal(2)),)),
        FileUpload(id="proof", stem="Hand in a proof."),
    ),
)


@pytest.fixture
def quiz(page: Page, classroom: Classroom) -> Page:
    """A running attempt with an essay, an ordering, a number and a choice."""
    return open_attempt(page.context, classroom, begin(classroom))


def names_of(context: BrowserContext, page: Page, *roles: str) -> list[str]:
    """The names in Chromium's own tree, of which Playwright's differ where there are formulas."""
    session = context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    return [node["name"]["value"] for node in nodes if node["role"]["value"] in roles and node["name"]["value"]]


def listen(page: Page, selector: str) -> None:
    """Note from now on what is read out of a live region: all that is set while it is one, the same again, too."""
    page.evaluate(
        """selector => {
            window.heard = [];
            const region = document.querySelector(selector);
            const note = (records) => {
                const isSet = records.some((one) => one.addedNodes.length);
                if (isSet && region.ariaLive !== "off") window.heard.push(region.textContent);
            };
            new MutationObserver(note).observe(region, { childList: true, subtree: true });
        }""",
        selector,
    )


def heard(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.heard")
    return found


def save_slowly(page: Page, choice: str) -> None:
    """Pick a choice, and let its save through once the page says that it takes its time."""
    held: list[Route] = []
    page.route("**/answers/cause", lambda route: held.append(route))
    page.get_by_role("radio", name=choice).check()
    expect(page.locator("#saving")).to_have_text("Saving…")
    held.pop().continue_()
    page.unroute("**/answers/cause")
    expect(page.locator("#saving")).not_to_have_text("Saving…")


def test_formulas_are_in_the_names_of_choices_groups_and_fields(page: Page, classroom: Classroom) -> None:
    page = open_attempt(page.context, classroom, begin(classroom, FORMULAS))
    assert names_of(page.context, page, "radio") == ["x ^ 2", "x / 2"]
    assert "Question 1 1 point What is x · x ?" in names_of(page.context, page, "group")
    assert "What is √ 4 ?" in names_of(page.context, page, "textbox")


def test_a_question_is_entered_with_its_number_and_points(quiz: Page) -> None:
    expect(quiz.get_by_role("group", name="Question 3 1 point How many hours?", exact=True)).to_be_visible()


def test_each_button_that_moves_says_which_item(quiz: Page) -> None:
    for item in ("Ebb", "Slack", "Flood"):
        for way in ("up", "down"):
            expect(quiz.get_by_role("button", name=f"Move {way} {item}", exact=True)).to_be_visible()


def test_a_number_s_field_is_described_by_how_it_was_read(quiz: Page) -> None:
    field = quiz.get_by_role("textbox", name="hours")
    field.fill("12,4")
    expect(field).to_have_accessible_description("Read as 12.4")


def test_a_refused_number_is_not_said_to_be_read_as_the_one_before(quiz: Page) -> None:
    field = quiz.get_by_role("textbox", name="hours")
    field.fill("12")
    expect(field).to_have_accessible_description("Read as 12")
    field.fill("1e999")
    expect(quiz.locator("#saving[data-state=refused]")).to_contain_text("Question 3")
    expect(field).to_have_accessible_description("")
    field.fill("12")
    expect(field).to_have_accessible_description("Read as 12")


def test_the_words_of_an_essay_are_not_counted_aloud(quiz: Page) -> None:
    """Orca reads out a live region, and also what describes the field that has the focus, with each change."""
    essay = quiz.get_by_role("textbox", name="Why are there tides?")
    essay.fill("The moon pulls.")
    count = quiz.get_by_text("3 words", exact=True)
    expect(count).to_be_visible()
    expect(essay).to_have_accessible_description("")
    assert count.evaluate("one => one.closest('[aria-live], [role=status]')") is None


def test_a_file_s_field_says_what_is_taken(page: Page, classroom: Classroom) -> None:
    page = open_attempt(page.context, classroom, begin(classroom, FORMULAS))
    expect(page.locator("input[type=file]")).to_have_accessible_description(re.compile("^At most 10 MB: PDF"))


def test_how_a_number_was_read_is_said_once(quiz: Page) -> None:
    field = quiz.get_by_role("textbox", name="hours")
    listen(quiz, "[data-understood]")
    field.fill("12,4")
    expect(quiz.get_by_text("Read as 12.4")).to_be_visible()
    with quiz.expect_response("**/answers/hours"):
        field.press("Tab")  # the field has changed, so it is saved again
    quiz.get_by_role("radio", name="The moon").check()
    expect(quiz.locator("#question-4 .saved-mark")).to_be_visible()  # so the one before has been heard
    assert heard(quiz) == ["Read as 12.4"]


def test_answers_that_are_saved_slowly_are_said_to_be_saved_once(quiz: Page) -> None:
    listen(quiz, "#saving")
    save_slowly(quiz, "The moon")
    save_slowly(quiz, "The wind")
    expect_saved(quiz)
    assert heard(quiz) == ["Saved"]


def test_a_refused_answer_is_said_once_and_names_its_question(quiz: Page) -> None:
    listen(quiz, "#saving")
    quiz.get_by_role("textbox", name="hours").fill("1e999")
    expect(quiz.locator("#saving")).to_contain_text("Question 3: This number is out of range")
    save_slowly(quiz, "The moon")
    expect(quiz.locator("#saving")).to_contain_text("Question 3: This number is out of range")
    assert len(heard(quiz)) == 1


def test_who_goes_on_with_a_refused_answer_hears_again_why_not(page: Page, classroom: Classroom) -> None:
    steps = replace(FORMULAS, parts=FORMULAS.parts[1:], settings=Settings(one_question_at_a_time=True))
    page = open_attempt(page.context, classroom, begin(classroom, steps))
    page.get_by_role("textbox").fill("1e999")
    refusal = page.locator("#saving[data-state=refused]")
    expect(refusal).to_contain_text("Question 1: This number is out of range")
    listen(page, "#saving")
    page.get_by_role("button", name="Next").press("Enter")
    page.wait_for_function("() => window.heard.length")
    assert heard(page) == [refusal.inner_text()]


def test_what_happened_elsewhere_is_said_once(page: Page, classroom: Classroom) -> None:
    ada = begin(classroom)
    tab, other = (open_attempt(page.context, classroom, ada) for _ in range(2))
    other.get_by_role("radio", name="The moon").check()
    expect_saved(other)
    listen(tab, "#notices")
    tab.get_by_role("combobox", name="Ebb").select_option("3")
    expect(tab.locator("#notices")).to_contain_text("Question 4 has a newer answer")
    tab.get_by_role("button", name="Move down Slack").click()
    expect(tab.locator("#question-2 .saved-mark")).to_be_visible()
    tab.get_by_role("textbox", name="tides").fill("Gravity.")
    expect(tab.locator("#question-1 .saved-mark")).to_be_visible()
    assert len(heard(tab)) == 1


def test_what_is_empty_is_no_status(page: Page, classroom: Classroom) -> None:
    """Orca says "status bar" for an empty one."""
    page = open_attempt(page.context, classroom, begin(classroom, FORMULAS))
    empty = page.locator("[role=status]").evaluate_all("all => all.filter((one) => !one.textContent.trim()).length")
    assert empty == 0


def test_a_review_has_a_heading_and_no_landmark_for_each_question(page: Page, classroom: Classroom) -> None:
    ada = begin(classroom)
    ada.post("/attempts/1/submit", confirmed="yes")
    page.goto(sign_in(page.context, classroom, ada) + "/attempts/1/result")
    expect(page.get_by_role("heading", name="Question 1")).to_be_visible()
    expect(page.get_by_role("region", name="Your receipt")).to_be_visible()
    expect(page.get_by_role("region", name="Question")).to_have_count(0)


def test_a_result_is_described_by_what_it_means(page: Page, classroom: Classroom) -> None:
    ada = begin(classroom)
    ada.put("/attempts/1/answers/why", {"q.why": ["The moon."]}, 1)
    ada.post("/attempts/1/submit", confirmed="yes")
    page.goto(sign_in(page.context, classroom, ada) + "/attempts/1/result")
    heading = page.get_by_role("heading", name="Your result: 0 of 4 points")
    expect(heading).to_have_accessible_description(re.compile("^Not final yet A person grades"))


def start(school: SchoolSite, page: Page) -> FrameLocator:
    tool = school.open(page, "Ada Osei", "The sea")
    expect(tool.get_by_role("heading", level=1)).not_to_be_focused()  # the LMS's page is read from its beginning
    press_enter(tool.get_by_role("button", name="Start"))
    expect(tool.locator("#answered")).to_have_text("0 of 3")
    return tool


def test_a_page_that_follows_in_the_frame_begins_at_its_heading(school: SchoolSite, page: Page) -> None:
    tool = start(school, page)
    expect(tool.get_by_role("heading", level=1, name="The sea")).to_be_focused()
    page.keyboard.press("Tab")
    expect(tool.get_by_role("radio", name="Shallow")).to_be_focused()
    press_enter(tool.get_by_role("button", name="Submit quiz"))
    press_enter(tool.get_by_role("button", name="Submit anyway"))
    expect(tool.get_by_role("heading", level=1, name="Your result: 0 of 4 points")).to_be_focused()


def test_a_page_that_follows_leaves_the_focus_outside_of_the_frame(school: SchoolSite, page: Page) -> None:
    tool = start(school, page)
    elsewhere = page.get_by_role("link", name="Grades")
    elsewhere.focus()
    with page.expect_event("framenavigated"):
        tool.locator("html").evaluate("() => location.reload()")
    page.frames[-1].wait_for_load_state()
    expect(elsewhere).to_be_focused()


def test_a_step_is_described_by_its_place(page: Page, classroom: Classroom) -> None:
    student = begin(classroom, replace(FORMULAS, settings=Settings(one_question_at_a_time=True)))
    page = open_attempt(page.context, classroom, student)
    expect(page.get_by_role("heading", level=1)).to_have_accessible_description("Question 1 of 3")
