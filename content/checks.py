"""The problems that a quiz has wherever it goes. Each rule stands once, here.

Readers apply these rules themselves, since they know the line of every part: what they return has been checked.
`check` is for a quiz that comes from elsewhere, or that was changed after it was read.
"""

from collections.abc import Iterator
from typing import NamedTuple

from content.problem import Problem, Severity, Source
from content.quiz import ChoiceQuestion, MultipleResponse, Question, Quiz, is_valid_id

TITLE_MAX_LENGTH = 255
"""Canvas refuses a quiz or a question with a longer title; Moodle's cartridge restore ends in a database error."""


class Finding(NamedTuple):
    """What a rule found, before its place in a file is known.

    ``field`` is the field of the quiz, its settings or the question that is wrong, and ``choice`` the position of the
    choice where it is a choice.
    """

    severity: Severity
    code: str
    field: str
    sentence: str
    remedy: str
    choice: int | None = None

    def at(self, source: Source) -> Problem:
        """Return the finding as a problem with this place."""
        return Problem(self.severity, self.code, self.sentence, self.remedy, source)


def check(quiz: Quiz) -> tuple[Problem, ...]:
    """Return every problem of the quiz: its own, then its questions' in their order, each placed at its question."""
    whole = quiz.source or Source(quiz.title or "quiz")
    problems = [found.at(whole) for found in check_quiz(quiz)]
    with_id: dict[str, Source] = {}
    for question in quiz.questions:
        source = question.source or whole
        problems += [found.at(source) for found in check_question(question)]
        if question.id in with_id:
            problems.append(duplicate_id(question.id, with_id[question.id]).at(source))
        elif question.id:
            with_id[question.id] = source
    return tuple(problems)


def check_quiz(quiz: Quiz) -> Iterator[Finding]:
    """Return what is wrong with the quiz apart from its questions."""
    yield from _check_title(quiz.title)
    yield from _check_id(quiz.id)
    if not quiz.title.strip():
        yield Finding(Severity.ERROR, "no-title", "title", "The quiz has no title.", "Give it one.")
    if not quiz.questions:
        sentence = "The quiz has no questions."
        yield Finding(Severity.ERROR, "no-questions", "questions", sentence, "Write at least one.")
    if quiz.settings.cant_go_back and not quiz.settings.one_question_at_a_time:
        sentence = "Students can only be kept from going back where they see one question at a time."
        remedy = "Turn on 'One question at a time', or leave out 'Can't go back'."
        yield Finding(Severity.WARNING, "cant-go-back", "cant_go_back", sentence, remedy)
    mark = quiz.settings.pass_mark
    if mark is not None and not 0 <= mark <= 1:
        sentence = "The pass mark is not between 0% and 100% of the points."
        yield Finding(Severity.ERROR, "bad-pass-mark", "pass_mark", sentence, "Write it as in '80%'.")


def check_question(question: Question) -> Iterator[Finding]:
    """Return what is wrong with the question.

    While it waits for review its text, choices and key may be incomplete: that is what the review is for.
    """
    yield from _check_title(question.title)
    yield from _check_id(question.id)
    if question.points <= 0:
        sentence = "A question must be worth more than 0 points."
        yield Finding(Severity.ERROR, "bad-points", "points", sentence, "Write a number above 0, as in '2.5'.")
    if question.needs_review:
        sentence = f"This question needs review: {question.needs_review}"
        remedy = "Settle it, then remove its 'needs review:' line."
        yield Finding(Severity.ERROR, "needs-review", "needs_review", sentence, remedy)
        return
    if not question.stem.strip():
        yield Finding(Severity.ERROR, "empty-stem", "stem", "The question has no text.", "Write it.")
    if isinstance(question, ChoiceQuestion):
        yield from _check_choices(question)
        yield from _check_key(question)


def duplicate_id(id_: str, earlier: Source) -> Finding:
    """Return the finding that a question has the id of the one at ``earlier``."""
    where = f"on line {earlier.line}" if earlier.line else "by an earlier question"
    sentence = f"The id '{id_}' is taken twice: here and {where}."
    return Finding(Severity.ERROR, "duplicate-id", "id", sentence, "Give one of the two another id.")


def _check_title(title: str) -> Iterator[Finding]:
    if len(title) > TITLE_MAX_LENGTH:
        sentence = f"The title has {len(title)} characters; an LMS takes at most {TITLE_MAX_LENGTH}."
        yield Finding(Severity.ERROR, "long-title", "title", sentence, "Shorten it.")


def _check_id(id_: str) -> Iterator[Finding]:
    if id_ and not is_valid_id(id_):
        sentence = f"'{id_[:80]}' cannot be an id."
        remedy = "Use at most 64 letters (a-z), digits and single hyphens between them, a letter first, as in 'week-3'."
        yield Finding(Severity.ERROR, "bad-id", "id", sentence, remedy)


def _check_choices(question: ChoiceQuestion) -> Iterator[Finding]:
    if len(question.choices) < 2:
        sentence = f"The question has {'one choice' if question.choices else 'no choices'}; it needs at least two."
        remedy = "Write each choice at the beginning of a line, as in 'a) text', and the right one as in '*b) text'."
        yield Finding(Severity.ERROR, "too-few-choices", "choices", sentence, remedy)
    seen: dict[str, int] = {}
    for place, choice in enumerate(question.choices):
        text = choice.text.strip()
        if not text:
            sentence = "This choice has no text."
            yield Finding(Severity.ERROR, "empty-choice", "choices", sentence, "Write it, or remove it.", place)
        elif seen.setdefault(text, place) != place:
            sentence = f"This choice has the same text as choice {seen[text] + 1} of the question."
            remedy = "Change or remove one of the two."
            yield Finding(Severity.WARNING, "duplicate-choice", "choices", sentence, remedy, place)


def _check_key(question: ChoiceQuestion) -> Iterator[Finding]:
    several = isinstance(question, MultipleResponse)
    right = sum(choice.correct for choice in question.choices)
    if question.choices and not right:
        sentence = "No choice of this question is marked as right."
        remedy = f"Put a star at the right one, as in '{'[*]' if several else '*a)'} text'."
        yield Finding(Severity.ERROR, "no-key", "key", sentence, remedy)
    if right > 1 and not several:
        sentence = f"{right} choices are marked as right, where students can pick only one."
        remedy = "Keep one star, or write '[ ]' and '[*]' in place of the letters to let students pick several."
        yield Finding(Severity.ERROR, "several-keys", "key", sentence, remedy)
