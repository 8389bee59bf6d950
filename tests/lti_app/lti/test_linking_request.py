"""Deep linking requests as platforms in use send them, signed again and sent to the tool."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from lti_app.models import Database, LinkingVisit, Registration
from tests.lti_app.fixtures import Browser, Refusals
from tests.lti_app.platform import CLIENT_ID, DEPLOYMENT_ID, Platform
from tests.shared import FOLDER, shared

SAMPLES = "samples/lti"
RECORDED = sorted(
    str(path.relative_to(FOLDER / SAMPLES)) for path in (FOLDER / SAMPLES).glob("*/deep-linking-request.json")
)
SETTINGS = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
INSTRUCTOR = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"
ADMINISTRATOR = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator"
LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"


def send(browser: Browser, platform: Platform, settings: Any, **changes: Any) -> Any:
    login = browser.begin()
    claims = platform.claims(login.nonce, resource_link=None, roles=[INSTRUCTOR], **changes)
    claims[f"{CLAIM}message_type"] = "LtiDeepLinkingRequest"
    if settings is not None:
        claims[SETTINGS] = settings
    return browser.post(login, platform.sign(claims))


def good(platform: Platform, **changes: Any) -> dict[str, Any]:
    return {
        "deep_link_return_url": f"{platform.base_url}/return?x=1",
        "accept_types": ["ltiResourceLink"],
        "accept_presentation_document_targets": ["iframe"],
        **changes,
    }


def visit_of(database: Database) -> LinkingVisit:
    with database.reading() as session:
        return session.scalars(select(LinkingVisit)).one()


@pytest.mark.parametrize("name", RECORDED)
def test_a_recorded_request_opens_the_picker(
    browser: Browser, platform: Platform, database: Database, registration: Registration, name: str
) -> None:
    sent = json.loads(Path(shared(SAMPLES) / name).read_text(encoding="utf-8"))["id_token"]["claims"]
    login = browser.begin()
    mine = platform.claims(login.nonce)
    times = {key: mine[key] for key in ("iss", "aud", "iat", "exp", "nonce")}
    settings = {**sent[SETTINGS], "deep_link_return_url": f"{platform.base_url}/return?x=1"}
    claims = {**sent, **times, SETTINGS: settings, f"{CLAIM}deployment_id": DEPLOYMENT_ID}
    claims[f"{CLAIM}target_link_uri"] = "http://localhost:8000/lti/launch"
    claims.pop("azp", None)
    response = browser.post(login, platform.sign(claims))
    assert response.status_code == 303, response.text
    assert response.location.endswith("/link/")
    visit = visit_of(database)
    assert (visit.answer_url, visit.data) == (settings["deep_link_return_url"], sent[SETTINGS].get("data"))
    assert visit.accepts_links
    assert visit.accepts_line_items
    assert visit.shown_in == "iframe"
    assert visit.accepts_several is sent[SETTINGS]["accept_multiple"]


def test_there_are_recorded_requests() -> None:
    shared(SAMPLES)
    assert {name.partition("/")[0] for name in RECORDED} >= {"moodle", "openedx", "canvas", "blackboard"}


@pytest.mark.parametrize("settings", [None, {}, [], {"deep_link_return_url": "javascript:alert(1)"}])
def test_a_request_without_a_return_address_is_refused(
    browser: Browser, platform: Platform, refusals: Refusals, settings: Any
) -> None:
    refusals.assert_refused(send(browser, platform, settings), "claim-missing", "deep_link_return_url")


@pytest.mark.parametrize("data", ["a\0b", "a\ud800b"])
def test_data_that_nobody_can_send_back_is_refused(
    browser: Browser, platform: Platform, refusals: Refusals, data: str
) -> None:
    refusals.assert_refused(send(browser, platform, good(platform, data=data)), "claim-invalid", "data of deep linking")


@pytest.mark.parametrize("url", ["https://elsewhere.example/x", "http://127.0.0.1.evil.example/", "http://[::"])
def test_a_return_to_a_foreign_host_is_refused(
    browser: Browser, platform: Platform, refusals: Refusals, database: Database, url: str
) -> None:
    refusals.assert_refused(send(browser, platform, good(platform, deep_link_return_url=url)), "answer-foreign", url)
    with database.reading() as session:
        assert session.scalars(select(LinkingVisit)).all() == []


def test_a_school_of_a_shared_issuer_names_its_own_address(
    browser: Browser, platform: Platform, database: Database, registration: Registration
) -> None:
    settings = good(platform, deep_link_return_url="https://learn.school.example/return")
    family = {
        f"{CLAIM}tool_platform": {"product_family_code": "BlackboardLearn", "url": "https://learn.school.example/"}
    }
    assert send(browser, platform, settings, **family).status_code == 303
    assert visit_of(database).answer_url == "https://learn.school.example/return"


@pytest.mark.parametrize(
    ("roles", "opens"),
    [
        ([INSTRUCTOR], True),
        (["Instructor"], True),
        ([ADMINISTRATOR], True),
        ([LEARNER], False),
        ([LEARNER, ADMINISTRATOR], False),
        ([], False),
        (["http://purl.imsglobal.org/vocab/lis/v2/institution/person#Student"], False),
    ],
)
def test_only_those_who_teach_or_administer_pick(
    browser: Browser, platform: Platform, refusals: Refusals, roles: list[str], opens: bool
) -> None:
    login = browser.begin()
    claims = platform.claims(login.nonce, resource_link=None, roles=roles)
    claims |= {f"{CLAIM}message_type": "LtiDeepLinkingRequest", SETTINGS: good(platform)}
    response = browser.post(login, platform.sign(claims))
    if opens:
        assert response.status_code == 303
    else:
        refusals.assert_refused(response, "linking-refused")


def test_odd_settings_count_as_absent(browser: Browser, platform: Platform, database: Database) -> None:
    odd = good(platform, accept_types="ltiResourceLink", accept_presentation_document_targets=None, data=3)
    odd |= {"accept_multiple": "true", "accept_lineitem": None}
    assert send(browser, platform, odd).status_code == 303
    visit = visit_of(database)
    assert (visit.accepts_links, visit.accepts_several, visit.accepts_line_items) == (False, False, True)
    assert (visit.data, visit.shown_in, CLIENT_ID) == (None, "", "quizferry-client")
