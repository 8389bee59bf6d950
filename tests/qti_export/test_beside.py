"""Files beside a quiz that do not go with it are named."""

from decimal import Decimal

import pytest

from content.numbers import Exact
from content.questions import Accepted, Choice, Dropdown, Feedback, Pair
from content.quiz import Section
from qti_export import TARGETS, export
from tests.qti_export.kinds import dropdowns, matching, numerical, ordering, short_answer
from tests.qti_export.quizzes import multiple_choice, quiz

PICTURE = "![x](img/x.png)"
TOLD = (Choice(text="a", correct=True), Choice(text="b", feedback=PICTURE))


def files_lost(target: str, **fields) -> list[str]:
    return [loss.sentence for loss in export(quiz(**fields), target).report.losses if loss.code == "file"]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("text", ["![x](img/x.png)", "<img src='x.png'>", "[here](notes.pdf)", "![x](/abs/x.png)"])
def test_a_picture_or_link_to_a_file_of_the_author_s_is_reported(target, text):
    told = (Choice(text="a", correct=True), Choice(text="b", feedback=text))
    for question in (
        multiple_choice(stem=f"Look. {text}"),  # Aiken takes no text that is a picture alone
        multiple_choice(choices=(told[0], Choice(text=f"b {text}"))),
        multiple_choice(choices=told),
        multiple_choice(feedback=Feedback(incorrect=text)),
    ):
        sentences = files_lost(target, parts=(question,))
        assert sentences == ["The question shows or links a file that does not go with it."]
    assert files_lost(target, description=text) == ["The description shows or links a file that does not go with it."]


@pytest.mark.parametrize(
    "question",
    [
        short_answer(answers=(Accepted(text="a", feedback=PICTURE),)),
        numerical(Exact(value=Decimal(1), feedback=PICTURE)),
        matching(f"{PICTURE} -> x", "b -> y"),
        matching(pairs=(Pair(left="a", right="x", feedback=PICTURE), Pair(left="b", right="y"))),
        ordering(PICTURE, "two"),
        dropdowns(dropdowns=(Dropdown(name="who", choices=TOLD), dropdowns().dropdowns[1])),
    ],
    ids=lambda question: question.kind,
)
def test_a_picture_is_found_in_the_answers_of_every_kind(question):
    assert files_lost("canvas", parts=(question,)) == ["The question shows or links a file that does not go with it."]


def test_a_picture_is_found_in_the_text_of_a_section():
    section = Section(id="s", text=PICTURE, parts=(multiple_choice(),))
    assert files_lost("canvas", parts=(section,)) == [
        "The text of the section shows or links a file that does not go with it."
    ]


@pytest.mark.parametrize("text", ["![x](https://a.org/x.png)", "[a](https://a.org)", "[a](mailto:a@b.c)", "a < b [c]"])
def test_what_is_on_the_web_is_not(text):
    assert files_lost("canvas", parts=(multiple_choice(stem=text),)) == []


def test_a_picture_whose_bytes_stand_in_the_text_is_reported_since_its_source_is_taken_from_it():
    question = multiple_choice(stem="![x](data:image/png;base64,AAAA)")
    assert len(files_lost("canvas", parts=(question,))) == 1
