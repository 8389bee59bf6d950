"""Names of the quiz and its tags, in the form in which Moodle keeps them."""

import re

from content.characters import drop_forbidden
from content.questions import Question
from content.quiz import Quiz
from qti_export.moodle.wording import tag_free

TAG_MAX_LENGTH = 50


def quiz_name(quiz: Quiz) -> str:
    """Return the quiz's title in one line; its id where nothing of the title is left."""
    return tag_free(" ".join(drop_forbidden(quiz.title).split())) or quiz.id


def tag_names(question: Question) -> dict[str, str]:
    """Return the tags as Moodle takes them, by their lower-case form, which tells one tag from another.

    Learning outcomes, for which a backup of a quiz has no place, are among them.

    Moodle takes out ``<``, ``>`` and back quotes, and cuts a tag to 50 characters (``clean_param``, PARAM_TAG).
    """
    names = (tag_name(tag) for tag in (*question.tags, *question.outcomes))
    return {name.lower(): name for name in names if name}


def tag_name(tag: str) -> str:
    """Return the tag as Moodle takes it; empty where it takes nothing of it."""
    return " ".join(re.sub("[<>`]", "", drop_forbidden(tag)).split())[:TAG_MAX_LENGTH]
