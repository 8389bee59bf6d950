"""The marks that stand at the beginning of a line, as one pattern with a named group for each."""

import re

from content.readers.quiz_text.blocks import FENCE
from content.readers.quiz_text.kinds import KINDS, SPACE

FEEDBACK_PATTERNS = {
    "general": rf"(?:\.\.\.|…){SPACE}",  # word processors make one character of three dots
    "correct": rf"\+{SPACE}",
    "incorrect": rf"-{SPACE}",
}

OTHER_PATTERNS = {
    "question": rf"\d+\.{SPACE}",
    "hint": rf"\?{SPACE}",
    "solution": rf"!{SPACE}",
    "group": r"GROUP[ \t]*$",
    "group_end": r"END_GROUP[ \t]*$",
    "section": r"SECTION[ \t]*$",
    "section_end": r"END_SECTION[ \t]*$",
    FENCE: r"`{3,}|~{3,}",
    "option": r"[A-Za-z][A-Za-z'’ \t]{0,39}:",
}

_patterns = {**{name: kind.pattern for name, kind in KINDS.items()}, **FEEDBACK_PATTERNS, **OTHER_PATTERNS}

MARKS = re.compile(
    "(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _patterns.items()) + r")[ \t\xa0]?[ \t]*"
)
