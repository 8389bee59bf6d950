"""What more than one target needs to know about choices."""

from content.prose import to_html
from content.questions import Choice, Feedback, TrueFalse


def true_then_false(question: TrueFalse) -> tuple[Choice, Choice]:
    """Return the two choices as every LMS orders them, whichever of them the author wrote first."""
    first, second = question.choices
    return (first, second) if first.text.strip().casefold() == "true" else (second, first)


def told_for(choice: Choice, feedback: Feedback) -> str:
    """Return the HTML that a student sees who picks this choice, where there is no place for combined feedback.

    Where one pick is allowed, being right or wrong is a matter of the choice, so nothing is lost by telling it there.
    """
    return to_html(choice.feedback) + to_html(feedback.correct if choice.correct else feedback.incorrect)
