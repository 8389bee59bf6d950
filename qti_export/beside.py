"""Pictures and linked files that lie beside a quiz, and stay there when it is exported."""

import re
from collections.abc import Iterator

from content.problem import Problem
from content.prose import to_html
from content.questions import Question
from content.quiz import Quiz, Section
from content.texts import texts_of
from qti_export.report import loss

MAY_LEAD = re.compile(r"\[|<(?:a|img)\b", re.IGNORECASE)
"""What every link and picture has in it; most texts have not, and need not be turned into HTML for this."""

LEFT_BEHIND = re.compile(r'(?:src|href)="(?!https?:|//|mailto:|#)|<img(?![^>]* src=)')
"""A picture or link that leads to a file of the author's; or a picture without a source, which `content.prose` takes
from those whose bytes are in the text itself."""


def left_behind(quiz: Quiz) -> Iterator[Problem]:
    """Yield a loss for each part of the quiz that needs a file which does not go with it."""
    if _needs_file(quiz.description):
        yield _loss("The description", quiz)
    for part in quiz.parts:
        if isinstance(part, Section) and _needs_file(part.text):
            yield _loss("The text of the section", part)
    for question in quiz.questions:
        if any(map(_needs_file, texts_of(question))):
            yield _loss("The question", question)


def _needs_file(markdown: str) -> bool:
    return MAY_LEAD.search(markdown) is not None and LEFT_BEHIND.search(to_html(markdown)) is not None


def _loss(part: str, of: Quiz | Section | Question) -> Problem:
    sentence = f"{part} shows or links a file that does not go with it."
    return loss("file", sentence, "Put the file on the web and use its https address, or add it in the LMS.", of)
