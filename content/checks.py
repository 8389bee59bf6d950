"""The problems that a quiz has wherever it goes. Each rule stands once, here.

Readers end with `check`, so a `Reading` has been checked already; it is for quizzes that come from elsewhere, or that
were changed after they were read.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from content.problem import Problem, Severity, Source
from content.quiz import ChoiceQuestion, MultipleResponse, Question, Quiz, is_valid_id

TITLE_MAX_LENGTH = 255
"""Canvas refuses a quiz or a question with a longer title; Moodle's cartridge restore ends in a database error."""


class Place(NamedTuple):
    """A part of a quiz: the question by its position (None: the quiz itself), its field, the choice if it is one."""

    question: int | None
    field: str
    choice: int | None = None


class Finding(NamedTuple):
    """What a rule found, before the place is known in file, line and column."""

    place: Place
    severity: Severity
    code: str
    sentence: str
    remedy: str


def check(quiz: Quiz, sources: Mapping[Place, Source] | None = None) -> tuple[Problem, ...]:
    """Return every problem of the quiz, in the order of its questions.

    ``sources`` says where in its file a part of the quiz stands, as far as its reader knows; a problem of any other
    part is placed at its question, or at the file.
    """
    known = sources or {}

    def problem(found: Finding) -> Problem:
        source = known.get(found.place) or _fallback(quiz, found.place)
        return Problem(found.severity, found.code, found.sentence, found.remedy, source)

    return tuple(problem(found) for found in _findings(quiz, known))


def _fallback(quiz: Quiz, place: Place) -> Source:
    whole = quiz.source or Source(quiz.title or "quiz")
    if place.question is None:
        return whole
    return quiz.questions[place.question].source or whole


def _findings(quiz: Quiz, sources: Mapping[Place, Source]) -> Iterator[Finding]:
    yield from _check_quiz(quiz)
    first_with_id: dict[str, int] = {}
    for number, question in enumerate(quiz.questions):
        for rule in QUESTION_RULES:
            yield from rule(number, question)
        if question.id:
            earlier = first_with_id.setdefault(question.id, number)
            if earlier != number:
                place = Place(earlier, "id")
                yield _duplicate_id(number, question.id, sources.get(place) or _fallback(quiz, place))


def _check_quiz(quiz: Quiz) -> Iterator[Finding]:
    yield from _check_title(None, quiz.title)
    yield from _check_id(None, quiz.id)
    if not quiz.title.strip():
        place = Place(None, "title")
        yield Finding(place, Severity.ERROR, "no-title", "The quiz has no title.", "Give it one.")
    if not quiz.questions:
        place = Place(None, "questions")
        yield Finding(place, Severity.ERROR, "no-questions", "The quiz has no questions.", "Write at least one.")
    if quiz.settings.cant_go_back and not quiz.settings.one_question_at_a_time:
        sentence = "Students can only be kept from going back when they see one question at a time."
        remedy = "Turn on 'One question at a time', or leave out 'Can't go back'."
        yield Finding(Place(None, "cant_go_back"), Severity.WARNING, "cant-go-back", sentence, remedy)
    mark = quiz.settings.pass_mark
    if mark is not None and not 0 <= mark <= 1:
        sentence = "The pass mark is not between 0% and 100% of the points."
        yield Finding(Place(None, "pass_mark"), Severity.ERROR, "bad-pass-mark", sentence, "Write it as in '80%'.")


def _check_title(number: int | None, title: str) -> Iterator[Finding]:
    if len(title) > TITLE_MAX_LENGTH:
        sentence = f"The title has {len(title)} characters; an LMS takes at most {TITLE_MAX_LENGTH}."
        yield Finding(Place(number, "title"), Severity.ERROR, "long-title", sentence, "Shorten it.")


def _check_id(number: int | None, id_: str) -> Iterator[Finding]:
    if id_ and not is_valid_id(id_):
        sentence = f"'{id_[:80]}' cannot be an id."
        remedy = "Use at most 64 letters (a-z), digits and single hyphens between them, a letter first, as in 'week-3'."
        yield Finding(Place(number, "id"), Severity.ERROR, "bad-id", sentence, remedy)


def _duplicate_id(number: int, id_: str, earlier: Source) -> Finding:
    where = f"on line {earlier.line}" if earlier.line else "earlier"
    sentence = f"The id '{id_}' is given twice: here and {where}."
    return Finding(Place(number, "id"), Severity.ERROR, "duplicate-id", sentence, "Give one of the two another id.")


def _check_review(number: int, question: Question) -> Iterator[Finding]:
    if question.needs_review:
        sentence = f"This question needs review: {question.needs_review}"
        remedy = "Settle it, then remove its 'needs review:' line."
        yield Finding(Place(number, "needs_review"), Severity.ERROR, "needs-review", sentence, remedy)


def _check_wrapping(number: int, question: Question) -> Iterator[Finding]:
    yield from _check_title(number, question.title)
    yield from _check_id(number, question.id)
    if question.points <= Decimal(0):
        sentence = "A question must be worth more than 0 points."
        remedy = "Write a number above 0, as in 'Points: 2'."
        yield Finding(Place(number, "points"), Severity.ERROR, "bad-points", sentence, remedy)
    if not question.stem.strip() and not question.needs_review:
        yield Finding(Place(number, "stem"), Severity.ERROR, "empty-stem", "The question has no text.", "Write it.")


def _check_choices(number: int, question: Question) -> Iterator[Finding]:
    """While a question waits for review its choices may be incomplete: that is what the review is for."""
    if not isinstance(question, ChoiceQuestion) or question.needs_review:
        return
    if len(question.choices) < 2:
        sentence = f"The question has {'one choice' if question.choices else 'no choices'}; it needs at least two."
        remedy = "Write each choice at the beginning of a line, as in 'a) text', and the right one as in '*b) text'."
        yield Finding(Place(number, "choices"), Severity.ERROR, "too-few-choices", sentence, remedy)
    yield from _check_key(number, question)
    seen: dict[str, int] = {}
    for place, choice in enumerate(question.choices):
        text = choice.text.strip()
        if not text:
            at = Place(number, "choices", place)
            yield Finding(at, Severity.ERROR, "empty-choice", "This choice has no text.", "Write it, or remove it.")
        elif seen.setdefault(text, place) != place:
            at = Place(number, "choices", place)
            sentence = f"This choice has the same text as choice {seen[text] + 1} of the question."
            yield Finding(at, Severity.WARNING, "duplicate-choice", sentence, "Change or remove one of the two.")


def _check_key(number: int, question: ChoiceQuestion) -> Iterator[Finding]:
    several = isinstance(question, MultipleResponse)
    if question.choices and not question.key:
        sentence = "No choice of this question is marked as right."
        remedy = "Mark it with a star, as in '[*] text'." if several else "Mark it with a star, as in '*a) text'."
        yield Finding(Place(number, "key"), Severity.ERROR, "no-key", sentence, remedy)
    if len(question.key) > 1 and not several:
        sentence = f"{len(question.key)} choices are marked as right, where students can pick only one."
        remedy = "Keep one star, or write '[ ]' and '[*]' in place of the letters to let students pick several."
        yield Finding(Place(number, "key"), Severity.ERROR, "several-keys", sentence, remedy)


QUESTION_RULES: tuple[Callable[[int, Question], Iterator[Finding]], ...] = (
    _check_review,
    _check_wrapping,
    _check_choices,
)
