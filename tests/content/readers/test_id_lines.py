"""Ids that are put into a quiz text."""

import difflib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.identity import with_ids
from content.quiz import Quiz
from content.readers.quiz_text import read_quiz_text
from content.readers.quiz_text.id_lines import with_id_lines
from content.writers.quiz_text import write_quiz_text
from tests.content.strategies import quizzes

FILE = "week 3.md"

TEXT = """\
% Asked in spring
Quiz title: Week
  three
Shuffle answers: true

Title: One
1. Q
   more

*a) yes
b) no
COMMENT
2. out
END_COMMENT

id: mine
2. Q

   ```
   3. code
   ```
___
Text title: T
Text: t

SECTION
Title: S
3.  Q
= 5
GROUP

Pick: 1

4. Q
* x
END_GROUP
END_SECTION
"""


def ids_put_into(text: str) -> str:
    quiz = read_quiz_text(text, FILE).quiz
    assert quiz is not None
    return with_id_lines(text, quiz)


def test_ids_stand_below_the_title_above_questions_and_below_the_lines_that_open_something() -> None:
    expected = {
        "Quiz title: Week\n  three\n": "Quiz title: Week\n  three\nid: week-3\n",
        "Title: One\n": "Title: One\nid: q1\n",
        "Text title: T\n": "id: q3\nText title: T\n",
        "SECTION\nTitle: S\n3.  Q\n": "SECTION\nid: section1\nTitle: S\nid: q4\n3.  Q\n",
        "GROUP\n\nPick: 1\n\n4. Q\n": "GROUP\nid: pool1\n\nPick: 1\n\nid: q5\n4. Q\n",
    }
    new = TEXT
    for old, changed in expected.items():
        new = new.replace(old, changed, 1)
    assert ids_put_into(TEXT) == new


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("1. Q\n___\n", "id: week-3\n\nid: q1\n1. Q\n___\n"),
        ("Points: 2\n1. Q\n___", "id: week-3\n\nPoints: 2\nid: q1\n1. Q\n___"),
        ("Quiz title: T\n1. Q\n___\n", "Quiz title: T\nid: week-3\nid: q1\n1. Q\n___\n"),
        ("attempts: 2\n\n1. Q\n___\n", "id: week-3\n\nattempts: 2\n\nid: q1\n1. Q\n___\n"),
        ("id: own\n1. Q\n___\n", "id: week-3\n\nid: own\n1. Q\n___\n"),
        ("id: own\n\n1. Q\n___\n", "id: own\n\nid: q1\n1. Q\n___\n"),
        ("\ufeff1. Q\r\n___\r\n", "\ufeffid: week-3\r\n\r\nid: q1\r\n1. Q\r\n___\r\n"),
        ("1. Q\r___\r", "id: week-3\r\rid: q1\r1. Q\r___\r"),
    ],
)
def test_wherever_the_first_question_stands_its_id_and_that_of_the_quiz_keep_apart(text: str, new: str) -> None:
    assert ids_put_into(text) == new


def test_a_text_with_all_its_ids_comes_back_as_it_is() -> None:
    once = ids_put_into("1. Q\n___\n")
    assert ids_put_into(once) == once


def test_where_they_cannot_be_placed_nothing_is_written() -> None:
    text = "Quiz title: T\n% between\n  and more\n\n1. Q\n___\n"
    with pytest.raises(ValueError, match="cannot be put"):
        ids_put_into(text)


@given(quizzes(review=True), st.sampled_from(["\n", "\r\n"]))
def test_only_id_lines_come_in_and_the_quiz_reads_as_the_same_with_its_ids(quiz: Quiz, end: str) -> None:
    text = write_quiz_text(quiz).replace("\n", end)
    read = read_quiz_text(text, FILE).quiz
    assert read is not None
    new = with_id_lines(text, read)
    assert read_quiz_text(new, FILE).quiz == with_ids(read)
    assert with_id_lines(new, with_ids(read)) == new
    changes = [line for line in difflib.ndiff(text.split(end), new.split(end)) if line[0] in "+-?"]
    assert all(re.fullmatch(r"\+ id: [\w-]+", line) for line in changes)
