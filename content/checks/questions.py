"""What can be wrong with a question, apart from its answers."""

from collections.abc import Iterator

from content.checks.answers import check_answers
from content.checks.findings import Finding, check_names, error
from content.questions import Question, TextBlock


def check_question(question: Question) -> Iterator[Finding]:
    """Return what is wrong with the question.

    While it waits for review its text, answers and key may be incomplete: that is what the review is for.
    """
    yield from check_names(question.title, question.id)
    yield from _check_points(question)
    if question.needs_review:
        sentence = f"This question needs review: {question.needs_review}"
        yield error("needs-review", "needs_review", sentence, "Settle it, then remove its 'needs review:' line.")
        return
    if not question.stem.strip():
        what = "text block" if isinstance(question, TextBlock) else "question"
        yield error("empty-stem", "stem", f"The {what} has no text.", "Write it.")
    yield from check_answers(question)


def _check_points(question: Question) -> Iterator[Finding]:
    if isinstance(question, TextBlock):
        if question.points:
            yield error("bad-points", "points", "A text block asks nothing and is worth nothing.", "Give it 0 points.")
    elif question.points <= 0:
        sentence = "A question must be worth more than 0 points."
        yield error("bad-points", "points", sentence, "Write a number above 0, as in '2.5'.")
