import time
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from lti_app.lti.clock import LARGEST, skew
from lti_app.lti.login_states import LIFETIME
from lti_app.models import Database, LoginState, Registration, utcnow
from tests.lti_app.fixtures import Browser, database_kind

__all__ = ["database_kind"]  # these run on both databases

NOW = utcnow().replace(microsecond=0)


@pytest.mark.parametrize(
    ("issued", "seconds"),
    [
        (timedelta(0), 0),
        (timedelta(minutes=-2), 0),
        (timedelta(minutes=-5, seconds=-1), 0),  # cut off, it may be of the very beginning
        (timedelta(minutes=-5, seconds=-8), -7),
        (timedelta(seconds=40), 40),
        (timedelta(days=99_999), LARGEST.total_seconds()),
        (timedelta(days=-99_999), -LARGEST.total_seconds()),
    ],
)
def test_a_clock_agrees_that_says_a_moment_between_login_and_launch(issued: timedelta, seconds: int) -> None:
    login = LoginState(expires_at=NOW - timedelta(minutes=5) + LIFETIME)
    assert skew(round(NOW.timestamp() + issued.total_seconds()), login, NOW) == seconds


def measured(database: Database) -> int | None:
    with database.reading() as session:
        return session.scalars(select(Registration.clock_skew)).one()


def test_nothing_is_known_before_a_launch(browser: Browser, database: Database) -> None:
    browser.begin()
    assert measured(database) is None


def test_a_launch_measures_it(browser: Browser, database: Database) -> None:
    assert browser.launch().status_code == 303
    assert measured(database) == 0
    assert browser.launch(iat=int(time.time()) + 40).status_code == 303
    assert measured(database) in (39, 40)


@pytest.mark.parametrize(
    ("times", "code", "seconds"),
    [
        ({"iat": 200, "exp": 500}, "token-from-future", 200),
        ({"iat": -200, "exp": -100}, "token-expired", -199),
        ({"iat": -90_000, "exp": 500}, "token-expired", -89_999),
    ],
)
def test_a_launch_that_is_refused_for_its_times_measures_it_too(
    browser: Browser, database: Database, times: dict[str, int], code: str, seconds: int
) -> None:
    now = int(time.time())
    response = browser.launch(**{name: now + value for name, value in times.items()})
    assert code in response.text
    assert measured(database) == pytest.approx(seconds, abs=2)


@pytest.mark.parametrize("changes", [{"iat": [7]}, {"iat": "soon"}])
def test_a_token_that_says_nothing_of_it_is_none(browser: Browser, database: Database, changes: dict[str, Any]) -> None:
    assert browser.launch(**changes).status_code >= 400
    assert measured(database) is None


def test_a_token_that_another_signed_is_none(browser: Browser, database: Database) -> None:
    login = browser.begin()
    token = browser.platform.sign(browser.platform.claims(login.nonce, iat=int(time.time()) + 900))
    assert browser.post(login, token[:-8] + "AAAAAAAA").status_code == 403
    assert measured(database) is None
