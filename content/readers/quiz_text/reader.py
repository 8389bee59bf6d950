"""From a file's text to a quiz and its problems."""

from dataclasses import fields
from typing import Any

from content.checks import check_quiz
from content.problem import Problem, Severity, Source
from content.quiz import Part, Quiz, Settings
from content.readers.quiz_text.blocks import Block, blocks_of
from content.readers.quiz_text.grammar import Grammar
from content.readers.quiz_text.kinds import KINDS
from content.readers.quiz_text.lines import lines_of
from content.readers.quiz_text.marks import MARKS
from content.readers.quiz_text.options import QUESTION_OPTIONS, QUIZ_OPTIONS, name_of, values_of
from content.readers.quiz_text.report import Report
from content.readers.reading import Reading

DEFAULT_TITLE = "Quiz"
"""text2qti's name for a quiz whose author gave none."""

SETTINGS = frozenset(field.name for field in fields(Settings))


def read_quiz_text(text: str, file: str) -> Reading:
    """Return the quiz that the text holds, and every problem met, in the order of the lines.

    ``file`` is the name that the problems give. No text makes this raise; the quiz is None where the text has neither
    a question nor an option of a quiz.
    """
    report = Report(file)
    grammar = Grammar(report)
    blocks = list(blocks_of(lines_of(text, report), MARKS))
    if not any(_is_of_quiz(block) for block in blocks) and sum(block.mark == "question" for block in blocks) > 1:
        return _unlike_quiz(file)
    for block in blocks:
        grammar.take(block)
    grammar.end()
    if grammar.found_nothing:
        return _no_quiz(file)
    quiz = _quiz(grammar.quiz_options, grammar.parts, report)
    problems = sorted(report.problems, key=lambda problem: (problem.source.line, problem.source.column))
    return Reading(quiz, tuple(problems))


def _is_of_quiz(block: Block) -> bool:
    """Return whether only a quiz has such a block: an answer, an option, a group or a section."""
    if block.mark == "option":
        return name_of(block) in {**QUIZ_OPTIONS, **QUESTION_OPTIONS}
    return block.mark in KINDS or block.mark.startswith(("group", "section"))


def _unlike_quiz(file: str) -> Reading:
    sentence = "This does not look like a quiz: its lines are numbered, but none of them is a choice or another answer."
    remedy = "If it is one, write choices as in 'a) text', and the right one as in '*b) text'."
    return Reading(None, (Problem(Severity.ERROR, "no-quiz", sentence, remedy, Source(file)),))


def _no_quiz(file: str) -> Reading:
    sentence = "This is no quiz text: no line of it begins a question, as '1. What is 2+3?' does."
    remedy = "Begin each question with a number, a period and a space."
    return Reading(None, (Problem(Severity.ERROR, "no-quiz", sentence, remedy, Source(file)),))


def _quiz(options: list[Block], parts: list[Part], report: Report) -> Quiz:
    values = values_of(options, QUIZ_OPTIONS, report)
    given: dict[str, Any] = {name: value.value for name, value in values.items()}
    if "title" not in given:
        given["title"] = DEFAULT_TITLE
        sentence = f"The quiz has no title, and will be called '{DEFAULT_TITLE}'."
        report.warning("default-title", 1, sentence, "Write one in the first line, as in 'Quiz title: Week 3'.")
    settings = Settings(**{name: given.pop(name) for name in SETTINGS & given.keys()})
    quiz = Quiz(**given, settings=settings, parts=tuple(parts), source=Source(report.file))
    for found in check_quiz(quiz):
        value = values.get(found.field)
        report.add(found.at(report.source(value.block.line, value.block.column) if value else Source(report.file)))
    return quiz
