"""What a teacher decides about the quizzes that are to be placed, as the form sends it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext

from lti_app.services.placements import PlacedQuiz
from lti_app.web.facts import QuizFacts
from lti_app.web.moments import read_moment

TITLE_LENGTH = 255
POINTS = re.compile(r"\d{1,6}(\.\d{1,2})?", re.ASCII)
ATTEMPTS = re.compile(r"[1-9]\d{0,2}", re.ASCII)


@dataclass(slots=True)
class QuizForm:
    """The fields of one quiz as they are shown, and what is wrong with them, by field. Times are in the form's zone."""

    quiz: QuizFacts
    title: str
    points: str = ""
    attempts: str = ""
    opens: str = ""
    due: str = ""
    problems: dict[str, str] = field(default_factory=dict)

    def name(self, name: str) -> str:
        """Return what a field of this quiz is called in the form."""
        return f"{name}.{self.quiz.id}"

    def read(self, sent: Mapping[str, str]) -> None:
        """Take over what was sent."""
        for name in ("title", "points", "attempts", "opens", "due"):
            setattr(self, name, sent.get(self.name(name), "").strip())

    def decide(self, zone: str) -> PlacedQuiz | None:
        """Return what the fields say, or None, with `problems`, where they say nothing sensible."""
        points, attempts, opens, due = (
            self.points.replace(",", "."),
            self.attempts,
            self._moment("opens", zone),
            self._moment("due", zone),
        )
        if not 0 < len(self.title) <= TITLE_LENGTH:
            self.problems["title"] = gettext("The title must have 1 to %(most)s characters.", most=TITLE_LENGTH)
        if points and (not POINTS.fullmatch(points) or not Decimal(points)):
            self.problems["points"] = gettext(
                "Points must be a number above 0 like 10 or 2.5; leave it empty for no grade."
            )
        if attempts and not ATTEMPTS.fullmatch(attempts):
            self.problems["attempts"] = gettext(
                "Attempts must be a whole number from 1 to 999; leave it empty for no limit."
            )
        if opens and due and due <= opens:
            self.problems["due"] = gettext("The quiz must be due after it opens.")
        if self.problems:
            return None
        return PlacedQuiz(
            quiz_id=self.quiz.id,
            title=self.title,
            points=Decimal(points) if points else None,
            attempts=int(attempts) if attempts else None,
            opens=opens,
            due=due,
        )

    def _moment(self, name: str, zone: str) -> datetime | None:
        try:
            return read_moment(getattr(self, name), zone)
        except ValueError as error:
            self.problems[name] = str(error)
            return None
