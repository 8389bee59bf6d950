"""What more than one target needs to know about choices."""

from content.questions import Choice, TrueFalse


def true_then_false(question: TrueFalse) -> tuple[Choice, Choice]:
    """Return the two choices as every LMS orders them, whichever of them the author wrote first."""
    first, second = question.choices
    return (first, second) if first.text.strip().casefold() == "true" else (second, first)
