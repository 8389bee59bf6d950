from sqlalchemy import text

from tests.lti_app.web.classroom import Classroom


def test_a_process_that_answers_is_alive_and_ready(classroom: Classroom) -> None:
    client = classroom.app.test_client()
    assert (client.get("/healthz").text, client.get("/readyz").text) == ("ok\n", "ready\n")


def test_without_its_tables_it_is_alive_and_not_ready(classroom: Classroom) -> None:
    with classroom.database.writing() as session:
        session.execute(text("DROP TABLE alembic_version"))
    client = classroom.app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
