"""What Moodle's restore of a cartridge does not keep. It is much; see the settings and marks it makes up."""

import re
from collections.abc import Iterator

from lxml import etree

from content.problem import Problem
from content.questions import MultipleResponse, PartialCredit, Question
from content.quiz import Quiz
from qti_export.moodle.settings import named_settings
from qti_export.report import loss
from qti_export.unwritten import unwritten_words

FIXED_TOTAL = 4
"""The total of marks that a restored quiz gets, however many questions it has."""

DECODED_AGAIN = re.compile(r"&lt;[A-Za-z/!?]|&amp;(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);")
"""Tags and entities that are meant to be seen, in HTML: Moodle decodes entities once more than it should."""


def of(quiz: Quiz) -> Iterator[Problem]:
    """Yield what of the quiz does not arrive, or arrives changed; see `of_item` for the texts."""
    yield from unwritten_words(quiz)
    if len(quiz.questions) != FIXED_TOTAL:
        yield loss(
            "grade-scale",
            f"Moodle gives the quiz a total of {FIXED_TOTAL} marks, whatever it holds: its grades come out wrong.",
            "Repair the total on the quiz's Questions page, as step 2 says.",
            quiz,
        )
    if any(question.points != 1 for question in quiz.questions):
        yield loss(
            "points",
            "Every question counts 1 mark in the restored quiz, whatever its points.",
            "Set the marks on the quiz's Questions page.",
            quiz,
        )
    yield from _given(quiz)
    for question in quiz.questions:
        if isinstance(question, MultipleResponse):
            yield from _of_multiple_response(question)


def _given(quiz: Quiz) -> Iterator[Problem]:
    yield loss(
        "behaviour",
        "In the restored quiz students can try each question again and again, and see only marks after the attempt:"
        " no feedback, no right answers.",
        "Set 'How questions behave' and 'Review options' in the quiz's settings, as step 3 says.",
        quiz,
    )
    settings = list(named_settings(quiz))
    if quiz.settings.shuffle_answers:
        settings.append("shuffled answers")
    if settings:
        yield loss(
            "settings",
            f"How the quiz is given does not arrive: {', '.join(settings)}.",
            "Set it in the quiz's settings.",
            quiz,
        )
    if quiz.description:
        yield loss("description", "The quiz's description is not kept.", "Paste it into the quiz's settings.", quiz)
    if any(question.tags for question in quiz.questions):
        yield loss("tags", "The questions arrive without their tags.", "Use the target moodle-xml for them.", quiz)


def _of_multiple_response(question: MultipleResponse) -> Iterator[Problem]:
    if question.partial_credit is not PartialCredit.RIGHT_ONLY:
        yield loss(
            "partial-credit",
            f"Wrong picks cost nothing in the restored quiz: who ticks everything gets all the points;"
            f" '{question.partial_credit}' is not kept.",
            "Give the wrong choices negative grades in Moodle, or use the target moodle-xml.",
            question,
        )
    if question.feedback.correct or question.feedback.incorrect:
        yield loss(
            "combined-feedback",
            "The feedback for a right and for a wrong response is not kept.",
            "Add it in Moodle, under 'Combined feedback', or use the target moodle-xml.",
            question,
        )


def of_item(question: Question, item: etree._Element) -> Iterator[Problem]:
    """Yield what of the item's texts arrives changed."""
    texts = [text.text or "" for text in item.iter("mattext")]
    if any(DECODED_AGAIN.search(text) for text in texts):
        yield loss(
            "code",
            "Tags or entities that this question shows as code become real ones in Moodle, and vanish from view.",
            "Use the target moodle-xml, or correct the question in Moodle.",
            question,
        )
    if "<br" in texts[0]:
        yield loss(
            "line-breaks", "Line breaks in the question text show doubled in Moodle.", "Use paragraphs.", question
        )
