from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given

from content.numbers import Exact, Margin, PercentMargin, Range, SignificantDigits
from content.problem import Severity
from content.questions import (
    Accepted,
    Blank,
    Choice,
    Dropdown,
    Dropdowns,
    Essay,
    Feedback,
    FileUpload,
    FillInBlanks,
    Matching,
    MultipleChoice,
    MultipleResponse,
    Numerical,
    Ordering,
    Pair,
    PartialCredit,
    Question,
    ShortAnswer,
    TextBlock,
)
from content.quiz import UNLIMITED, Pool, Quiz, Section, Seen, Settings, Shown, WhichAttempt
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


PARTS = """\
Quiz title: Parts
time limit: 90 min
attempts: unlimited
wait between attempts: 30 min
which attempt counts: latest
access code: sesame
grade sections apart: true
shuffle questions: true
show answers: after close
show feedback: never
students see: right or wrong
show after: 2026-12-01 08:00:30 UTC
closes: 2026-11-30 17:00 UTC

id: intro
Text title: Hello
Text: Read *this*.

SECTION
id: one
Title: First
Text: Introduction

case sensitive: true
outcomes: LO 1, LO 2
1. Q
? A hint
* Yes
... Told

GROUP
id: pool
Title: Pool
Pick: 1
Points per question: 2

2. Q
= 1.50
= 3 +- 0.1
= 3 +- 5%
= [1, 2]
= 3.14, 2 significant digits

Points: 3
3. Q
___

END_GROUP

END_SECTION

4. Q
> **a**
  b -> c \\-> d
... Told
> -> e

5. Q
~ a
~ b

6. [x]
<> [x] a
<> [x] b

7. [x]
{*} [x] a
... Told
{ } [x] b

8. Q
^^^
"""


def test_every_part_and_kind_is_written_as_its_author_would_have_written_it() -> None:
    hinted = ShortAnswer(
        stem="Q",
        hints=("A hint",),
        outcomes=("LO 1", "LO 2"),
        answers=(Accepted(text="Yes", feedback="Told"),),
        case_sensitive=True,
    )
    numerical = Numerical(
        stem="Q",
        points=Decimal(2),
        answers=(
            Exact(value=Decimal("1.50")),
            Margin(value=Decimal(3), margin=Decimal("0.1")),
            PercentMargin(value=Decimal(3), percent=Decimal(5)),
            Range(low=Decimal(1), high=Decimal(2)),
            SignificantDigits(value=Decimal("3.14"), digits=2),
        ),
    )
    pool = Pool(
        id="pool", title="Pool", pick=1, points=Decimal(2), questions=(numerical, Essay(stem="Q", points=Decimal(3)))
    )
    dropdown = Dropdown(name="x", choices=(Choice(text="a", correct=True, feedback="Told"), Choice(text="b")))
    quiz = Quiz(
        title="Parts",
        settings=Settings(
            time_limit=90,
            attempts=UNLIMITED,
            wait_between_attempts=30,
            which_attempt=WhichAttempt.LATEST,
            access_code="sesame",
            grade_sections_apart=True,
            shuffle_questions=True,
            show_answers=Shown.AFTER_CLOSE,
            show_feedback=Shown.NEVER,
            students_see=Seen.RIGHT_OR_WRONG,
            show_after=datetime(2026, 12, 1, 8, 0, 30, tzinfo=UTC),
            closes=datetime(2026, 11, 30, 18, tzinfo=timezone(timedelta(hours=1))),
        ),
        parts=(
            TextBlock(id="intro", title="Hello", stem="Read *this*."),
            Section(id="one", title="First", text="Introduction", parts=(hinted, pool)),
            Matching(stem="Q", pairs=(Pair(left="**a**\nb", right="c -> d", feedback="Told"),), distractors=("e",)),
            Ordering(stem="Q", items=("a", "b")),
            FillInBlanks(stem="[x]", blanks=(Blank(name="x", answers=("a", "b")),)),
            Dropdowns(stem="[x]", dropdowns=(dropdown,)),
            FileUpload(stem="Q"),
        ),
    )
    assert write_quiz_text(quiz) == PARTS


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


def test_characters_that_no_page_shows_are_left_out() -> None:
    choices = (Choice(text="a\x00\x85", correct=True), Choice(text="b\x9f"))
    quiz = Quiz(title="T\x1b", parts=(MultipleChoice(stem="Q\x7f", choices=choices, tags=("\x80t",)),))
    assert write_quiz_text(quiz) == "Quiz title: T\n\ntags: t\n1. Q\n*a) a\nb) b\n"


def test_a_kind_without_words_in_quiz_text_is_refused() -> None:
    class Drawing(Question):
        kind = "drawing"

    with pytest.raises(TypeError, match="drawing"):
        write_quiz_text(Quiz(title="Art", parts=(Drawing(stem="Draw a cat."),)))
