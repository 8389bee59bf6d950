"""What the demo embeds: each bundled quiz in an activity of the demo LMS's course."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from content.identity import with_ids
from content.quizzes import bundled
from content.readers.quiz_text import read_quiz_text


@dataclass(frozen=True, slots=True)
class Embedded:
    """A bundled quiz and the id of the activity that it is embedded in."""

    activity_id: str
    quiz_id: str
    title: str
    points: Decimal
    path: Path


def embedded_quizzes() -> list[Embedded]:
    """Return the bundled quizzes in the order of their files; raise ValueError for one that cannot be read."""
    return [_embedded(str(place), path) for place, path in enumerate(bundled(), start=1)]


def _embedded(activity_id: str, path: Path) -> Embedded:
    quiz = read_quiz_text(path.read_text(encoding="utf-8"), path.name).quiz
    if quiz is None:
        raise ValueError(f"{path} holds no quiz")
    return Embedded(activity_id, with_ids(quiz).id, quiz.title, quiz.points, path)
