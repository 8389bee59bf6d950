"""The demo LMS refuses scores, the worker is killed, the LMS takes scores again: every grade arrives once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

import pytest
from werkzeug.serving import make_server

from lti_app.app import create_app
from lti_app.config import Config
from lti_app.demo_lms import Activity, Lms, Outage, ToolRegistration, serving_demo_lms
from lti_app.models import PassbackState
from tests.faults.worker_process import running_worker
from tests.lti_app.school import ALL_RIGHT, HALF_RIGHT, School, open_school
from tests.lti_app.waiting import wait_for


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo LMS and the tool that is embedded in it."""

    lms: Lms
    school: School

    def taken(self) -> dict[str, list[Decimal]]:
        """The points that the LMS took, by student, as often as it took any."""
        taken: dict[str, list[Decimal]] = {}
        for receipt in self.lms.gradebook.history():
            if receipt.accepted:
                taken.setdefault(receipt.person_id, []).append(Decimal(receipt.given))
        return taken


@contextmanager
def serving_tool(config: Config) -> Iterator[str]:
    """Serve the tool in a thread; yield its address. The LMS fetches its keyset there."""
    app = create_app(config)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        app.extensions["quizferry"].database.close()


@pytest.fixture
def demo(empty_database_url: str) -> Iterator[Demo]:
    config = Config(database_url=empty_database_url, allow_private_addresses=True)
    with serving_tool(config) as tool:
        registration = ToolRegistration(
            name="Quizferry",
            client_id="client",
            deployment_id="1",
            login_url=f"{tool}/lti/login",
            launch_url=f"{tool}/lti/launch",
            redirect_urls=(f"{tool}/lti/launch",),
            keyset_url=f"{tool}/lti/jwks",
        )
        with serving_demo_lms(registration, [Activity("7", "The sea", Decimal(4))]) as lms:
            lineitem_url = f"{lms.base_url}/services/{lms.course.id}/lineitems/1/lineitem?deployment=1"
            school = open_school(empty_database_url, lineitem_url=lineitem_url, token_url=f"{lms.base_url}/token")
            yield Demo(lms, school)
            school.database.close()


@pytest.mark.parametrize("outage", [Outage.ERROR, Outage.HANG_UP])
def test_every_grade_arrives_once_when_the_outage_is_over(demo: Demo, outage: Outage) -> None:
    demo.lms.outage.set(outage)
    demo.school.submit(demo.school.student("Ada"), ALL_RIGHT)
    demo.school.submit(demo.school.student("Ben"), HALF_RIGHT)
    with running_worker(demo.school.config) as worker:
        wait_for(lambda: len(demo.lms.gradebook.history()) >= 3)
        worker.kill()
    assert demo.taken() == {}

    demo.lms.outage.set(Outage.NONE)
    demo.school.fast_forward()
    with running_worker(demo.school.config):
        wait_for(lambda: len(demo.taken()) == 2)
    assert demo.taken() == {"ada": [Decimal(4)], "ben": [Decimal("1.6666666667")]}
    assert {row.state for row in demo.school.passbacks()} == {PassbackState.SENT}
