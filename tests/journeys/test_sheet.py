"""The sheet of `quizferry print` in a browser, from which it is printed."""

from pathlib import Path

from playwright.sync_api import Page

from content.readers.quiz_text import read_quiz_text
from qti_export.preview.sheet import keys, sheets

PAPER = 794
"""The width of A4 in pixels, at 96 to the inch."""

ADDRESS = f"https://example.org/{'a' * 300}"
KINDS = {
    "choices": f"*a) {ADDRESS}\nb) no",
    "pairs": f"> {ADDRESS} -> {ADDRESS}\n> b -> c",
    "items": f"~ {ADDRESS}\n~ b",
    "text": f"= {ADDRESS}\n",
}


def test_a_word_longer_than_a_line_is_broken_so_that_nothing_is_printed_smaller(tmp_path: Path, page: Page):
    text = "Quiz title: T\n\n" + "\n\n".join(f"1. {ADDRESS}\n{answers}" for answers in KINDS.values())
    quiz = read_quiz_text(text, "quiz.md").quiz
    assert quiz is not None
    page.set_viewport_size({"width": PAPER, "height": 1000})
    for made in (sheets(quiz, 1, 1, "a4"), keys(quiz, 1, 1, "a4")):
        (tmp_path / "sheet.html").write_text(made, encoding="utf-8")
        page.goto((tmp_path / "sheet.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= PAPER
