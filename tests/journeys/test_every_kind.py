"""A quiz with questions of every kind, taken in a browser: by keyboard alone, and with scripts off."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from content.identity import with_ids
from content.quiz import Quiz, Settings
from content.quizzes import showcase
from content.readers import read_file
from lti_app.models import Role
from lti_app.services.quizzes import publish
from tests.journeys.axe import violations
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom, Visitor

PICKS = {
    "loss-curves": ["The model overfits."],
    "early-stopping": ["True"],
    "regularisation": ["Dropout", "Weight decay", "More training data"],
    "batching": ["Latency of a single request", "Memory of the accelerator"],
    "caching": ["Those of a model that does not change", "Those to the same features"],
    "accuracy": ["99 %"],
}
"""What the right choices begin with, by question."""

TYPED = {
    "q.gradient": "1,5",  # a decimal comma is one, too
    "q.epoch-time": "641",
    "q.speedup": "3.80",
    "q.canary": "Canary Release",
    "q.http-header": "Accept",
    "q.precision": "0.8",
    "q.recall": "0.5",
    "q.drift.0": "covariate",
    "q.drift.1": "concept",
    "q.postmortem": "A clock was wrong.",
}
SELECTED = {
    "q.formats.0": "models of any framework",
    "q.formats.1": "models of TensorFlow",
    "q.formats.2": "tables, column by column",
    "q.alerts.0": "rare",
    "q.alerts.1": "do",
}
"""What is right, by field."""

ORDER = ["Test on held-out data", "Run in the shadow of the old model", "Serve 1 % of the users", "Serve everybody"]
CARD = {"name": "card.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
SCORE = "24.75 of 33.75 points"  # a person grades the other 9


def quiz_with(settings: Settings) -> Quiz:
    read = read_file(showcase()).quiz
    assert read is not None
    return replace(with_ids(read), settings=settings)


def begin(classroom: Classroom, settings: Settings) -> Visitor:
    with classroom.database.writing() as session:
        publish(session, quiz_with(settings))
    ada = classroom.launch("Ada", quiz_id="showcase")
    ada.post("/attempts")
    return ada


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page with scripts off."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def is_right(label: Locator, question_id: str) -> bool:
    words = label.inner_text().strip()
    return any(words.startswith(right) for right in PICKS[question_id])


def press_until(page: Page, key: str, condition: str, most: int = 12) -> None:
    """Press a key until the JavaScript says so of the focused element."""
    for _ in range(most):
        if page.evaluate(f"(one => {condition})(document.activeElement)"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to: {condition}")


def sort_by_keyboard(page: Page) -> None:
    """Put each item where it belongs, from the first again after each move, until the focus is at the last."""
    item = "one.tagName === 'SELECT' && one.closest('li')"
    for _ in range(30):
        here = page.locator("li:has(select:focus)")
        place = here.evaluate("one => [...one.parentElement.children].indexOf(one)")
        wanted = ORDER.index(here.locator(".prose").inner_text().strip())
        if place != wanted:
            page.keyboard.type(str(wanted + 1))
            press_until(page, "Shift+Tab", f"{item} === one.closest('ol').firstElementChild")
        elif place == len(ORDER) - 1:
            return
        else:
            page.keyboard.press("Tab")
            press_until(page, "Tab", item)
    raise AssertionError("the items do not come into order")


def answer_focused(page: Page) -> None:
    """Answer by keyboard what has the focus."""
    focused = page.locator(":focus")
    name = focused.get_attribute("name") or ""
    question_id = name.removeprefix("q.").split(".")[0]
    match focused.get_attribute("type"), focused.evaluate("one => one.tagName"):
        case "radio", _:
            right = PICKS[question_id][0]
            page.keyboard.press("Space")
            press_until(page, "ArrowDown", f"one.closest('label').innerText.trim().startsWith({right!r})")
        case "checkbox", _ if is_right(focused.locator("xpath=ancestor::label"), question_id):
            page.keyboard.press("Space")
        case "file", _:
            with page.expect_file_chooser() as chooser:
                page.keyboard.press("Space")
            chooser.value.set_files(CARD)  # type: ignore[arg-type]
        case _, "SELECT" if name in SELECTED:
            page.keyboard.type(SELECTED[name])
        case _, "SELECT":
            sort_by_keyboard(page)
        case "text", _:
            page.keyboard.type(TYPED[name])
        case _, "TEXTAREA":
            page.keyboard.type(TYPED[name])


def name_of_focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || ''"))


def answer_by_keyboard(page: Page) -> None:
    """Go through the page with the Tab key, and answer each field once; items of an ordering move under the focus."""
    done: set[str] = set()
    for _ in range(150):
        page.keyboard.press("Tab")
        name = name_of_focused(page)
        if page.evaluate("document.activeElement.id") == "submit-button":
            return
        is_box = page.evaluate("document.activeElement.type") == "checkbox"
        if name.startswith("q.") and (is_box or name not in done):
            answer_focused(page)
            done.add(name)
    raise AssertionError("Tab does not lead to the end")


def test_it_is_taken_by_keyboard_alone(page: Page, classroom: Classroom) -> None:
    ada = begin(classroom, Settings(shuffle_questions=True, shuffle_answers=True))
    page.on("filechooser", lambda _: None)  # from the start: a browser told while a key is pressed may open its own
    page.goto(sign_in(page.context, classroom, ada) + "/attempts/1")
    answer_by_keyboard(page)
    expect(page.locator(".file-name")).to_have_text("card.pdf")
    expect(page.locator("#answered")).to_have_text("18 of 18")
    expect(page.get_by_role("button", name="Submit quiz")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(SCORE)
    expect(page.get_by_text("Not final yet")).to_be_visible()


def answer_plainly(page: Page) -> None:
    """Answer every question of the page, as a hand with a mouse does."""
    for label in page.locator("label.choice").all():
        question_id = (label.locator("input").get_attribute("name") or "").removeprefix("q.")
        if is_right(label, question_id):
            label.click()
    for name, words in TYPED.items():
        for field in page.locator(f'[name="{name}"]:not([type=hidden])').all():
            field.fill(words)
    for name, words in SELECTED.items():
        for field in page.locator(f'[name="{name}"]:not([type=hidden])').all():
            field.select_option(label=words)
    for item in page.locator(".item").all():
        item.locator("select").select_option(str(ORDER.index(item.locator(".prose").inner_text().strip()) + 1))
    for field in page.locator("input[type=file]").all():
        field.set_input_files(CARD)  # type: ignore[arg-type]


def test_it_is_taken_with_scripts_off_one_question_at_a_time(plain_page: Page, classroom: Classroom) -> None:
    settings = Settings(shuffle_questions=True, shuffle_answers=True, one_question_at_a_time=True, cant_go_back=True)
    plain_page.goto(sign_in(plain_page.context, classroom, begin(classroom, settings)) + "/attempts/1")
    for number in range(1, 19):
        expect(plain_page.get_by_text(f"Question {number} of 18")).to_be_visible()
        answer_plainly(plain_page)
        plain_page.get_by_role("button", name="Submit quiz" if number == 18 else "Next", exact=True).click()
    expect(plain_page.get_by_role("heading", level=1)).to_contain_text(SCORE)
    expect(plain_page.get_by_role("link", name="card.pdf")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_its_pages_and_none_scrolls_sideways(
    browser: Browser, classroom: Classroom, width: int
) -> None:
    ada = begin(classroom, Settings(time_limit=75))
    grace = classroom.launch("Grace", Role.INSTRUCTOR)
    ada.put("/attempts/1/answers/postmortem", {"q.postmortem": ["A clock was wrong."]}, 1)
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    home = sign_in(context, classroom, ada)
    found = look(page, f"{home}/attempts/1", width)
    ada.post("/attempts/1/submit", confirmed="yes")
    found += look(page, f"{home}/attempts/1/result", width)
    teaching = sign_in(context, classroom, grace)
    found += look(page, f"{teaching}/teach/students/1/attempts/1", width)
    found += look(page, f"{teaching}/teach/preview", width)
    context.close()
    assert found == []


def look(page: Page, url: str, width: int) -> list[str]:
    """What is wrong with the page at the address."""
    response = page.goto(url)
    assert response is not None
    assert response.status == 200
    found = [f"{url}: {violation}" for violation in violations(page)]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*found, f"{url}: {wide} pixels wide"] if wide > width else found
