"""Aiken: a text file of questions with one right choice, for Moodle's question bank and for many other tools."""

import html
from collections.abc import Iterator
from dataclasses import replace

from content.problem import Problem
from content.prose import to_html, to_plain
from content.questions import MultipleChoice, TrueFalse
from content.quiz import Quiz
from content.writers.aiken import can_write, write_aiken
from qti_export.left_out import left_out, refuse_empty
from qti_export.report import Exported, loss, report

STEPS = (
    "In the Moodle course open More > Question bank > Import, choose 'Aiken format' and this file, and import it.",
    "Add a Quiz activity; on its Questions page add the questions from the question bank.",
    "Set the marks there, and in the Quiz activity's settings how it is given: the file brings the questions only.",
)


def export(quiz: Quiz) -> Exported:
    """Return the text of a checked quiz that has all its ids.

    Raise NotExportable where Aiken has no words for any of its questions.
    """
    flat = replace(quiz, parts=tuple(one for one in quiz.questions if can_write(one)))
    refuse_empty(quiz, flat, "Aiken")
    asked = [one for one in flat.questions if isinstance(one, MultipleChoice | TrueFalse)]
    lost = [*left_out(quiz, flat, "Aiken"), *(one for question in asked for one in _lost(question))]
    return Exported("\n".join(map(write_aiken, asked)).encode(), report("aiken", flat, lost, STEPS))


def _lost(question: MultipleChoice | TrueFalse) -> Iterator[Problem]:
    told = any(choice.feedback for choice in question.choices)
    said = {
        "points": question.points != 1,
        "feedback": told or question.feedback != type(question.feedback)(),
        "title": bool(question.title),
        "tags": bool(question.tags),
        "hints": bool(question.hints),
        "learning outcomes": bool(question.outcomes),
    }
    lost = [name for name, there in said.items() if there]
    if lost:
        sentence = f"Aiken has only text, choices and key: this is lost: {', '.join(lost)}."
        yield loss("plain", sentence, "Use the target moodle-xml.", question)
    texts = [question.stem, *(choice.text for choice in question.choices)]
    if any(html.escape(to_plain(text, inline=True), quote=False) != to_html(text, inline=True) for text in texts):
        sentence = "Aiken has plain text only: formatting, line breaks and images are lost, formulas become TeX."
        yield loss("formatting", sentence, "Use the target moodle-xml.", question)
