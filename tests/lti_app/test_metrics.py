"""What Prometheus is told."""

import threading
from collections.abc import Iterator

import pytest
import requests

from lti_app.metrics_server import metrics_server
from lti_app.services.metrics import exposition
from tests.lti_app.school import ALL_RIGHT
from tests.lti_app.web.classroom import Classroom
from tests.lti_app.web.quizzes import SEA


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


@pytest.fixture
def classroom(database_url: str) -> Iterator[Classroom]:
    classroom = Classroom(database_url, SEA)
    yield classroom
    classroom.close()


def values(text: str) -> dict[str, float]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_it_counts_what_people_do_and_what_waits(classroom: Classroom) -> None:
    before = values(exposition(classroom.database).decode())
    ada = classroom.launch("Ada", quiz_id="sea")
    ada.post("/attempts")
    ada.save(1, "depth", [1])
    ada.take(**ALL_RIGHT)
    ada.get("/teach/", status=403)
    now = values(exposition(classroom.database).decode())

    def grown(name: str) -> float:
        return now[name] - before.get(name, 0)

    platform = f'{{platform="{classroom.registration_id}"}}'
    for counted in ("launches", "saves", "submissions"):
        assert grown(f"quizferry_{counted}_total{platform}") == 1
    assert grown('quizferry_refusals_total{code="instructors-only"}') == 1
    assert now[f'quizferry_outbox_grades{{platform="{classroom.registration_id}",state="waiting"}}'] == 1
    assert 0 <= now[f"quizferry_outbox_age_seconds{platform}"] < 60
    assert now[f'quizferry_platform_info{{name="School",platform="{classroom.registration_id}"}}'] == 1


def test_it_is_told_at_metrics_and_nowhere_else(classroom: Classroom) -> None:
    with metrics_server(classroom.database, "127.0.0.1:0") as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            assert "quizferry_saves_total" in requests.get(f"{url}/metrics", timeout=10).text
            assert requests.get(f"{url}/", timeout=10).status_code == 404
        finally:
            server.shutdown()
            thread.join()
    assert classroom.app.test_client().get("/metrics").status_code == 404
