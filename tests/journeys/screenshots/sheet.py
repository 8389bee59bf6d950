"""One picture of a page in four: on a desktop and on a phone, in light and in dark."""

import base64
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

WIDTHS = (1280, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HEIGHTS = (480, 860)
"""At least, and at most: what is longer goes on beyond the picture."""

SCALE = 0.6
QUALITY = 70
SHEET = """<!doctype html><style>
body { margin: 0; width: max-content; padding: 24px; background: #8a90a3; }
div { display: flex; align-items: flex-start; gap: 24px; margin-bottom: 24px; }
div:last-child { margin: 0; }
img { display: block; border-radius: 6px; }
</style>"""


def take_sheet(browser: Browser, page: Page, path: Path, tallest: int = HEIGHTS[1]) -> None:
    """Take the four pictures of the page as it is, and store them as one."""
    rows = []
    page.mouse.move(0, 0)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        rows.append([_picture(page, width, tallest) for width in WIDTHS])
    _store(browser, rows, path)


def _picture(page: Page, width: int, tallest: int) -> str:
    page.set_viewport_size({"width": width, "height": HEIGHTS[0]})
    # A long page is cut, with what sticks to its end where a reader sees it; a frame's is as tall as what it shows.
    height = min(max(page.evaluate("document.body.scrollHeight"), HEIGHTS[0]), tallest)
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    return base64.b64encode(page.screenshot()).decode()


def _store(browser: Browser, rows: list[list[str]], path: Path) -> None:
    context = browser.new_context()
    sheet = context.new_page()
    images = ("".join(f'<img src="data:image/png;base64,{data}">' for data in row) for row in rows)
    sheet.set_content(SHEET + "".join(f"<div>{row}</div>" for row in images))
    sheet.evaluate("() => Promise.all([...document.images].map((image) => image.decode()))")
    size = sheet.evaluate("({ width: document.body.offsetWidth, height: document.body.offsetHeight })")
    clip = {"x": 0, "y": 0, "scale": SCALE, **size}
    options = {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True, "clip": clip}
    answer = context.new_cdp_session(sheet).send("Page.captureScreenshot", options)
    path.write_bytes(base64.b64decode(answer["data"]))
    context.close()
