"""What a right and a wrong pick of a multiple response question earn in Moodle.

Moodle adds the picks up and cuts the sum to 0..1 (``qtype_multichoice_multi_question::grade_response``).
"""

from decimal import Decimal

from content.questions import MultipleResponse, PartialCredit

LISTED_PERCENTS = {
    1: Decimal(100),
    2: Decimal(50),
    3: Decimal("33.33333"),
    4: Decimal(25),
    5: Decimal(20),
    6: Decimal("16.66667"),
    7: Decimal("14.28571"),
    8: Decimal("12.5"),
    9: Decimal("11.11111"),
    10: Decimal(10),
    20: Decimal(5),
}
"""The percent that one of so many right choices earns, as far as Moodle's fixed list of grades has it."""

PLACES = 7
"""Decimal places of a fraction in Moodle's database."""


def listed_percents(question: MultipleResponse) -> tuple[Decimal, Decimal]:
    """Return the percent that a right and a wrong pick earn, from Moodle's list alone.

    It has no equal share for 11 to 19 and for more than 20 right choices; the next greater one stands in, so that a
    perfect response still earns all.
    """
    count = len(question.key)
    share = LISTED_PERCENTS.get(count) or Decimal(10 if count < 20 else 5)
    return share, _wrong(question.partial_credit, share, Decimal(100))


def exact_fractions(question: MultipleResponse) -> tuple[Decimal, Decimal]:
    """Return the shares 0..1 that a right and a wrong pick earn, as equal as `PLACES` allow.

    A share that is not on Moodle's list is rounded up, so that a perfect response earns all.
    """
    count = len(question.key)
    listed = LISTED_PERCENTS.get(count)
    share = listed / 100 if listed else Decimal(-(-(10**PLACES) // count)).scaleb(-PLACES)
    return share, _wrong(question.partial_credit, share, Decimal(1))


def _wrong(rule: PartialCredit, share: Decimal, whole: Decimal) -> Decimal:
    match rule:
        case PartialCredit.RIGHT_MINUS_WRONG:
            return -share
        case PartialCredit.ALL_OR_NOTHING:
            return -whole
        case PartialCredit.RIGHT_ONLY:
            return Decimal(0)
