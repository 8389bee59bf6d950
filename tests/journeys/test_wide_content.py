"""Content that is wider than a phone, or drawn for another ground, in a browser."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from content.media import Media
from content.questions import Choice, Dropdown, Dropdowns, Feedback, MultipleChoice
from content.quiz import Quiz, Settings, Shown
from lti_app.services.quizzes import publish
from tests.content.pictures import SVG
from tests.journeys.answering import expect_ready
from tests.journeys.axe import violations
from tests.journeys.tabbing import problems_of_tabbing
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom

COLUMNS = [f"{number} metres below" for number in range(20)]
WIDE = f"| {' | '.join(COLUMNS)} |\n|{'---|' * 20}\n| {' | '.join(COLUMNS)} |"
NARROW = "| a |\n|---|\n| b |"
SUM = " + ".join(f"b_{{{number}}}" for number in range(40))
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 3
DEPTHS = Quiz(
    id="depths",
    title=WORD,
    description=WIDE,
    settings=Settings(pass_mark=Decimal("0.333"), show_feedback=Shown.AT_ONCE),
    parts=(
        MultipleChoice(
            id="deep",
            stem=f"{WIDE}\n\n{NARROW}\n\n$$ {SUM} $$\n\nIn line: ${SUM}$, ${{\\sqrt{{x^2}}}}$. ![A chart](chart.svg)",
            choices=(Choice(text=WORD, correct=True, feedback=WIDE), Choice(text=f"${SUM}$"), Choice(text=WIDE)),
            feedback=Feedback(general=f"{WIDE}\n\n$$ {SUM} $$"),
        ),
        Dropdowns(
            id="pick",
            stem="It is [a].",
            dropdowns=(Dropdown(name="a", choices=(Choice(text=WORD, correct=True), Choice(text="b"))),),
        ),
    ),
    media=(Media("chart.svg", SVG, "image/svg+xml"),),
)


@pytest.fixture
def quiz(page: Page, classroom: Classroom) -> Page:
    """A phone, 320 pixels wide, at the start of a quiz."""
    with classroom.database.writing() as session:
        publish(session, DEPTHS)
    ada = classroom.launch("Ada", quiz_id="depths", resource_link_id="depths")
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(reduced_motion="reduce")
    page.goto(sign_in(page.context, classroom, ada) + "/")
    return page


def begin(quiz: Page) -> None:
    quiz.get_by_role("button", name="Start").click()
    expect_ready(quiz)


def problems(page: Page) -> list[str]:
    width = page.evaluate("document.documentElement.scrollWidth")
    return [*violations(page), *problems_of_tabbing(page), *([f"{width} pixels wide"] if width > 320 else [])]


def test_tables_and_formulas_scroll_by_themselves_also_by_keyboard(quiz: Page) -> None:
    assert problems(quiz) == []
    begin(quiz)
    assert problems(quiz) == []
    quiz.get_by_role("radio").first.check()
    quiz.get_by_role("button", name="Check question 1").click()
    box = quiz.locator("#question-1[data-checked] .feedback .table-box")
    expect(box).to_have_attribute("tabindex", "0")
    box.focus()
    box.press("ArrowRight")
    expect(box).not_to_have_js_property("scrollLeft", 0)
    quiz.reload()
    expect_ready(quiz)
    assert problems(quiz) == []


def test_what_fits_is_no_stop_on_the_way(quiz: Page) -> None:
    begin(quiz)
    boxes = quiz.locator("#question-1 .stem .table-box")
    expect(boxes.first).to_have_attribute("tabindex", "0")
    expect(boxes.last).not_to_have_attribute("tabindex", "0")
    quiz.set_viewport_size({"width": 9000, "height": 640})
    quiz.locator("main").evaluate("main => { main.style.maxWidth = 'none' }")
    expect(boxes.first).not_to_have_attribute("tabindex", "0")


def test_a_list_in_a_text_is_not_wider_than_the_text(quiz: Page) -> None:
    begin(quiz)
    quiz.set_viewport_size({"width": 1280, "height": 640})
    box, text = quiz.get_by_role("combobox").bounding_box(), quiz.locator("#stem-pick").bounding_box()
    assert box is not None
    assert text is not None
    assert box["width"] <= text["width"]


def test_a_root_has_its_sign(quiz: Page) -> None:
    begin(quiz)
    root = quiz.locator("#question-1 msqrt").first
    sign = "root => root.getBoundingClientRect().width - root.firstElementChild.getBoundingClientRect().width"
    assert root.evaluate(sign) > 2


def test_pictures_have_a_light_ground_in_the_dark(quiz: Page) -> None:
    begin(quiz)
    quiz.emulate_media(color_scheme="dark")
    expect(quiz.get_by_role("img", name="A chart")).to_have_css("background-color", "rgb(255, 255, 255)")


def test_on_paper_a_wide_table_is_whole_and_fields_are_empty_for_who_has_a_dark_screen(quiz: Page) -> None:
    begin(quiz)
    quiz.set_viewport_size({"width": 700, "height": 900})
    quiz.emulate_media(media="print", color_scheme="dark")
    box, table = (quiz.locator(f"#question-1 .stem {part}").first for part in (".table-box", "table"))
    widths = [one.evaluate("one => one.offsetWidth") for one in (box, table)]
    assert widths[1] <= widths[0]
    expect(quiz.get_by_role("radio").first).to_have_css("color-scheme", "light")
