"""Every mistake in the settings is said in one sentence, before anything runs."""

import pytest

from lti_app.config import Config, ConfigError, check_for_celery, check_for_serving


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("QUIZFERRY_PUBLC_URL", "x", "is no setting of Quizferry; did you mean QUIZFERRY_PUBLIC_URL?"),
        ("QUIZFERRY_X", "x", "QUIZFERRY_X is no setting of Quizferry; remove it."),
        ("QUIZFERRY_PUBLIC_URL", "quiz.example.edu", "must be the tool's address without a path"),
        ("QUIZFERRY_PUBLIC_URL", "https://quiz.example.edu:99999", "must be the tool's address without a path"),
        ("QUIZFERRY_PUBLIC_URL", "https://me@quiz.example.edu", "must be the tool's address without a path"),
        ("QUIZFERRY_PUBLIC_URL", "https://quiz.example.edu/#x", "must be the tool's address without a path"),
        ("QUIZFERRY_PUBLIC_URL", "https://quiz..example.edu", "must be the tool's address without a path"),
        ("QUIZFERRY_REDIS_URL", "localhost", "is no address of a Redis"),
        ("QUIZFERRY_AUDIT_DAYS", "0", "must be a whole number above 0"),
        ("QUIZFERRY_METRICS", "9464", "must be an address and a port, like 127.0.0.1:9464"),
        ("QUIZFERRY_METRICS", "127.0.0.1:99999", "must be an address and a port"),
        ("QUIZFERRY_ALLOW_PRIVATE_ADDRESSES", "yes", "must be true or false"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Config.from_environment({name: value})
    assert sentence in str(refused.value)
    assert name in str(refused.value)


def test_good_settings_are_taken() -> None:
    config = Config.from_environment({"QUIZFERRY_METRICS": "[::1]:9464", "QUIZFERRY_AUDIT_DAYS": "365", "HOME": "/"})
    assert (config.metrics, config.audit_days) == ("[::1]:9464", 365)
    assert Config.from_environment({}).audit_days is None


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://Quiz.Example.EDU:443/", "https://quiz.example.edu"),
        ("HTTP://localhost:80", "http://localhost"),
        ("http://localhost:8000/", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://bücher.example.edu", "https://xn--bcher-kva.example.edu"),
    ],
)
def test_the_public_address_is_taken_as_browsers_write_it(written: str, origin: str) -> None:
    assert Config.from_environment({"QUIZFERRY_PUBLIC_URL": written}).public_url == origin


@pytest.mark.parametrize("url", ["https://quiz.example.edu", "http://localhost:8000", "http://127.0.0.1:8000"])
def test_a_tool_is_served_over_https_or_on_this_computer(url: str) -> None:
    check_for_serving(Config(public_url=url))


@pytest.mark.parametrize(
    ("config", "sentence"),
    [
        (Config(public_url="http://quiz.example.edu"), "only over https"),
        (Config(database_url="sqlite://"), "a database in memory"),
    ],
)
def test_what_no_student_could_use_is_refused(config: Config, sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        check_for_serving(config)


def test_celery_needs_a_database_that_machines_share() -> None:
    with pytest.raises(ConfigError, match="need PostgreSQL"):
        check_for_celery(Config())
    check_for_celery(Config(database_url="postgresql+psycopg://db.example.edu/quizferry"))
