"""The grades that a choice can have in Moodle (question_bank::fraction_options_full)."""

from decimal import Decimal

from qti_export.moodle.fractions import LISTED_PERCENTS

LISTED = (
    *LISTED_PERCENTS.values(),
    *map(Decimal, ["0", "90", "83.33333", "80", "75", "70", "66.66667", "60", "40", "30"]),
)
"""In percent. Their negatives are listed, too."""

CLOSE = Decimal("0.001")


def is_listed(percent: Decimal) -> bool:
    """Return whether the import takes a grade: one of the list, to five places of its fraction."""
    return any(abs(abs(percent) - one) < CLOSE for one in LISTED)
