import threading

import pytest
import requests

from lti_app.demo_lms import Lms, Outage
from tests.lti_app.demo_lms.stub_tool import StubTool, Visitor, table
from tests.lti_app.demo_lms.test_scores import body, points, send


@pytest.mark.parametrize(("outage", "status"), [(Outage.ERROR, 500), (Outage.UNAVAILABLE, 503)])
def test_in_an_outage_scores_are_refused_and_afterwards_taken(
    lms: Lms, tool: StubTool, outage: Outage, status: int
) -> None:
    lms.outage.set(outage)
    assert send(lms, tool, body()).status_code == status
    assert points(lms) is None
    lms.outage.set(Outage.NONE)
    assert send(lms, tool, body()).status_code == 204
    assert [one.status for one in lms.gradebook.history()] == [204, status]


def test_a_lms_under_maintenance_says_when_to_come_again(lms: Lms, tool: StubTool) -> None:
    lms.outage.set(Outage.UNAVAILABLE)
    assert send(lms, tool, body()).headers["Retry-After"] == "1"


def test_a_connection_can_break_without_an_answer(lms: Lms, tool: StubTool) -> None:
    lms.outage.set(Outage.HANG_UP)
    with pytest.raises(requests.ConnectionError):
        send(lms, tool, body())
    assert points(lms) is None
    assert lms.gradebook.history()[0].status == 0


def test_a_silence_lasts_until_the_switch_ends_it_and_records_nothing(lms: Lms, tool: StubTool) -> None:
    lms.outage.set(Outage.SILENCE)
    ended = threading.Event()

    def wait_for_an_answer() -> None:
        with pytest.raises(requests.ConnectionError):
            send(lms, tool, body())
        ended.set()

    sender = threading.Thread(target=wait_for_an_answer)
    sender.start()
    assert not ended.wait(0.3)
    lms.outage.set(Outage.NONE)
    assert ended.wait(10)
    sender.join()
    assert points(lms) is None


def test_people_turn_the_switch_on_a_page_and_every_page_says_so(lms: Lms) -> None:
    visitor = Visitor(lms, "clara")
    assert visitor.post("/outage", outage="error").status_code == 303
    assert lms.outage.now is Outage.ERROR
    assert "This LMS refuses grades at present" in visitor.get("/course").text
    visitor.post("/outage", outage="none")
    assert "This LMS refuses grades at present" not in visitor.get("/course").text


def test_a_switch_position_that_does_not_exist_is_refused(lms: Lms) -> None:
    assert Visitor(lms).post("/outage", outage="fire").status_code == 400
    assert lms.outage.now is Outage.NONE


def test_a_refused_score_is_shown_with_its_reason(lms: Lms, tool: StubTool) -> None:
    lms.outage.set(Outage.ERROR)
    send(lms, tool, body())
    row = table(Visitor(lms, "clara").get("/gradebook"), "history")[1]
    assert row[1:] == ["Ada Osei", "Scaling", "2/3", "Refused (500): The LMS is having a bad day."]
