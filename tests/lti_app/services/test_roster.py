"""A roster that is read while people launch."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text

from lti_app.lti.keys import ensure_key
from lti_app.models import Registration, Roster, RosterMember, User
from lti_app.services.roster import refresh, take_roster_url
from tests.lti_app.platform import Answer, Platform, running_platform
from tests.lti_app.school import School, open_school
from tests.lti_app.waiting import wait_for

MEMBERS = "/courses/2/members"


@pytest.fixture
def database_kind() -> str:
    """PostgreSQL only: SQLite has one transaction that writes at a time."""
    return "postgresql"


@pytest.fixture
def platform() -> Iterator[Platform]:
    with running_platform() as platform:
        yield platform


@pytest.fixture
def school(database_url: str, platform: Platform) -> Iterator[School]:
    school = open_school(database_url, lineitem_url=None, token_url=platform.token_url)
    ensure_key(school.database)
    with school.database.writing() as session:
        take_roster_url(session, school.link(session), f"{platform.base_url}{MEMBERS}")
    yield school
    school.database.close()


def waits_for_another(school: School) -> bool:
    with school.database.reading() as session:
        waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return bool(session.scalar(waiting))


def test_somebody_who_launches_for_the_first_time_meanwhile_is_on_it_once(school: School, platform: Platform) -> None:
    people = [{"user_id": sub, "roles": ["Learner"], "name": "From the roster"} for sub in ("ada", "ben")]
    platform.script[MEMBERS].append(Answer.of_json({"members": people}))
    with school.database.reading() as session:
        link = session.scalars(select(Roster)).one().resource_link
        registration_id = session.scalars(select(Registration.id)).one()
        assert link.course.deployment.registration
    with ThreadPoolExecutor(1) as pool:
        with school.database.writing() as session:
            session.add(User(registration_id=registration_id, sub="ada", name="From the launch"))
            session.flush()
            read = pool.submit(refresh, school.database, school.config, link)
            wait_for(lambda: waits_for_another(school))
        read.result(timeout=30)
    with school.database.reading() as session:
        on_it = select(User.sub, User.name).join(RosterMember, RosterMember.user_id == User.id).order_by(User.sub)
        assert [tuple(row) for row in session.execute(on_it)] == [
            ("ada", "From the launch"),
            ("ben", "From the roster"),
        ]
