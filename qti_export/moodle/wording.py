"""Names, idnumbers and feedback, in the form in which Moodle keeps them."""

import re

from content.prose import to_plain
from content.questions import Question
from content.quiz import Quiz

EXCERPT_LENGTH = 60

NAME_MAX_LENGTH = 255
"""Characters that Moodle's columns for names hold; at a longer one a restore ends in a database error."""

IDNUMBER_MAX_LENGTH = 100
"""Characters that Moodle's column holds."""

NOTHING_SHOWN = "<p></p>"
"""A left side of a pair of which no HTML is left, as of a comment: an empty one would be a distractor."""


def question_name(question: Question, place: int, count: int) -> str:
    """Return the question's title, else its number and the beginning of its text.

    Moodle's lists of questions show and sort names; the number, as wide as ``count``, keeps the order of the quiz.
    """
    if question.title:
        return tag_free(question.title)
    text = " ".join(to_plain(question.stem).split())
    excerpt = text if len(text) <= EXCERPT_LENGTH else f"{text[:EXCERPT_LENGTH].rstrip()}…"
    return tag_free(f"{place:0{len(str(count))}} {excerpt}")


def tag_free(name: str) -> str:
    """Return a name that survives PHP's ``strip_tags``, which Moodle runs on names: it takes ``a <b`` for ``a``.

    It is cut to `NAME_MAX_LENGTH`, which a title that fits may pass by the blanks that part ``<`` from what follows.
    """
    return re.sub(r"<(?=\S)", "< ", name)[:NAME_MAX_LENGTH]


def idnumber(quiz: Quiz, question: Question) -> str:
    """Return an id that no other quiz's question has, where Moodle has room for it: it silently drops a second one."""
    joined = f"{quiz.id}__{question.id}"
    return joined if len(joined) <= IDNUMBER_MAX_LENGTH else question.id
