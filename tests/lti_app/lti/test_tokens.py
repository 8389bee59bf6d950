"""Access tokens that many workers share."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import requests
import time_machine
from sqlalchemy import delete

from lti_app.lti.service_errors import FailureKind, ServiceError
from lti_app.lti.tokens import TURN, Token, access_token, forget_token
from lti_app.models import AccessToken, Database, Registration, utcnow
from tests.lti_app.fixtures import database_kind

__all__ = ["database_kind"]  # these run on both databases


class Endpoint:
    """A token endpoint that counts; ``broken`` has it give no token."""

    def __init__(self) -> None:
        self.asked = 0
        self.broken = False
        self.answering = threading.Event()
        self.answering.set()

    def __call__(self) -> requests.Response:
        self.asked += 1
        assert self.answering.wait(30)
        response = requests.Response()
        response.status_code = 500 if self.broken else 200
        response._content = b'{"access_token": "token-%d", "expires_in": 3600}' % self.asked
        return response


@pytest.fixture
def endpoint() -> Endpoint:
    return Endpoint()


def test_workers_that_need_one_at_once_ask_once(
    database: Database, registration: Registration, endpoint: Endpoint
) -> None:
    together = threading.Barrier(6)

    def work() -> str:
        together.wait()
        return access_token(database, registration, "score", endpoint).text

    with ThreadPoolExecutor(6) as pool:
        tokens = [future.result() for future in [pool.submit(work) for _ in range(6)]]
    assert set(tokens) == {"token-1"}
    assert endpoint.asked == 1


def test_one_that_grows_old_serves_on_while_a_worker_asks_for_the_next(
    database: Database, registration: Registration, endpoint: Endpoint
) -> None:
    access_token(database, registration, "score", endpoint)
    with time_machine.travel(utcnow() + timedelta(seconds=3400)), ThreadPoolExecutor(1) as pool:
        endpoint.answering.clear()
        renewing = pool.submit(access_token, database, registration, "score", endpoint)
        while endpoint.asked < 2:
            pass
        assert access_token(database, registration, "score", endpoint) == Token("token-1", kept=True)
        endpoint.answering.set()
        assert renewing.result() == Token("token-2", kept=False)
    assert endpoint.asked == 2


def test_one_that_grows_old_serves_on_when_the_platform_gives_no_other(
    database: Database, registration: Registration, endpoint: Endpoint
) -> None:
    access_token(database, registration, "score", endpoint)
    endpoint.broken = True
    with time_machine.travel(utcnow() + timedelta(seconds=3400)):
        assert access_token(database, registration, "score", endpoint) == Token("token-1", kept=True)


def test_after_a_failure_the_next_worker_may_ask(
    database: Database, registration: Registration, endpoint: Endpoint
) -> None:
    endpoint.broken = True
    with pytest.raises(ServiceError) as caught:
        access_token(database, registration, "score", endpoint)
    assert caught.value.kind is FailureKind.NO_TOKEN
    endpoint.broken = False
    assert access_token(database, registration, "score", endpoint).text == "token-2"


def test_a_worker_that_died_while_asking_is_followed_by_another(
    database: Database, registration: Registration, endpoint: Endpoint
) -> None:
    def die() -> requests.Response:
        raise SystemExit

    with pytest.raises(SystemExit):
        access_token(database, registration, "score", die)
    with time_machine.travel(utcnow() + TURN):
        assert access_token(database, registration, "score", endpoint).text == "token-1"


def test_only_the_refused_token_is_forgotten(
    database: Database, registration: Registration, endpoint: Endpoint
) -> None:
    old = access_token(database, registration, "score", endpoint)
    forget_token(database, registration, "score", old.text)
    new = access_token(database, registration, "score", endpoint)
    forget_token(database, registration, "score", old.text)
    assert access_token(database, registration, "score", endpoint) == Token(new.text, kept=True)


def test_another_client_of_the_same_registration_has_its_own(
    database: Database, registration: Registration, endpoint: Endpoint
) -> None:
    access_token(database, registration, "score", endpoint)
    registration.client_id = "another"
    assert access_token(database, registration, "score", endpoint).text == "token-2"


def test_one_that_another_process_dropped_and_followed_is_read_anew_once_it_is_refused(
    database: Database, registration: Registration, endpoint: Endpoint
) -> None:
    old = access_token(database, registration, "score", endpoint)
    elsewhere = Database(database.url.render_as_string(hide_password=False))
    forget_token(elsewhere, registration, "score", old.text)
    new = access_token(elsewhere, registration, "score", endpoint)
    elsewhere.close()
    forget_token(database, registration, "score", old.text)
    assert access_token(database, registration, "score", endpoint) == Token(new.text, kept=True)
    assert endpoint.asked == 2


def test_one_that_is_known_takes_no_query(database: Database, registration: Registration, endpoint: Endpoint) -> None:
    token = access_token(database, registration, "score", endpoint)
    access_token(database, registration, "score", endpoint)
    with database.writing() as session:
        session.execute(delete(AccessToken))
    assert access_token(database, registration, "score", endpoint) == Token(token.text, kept=True)


def test_one_of_a_platform_that_is_gone_is_not_used_for_the_one_that_has_its_id_now(
    database: Database, registration: Registration, endpoint: Endpoint
) -> None:
    access_token(database, registration, "score", endpoint)
    access_token(database, registration, "score", endpoint)
    with database.writing() as session:
        session.execute(delete(AccessToken))
    registration.auth_token_url = "https://another.example/token"
    assert access_token(database, registration, "score", endpoint).text == "token-2"
