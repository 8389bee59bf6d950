import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs


@pytest.mark.parametrize(
    ("path", "method", "status", "words"),
    [
        ("/nowhere", "GET", 404, "There is no such page"),
        ("/lti/launch", "GET", 405, "cannot be opened like that"),
        ("/<script>alert(1)</script>", "GET", 404, "There is no such page"),
    ],
)
def test_what_goes_wrong_gets_a_page_with_a_way_on(
    client: FlaskClient, path: str, method: str, status: int, words: str
) -> None:
    response = client.open(path, method=method)
    assert response.status_code == status
    assert words in response.text
    assert "Go back to your course" in response.text
    assert f"http-{status}" in response.text
    assert "alert" not in response.text


def test_a_fault_of_the_tool_gets_a_page_with_a_reference_and_a_log_line_with_the_traceback(app: Flask) -> None:
    @app.get("/broken")
    def broken() -> str:
        return str(1 / 0)

    with capture_logs() as log:
        response = app.test_client().get("/broken")
    assert response.status_code == 500
    (line,) = log
    assert line["event"] == "fault"
    assert isinstance(line["exc_info"], ZeroDivisionError)
    assert f"fault {line['reference']}" in response.text
    assert "ZeroDivisionError" not in response.text


def test_a_fault_s_page_is_json_for_a_script(app: Flask) -> None:
    @app.post("/broken")
    def broken() -> str:
        return str(1 / 0)

    response = app.test_client().post("/broken", json={})
    assert response.status_code == 500
    assert response.get_json()["heading"] == "Something went wrong in Quizferry"
