"""Pictures that are shown smaller than they are open large, in a browser."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from content.media import Media
from content.questions import Choice, Feedback, MultipleChoice
from content.quiz import Quiz
from lti_app.services.quizzes import publish
from tests.content.pictures import png
from tests.journeys.axe import violations_in_both_schemes
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom, Visitor

MAP = Quiz(
    id="map",
    title="A map",
    parts=(
        MultipleChoice(
            id="where",
            stem="Where is it? ![A map of the sea](map.png) ![A small flag](flag.png) $x^2$",
            choices=(Choice(text="Here ![A map of a harbour](harbour.png)", correct=True), Choice(text="There")),
            feedback=Feedback(general="![The map with its answer](map.png)"),
        ),
    ),
    media=(
        Media("map.png", png((20, 90, 140), 1600, 900), "image/png"),
        Media("flag.png", png((200, 30, 30), 40, 30), "image/png"),
        Media("harbour.png", png((20, 120, 90), 1600, 900), "image/png"),
    ),
)


@pytest.fixture
def ada(classroom: Classroom) -> Visitor:
    with classroom.database.writing() as session:
        publish(session, MAP)
    ada = classroom.launch("Ada", quiz_id="map", resource_link_id="map")
    ada.post("/attempts")
    return ada


@pytest.fixture
def quiz(page: Page, classroom: Classroom, ada: Visitor) -> Page:
    """The browser at the map, when its pictures and scripts are there."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(sign_in(page.context, classroom, ada) + "/attempts/1")
    expect(link(page, "A map of the sea")).to_have_attribute("aria-haspopup", "dialog")
    return page


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name)


def test_a_picture_opens_as_large_as_it_is_and_closes_again(quiz: Page) -> None:
    assert violations_in_both_schemes(quiz) == []
    link(quiz, "A map of the sea").click()
    dialog = quiz.get_by_role("dialog", name="A map of the sea")
    expect(dialog).to_be_visible()
    assert dialog.get_by_role("img").evaluate("image => image.clientWidth") == 1600
    assert violations_in_both_schemes(quiz) == []
    assert quiz.evaluate("document.documentElement.scrollWidth") == 390
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    link(quiz, "A map of the sea").click()
    quiz.mouse.click(5, 5)  # beside it
    expect(dialog).to_be_hidden()


def test_it_opens_and_closes_by_keyboard_and_leads_back_to_where_one_was(quiz: Page) -> None:
    picture = link(quiz, "A map of the sea")
    picture.press("Enter")
    dialog = quiz.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    quiz.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(picture).to_be_focused()


def test_to_look_at_the_picture_of_a_choice_does_not_pick_it(quiz: Page) -> None:
    link(quiz, "A map of a harbour").click()
    expect(quiz.get_by_role("dialog", name="A map of a harbour")).to_be_visible()
    quiz.keyboard.press("Escape")
    expect(quiz.get_by_role("radio", checked=True)).to_have_count(0)
    quiz.get_by_text("Here", exact=True).click(position={"x": 8, "y": 8})  # on the word
    expect(quiz.get_by_role("radio", checked=True)).to_have_count(1)


def test_small_pictures_are_left_alone_and_so_are_large_ones_where_there_is_room(quiz: Page) -> None:
    expect(link(quiz, "A small flag")).to_have_count(0)
    expect(link(quiz, "A map of the sea")).to_have_count(1)
    quiz.locator("main").evaluate("main => { main.style.maxWidth = 'none' }")
    quiz.set_viewport_size({"width": 1900, "height": 800})
    expect(link(quiz, "A map of the sea")).to_have_count(0)
    quiz.set_viewport_size({"width": 390, "height": 800})
    expect(link(quiz, "A map of the sea")).to_have_count(1)


def test_in_a_frame_taller_than_the_screen_it_opens_where_the_picture_is(quiz: Page) -> None:
    quiz.set_viewport_size({"width": 390, "height": 8000})
    quiz.locator("main").evaluate("main => { main.style.paddingTop = '6000px' }")
    link(quiz, "A map of the sea").click()
    box, picture = quiz.get_by_role("dialog").bounding_box(), link(quiz, "A map of the sea").bounding_box()
    assert box is not None
    assert picture is not None
    assert box["y"] < picture["y"] < box["y"] + box["height"]
    assert box["height"] < 1200


def test_feedback_has_pictures_that_open_too(quiz: Page, ada: Visitor) -> None:
    ada.post("/attempts/1/submit", confirmed="yes")
    quiz.goto(quiz.url + "/result")
    link(quiz, "The map with its answer").click()
    expect(quiz.get_by_role("dialog", name="The map with its answer")).to_be_visible()


def test_with_scripts_off_a_picture_is_a_link_to_itself_in_a_new_tab(
    browser: Browser, classroom: Classroom, ada: Visitor
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(sign_in(context, classroom, ada) + "/attempts/1")
    with context.expect_page() as opened:
        link(page, "A map of a harbour").click()
    assert "/pictures/" in opened.value.url
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    context.close()
