"""`quizferry print`: the sheets, and their keys."""

import base64
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from lxml import html

from content.drawing import draw_for
from content.forms.orders import shown_order
from content.identity import with_ids
from content.media import Media
from content.questions import Essay, Matching, Ordering, Pair
from content.quiz import Pool, Quiz, Settings
from qti_export.cli import main
from qti_export.preview.paper import letter
from qti_export.preview.sheet import keys, sheets
from tests.content.pictures import PNG
from tests.content.strategies import quizzes
from tests.qti_export import quizzes as short

SHUFFLED = Settings(shuffle_answers=True, shuffle_questions=True)


def page(text: str, number: int = 0) -> html.HtmlElement:
    return html.fromstring(text).xpath("//main")[number]


def texts(element: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in element.xpath(path)]


@settings(max_examples=15, deadline=None)
@given(quizzes())
def test_every_quiz_that_can_be_drawn_prints_the_same_bytes_for_the_same_seed(quiz):
    named = with_ids(quiz)
    try:
        draw_for(named, 3)
    except ValueError:
        return
    for make in (sheets, keys):
        assert make(named, 2, 3, "a4") == make(named, 2, 3, "a4")


def test_versions_are_the_draws_of_seeds_that_follow_each_other():
    pool = Pool(id="p", pick=2, questions=tuple(short.essay(id=f"q{n}", stem=f"Stem {n}.") for n in range(9)))
    quiz = Quiz(id="x", title="T", parts=(pool,))
    made = sheets(quiz, 3, 7, "a4")
    assert texts(html.fromstring(made), "//*[@class='version']") == ["Version A", "Version B", "Version C"]
    for number in range(3):
        drawn = [question.stem for question in draw_for(quiz, 7 + number).questions]
        assert texts(page(made, number), ".//section/div/div[1]") == drawn


@pytest.mark.parametrize("seed", range(8))
def test_the_key_names_what_the_sheet_shows_under_its_letters_and_numbers(seed):
    asked = short.multiple_response(stem="Which?", choices=short.choices("*r1", "*r2", "w1", "w2", "w3"))
    pairs = tuple(Pair(left=f"l{n}", right=f"r{n}") for n in range(4))
    quiz = Quiz(
        id="x",
        title="T",
        settings=replace(SHUFFLED, shuffle_questions=False),
        parts=(asked, Matching(id="m", stem="M", pairs=pairs), Ordering(id="o", stem="O", items=("a", "b", "c", "d"))),
    )
    sheet, key = page(sheets(quiz, 1, seed, "a4")), page(keys(quiz, 1, seed, "a4"))
    picked, matched, ordered = texts(key, ".//tr/td[1]")[:3]
    choices = {row[0]: row[1:] for row in texts(sheet, ".//ul[@class='choices']/li")}
    assert {choices[one] for one in picked.split(", ")} == {"r1", "r2"}
    rights = {row[0]: row[1:] for row in texts(sheet, ".//div[@class='pairs']/ul[2]/li")}
    assert [rights[one] for one in matched.split(", ")] == ["r0", "r1", "r2", "r3"]
    items = texts(sheet, ".//ul[@class='items']/li")
    assert [items[ordered.split(", ").index(str(place))] for place in (1, 2, 3, 4)] == ["a", "b", "c", "d"]


def test_questions_and_choices_are_shuffled_as_the_quiz_says():
    asked = tuple(short.multiple_choice(id=f"q{n}", stem=f"S{n}") for n in range(6))
    stems = "//section/div/div[1]"
    in_order = [f"S{n}" for n in range(6)]
    still, moved = (Quiz(id="x", title="T", parts=asked, settings=one) for one in (Settings(), SHUFFLED))
    assert texts(html.fromstring(sheets(still, 1, 1, "a4")), stems) == in_order
    shown = texts(html.fromstring(sheets(moved, 1, 1, "a4")), stems)
    assert shown != in_order
    assert sorted(shown) == in_order


def test_the_sheet_holds_no_key_and_no_feedback():
    asked = short.multiple_choice(feedback=short.ALL_FEEDBACK)
    made = sheets(Quiz(id="x", title="T", parts=(asked, short.short_answer("Parisian"))), 1, 1, "a4")
    assert "Said" not in made
    assert "Parisian" not in made


def test_images_are_in_the_file_itself():
    media = (Media("cat.png", PNG, "image/png"),)
    made = sheets(Quiz(id="x", title="T", parts=(Essay(id="q", stem="![a cat](cat.png)"),), media=media), 1, 1, "a4")
    assert f'src="data:image/png;base64,{base64.b64encode(PNG).decode()}"' in made


def test_a_page_is_a4_or_letter_and_no_question_is_broken():
    quiz = Quiz(id="x", title="T", parts=(short.essay(),))
    assert "@page { size: letter; }" in sheets(quiz, 1, 1, "letter")
    assert "@page { size: A4; }" in sheets(quiz, 1, 1, "a4")
    assert re.search(r"\.question,\n\.text \{\n  break-inside: avoid;", sheets(quiz, 1, 1, "a4"))


def test_every_kind_is_answered_on_paper():
    asked = [short.multiple_choice(), short.multiple_response(), short.true_false(), short.short_answer()]
    asked += [short.numerical(), short.matching(), short.ordering(), short.fill_in_blanks(), short.dropdowns()]
    asked += [short.essay(), short.file_upload()]
    sheet = page(sheets(Quiz(id="x", title="T", parts=tuple(asked)), 1, 1, "a4"))
    for section in sheet.xpath(".//section[@class='question']"):
        assert section.xpath(".//*[@class='box' or @class='bubble' or starts-with(@class, 'line ')]")
    assert len(texts(sheet, ".//section")) == len(asked)


@pytest.mark.parametrize(("place", "expected"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")])
def test_choices_beyond_z_have_two_letters(place, expected):
    assert letter(place) == expected


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["print", *map(str, arguments)], catch_exceptions=False)


def test_the_command_writes_sheet_and_key(tmp_path: Path):
    (tmp_path / "q.md").write_text("Quiz title: T\n\n1. Q\n*a) x\nb) y\n", encoding="utf-8")
    out, key = tmp_path / "sheet.html", tmp_path / "key.html"
    result = run("--versions", 2, "-o", out, "--key", key, tmp_path / "q.md")
    assert result.exit_code == 0
    assert "Version B" in out.read_text(encoding="utf-8")
    assert "Answer key" in key.read_text(encoding="utf-8")
    assert "All versions are the same" in result.stderr


def test_a_quiz_with_errors_is_not_printed(tmp_path: Path):
    (tmp_path / "q.md").write_text("Quiz title: T\n\n1. Q\na) x\nb) y\n", encoding="utf-8")
    result = run("-o", tmp_path / "sheet.html", tmp_path / "q.md")
    assert result.exit_code == 1
    assert "no-key" in result.stderr
    assert not (tmp_path / "sheet.html").exists()


def test_order_of_the_key_is_that_of_the_form():
    ordering = Ordering(id="o", stem="O", items=("a", "b", "c"))
    key = page(keys(Quiz(id="x", title="T", parts=(ordering,)), 1, 5, "a4"))
    assert texts(key, ".//tr[1]/td[1]") == [", ".join(str(place + 1) for place in shown_order(ordering, 5))]
