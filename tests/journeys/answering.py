"""A quiz with answers of several kinds, and a browser at it."""

from decimal import Decimal

from playwright.sync_api import BrowserContext, Page, expect

from content.numbers import Exact
from content.questions import Choice, Essay, MultipleChoice, Numerical, Ordering
from content.quiz import Quiz, Settings
from lti_app.services.quizzes import publish
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom, Visitor

KEPT = "Kept on this device – will be sent when you are back online"
ITEMS = ("Ebb", "Slack", "Flood")


def tides(settings: Settings | None = None) -> Quiz:
    """An essay, an ordering, a number and a choice."""
    choices = (Choice(text="The moon", correct=True), Choice(text="The wind"))
    parts = (
        Essay(id="why", stem="Why are there tides?"),
        Ordering(id="order", stem="In which order?", items=ITEMS),
        Numerical(id="hours", stem="How many hours?", answers=(Exact(value=Decimal("12.4")),)),
        MultipleChoice(id="cause", stem="What causes them?", choices=choices),
    )
    return Quiz(id="tides", title="Tides", settings=settings or Settings(), parts=parts)


def begin(classroom: Classroom, quiz: Quiz | None = None, name: str = "Ada") -> Visitor:
    """Have a student begin the quiz."""
    with classroom.database.writing() as session:
        publish(session, quiz or tides())
    student = classroom.launch(name, quiz_id="tides", resource_link_id="tides")
    student.post("/attempts")
    return student


def open_attempt(context: BrowserContext, classroom: Classroom, student: Visitor, tool: str = "") -> Page:
    """Open the running attempt in a new tab, in which leaving with unsaved answers is confirmed.

    ``tool`` is the address of another tool with the classroom's database.
    """
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    home = sign_in(context, classroom, student)
    page.goto(f"{tool}{student.home}/attempts/1" if tool else f"{home}/attempts/1")
    expect_ready(page)
    return page


def expect_ready(page: Page) -> None:
    """Wait until the page's scripts run."""
    expect(page.locator("#saving")).not_to_contain_text("saved when you")


def expect_saved(page: Page) -> None:
    """Wait until every answer is acknowledged."""
    expect(page.locator("#saving[data-state=saved]")).to_have_text("Saved")


def close_offline(page: Page) -> None:
    """Close a tab whose device has no network, so that nothing of it arrives.

    Chromium ends what it emulates with the page, at times before the page sends its last request.
    """
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')); }")
    page.close()


def order_of(page: Page) -> list[str]:
    """The items of the ordering as they stand."""
    return [text.strip() for text in page.locator(".items .prose").all_inner_texts()]


def kept_in(page: Page) -> list[str]:
    """The questions whose answers this browser keeps."""
    names: list[str] = page.evaluate("Object.keys(localStorage)")
    return sorted(name.split(" ")[-1] for name in names if name.startswith("quizferry answer "))
