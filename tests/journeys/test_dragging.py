"""What is put into order and matched can be dragged: with a mouse, and with a finger on a phone."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from content.questions import Matching, Ordering, Pair
from content.quiz import Quiz
from lti_app.services.quizzes import publish
from tests.journeys.answering import expect_ready, expect_saved, order_of
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom

RIGHTS = ("It brings fish", "It brings rain")
QUIZ = Quiz(
    id="tides",
    title="Tides",
    parts=(
        Matching(
            id="bring",
            stem="What do they bring?",
            pairs=(Pair(left="The sea", right=RIGHTS[0]), Pair(left="The sky", right=RIGHTS[1])),
        ),
        Ordering(id="order", stem="In which order?", items=("Ebb", "Slack", "Flood")),
    ),
)

Point = tuple[float, float]


class Mouse:
    """A mouse's button."""

    def __init__(self, page: Page) -> None:
        self._mouse = page.mouse

    def press(self, at: Point) -> None:
        self._mouse.move(*at)
        self._mouse.down()

    def move(self, to: Point) -> None:
        self._mouse.move(*to, steps=8)

    def release(self) -> None:
        self._mouse.up()


class Finger:
    """A finger on the screen, as the browser's own protocol has it."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._at: Point = (0, 0)

    def press(self, at: Point) -> None:
        self._touch("touchStart", at)

    def move(self, to: Point) -> None:
        (x, y), (from_x, from_y) = to, self._at
        for step in range(1, 9):
            self._touch("touchMove", (from_x + (x - from_x) * step / 8, from_y + (y - from_y) * step / 8))

    def release(self) -> None:
        self._session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def _touch(self, kind: str, at: Point) -> None:
        self._at = at
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at[0], "y": at[1]}]})


@pytest.fixture
def quiz(browser: Browser, classroom: Classroom) -> Iterator[Page]:
    with classroom.database.writing() as session:
        publish(session, QUIZ)
    student = classroom.launch("Ada", quiz_id="tides")
    student.post("/attempts")
    context = browser.new_context(viewport={"width": 390, "height": 1400}, has_touch=True)
    page = context.new_page()
    page.goto(sign_in(context, classroom, student) + "/attempts/1")
    expect_ready(page)
    yield page
    context.close()


@pytest.fixture(params=[Mouse, Finger])
def hand(quiz: Page, request: pytest.FixtureRequest) -> Mouse | Finger:
    make: Callable[[Page], Mouse | Finger] = request.param
    return make(quiz)


def middle(element: Locator) -> Point:
    box = element.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def items(page: Page) -> Locator:
    return page.locator(".items .prose")


def item(page: Page, number: int) -> Locator:
    return page.locator(".items > li").nth(number)


def test_a_right_side_is_dragged_to_its_left_one(quiz: Page, hand: Mouse | Finger) -> None:
    for left, right in zip(("The sea", "The sky"), RIGHTS, strict=True):
        hand.press(middle(quiz.locator(".right-side", has_text=right).locator(".grip")))
        hand.move(middle(quiz.locator(".pair", has_text=left)))
        expect(quiz.locator(".pair.over")).to_contain_text(left)
        hand.release()
        expect(quiz.get_by_label(left)).to_have_js_property("selectedOptions.0.text", right)
    expect(quiz.locator(".right-side.taken")).to_have_count(2)
    expect_saved(quiz)
    quiz.reload()
    expect(quiz.get_by_label("The sky")).to_have_js_property("selectedOptions.0.text", RIGHTS[1])


def test_beside_all_of_them_nothing_is_matched(quiz: Page, hand: Mouse | Finger) -> None:
    chip = quiz.locator(".right-side", has_text=RIGHTS[0])
    before = middle(chip.locator(".grip"))
    hand.press(before)
    hand.move(middle(quiz.get_by_role("heading", level=1)))
    hand.release()
    assert middle(chip.locator(".grip")) == before
    expect(quiz.locator("#answered")).to_have_text("0 of 2")


def test_an_item_is_dragged_to_its_place(quiz: Page, hand: Mouse | Finger) -> None:
    first, second, third = order_of(quiz)
    hand.press(middle(item(quiz, 0).locator(".grip")))
    x, y = middle(item(quiz, 2))
    hand.move((x, y + 10))
    expect(items(quiz)).to_have_text([second, third, first])
    hand.release()
    expect_saved(quiz)
    quiz.reload()
    expect_ready(quiz)
    expect(items(quiz)).to_have_text([second, third, first])


def test_the_escape_key_puts_an_item_back(quiz: Page, hand: Mouse | Finger) -> None:
    first, second, third = order_of(quiz)
    hand.press(middle(item(quiz, 2).locator(".grip")))
    x, y = middle(item(quiz, 0))
    hand.move((x, y - 10))
    expect(items(quiz)).to_have_text([third, first, second])
    quiz.keyboard.press("Escape")
    hand.release()
    expect(items(quiz)).to_have_text([first, second, third])
    expect(quiz.locator("#answered")).to_have_text("0 of 2")


def test_a_finger_beside_the_grip_scrolls_the_page(quiz: Page) -> None:
    quiz.set_viewport_size({"width": 390, "height": 500})
    item(quiz, 1).scroll_into_view_if_needed()
    before, finger = order_of(quiz), Finger(quiz)
    x, y = middle(item(quiz, 1).locator(".prose"))
    finger.press((x, y))
    finger.move((x, y - 150))
    finger.release()
    assert order_of(quiz) == before


def test_so_does_a_finger_on_what_belongs_to_a_left_side(quiz: Page) -> None:
    quiz.set_viewport_size({"width": 390, "height": 500})
    chip, finger = quiz.locator(".right-side", has_text=RIGHTS[1]), Finger(quiz)
    chip.scroll_into_view_if_needed()
    before, box = quiz.evaluate("scrollY"), chip.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] - 16, box["y"] + box["height"] / 2
    finger.press((x, y))
    finger.move((x, y - 150))
    finger.release()
    quiz.wait_for_function("before => scrollY > before", arg=before)
    expect(quiz.locator("#answered")).to_have_text("0 of 2")
