"""What Moodle's restore of a cartridge does not keep. It is much; see the settings and marks it makes up."""

import re
from collections.abc import Iterator
from dataclasses import replace

from content.problem import Problem
from content.questions import (
    Dropdowns,
    FileUpload,
    FillInBlanks,
    Matching,
    MultipleResponse,
    Numerical,
    Ordering,
    PartialCredit,
    Question,
    ShortAnswer,
    TextBlock,
)
from content.quiz import Pool, Quiz, Section
from qti_export import qti12
from qti_export.moodle.losses import of_question
from qti_export.named_settings import named_settings
from qti_export.report import loss, refusal
from qti_export.xml_text import Xml

FIXED_TOTAL = 4
"""The total of marks that a restored quiz gets, however many questions it has."""

DECODED_AGAIN = re.compile(r"&lt;[A-Za-z/!?]|&amp;(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);")
"""Tags and entities that are meant to be seen, in HTML: Moodle decodes entities once more than it should."""

LEFT_OUT = (Numerical, Matching, Ordering, FillInBlanks, Dropdowns, FileUpload, TextBlock)
"""The kinds that Moodle does not read from a cartridge."""


def is_left_out(question: Question) -> bool:
    """Return whether Moodle would not read the question, or make one of it that has no right answer."""
    if isinstance(question, ShortAnswer):
        return all(_is_dropped(answer.text) for answer in question.answers)
    return isinstance(question, LEFT_OUT)


def _is_dropped(answer: str) -> bool:
    """Return whether Moodle drops an accepted answer: ``0`` counts as empty in PHP."""
    return answer.strip() == "0"


def nothing_goes(quiz: Quiz) -> Problem:
    """Return the refusal of a quiz of which no question can go."""
    sentence = "Moodle reads no question of this quiz from a cartridge."
    return refusal("nothing-arrives", sentence, "Use the target moodle-backup.", quiz)


def of_parts(quiz: Quiz) -> Iterator[Problem]:
    """Yield what of the quiz's parts is left out or taken apart."""
    for part in quiz.all_parts:
        match part:
            case Section():
                sentence = "The section's title and text do not arrive; its questions do."
                yield loss("section", sentence, "Add them on the quiz's Questions page.", part)
            case Pool():
                sentence = f"All {len(part.questions)} questions of the group arrive, not {part.pick} of them."
                yield loss("pool", sentence, "Use the target moodle-backup.", part)
            case Question() if is_left_out(part):
                kind = part.kind.replace("_", " ")
                sentence = f"Moodle does not read this question of the kind '{kind}' from a cartridge: it is left out."
                yield loss("left-out", sentence, "Use the target moodle-backup.", part)


def of(quiz: Quiz) -> Iterator[Problem]:
    """Yield what of the quiz does not arrive, or arrives changed; see `of_item` for the texts."""
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
        if isinstance(question, ShortAnswer):
            yield from _of_short_answer(question)


def _of_short_answer(question: ShortAnswer) -> Iterator[Problem]:
    yield from of_question(replace(question, hints=()))
    if any(_is_dropped(answer.text) for answer in question.answers):
        sentence = "The accepted answer '0' is dropped by Moodle."
        yield loss("zero", sentence, "Add it in Moodle, or use the target moodle-backup.", question)
    if question.case_sensitive:
        sentence = "Capital and small letters count alike in the restored question."
        yield loss("case", sentence, "Set 'Case sensitivity' in Moodle, or use the target moodle-backup.", question)
    feedback = question.feedback
    if feedback.correct or feedback.incorrect or any(answer.feedback for answer in question.answers):
        sentence = "The feedback for right and for wrong answers is not kept."
        yield loss("answer-feedback", sentence, "Add it in Moodle, or use the target moodle-backup.", question)


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
    for name in ("tags", "outcomes", "hints"):
        if any(getattr(question, name) for question in quiz.questions):
            what = "learning outcomes" if name == "outcomes" else name
            yield loss(name, f"The questions arrive without their {what}.", "Use the target moodle-backup.", quiz)


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


def of_item(question: Question, item: Xml) -> Iterator[Problem]:
    """Yield what of the item's texts arrives changed."""
    texts = list(qti12.html_of(item))
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
