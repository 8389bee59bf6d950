"""A classroom for the tests of pages: a running tool, one course, and people whom its LMS has just launched."""

import hashlib
import hmac
import html
import re
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from content.quiz import Quiz
from lti_app.app import create_app
from lti_app.config import Config
from lti_app.lti.claims import LaunchClaims, LinkingClaims
from lti_app.models import Database, Deployment, GradePassback, PassbackState, Registration, Role
from lti_app.services.launches import open_launch
from lti_app.services.linking import open_visit
from lti_app.services.quizzes import publish
from lti_app.web.cookies import launch_cookie

LINE_ITEM = "https://lms.example.edu/lineitems/1"


def words(page: str) -> str:
    """The text of a page, or of a part of one, as it reads."""
    body = re.sub(r"</?bdi[^>]*>", "", page[page.find("<body") if "<body" in page else 0 :])
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", body, flags=re.DOTALL)))


def fields(question_id: str, response: Any) -> Any:
    """What the page's script sends for picks; anything but a list as it is."""
    return {f"q.{question_id}": [str(place) for place in response]} if isinstance(response, list) else response


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person's browser after a launch. Paths are those below the launch."""

    client: FlaskClient
    launch_id: str
    cookie: tuple[str, str]

    @property
    def home(self) -> str:
        return f"/launches/{self.launch_id}"

    @property
    def csrf_token(self) -> str:
        return hmac.new(self.cookie[1].encode(), b"csrf", hashlib.sha256).hexdigest()

    def get(self, path: str = "/", status: int = 200) -> str:
        """Return the page at a path, after redirects."""
        response = self.client.get(self.home + path, follow_redirects=True)
        assert response.status_code == status
        return response.text

    def post(self, path: str, **fields: object) -> TestResponse:
        return self.client.post(self.home + path, data={"csrf_token": self.csrf_token, **fields})

    def save(self, number: int, question_id: str, response: Any, sequence: Any = 1) -> TestResponse:
        return self.put(f"/attempts/{number}/answers/{question_id}", fields(question_id, response), sequence)

    def put(self, path: str, response: Any, sequence: Any) -> TestResponse:
        """Send an answer as the page's script does."""
        body = {"response": response, "sequence": sequence}
        return self.client.put(self.home + path, json=body, headers={"X-CSRF-Token": self.csrf_token})

    def take(self, number: int = 1, **responses: object) -> TestResponse:
        """Start and submit an attempt; ``responses`` are positions, by question id."""
        self.post("/attempts")
        fields = {f"q.{question_id}": picks for question_id, picks in responses.items()}
        return self.post(f"/attempts/{number}/submit", confirmed="yes", **fields)


class Classroom:
    """The tool with a database, and one course of one LMS. Quizzes are published as they are given."""

    def __init__(self, database_url: str, *quizzes: Quiz, public_url: str = "http://localhost") -> None:
        self.config = Config(database_url=database_url, public_url=public_url)
        self.app: Flask = create_app(self.config)
        self.database: Database = self.app.extensions["quizferry"].database
        with self.database.writing() as session:
            registration = Registration(
                name="School",
                issuer="https://lms.example.edu",
                client_id="client",
                auth_login_url="https://lms.example.edu/auth",
                auth_token_url="https://lms.example.edu/token",
                jwks_url="https://lms.example.edu/jwks",
            )
            deployment = Deployment(registration=registration, deployment_id="1")
            session.add(deployment)
            session.flush()
            self.registration_id, self.deployment_id = registration.id, deployment.id
            for quiz in quizzes:
                publish(session, quiz)

    def launch(self, name: str, role: Role = Role.LEARNER, quiz_id: str | None = None, **claims: Any) -> Visitor:
        """Return the browser of a person whom the LMS has just sent to a resource link."""
        told: dict[str, Any] = {
            "sub": f"sub of {name}",
            "resource_link_id": "week-1",
            "context_id": "course",
            "context_title": "Seas & skies",
            "lineitem_url": LINE_ITEM,
            **claims,
        }
        with self.database.writing() as session:
            opened = open_launch(
                session,
                LaunchClaims(
                    registration_id=self.registration_id,
                    deployment_id=self.deployment_id,
                    name=name,
                    role=role,
                    quiz_id=quiz_id,
                    **told,
                ),
                self.config,
            )
            cookie = (launch_cookie(self.config, opened.launch.id), opened.secret)
        client = self.app.test_client()
        client.set_cookie(*cookie)
        return Visitor(client, opened.launch.id, cookie)

    def pick(self, name: str = "Grace", **claims: Any) -> Visitor:
        """Return the browser of a teacher whom the LMS has just sent to pick quizzes for the course."""
        told: dict[str, Any] = {
            "sub": f"sub of {name}",
            "role": Role.INSTRUCTOR,
            "context_id": "course",
            "context_title": "Seas & skies",
            "answer_url": "https://lms.example.edu/answer?x=1",
            "accepts_links": True,
            "accepts_several": True,
            "accepts_line_items": True,
            "targets": ("iframe", "window"),
            "registration_id": self.registration_id,
            "deployment_id": self.deployment_id,
            **claims,
        }
        with self.database.writing() as session:
            opened = open_visit(session, LinkingClaims(name=name, **told), self.config)
        cookie = (launch_cookie(self.config, opened.visit.id), opened.secret)
        client = self.app.test_client()
        client.set_cookie(*cookie)
        return Visitor(client, opened.visit.id, cookie)

    def set_grade(self, state: PassbackState, **columns: object) -> None:
        """Have the one grade in the outbox be in this state."""
        with self.database.writing() as session:
            row = session.scalars(select(GradePassback)).one()
            row.state = state
            for name, value in columns.items():
                setattr(row, name, value)

    def close(self) -> None:
        self.database.close()
