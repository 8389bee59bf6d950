import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lti_app.app import create_app
from lti_app.config import Config, ConfigError
from lti_app.models import Quiz, ToolKey
from lti_app.web.cookies import launch_cookie, login_cookie
from lti_app.web.tool import Tool


def keys_and_quizzes(config: Config) -> tuple[list[str], int | None]:
    tool: Tool = create_app(config).extensions["quizferry"]
    with tool.database.reading() as session:
        kids = list(session.scalars(select(ToolKey.kid)))
        quizzes = session.scalar(select(func.count()).select_from(Quiz))
    tool.database.close()
    return kids, quizzes


def test_a_tool_starts_on_nothing_with_a_key(tmp_path: Path) -> None:
    config = Config(database_url=f"sqlite:///{tmp_path}/new/folder/quizferry.db")
    first, _ = keys_and_quizzes(config)
    assert len(first) == 1
    again, _ = keys_and_quizzes(config)
    assert again == first


def test_several_that_start_at_once_on_nothing_make_one_key(empty_database_url: str) -> None:
    config = Config(database_url=empty_database_url)
    found: list[tuple[list[str], int | None]] = []
    threads = [threading.Thread(target=lambda: found.append(keys_and_quizzes(config))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3
    assert found[0] == found[1] == found[2]
    assert len(found[0][0]) == 1


def test_without_settings_they_are_those_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZFERRY_DATABASE_URL", f"sqlite:///{tmp_path}/quizferry.db")
    monkeypatch.setenv("QUIZFERRY_PUBLIC_URL", "https://quiz.example.edu/")
    tool: Tool = create_app().extensions["quizferry"]
    assert tool.config.public_url == "https://quiz.example.edu"
    tool.database.close()
    monkeypatch.setenv("QUIZFERRY_PUBLIC_URL", "quiz.example.edu")
    with pytest.raises(ConfigError, match="QUIZFERRY_PUBLIC_URL"):
        create_app()


def test_cookies_are_bound_to_the_host_where_the_tool_is_reached_over_https(tmp_path: Path) -> None:
    app = create_app(Config(database_url=f"sqlite:///{tmp_path}/q.db", public_url="https://quiz.example.edu"))
    tool: Tool = app.extensions["quizferry"]
    assert launch_cookie(tool.config, "7") == "__Host-qf-7"
    assert login_cookie(tool.config, "state-12345678").startswith("__Host-qf-login-")
    tool.database.close()
