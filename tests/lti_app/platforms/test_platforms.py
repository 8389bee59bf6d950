"""Which platform is which, and what its refusals mean, by messages of the platforms themselves."""

import json
from pathlib import Path

import pytest

from lti_app.lti.service_errors import FailureKind, ServiceError
from lti_app.platforms import GENERIC, PLATFORMS, Meaning, Platform, platform_of
from lti_app.services.refusals import Fate, Problem, judge
from tests.shared import FOLDER, shared

SAMPLES = "samples/lti"
FAMILY = "https://purl.imsglobal.org/spec/lti/claim/tool_platform"
NAMES = {"canvas": "Canvas", "moodle": "Moodle", "blackboard": "Blackboard", "d2l": "Brightspace", "sakai": "Sakai"}
LAUNCHES = sorted(str(path.relative_to(FOLDER / SAMPLES)) for path in (FOLDER / SAMPLES).glob("*/launch-*.json"))
DOCS = Path(__file__).parents[3] / "docs" / "admin" / "platforms.md"


def named(name: str) -> Platform:
    return next(platform for platform in PLATFORMS if platform.name == name)


@pytest.mark.parametrize("name", [name for name in LAUNCHES if name.partition("/")[0] in NAMES])
def test_a_platform_is_known_by_its_launches(name: str) -> None:
    claims = json.loads((shared(SAMPLES) / name).read_text(encoding="utf-8"))["id_token"]["claims"]
    family = claims.get(FAMILY, {}).get("product_family_code", "")
    assert platform_of(family, claims["iss"], "").name == NAMES[name.partition("/")[0]] or not family


@pytest.mark.parametrize(
    ("issuer", "auth_login_url", "name"),
    [
        ("https://canvas.instructure.com", "https://sso.canvaslms.com/x", "Canvas"),
        ("https://canvas.school.example", "https://canvas.school.example/api/lti/authorize_redirect", "Canvas"),
        ("https://moodle.school.example", "https://moodle.school.example/mod/lti/auth.php", "Moodle"),
        ("https://blackboard.com", "https://developer.blackboard.com/api/v1/gateway/oidcauth", "Blackboard"),
        ("https://school.example", "https://school.example/d2l/lti/authenticate", "Brightspace"),
        ("https://sakai.school.example", "https://sakai.school.example/imsoidc/lti13/oidc_auth", "Sakai"),
        ("https://courses.example", "https://courses.example/api/lti_consumer/v1/launch/", "Open edX"),
        ("https://lms.example", "https://lms.example/auth", "Any other LMS"),
    ],
)
def test_a_platform_that_does_not_say_what_it_is_is_known_by_its_addresses(
    issuer: str, auth_login_url: str, name: str
) -> None:
    assert platform_of("", issuer, auth_login_url).name == name


def test_what_a_platform_says_of_itself_counts_more_than_its_addresses() -> None:
    assert platform_of("SAKAI", "https://canvas.instructure.com", "").name == "Sakai"
    assert platform_of("another", "https://lms.example", "https://lms.example/auth") is GENERIC


@pytest.mark.parametrize(
    ("name", "status", "body", "fate"),
    [
        ("Canvas", 400, "Provided timestamp of x before last updated timestamp of y", Fate.NEWER_THERE),
        ("Canvas", 403, "403 Forbidden (Rate Limit Exceeded)", Fate.LATER),
        ("Canvas", 422, "User not found in course or is not a student", Fate.BLOCKED),
        ("Canvas", 422, "The maximum number of allowed attempts has been reached for this submission", Fate.BLOCKED),
        ("Blackboard", 400, "User could not be found: gone", Fate.NOT_NEEDED),
        ("Brightspace", 404, "User in requested score does not exist", Fate.NOT_NEEDED),
        ("Sakai", 403, "Line item is read-only", Fate.BLOCKED),
        ("Open edX", 400, "Score already exists for the provided timestamp", Fate.NEWER_THERE),
        ("Open edX", 400, "another text", Fate.FAILED),
        ("Any other LMS", 400, "before last updated timestamp", Fate.FAILED),
    ],
)
def test_a_refusal_means_what_the_platform_means_by_it(name: str, status: int, body: str, fate: Fate) -> None:
    platform = GENERIC if name == GENERIC.name else named(name)
    error = ServiceError(FailureKind.REFUSED, status=status, body=body)
    assert judge(error, platform).fate is fate


def test_a_student_who_is_unknown_is_not_taken_for_a_column_that_is_gone() -> None:
    error = ServiceError(FailureKind.REFUSED, status=404, body="User in requested score does not exist")
    assert "keeps no grade for this person" in judge(error, named("Brightspace")).sentence
    assert "column" in judge(error).sentence


def test_a_refused_token_says_nothing_of_the_student() -> None:
    error = ServiceError(FailureKind.NO_TOKEN, status=400, body="[]")
    assert judge(error, named("Moodle")).problem is Problem.NOT_LET_IN


@pytest.mark.parametrize(("folder", "name"), [("moodle", "Moodle"), ("openedx", "Open edX")])
def test_recorded_old_timestamps_end_a_delivery(folder: str, name: str) -> None:
    recorded = json.loads((shared(SAMPLES) / folder / "ags-score-old-timestamp.json").read_text(encoding="utf-8"))
    answers = [one["response"] for one in recorded["exchanges"] if one["response"]["status"] >= 400]
    assert len(answers) == 2
    for answer in answers:
        error = ServiceError(FailureKind.REFUSED, status=answer["status"], body=json.dumps(answer["body"]))
        assert judge(error, named(name)).fate is Fate.NEWER_THERE


def test_the_docs_tell_of_every_platform_what_the_tool_does_there() -> None:
    lines = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    table = {cells[1]: cells[2:-1] for cells in ([cell.strip() for cell in line.split("|")] for line in lines)}
    for platform in (*PLATFORMS, GENERIC):
        assert table[platform.name] == [
            ", ".join(f"`{family}`" for family in platform.families) or "–",
            "all schools share it" if platform.shares_issuer else "each school its own",
            "yes" if platform.item_has_url else "no",
            "by link" if platform.roster_by_link else "by course",
            str(platform.roster_page or "–"),
            "only for a new attempt" if platform.submission_key else "not told apart",
            "are shown" if platform.shows_free_columns else "are not shown",
            ", ".join(dict.fromkeys(f"{sign.status} {sign.meaning}" for sign in platform.signs)) or "–",
        ]
    assert all(meaning.value in DOCS.read_text(encoding="utf-8") for meaning in Meaning)
