"""What five graded pages hold, read by hand (../shared/answer_key.yaml), and quizzes in the same form."""

from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML

from content.questions import ChoiceQuestion
from content.quiz import Quiz
from tests.shared import shared

Page = dict[str, Any]


def answer_key() -> dict[str, Page]:
    """Return the key of each page by its file's name."""
    pages = YAML(typ="safe").load(shared("answer_key.yaml").read_text(encoding="utf-8"))
    return {page["seed"]: page for page in pages}


def questions_of(page: Page) -> list[Page]:
    """Return the questions of a page of the key."""
    return [
        {
            "stem": question["stem"],
            "type": question["type"],
            "choices": [
                (choice["text"], choice["correct"], choice.get("feedback", "")) for choice in question["choices"]
            ],
            "incomplete": question.get("incomplete", False),
        }
        for question in page["questions"]
    ]


def as_key(quiz: Quiz) -> list[Page]:
    """Return the questions of a quiz in the form of the key."""
    return [_as_key(question) for question in quiz.questions if isinstance(question, ChoiceQuestion)]


def _as_key(question: ChoiceQuestion) -> Page:
    return {
        "stem": question.stem,
        "type": question.kind,
        "choices": [(choice.text, choice.correct, choice.feedback) for choice in question.choices],
        "incomplete": bool(question.needs_review),
    }


def pass_mark_of(page: Page) -> Decimal | None:
    """Return the pass mark of a page of the key."""
    return None if page["pass_mark"] is None else Decimal(str(page["pass_mark"]))
