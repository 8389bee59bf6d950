"""The problems that a quiz has wherever it goes. Each rule stands once, here.

Readers apply these rules themselves, since they know the line of every part: what they return has been checked.
`check` is for a quiz that comes from elsewhere, or that was changed after it was read.
"""

from content.checks.findings import TITLE_MAX_LENGTH, Finding
from content.checks.questions import check_question
from content.checks.quizzes import check, check_pool, check_quiz, check_section, duplicate_id

__all__ = [
    "TITLE_MAX_LENGTH",
    "Finding",
    "check",
    "check_pool",
    "check_question",
    "check_quiz",
    "check_section",
    "duplicate_id",
]
