"""Buttons and links in a frame of another site, which lead to another page there."""

from contextlib import suppress

from playwright.sync_api import Locator, expect
from playwright.sync_api import TimeoutError as TakesLong


def press_enter(control: Locator) -> None:
    """Press Enter at it. Chromium now and then never says that a frame has heard the key with which it goes elsewhere.

    So that is not waited for long: what follows shows whether it was heard. A click could miss while the LMS fits the
    frame to a page that has just come, and scrolls.
    """
    expect(control).to_be_visible()
    with suppress(TakesLong):
        control.press("Enter", timeout=10_000)
