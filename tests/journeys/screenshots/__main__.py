"""Takes all the pictures: ``python -m tests.journeys.screenshots [NAME ...]``, of all pages or of some."""

import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.conftest import ARGUMENTS
from tests.journeys.demo_picture import PICTURE
from tests.journeys.demo_process import running_demo
from tests.journeys.screenshots.demo_pages import demo_pages
from tests.journeys.screenshots.sheet import take_sheet
from tests.journeys.screenshots.tool_pages import SCENES
from tests.journeys.visits import running_classroom

FOLDER = PICTURE.parent / "pages"
INDEX = FOLDER.parent.parent / "pages.md"
TALL = {"student-every-kind-of-question": 2400, "student-quiz-checked": 1300, "student-result": 1300}
"""How tall pages are shown that have more to show than others."""


def take(browser: Browser, page: Page, names: Iterator[str], wanted: Collection[str]) -> None:
    """Take a sheet of each page in turn."""
    for name in names:
        if not wanted or name in wanted:
            print(name)
            take_sheet(browser, page, FOLDER / f"{name}.webp", **({"tallest": TALL[name]} if name in TALL else {}))
            page.set_viewport_size({"width": 1280, "height": 800})


def write_index() -> None:
    """Write the page of the docs that shows all sheets."""
    sheets = sorted(path.stem for path in FOLDER.glob("*.webp"))
    parts = [f"## {name}\n\n![{name}](images/pages/{name}.webp)\n" for name in sheets]
    note = "Each in light and dark, at 1280 and 390 pixels. `make screenshots` takes them anew."
    INDEX.write_text("\n".join(["# Every page", "", note, "", *parts]), encoding="utf-8")


@contextmanager
def new_page(browser: Browser) -> Iterator[Page]:
    """Open a page in a context of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def main(wanted: Collection[str]) -> None:
    """Take the pictures of these pages, of all if there are none."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        with running_classroom(f"sqlite:///{folder}/pages.db") as classroom:
            for scene in SCENES:
                with new_page(browser) as page:
                    take(browser, page, scene(classroom, page), wanted)
        with running_demo(Path(folder)) as demo, new_page(browser) as page:
            take(browser, page, demo_pages(demo, page), wanted)
        browser.close()
    write_index()


if __name__ == "__main__":
    main(sys.argv[1:])
