"""Images and linked files that lie beside a quiz, and stay there when it is exported."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from content.problem import Problem
from content.prose import images, to_html
from content.questions import Question
from content.quiz import Quiz, Section
from content.texts import texts_of
from qti_export.report import loss

MAY_LEAD = re.compile(r"\[|<(?:a|img)\b", re.IGNORECASE)
"""What every link and image has in it; most texts have not, and need not be turned into HTML for this."""

FILE_LINK = re.compile(r'href="(?!https?:|//|mailto:|#)', re.IGNORECASE)
"""A link to a file of the author's."""


def left_behind(quiz: Quiz, packed: AbstractSet[str]) -> Iterator[Problem]:
    """Yield a loss for each part of the quiz that needs a file which does not go with it.

    ``packed`` are the names of the images that do.
    """
    if _needs_file(quiz.description, packed):
        yield _loss("The description", quiz)
    for part in quiz.parts:
        if isinstance(part, Section) and _needs_file(part.text, packed):
            yield _loss("The text of the section", part)
    for question in quiz.questions:
        if any(_needs_file(text, packed) for text in texts_of(question)):
            yield _loss("The question", question)


def _needs_file(markdown: str, packed: AbstractSet[str]) -> bool:
    if not MAY_LEAD.search(markdown):
        return False
    html = to_html(markdown)
    return FILE_LINK.search(html) is not None or any(
        not image.address or (image.name is not None and image.name not in packed) for image in images(html)
    )


def _loss(part: str, of: Quiz | Section | Question) -> Problem:
    sentence = f"{part} shows or links a file that does not go with it."
    return loss("file", sentence, "Put the file on the web and use its https address, or add it in the LMS.", of)
