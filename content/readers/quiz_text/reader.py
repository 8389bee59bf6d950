"""From a file's text to a quiz and its problems."""

from dataclasses import fields, replace

from content.checks import Place, check
from content.problem import Source
from content.quiz import Question, Quiz, Settings
from content.readers.quiz_text.blocks import blocks_of
from content.readers.quiz_text.grammar import Grammar
from content.readers.quiz_text.lines import lines_of
from content.readers.quiz_text.marks import MARKS
from content.readers.quiz_text.options import QUIZ_OPTIONS, values_of
from content.readers.quiz_text.questions import Draft
from content.readers.quiz_text.report import Report
from content.readers.reading import Reading

DEFAULT_TITLE = "Quiz"
"""text2qti's name for a quiz whose author gave none."""

SETTINGS = frozenset(field.name for field in fields(Settings))


def read_quiz_text(text: str, file: str) -> Reading:
    """Return the quiz that the text holds, and every problem met, in the order of the lines.

    ``file`` is the name that the problems give. No text makes this raise; the quiz is None where there is neither a
    question nor an option of a quiz.
    """
    report = Report(file)
    grammar = Grammar(report)
    for block in blocks_of(lines_of(text, report), MARKS):
        grammar.take(block)
    grammar.end()
    if not grammar.drafts and not grammar.quiz_options:
        return _no_quiz(file)
    sources: dict[Place, Source] = {}
    questions = _questions(grammar.drafts, report, sources)
    quiz = replace(_empty_quiz(grammar, report, sources), questions=questions)
    problems = [*report.problems, *check(quiz, sources)]
    problems.sort(key=lambda problem: (problem.source.line, problem.source.column))
    return Reading(quiz, tuple(problems))


def _no_quiz(file: str) -> Reading:
    report = Report(file)
    sentence = "This is no quiz text: no line of it begins a question, as '1. What is 2+3?' does."
    report.error("no-quiz", 0, sentence, "Begin each question with a number, a period and a space.")
    return Reading(None, tuple(report.problems))


def _empty_quiz(grammar: Grammar, report: Report, sources: dict[Place, Source]) -> Quiz:
    """Return the quiz with everything but its questions."""
    values = values_of(grammar.quiz_options, QUIZ_OPTIONS, report)
    for name, value in values.items():
        sources[Place(None, name)] = report.source(value.block.line, value.block.column)
    if "title" not in values:
        sentence = f"The quiz has no title, and will be called '{DEFAULT_TITLE}'."
        report.warning("default-title", 1, sentence, "Write one in the first line, as in 'Quiz title: Week 3'.")
    given = {name: value.value for name, value in values.items()}
    settings = Settings(**{name: given.pop(name) for name in SETTINGS & given.keys()})
    return Quiz(**{"title": DEFAULT_TITLE, **given}, settings=settings, questions=(), source=Source(report.file))


def _questions(drafts: list[Draft], report: Report, sources: dict[Place, Source]) -> tuple[Question, ...]:
    """Return the questions, and add to ``sources`` where their parts stand."""
    questions: list[Question] = []
    for draft in drafts:
        question = draft.question(report)
        if question is not None:
            sources.update(draft.sources(len(questions), report))
            questions.append(question)
    return tuple(questions)
