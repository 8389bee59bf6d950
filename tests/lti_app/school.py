"""A small school for the tests of what the tool does: a platform, a course, a link with a quiz, students."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.questions import Choice, MultipleChoice, MultipleResponse, TrueFalse
from content.quiz import Quiz
from lti_app.config import Config
from lti_app.lti.ags import SCORE_SCOPE
from lti_app.models import (
    Course,
    Database,
    Deployment,
    GradePassback,
    Launch,
    Registration,
    ResourceLink,
    Role,
    User,
    utcnow,
)
from lti_app.models.migrations import upgrade
from lti_app.services.attempts import start_attempt, submit_attempt
from lti_app.services.quizzes import publish

QUIZ = Quiz(
    id="sea",
    title="The sea",
    parts=(
        MultipleChoice(
            id="depth", stem="How deep?", choices=(Choice(text="Shallow"), Choice(text="Deep", correct=True))
        ),
        MultipleResponse(
            id="salts",
            stem="Which are salts?",
            points=Decimal(2),
            choices=(
                Choice(text="Sodium chloride", correct=True),
                Choice(text="Sugar"),
                Choice(text="Magnesium sulfate", correct=True),
                Choice(text="Potassium chloride", correct=True),
            ),
        ),
        TrueFalse(id="wet", stem="It is wet.", choices=(Choice(text="True", correct=True), Choice(text="False"))),
    ),
)
ALL_RIGHT = {"depth": [1], "salts": [0, 2, 3], "wet": [0]}  # 4 points
HALF_RIGHT = {"depth": [1], "salts": [0, 1, 2], "wet": [1]}  # 1 2/3 points


@dataclass(frozen=True, slots=True)
class School:
    """A database with one registration, course and link; more students come by `student`."""

    database: Database
    config: Config

    def link(self, session: Session) -> ResourceLink:
        return session.scalars(select(ResourceLink)).one()

    def student(self, name: str = "Ada") -> str:
        """Have a student launch the link; return the launch's id. A second launch of one student is told by its id."""
        with self.database.writing() as session:
            registration = session.scalars(select(Registration)).one()
            user = session.scalar(select(User).where(User.sub == name.lower()))
            user = user or User(registration_id=registration.id, sub=name.lower(), name=name)
            launch = Launch(
                id=f"launch-{name}",
                secret_hash="",
                user=user,
                resource_link=self.link(session),
                role=Role.LEARNER,
                expires_at=utcnow() + timedelta(hours=1),
            )
            session.add(launch)
            return launch.id

    def submit(self, launch_id: str, responses: dict[str, list[int]]) -> None:
        """Have a student start an attempt and submit it."""
        with self.database.writing() as session:
            launch = session.get_one(Launch, launch_id)
            submit_attempt(session, start_attempt(session, launch), responses)

    def passbacks(self) -> list[GradePassback]:
        """The outbox, in the order of its rows."""
        with self.database.reading() as session:
            return list(session.scalars(select(GradePassback).order_by(GradePassback.id)))

    def fast_forward(self) -> None:
        """Let all waiting times and leases in the outbox run out."""
        with self.database.writing() as session:
            for row in session.scalars(select(GradePassback).where(GradePassback.due_at.is_not(None))):
                row.due_at = row.wanted_at
            for registration in session.scalars(select(Registration)):
                registration.grades_from = registration.created_at


def open_school(database_url: str, *, lineitem_url: str | None, token_url: str = "http://127.0.0.1:9/token") -> School:
    """Open a school in a database that is empty or as new, with the quiz published and bound to the link."""
    config = Config(database_url=database_url, allow_private_addresses=True)
    database = Database(config.database_url)
    upgrade(database)
    with database.writing() as session:
        publish(session, QUIZ)
        registration = Registration(
            name="School",
            issuer="https://lms.example.edu",
            client_id="client",
            auth_login_url="https://lms.example.edu/auth",
            auth_token_url=token_url,
            jwks_url="https://lms.example.edu/jwks",
        )
        course = Course(
            deployment=Deployment(registration=registration, deployment_id="1"), context_id="c", title="Seas"
        )
        session.add(
            ResourceLink(
                course=course,
                resource_link_id="r",
                title="Quiz",
                quiz_id=QUIZ.id,
                lineitem_url=lineitem_url,
                ags_scopes=[SCORE_SCOPE],
            )
        )
    return School(database, config)
