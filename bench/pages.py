"""Measures what students' requests cost the tool: `python bench/pages.py`.

Prints for a launch (with the login before it), for the first page, for starting an attempt, opening it, saving an
answer, submitting, and the result: processor time and SQL statements, the median of many students. The quiz has 20
questions. Of SQLite, or of the empty PostgreSQL database whose URL is given, whose own processor time is not in it.
"""

import argparse
import hashlib
import hmac
import json
import logging
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import structlog
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask
from flask.testing import FlaskClient
from jwt.algorithms import RSAAlgorithm
from sqlalchemy import event
from werkzeug.test import TestResponse

from content.questions import Choice, MultipleChoice
from content.quiz import Quiz
from lti_app.app import create_app
from lti_app.config import Config
from lti_app.lti.ags import SCORE_SCOPE
from lti_app.lti.keys import ensure_key
from lti_app.models import Course, Database, Deployment, Registration, ResourceLink
from lti_app.models.migrations import upgrade
from lti_app.services.quizzes import publish

QUESTIONS = 20
CHOICES = (Choice(text="Deep", correct=True), Choice(text="Shallow"), Choice(text="Neither"))
PARTS = tuple(MultipleChoice(id=f"q{n}", stem=f"How deep is sea {n}?", choices=CHOICES) for n in range(QUESTIONS))
QUIZ = Quiz(id="bench", title="Bench", parts=PARTS)
ISSUER = "https://lms.example.edu"
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Costs:
    """Milliseconds of processor time and statements, by what they were for; of this thread, which does all."""

    def __init__(self, database: Database) -> None:
        self.of: dict[str, list[tuple[float, int]]] = {}
        self._statements = 0
        event.listen(database.engine, "before_cursor_execute", self._count)

    def _count(self, *_arguments: object) -> None:
        self._statements += 1

    def measure(self, what: str, request: Callable[[], TestResponse]) -> TestResponse:
        """Return the answer to a request; count what it cost."""
        self._statements, start = 0, time.thread_time()
        answer = request()
        cost = (time.thread_time() - start) * 1000
        assert answer.status_code in (200, 204, 302, 303), f"{what}: {answer.status}"
        assert self._statements, what
        self.of.setdefault(what, []).append((cost, self._statements))
        return answer


@contextmanager
def serving_keys() -> Iterator[str]:
    """Serve the LMS's keys; yield their address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"keys": [{**RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "k"}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/keys"
    server.shutdown()


def prepare(database: Database, keys_url: str) -> None:
    """Make the tables, and one link of one LMS."""
    upgrade(database)
    ensure_key(database)
    with database.writing() as session:
        publish(session, QUIZ)
        urls = {"auth_login_url": f"{ISSUER}/auth", "auth_token_url": f"{ISSUER}/token", "jwks_url": keys_url}
        registration = Registration(name="LMS", issuer=ISSUER, client_id="bench", **urls)
        course = Course(deployment=Deployment(registration=registration, deployment_id="1"), context_id="c")
        session.add(ResourceLink(course=course, resource_link_id="r", quiz_id=QUIZ.id, ags_scopes=[]))


def id_token(config: Config, student: str, nonce: str) -> str:
    """Return what the LMS says of a student who opens the link."""
    now = int(time.time())
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "aud": "bench",
        "sub": student,
        "name": student,
        "nonce": nonce,
        "iat": now,
        "exp": now + 300,
        f"{CLAIM}message_type": "LtiResourceLinkRequest",
        f"{CLAIM}version": "1.3.0",
        f"{CLAIM}deployment_id": "1",
        f"{CLAIM}target_link_uri": f"{config.public_url}/lti/launch",
        f"{CLAIM}roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
        f"{CLAIM}context": {"id": "c", "title": "Course"},
        f"{CLAIM}resource_link": {"id": "r", "title": "Bench"},
        "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": {
            "scope": [SCORE_SCOPE],
            "lineitem": f"{ISSUER}/lineitems/1",
        },
    }
    return jwt.encode(claims, KEY, "RS256", {"kid": "k"})


def launch(costs: Costs, client: FlaskClient, config: Config, student: str) -> str:
    """Have a student launch; return the path of the launch's pages."""
    login = {"iss": ISSUER, "client_id": "bench", "login_hint": student, "lti_deployment_id": "1"}
    target = {"target_link_uri": f"{config.public_url}/lti/launch"}
    answer = costs.measure("login", lambda: client.post("/lti/login", data={**login, **target}))
    asked = parse_qs(urlsplit(answer.location).query)
    form = {"state": asked["state"][0], "id_token": id_token(config, student, asked["nonce"][0])}
    return urlsplit(costs.measure("launch", lambda: client.post("/lti/launch", data=form)).location).path.rstrip("/")


def take_quiz(costs: Costs, client: FlaskClient, config: Config, student: str) -> None:
    """Have a student launch, answer all questions, and submit."""
    home = launch(costs, client, config, student)
    costs.measure("first page", lambda: client.get(f"{home}/"))
    cookie = next(one for name, one in _cookies(client) if home.rsplit("/", 1)[1] in name)
    token = hmac.new(cookie.encode(), b"csrf", hashlib.sha256).hexdigest()
    costs.measure("start of an attempt", lambda: client.post(f"{home}/attempts", data={"csrf_token": token}))
    attempt = f"{home}/attempts/1"
    costs.measure("page of the attempt", lambda: client.get(attempt))
    for number in range(QUESTIONS):
        save = {"json": {"response": {f"q.q{number}": ["0"]}, "sequence": 1}, "headers": {"X-CSRF-Token": token}}
        url = f"{attempt}/answers/q{number}"
        costs.measure("save of an answer", lambda url=url, save=save: client.put(url, **save))  # type: ignore[misc]
    form = {"csrf_token": token, "confirmed": "yes"}
    costs.measure("submission", lambda: client.post(f"{attempt}/submit", data=form))
    costs.measure("result", lambda: client.get(f"{attempt}/result"))


def _cookies(client: FlaskClient) -> list[tuple[str, str]]:
    return [(cookie.key, cookie.value) for cookie in (client._cookies or {}).values()]  # noqa: SLF001


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database-url", default="")
    parser.add_argument("--students", type=int, default=60)
    arguments = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder, serving_keys() as keys_url:
        config = Config(
            database_url=arguments.database_url or f"sqlite:///{folder}/bench.db", allow_private_addresses=True
        )
        app: Flask = create_app(config)
        database: Database = app.extensions["quizferry"].database
        prepare(database, keys_url)
        costs = Costs(database)
        for number in range(arguments.students):
            take_quiz(costs, app.test_client(), config, f"student{number}")
        print(f"{'':22}{'CPU ms':>8}{'statements':>12}")
        for what, each in costs.of.items():
            print(f"{what:22}{median(ms for ms, _ in each):8.1f}{median(n for _, n in each):12g}")
        database.close()


if __name__ == "__main__":
    main()
