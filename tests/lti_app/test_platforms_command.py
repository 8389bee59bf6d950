import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lti_app.cli import main
from lti_app.config import Config
from lti_app.lti.claims import LaunchClaims
from lti_app.models import Database, Role, utcnow
from lti_app.services.invitations import find_invitation
from lti_app.services.launches import open_launch
from lti_app.services.platforms import find_platform

MOODLE = {
    "--issuer": "https://moodle.example.edu",
    "--client-id": "Go6Ijn57xGtMgeX",
    "--auth-login-url": "https://moodle.example.edu/mod/lti/auth.php",
    "--auth-token-url": "https://moodle.example.edu/mod/lti/token.php",
    "--jwks-url": "https://moodle.example.edu/mod/lti/certs.php",
    "--deployment-id": "19",
}


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZFERRY_DATABASE_URL", f"sqlite:///{tmp_path}/quizferry.db")
    monkeypatch.setenv("QUIZFERRY_PUBLIC_URL", "https://quiz.example.edu")


def platforms(*arguments: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(main, ["platforms", *arguments], input=answer)


def add(name: str = "Our Moodle", *more: str, **changes: str) -> Result:
    values = {**MOODLE, **{f"--{key.replace('_', '-')}": value for key, value in changes.items()}}
    return platforms("add", name, *more, *(part for pair in values.items() for part in pair))


def listed() -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(platforms("list", "--json").output)
    return found


def test_what_was_added_is_listed() -> None:
    result = add("Our Moodle", "--deployment-id", "20", auth_audience="https://moodle.example.edu/api")
    assert (result.exit_code, "Our Moodle is registered" in result.output) == (0, True)
    assert listed() == [
        {
            "name": "Our Moodle",
            "issuer": "https://moodle.example.edu",
            "client_id": "Go6Ijn57xGtMgeX",
            "auth_login_url": "https://moodle.example.edu/mod/lti/auth.php",
            "auth_token_url": "https://moodle.example.edu/mod/lti/token.php",
            "jwks_url": "https://moodle.example.edu/mod/lti/certs.php",
            "auth_audience": "https://moodle.example.edu/api",
            "any_deployment": False,
            "approved": True,
            "clock_skew": None,
            "deployment_ids": ["20", "19"],
        }
    ]
    table = platforms("list").output
    assert "Our Moodle" in table
    assert "20, 19" in table


@pytest.mark.parametrize(
    ("skew", "words"),
    [
        (None, ""),
        (0, "agrees with Quizferry's"),
        (12, "12 seconds ahead of Quizferry's; launches work up to 60"),
        (-90, "90 seconds behind Quizferry's"),
    ],
)
def test_the_list_says_how_far_a_platform_s_clock_is_off(tmp_path: Path, skew: int | None, words: str) -> None:
    add()
    database = Database(f"sqlite:///{tmp_path}/quizferry.db")
    with database.writing() as session:
        find_platform(session, "Our Moodle").clock_skew = skew
    database.close()
    table = platforms("list").output
    assert words in table
    assert ("clock" in table) is (skew is not None)
    assert listed()[0]["clock_skew"] == skew


def test_an_empty_list_says_how_to_go_on() -> None:
    assert "platforms add --help" in platforms("list").output
    assert listed() == []


@pytest.mark.parametrize(
    ("option", "url"),
    [
        ("--issuer", "moodle"),
        ("--issuer", "https://"),
        ("--auth-login-url", "ftp://moodle.example.edu/"),
        ("--auth-token-url", "http://moodle.example.edu/token"),
        ("--jwks-url", "https://moodle.example.edu/certs.php#keys"),
        ("--jwks-url", "https://me:secret@moodle.example.edu/certs.php"),
        ("--jwks-url", "https://moodle.example.edu:port/"),
        ("--jwks-url", "https://moodle .example.edu/"),
        ("--jwks-url", "https://["),
    ],
)
def test_an_address_that_cannot_be_right_is_named_and_nothing_is_stored(option: str, url: str) -> None:
    result = add(**{option.strip("-").replace("-", "_"): url})
    assert result.exit_code == 2
    assert f"Invalid value for '{option}': {url!r}" in result.output
    assert listed() == []


def test_http_is_for_a_tool_that_may_call_private_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "QUIZFERRY_ALLOW_PRIVATE_ADDRESSES" in add(issuer="http://localhost:8080").output
    monkeypatch.setenv("QUIZFERRY_ALLOW_PRIVATE_ADDRESSES", "true")
    assert add(issuer="http://localhost:8080").exit_code == 0


@pytest.mark.parametrize("option", ["client_id", "deployment_id"])
def test_an_empty_id_is_refused(option: str) -> None:
    result = add(**{option: " "})
    assert (result.exit_code, f"--{option.replace('_', '-')}" in result.output) == (2, True)


def test_a_missing_option_is_wrong_use() -> None:
    assert platforms("add", "Moodle", "--issuer", "https://moodle.example.edu").exit_code == 2


def test_a_name_or_an_issuer_and_client_is_taken_once() -> None:
    assert add().exit_code == 0
    same_name = add(client_id="another")
    assert (same_name.exit_code, "choose another name" in same_name.output) == (1, True)
    same_client = add("Moodle 2")
    assert same_client.exit_code == 1
    assert "'Our Moodle'" in same_client.output
    assert "platforms deploy" in same_client.output
    assert add("Moodle 2", client_id="another").exit_code == 0


def test_a_deployment_is_added_once() -> None:
    add()
    assert platforms("deploy", "Our Moodle", "20").exit_code == 0
    assert listed()[0]["deployment_ids"] == ["19", "20"]
    assert platforms("deploy", "Our Moodle", "20").exit_code == 1
    unknown = platforms("deploy", "Moodle", "20")
    assert unknown.exit_code == 1
    assert "There is no platform named 'Moodle'; the platforms are: 'Our Moodle'." in unknown.output


def test_what_is_given_is_changed_and_the_rest_stays() -> None:
    add()
    before = listed()[0]
    changes = ("--name", "Moodle", "--jwks-url", "https://moodle.example.edu/keys", "--any-deployment")
    assert platforms("update", "Our Moodle", *changes).exit_code == 0
    new = {"name": "Moodle", "jwks_url": "https://moodle.example.edu/keys", "any_deployment": True}
    assert listed() == [before | new]
    assert "and any that launches bring" in platforms("list").output


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ((), 2, "Nothing to change"),
        (("--jwks-url", "ftp://x"), 2, "Invalid value for '--jwks-url'"),
        (("--client-id", " "), 2, "Invalid value for '--client-id'"),
        (("--name", "Another"), 1, "The platform 'Another' has that name"),
        (("--client-id", "other"), 1, "The platform 'Another' has that name, or that issuer and client ID."),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_nothing_is_stored(
    changes: tuple[str, ...], code: int, words: str
) -> None:
    add()
    add("Another", client_id="other")
    before = listed()
    result = platforms("update", "Our Moodle", *changes)
    assert (result.exit_code, words in result.output) == (code, True), result.output
    assert listed() == before


def test_an_invitation_is_a_link_with_its_rules(tmp_path: Path) -> None:
    result = platforms("invite", "--pending", "--days", "3")
    url = result.stdout.strip()
    assert url.startswith("https://quiz.example.edu/register/")
    assert "It works once, until" in result.stderr
    database = Database(f"sqlite:///{tmp_path}/quizferry.db")
    with database.reading() as session:
        invitation = find_invitation(session, url.rpartition("/")[2])
    database.close()
    assert invitation.needs_approval
    assert timedelta(days=2.9) < invitation.expires_at - utcnow() <= timedelta(days=3)
    assert platforms("invite").stdout.strip() != url


def test_an_invitation_renews_only_an_lms_that_there_is() -> None:
    assert "There is no platform named 'Moodle'" in platforms("invite", "--renew", "Moodle").output
    assert "leave out --pending" in platforms("invite", "--renew", "Moodle", "--pending").output
    add()
    assert platforms("invite", "--renew", "Our Moodle").exit_code == 0


def test_what_waits_is_shown_and_approved_once(tmp_path: Path) -> None:
    add()
    database = Database(f"sqlite:///{tmp_path}/quizferry.db")
    with database.writing() as session:
        find_platform(session, "Our Moodle").approved = False
    database.close()
    assert """waits for 'quizferry platforms approve "Our Moodle"'""" in platforms("list").output
    assert platforms("approve", "Our Moodle").exit_code == 0
    assert listed()[0]["approved"] is True
    assert "approved already" in platforms("approve", "Our Moodle").output


def test_removing_asks_and_says_what_goes_with_it(tmp_path: Path) -> None:
    add()
    database = Database(f"sqlite:///{tmp_path}/quizferry.db")
    with database.writing() as session:
        row = find_platform(session, "Our Moodle")
        ids = {"registration_id": row.id, "deployment_id": row.deployments[0].id}
        claims = LaunchClaims(**ids, sub="1", role=Role.LEARNER, resource_link_id="1", context_id="1")
        open_launch(session, claims, Config())
    database.close()
    kept = platforms("remove", "Our Moodle", answer="n\n")
    assert (kept.exit_code, "with its 1 courses and 0 attempts" in kept.output) == (1, True)
    assert len(listed()) == 1
    assert platforms("remove", "Our Moodle", "--yes").exit_code == 0
    assert listed() == []
    assert platforms("remove", "Our Moodle", "--yes").exit_code == 1


def test_the_values_for_an_lms_are_the_tool_s_own_addresses() -> None:
    assert json.loads(platforms("values", "--json").output) == {
        "login_url": "https://quiz.example.edu/lti/login",
        "redirect_url": "https://quiz.example.edu/lti/launch",
        "target_link_uri": "https://quiz.example.edu/lti/launch",
        "jwks_url": "https://quiz.example.edu/lti/jwks",
    }
    assert "https://quiz.example.edu/lti/login" in platforms("values").output


@pytest.mark.parametrize(("url", "warned"), [("http://quiz.example.edu", True), ("http://localhost:8000", False)])
def test_an_address_at_which_browsers_keep_no_cookies_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, url: str, warned: bool
) -> None:
    monkeypatch.setenv("QUIZFERRY_PUBLIC_URL", url)
    assert ("https address" in platforms("values").stderr) is warned


def test_a_setting_that_cannot_be_used_is_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZFERRY_PUBLIC_URL", "quiz")
    result = platforms("list")
    assert (result.exit_code, "QUIZFERRY_PUBLIC_URL" in result.output) == (2, True)


def test_help_is_quick_and_needs_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZFERRY_DATABASE_URL", "nonsense")
    assert platforms("add", "--help").exit_code == 0


@pytest.mark.parametrize(
    ("url", "code", "words"),
    [
        ("nonsense", 2, "QUIZFERRY_DATABASE_URL is no database URL"),
        ("sqlite:////proc/x/y.db", 1, "No such file or directory"),
        ("postgresql+psycopg://someone:secret@127.0.0.1:1/x", 1, "Connection refused"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_sentence(
    url: str, code: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZFERRY_DATABASE_URL", url)
    result = platforms("list")
    assert result.exit_code == code
    assert words in result.output
    assert "secret" not in result.output
    assert "Traceback" not in result.output


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "quizferry.db").write_text("notes" * 1000)
    result = platforms("list")
    assert (result.exit_code, "file is not a database" in result.output) == (1, True)
