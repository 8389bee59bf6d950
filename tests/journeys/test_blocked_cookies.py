"""A browser that keeps no cookies in frames at all: the LMS's page keeps what ties a launch to the browser.

To the browser the LMS and the tool are two sites, ``127.0.0.1`` and ``localhost``. Where the LMS keeps nothing either,
the quiz opens in a tab of its own.
"""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import OpenProfile
from tests.journeys.pressing import press_enter
from tests.journeys.school_site import SchoolSite


@pytest.fixture
def page(open_profile: OpenProfile) -> Page:
    return open_profile("blocked although partitioned").new_page()


def test_a_quiz_is_taken_in_a_frame_without_any_cookie(page: Page, school: SchoolSite) -> None:
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    frame = school.open(page, "Ada Osei", "The sea")
    press_enter(frame.get_by_role("button", name="Start"))
    frame.get_by_role("radio", name="Deep").check()
    expect(frame.locator(".saved-mark:visible")).to_have_count(1)
    press_enter(frame.get_by_role("button", name="Submit quiz"))
    press_enter(frame.get_by_role("button", name="Submit anyway"))
    expect(frame.get_by_role("heading", name="Your result: 1 of 4 points")).to_be_visible()
    expect(frame.get_by_text("On its way to your course’s gradebook")).to_be_visible()
    press_enter(frame.get_by_role("link", name="All attempts"))
    press_enter(frame.get_by_role("link", name="Attempt 1"))
    expect(frame.get_by_role("heading", name="Your result: 1 of 4 points")).to_be_visible()
    secret = frame.locator("meta[name='launch-secret']").get_attribute("content")
    assert len(secret or "") == 43
    assert not [address for address in addresses if str(secret) in address]
    assert [cookie["domain"] for cookie in page.context.cookies()] == ["127.0.0.1"]


def test_a_link_that_is_followed_while_its_page_still_comes_leads_on(page: Page, school: SchoolSite) -> None:
    page.add_init_script(
        """new MutationObserver((changes, observer) => {
            const link = document.querySelector("nav a[href$='/quiz']:not([aria-current])");
            if (link) { observer.disconnect(); link.click(); }
        }).observe(document, { childList: true, subtree: true });"""
    )
    frame = school.open(page, "Clara Ruiz", "The sea")
    expect(frame.get_by_role("button", name="Use this quiz").first).to_be_visible()


def test_a_teacher_reads_the_results_without_any_cookie(page: Page, school: SchoolSite) -> None:
    frame = school.open(page, "Clara Ruiz", "The sea")
    expect(frame.get_by_text("Nobody has started yet.")).to_be_visible()
    press_enter(frame.get_by_role("link", name="Quiz and key"))
    expect(frame.get_by_text("How deep?")).to_be_visible()
    press_enter(frame.get_by_role("link", name="Choose a quiz"))
    press_enter(frame.get_by_role("button", name="Use this quiz").first)
    expect(frame.get_by_text("Nobody has started yet.")).to_be_visible()


def test_what_is_no_launch_s_page_is_not_opened_by_its_address(page: Page, school: SchoolSite) -> None:
    frame = school.open(page, "Ada Osei", "The sea")
    expect(frame.get_by_role("button", name="Start")).to_be_visible()
    address = page.frames[1].url
    assert "/carried/launches/" in address
    page.goto(address)
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    page.goto(address.replace("/carried", ""))
    expect(page.get_by_role("heading", name="Open the quiz from your course")).to_be_visible()


def test_a_quiz_opens_in_a_tab_of_its_own_where_nobody_keeps_anything(page: Page, school: SchoolSite) -> None:
    page.route("**/storage.js", lambda route: route.abort())
    frame = school.open(page, "Ada Osei", "The sea")
    expect(frame.get_by_role("heading", name="Open the quiz in its own tab")).to_be_visible()
    with page.context.expect_page() as opened:
        press_enter(frame.get_by_role("button", name="Open in a new tab"))
    tab = opened.value
    expect(tab.get_by_role("heading", name="The sea")).to_be_visible()
    assert re.match(r"http://localhost:\d+/launches/", tab.url)
    tab.get_by_role("button", name="Start").click()
    expect(tab.get_by_text("How deep?")).to_be_visible()


def test_a_login_that_the_lms_does_not_remember_is_refused_with_a_way_on(page: Page, school: SchoolSite) -> None:
    forget = "addEventListener('message', (event) => { if (event.data.subject === 'lti.put_data') stores.clear(); })"

    def forgetful(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=f"{response.text()}\n{forget}")

    page.route("**/storage.js", forgetful)
    frame = school.open(page, "Ada Osei", "The sea")
    expect(frame.get_by_role("heading", name="Open the quiz in its own tab")).to_be_visible()
