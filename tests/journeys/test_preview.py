"""`quizferry preview` in a browser, while its author writes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import violations
from tests.qti_export.preview.serving import Served, served

TEXT = """\
Quiz title: Ferries

1. Which float?
? Think of water.
[*] wood
... Wood is light.
[ ] stone

2. Capital of France?
* Paris

3. Order them.
~ raft
~ boat
~ ship

4. The [pet] sat.
<> [pet] cat

5. A [front].
{*} [front] bow
{ } [front] keel

6. Match.
> dog -> bark
> cat -> meow

7. Write.
___
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "quiz.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def preview(file: Path) -> Iterator[Served]:
    with served(file) as running:
        yield running


def test_saving_the_file_shows_it_anew_and_keeps_the_answers_of_what_has_not_changed(preview, file, page: Page):
    page.goto(preview.url)
    page.get_by_label("wood").check()
    page.get_by_label("Capital of France?").fill("Rome")
    file.write_text(TEXT.replace("Ferries", "Boats").replace("of France?", "of Italy?"), encoding="utf-8")
    expect(page.get_by_role("heading", name="Boats")).to_be_visible()
    expect(page.get_by_label("wood")).to_be_checked()
    expect(page.get_by_label("Capital of Italy?")).to_have_value("")
    file.write_text("Quiz title: Boats\n\n1. Which?\na) this\nb) that\n", encoding="utf-8")
    expect(page.get_by_text("Line 3:")).to_be_visible()
    expect(page.get_by_role("button", name="Score my answers")).to_be_disabled()


def test_an_ordering_is_answered_by_keyboard_and_scored(preview, page: Page):
    page.goto(preview.url)
    items = page.locator(".item")
    for place, word in enumerate(("raft", "boat", "ship")):
        while items.nth(place).locator(".prose").inner_text() != word:
            items.filter(has_text=word).get_by_role("button", name="Move up").press("Enter")
    page.get_by_role("button", name="Score my answers").press("Enter")
    expect(page.get_by_role("heading", name="1 of 7 points")).to_be_in_viewport()
    expect(page.locator("[data-question=q3] .verdict")).to_have_text("Right")
    assert items.locator(".prose").all_inner_texts() == ["raft", "boat", "ship"]


@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_is_accessible_and_does_not_scroll_sideways(preview, page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(preview.url)
    for _ in range(2):
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("button", name="Score my answers").click()
        expect(page.locator("#result")).to_be_visible()
