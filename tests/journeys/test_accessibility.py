"""Every page in every state: axe-core finds nothing; by keyboard, at 400 % zoom and without motion it is as good."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select, update

from content.quiz import Settings, Shown
from lti_app.models import GradePassback, PassbackState, Quiz, Role, utcnow
from lti_app.services.quizzes import publish
from tests.journeys.admin_visits import AdminSite, visit_admin_pages
from tests.journeys.axe import violations_in_both_schemes
from tests.journeys.tabbing import problems_of_tabbing
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom, Visitor
from tests.lti_app.web.quizzes import ALL_RIGHT, PARTLY_RIGHT, SEA

LONG_NAME = "Charlotte Wolfeschlegelsteinhausenbergerdorff"


def populate(classroom: Classroom, locale: str = "") -> dict[str, Visitor]:
    """Let people do things; return who can see what came of it, in the language that their LMS says they have."""
    launch = partial(classroom.launch, locale=locale)
    ada = launch("Ada", quiz_id="sea", context_title="An introduction to everything that swims")
    ada.take(1, **PARTLY_RIGHT)
    ada.take(2, **ALL_RIGHT)
    ada.post("/attempts")
    ada.save(3, "salts", [0, 2])
    with classroom.database.writing() as session:
        publish(session, replace(SEA, id="checked", settings=Settings(show_feedback=Shown.AT_ONCE)))
        publish(session, replace(SEA, id="quiet", settings=Settings(show_feedback=Shown.NEVER)))
    eve = launch("Eve", quiz_id="checked", resource_link_id="checked")
    eve.post("/attempts")
    eve.post("/attempts/1/submit", step=0, check="depth", **{"q.depth": "0"})
    bob = launch(LONG_NAME, quiz_id="sea")
    bob.take(1, **PARTLY_RIGHT)
    with classroom.database.writing() as session:
        first, second = session.scalars(select(GradePassback).order_by(GradePassback.id))
        first.state, first.sent_at = PassbackState.SENT, utcnow()
        second.state, second.last_error = PassbackState.FAILED, "Your course site says that nobody has this name."
    sid = launch("Sid", quiz_id="quiet", resource_link_id="quiet")
    sid.take(1, **PARTLY_RIGHT)
    return {
        "ada": ada,
        "bob": bob,
        "eve": eve,
        "sid": sid,
        "new": launch("Cy"),
        "early": launch("Dee", resource_link_id="without-a-quiz"),
        "teacher": launch("Grace", Role.INSTRUCTOR),
        "unbound": launch("Grace", Role.INSTRUCTOR, resource_link_id="without-a-quiz"),
        "picker": classroom.pick(locale=locale),
        "empty": launch("Grace", Role.INSTRUCTOR, resource_link_id="untouched", quiz_id="sky"),
    }


PAGES = [
    ("new", "/", 200),
    ("early", "/", 200),
    ("ada", "/", 200),
    ("ada", "/attempts/3", 200),
    ("ada", "/attempts/3?check=open", 200),
    ("eve", "/", 200),
    ("eve", "/attempts/1?unchecked=salts", 200),
    ("ada", "/attempts/1/result", 200),
    ("ada", "/attempts/2/result", 200),
    ("bob", "/attempts/1/result", 200),
    ("sid", "/attempts/1/result", 200),
    ("ada", "/teach/", 403),
    ("teacher", "/teach/accommodations", 200),
    ("empty", "/teach/accommodations", 200),
    ("ada", "/nowhere", 404),
    ("teacher", "/teach/", 200),
    ("teacher", "/teach/quiz", 200),
    ("teacher", "/teach/preview", 200),
    ("teacher", "/teach/preview?quiz=sky", 200),
    ("teacher", "/teach/students/1/attempts/1", 200),
    ("teacher", "/teach/students/1/attempts/3", 200),
    ("teacher", "/teach/students/1/grade", 200),
    ("teacher", "/teach/grading?which=latest&late=5", 200),
    ("teacher", "/teach/compare", 200),
    ("teacher", "/teach/receipts", 200),
    ("teacher", "/teach/no-attempt", 404),
    ("unbound", "/teach/quiz", 200),
    ("empty", "/teach/", 200),
    ("picker", "/link/?quiz=sea", 200),
    ("picker", "/link/settings?quiz=sea&quiz=sky", 200),
    ("picker", "/link/preview/sea", 200),
]


def open_page(page: Page, url: str) -> int:
    response = page.goto(url)
    assert response is not None
    return response.status


def visit_all(context: BrowserContext, classroom: Classroom, locale: str = "") -> Iterator[tuple[str, Page]]:
    """Open each page in turn; at the end, the choice that has nothing to choose from."""
    page = context.new_page()
    homes = {who: sign_in(context, classroom, visitor) for who, visitor in populate(classroom, locale).items()}
    for who, path, status in PAGES:
        assert (who, path, open_page(page, homes[who] + path)) == (who, path, status)
        yield f"{who} {path}", page
    with classroom.database.writing() as session:
        session.execute(update(Quiz).values(offered=False))
    assert open_page(page, homes["unbound"] + "/teach/quiz") == 200
    yield "nothing to choose", page
    assert open_page(page, classroom.config.public_url + "/launches/none/") == 403
    yield "no launch", page


@pytest.mark.timeout(300)
def test_axe_finds_nothing(browser: Browser, classroom: Classroom) -> None:
    context = browser.new_context(reduced_motion="reduce")
    found = []
    for name, page in visit_all(context, classroom):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{name}, {width}: {violation}" for violation in violations_in_both_schemes(page)]
    context.close()
    assert found == []


MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
  const { transitionDuration, animationName } = getComputedStyle(one);
  return parseFloat(transitionDuration) > 0 || animationName !== "none";
}).map(one => `moves: ${one.outerHTML.slice(0, 150)}`)"""
"""What moves, now or once it changes."""

WIDER = """() => document.documentElement.scrollWidth > innerWidth ? ["scrolls sideways"] : []"""


def problems(name: str, page: Page) -> list[str]:
    """Return what keeps people from using the page by keyboard, at 400 % zoom, and without motion."""
    return [f"{name}: {one}" for one in (*page.evaluate(WIDER), *page.evaluate(MOVING), *problems_of_tabbing(page))]


def test_at_400_per_cent_every_page_fits_keeps_still_and_is_gone_through_by_keyboard(
    browser: Browser, classroom: Classroom
) -> None:
    """A window 1280 pixels wide shows 320 CSS pixels then, as a narrow phone does (WCAG 2.2, 1.4.10)."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    assert [problem for name, page in visit_all(context, classroom) for problem in problems(name, page)] == []
    context.close()


def test_so_does_every_page_for_admins_and_axe_finds_nothing(browser: Browser, admin_site: AdminSite) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    page, found = context.new_page(), []
    for name in visit_admin_pages(page, admin_site):
        found += [f"{name}: {violation}" for violation in violations_in_both_schemes(page)]
        found += problems(name, page)
    context.close()
    assert found == []
