"""What Moodle keeps of no question, by whatever file it comes."""

from collections.abc import Iterator

from content.problem import Problem
from content.questions import MultipleResponse, PartialCredit
from qti_export.report import loss


def of_partial_credit(question: MultipleResponse) -> Iterator[Problem]:
    """Yield what becomes of the one rule of scoring that Moodle does not have."""
    if question.partial_credit is PartialCredit.ALL_OR_NOTHING:
        yield loss(
            "partial-credit",
            "Moodle cannot score all or nothing: a wrong pick takes all the points, but missing picks leave a part of"
            " them.",
            "Tell your students, or write it as several true/false questions.",
            question,
        )
