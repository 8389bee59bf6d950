from decimal import Decimal

import pytest
from hypothesis import given

from content.problem import Severity
from content.questions import (
    Choice,
    Feedback,
    MultipleChoice,
    MultipleResponse,
    PartialCredit,
    Question,
)
from content.quiz import Quiz, Settings, Shown
from content.readers.quiz_text import read_quiz_text
from content.writers.quiz_text import write_quiz_text
from tests.content.strategies import quizzes

EVERYTHING = """\
Quiz title: Serving
id: serving
Quiz description: First line.

                  Second paragraph.
pass mark: 80%
Shuffle answers: true
One question at a time: true
Can't go back: true
Show correct answers: false

Title: Scale
Points: 2.5
partial credit: right only
tags: models, scale
id: q-scale
1. Why?

   ```python
   if x:
   \ty = 1
   ```
... In general
+ Yes
- No
[*] A
    b
... Told
[ ] C
"""


def test_a_quiz_is_written_as_its_author_would_have_written_it() -> None:
    question = MultipleResponse(
        stem="Why?\n\n```python\nif x:\n\ty = 1\n```",
        id="q-scale",
        title="Scale",
        points=Decimal("2.50"),
        feedback=Feedback(general="In general", correct="Yes", incorrect="No"),
        tags=("models", "scale"),
        partial_credit=PartialCredit.RIGHT_ONLY,
        choices=(Choice(text="A\nb", correct=True, feedback="Told"), Choice(text="C")),
    )
    settings = Settings(
        shuffle_answers=True,
        show_answers=Shown.NEVER,
        one_question_at_a_time=True,
        cant_go_back=True,
        pass_mark=Decimal("0.80"),
    )
    quiz = Quiz(
        title="Serving",
        id="serving",
        description="First line.\n\nSecond paragraph.",
        settings=settings,
        parts=(question,),
    )
    assert write_quiz_text(quiz) == EVERYTHING


@given(quizzes())
def test_written_back_a_quiz_reads_the_same(quiz: Quiz) -> None:
    reading = read_quiz_text(write_quiz_text(quiz), "quiz.md")
    assert reading.quiz == quiz
    assert [problem for problem in reading.problems if problem.severity is Severity.ERROR] == []


@given(quizzes(review=True))
def test_written_back_a_quiz_under_review_reads_the_same(quiz: Quiz) -> None:
    reading = read_quiz_text(write_quiz_text(quiz), "quiz.md")
    assert reading.quiz == quiz
    waiting = ["needs-review" for question in quiz.questions if question.needs_review]
    assert [problem.code for problem in reading.problems if problem.severity is Severity.ERROR] == waiting


def test_more_choices_than_letters_read_the_same() -> None:
    choices = tuple(Choice(text=str(number), correct=number == 29) for number in range(30))
    quiz = Quiz(title="Many", parts=(MultipleChoice(stem="Which?", choices=choices),))
    assert read_quiz_text(write_quiz_text(quiz), "quiz.md").quiz == quiz


def test_line_ends_and_white_space_around_a_text_do_no_harm() -> None:
    choices = (Choice(text=" a\r\nb ", correct=True), Choice(text="\n\tc\rd\n\n"))
    quiz = Quiz(title=" T\n", parts=(MultipleChoice(stem="Q\n", choices=choices),))
    expected = (Choice(text="a\nb", correct=True), Choice(text="c\nd"))
    read = read_quiz_text(write_quiz_text(quiz), "quiz.md").quiz
    assert read == Quiz(title="T", parts=(MultipleChoice(stem="Q", choices=expected),))


def test_a_kind_without_words_in_quiz_text_is_refused() -> None:
    class Drawing(Question):
        kind = "drawing"

    with pytest.raises(TypeError, match="drawing"):
        write_quiz_text(Quiz(title="Art", parts=(Drawing(stem="Draw a cat."),)))
