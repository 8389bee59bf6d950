"""The steps of a quiz that is taken one question at a time: one for each question, with the texts that lead to it."""

from content.questions import Question, TextBlock
from content.quiz import Quiz, Section


def steps_of(quiz: Quiz) -> tuple[tuple[Section | Question, ...], ...]:
    """Return what each step of a drawn quiz shows: of sections their title and text, and each question by itself.

    There is one step for all where questions are not asked one at a time.
    """
    shown = [one for part in quiz.parts for one in _unfolded(part)]
    if not quiz.settings.one_question_at_a_time:
        return (tuple(shown),)
    steps: list[tuple[Section | Question, ...]] = []
    leading: list[Section | Question] = []
    for one in shown:
        leading.append(one)
        if isinstance(one, Question) and not isinstance(one, TextBlock):
            steps.append(tuple(leading))
            leading = []
    if leading and steps:
        steps[-1] = (*steps[-1], *leading)
    return tuple(steps) or (tuple(leading),)


def step_of(quiz: Quiz, question_id: str) -> int:
    """Return the step at which the question is asked, from 0."""
    return next(at for at, step in enumerate(steps_of(quiz)) if any(one.id == question_id for one in step))


def number_of(quiz: Quiz, question_id: str) -> int:
    """Return the number under which a drawn quiz asks the question, from 1."""
    shown = (one for step in steps_of(quiz) for one in step)
    asked = [one.id for one in shown if isinstance(one, Question) and not isinstance(one, TextBlock)]
    return 1 + asked.index(question_id)


def goes_one_way(quiz: Quiz) -> bool:
    """Return whether a question that was left is not to be seen again."""
    return quiz.settings.one_question_at_a_time and quiz.settings.cant_go_back


def _unfolded(part: object) -> tuple[Section | Question, ...]:
    match part:
        case Section():
            return (part, *(one for one in part.parts if isinstance(one, Question)))
        case Question():
            return (part,)
    raise TypeError("only a drawn quiz has steps; see content.drawing.draw_for")
