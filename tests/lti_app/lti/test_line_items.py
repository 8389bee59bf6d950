"""Line items and results, as the platforms in use list, make and change them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_app.config import Config
from lti_app.lti.ags import ServiceError
from lti_app.lti.line_items import LINE_ITEM_SCOPE, WantedLineItem, best_match, find_or_create, to_json, update
from lti_app.lti.paging import NEXT, with_query
from lti_app.lti.results import Result, read_results
from lti_app.models import Database, Registration
from tests.lti_app.fixtures import register
from tests.lti_app.platform import Answer, Platform
from tests.shared import shared

ITEMS = "/courses/2/lineitems"
ITEM = "/courses/2/lineitems/7/lineitem"
ITEM_TYPE = "application/vnd.ims.lis.v2.lineitem+json"
WANTED = WantedLineItem(
    label="Quiz", score_maximum=Decimal("2.5"), resource_link_id="9", resource_id="quizferry-sea", tag="quiz"
)


@pytest.fixture
def find(database: Database, config: Config, registration: Registration, platform: Platform) -> Any:
    return lambda: find_or_create(database, config, registration, f"{platform.base_url}{ITEMS}?type_id=3", WANTED)


def item(number: int, **rest: Any) -> dict[str, Any]:
    return {"id": f"https://lms.example.edu/items/{number}", "label": "Quiz", "scoreMaximum": 5, **rest}


class TestFinding:
    @pytest.mark.parametrize(
        ("items", "found"),
        [
            ([item(1, resourceLinkId="9"), item(2, resourceLinkId="8")], 1),
            ([item(1, resourceLinkId="9"), item(2, resourceLinkId="9", resourceId="quizferry-sea", tag="quiz")], 2),
            ([item(1, resourceId="quizferry-sea", tag="quiz"), item(2, resourceLinkId="9")], 2),
            ([item(1, resourceId="quizferry-sea", tag="quiz", resourceLinkId=None)], 1),
            ([item(1, resourceId="quizferry-sea", tag="quiz", resourceLinkId="8")], None),
            ([item(1, resourceId="quizferry-sea", tag="bonus")], None),
            ([item(1, resourceId="quizferry-sky", tag="quiz")], None),
            ([item(1)], None),
            ([], None),
        ],
    )
    def test_by_link_and_else_by_resource_id_and_tag(self, items: list[dict[str, Any]], found: int | None) -> None:
        match = best_match(items, WANTED)
        assert (match["id"] if match else None) == (f"https://lms.example.edu/items/{found}" if found else None)

    def test_the_column_of_another_link_of_the_quiz_is_not_taken_though_the_platform_ties_it_to_none(self) -> None:
        items = [item(1, resourceId="quizferry-sea", tag="quiz")]
        assert best_match(items, replace(WANTED, taken=[items[0]["id"]])) is None
        tied = [item(1, resourceId="quizferry-sea", tag="quiz", resourceLinkId="9")]
        assert best_match(tied, replace(WANTED, taken=[tied[0]["id"]])) == tied[0]

    def test_what_is_found_is_not_made(self, find: Any, platform: Platform) -> None:
        platform.script[ITEMS].append(Answer.of_json([item(3, resourceLinkId="9")]))
        assert find() == "https://lms.example.edu/items/3"
        (call,) = platform.calls_to(ITEMS)
        assert (call.method, call.path) == ("GET", f"{ITEMS}?type_id=3")
        assert call.headers["Accept"] == "application/vnd.ims.lis.v2.lineitemcontainer+json"

    def test_what_is_not_found_is_made_and_tied_to_the_link(self, find: Any, platform: Platform) -> None:
        platform.script[ITEMS] += [Answer.of_json([]), Answer.of_json(item(4), status=201)]
        assert find() == "https://lms.example.edu/items/4"
        call = platform.calls_to(ITEMS)[-1]
        assert (call.method, call.path, call.headers["Content-Type"]) == ("POST", f"{ITEMS}?type_id=3", ITEM_TYPE)
        assert json.loads(call.body) == {
            "label": "Quiz",
            "scoreMaximum": 2.5,
            "resourceLinkId": "9",
            "resourceId": "quizferry-sea",
            "tag": "quiz",
        }
        assert (
            f"scope={LINE_ITEM_SCOPE.replace(':', '%3A').replace('/', '%2F')}".encode()
            in platform.calls_to("/token")[0].body
        )

    @pytest.mark.parametrize(
        "link",
        [
            '<{next}>; rel="next"',
            '<{next}>; rel="first", <{next}>; rel=next',
            "<{escaped}>; rel=â\x80\x9cfirstâ\x80\x9d, <{escaped}>; rel=â\x80\x9cnextâ\x80\x9d",
        ],
    )
    def test_every_page_is_looked_through(self, find: Any, platform: Platform, link: str) -> None:
        following = f"{platform.base_url}{ITEMS}?type_id=3&page=b%3D2"
        header = link.format(next=following, escaped=following.replace("&", "&amp;"))
        platform.script[ITEMS] += [
            Answer.of_json([item(1)], Link=header),
            Answer.of_json([item(2, resourceLinkId="9")]),
        ]
        assert find() == "https://lms.example.edu/items/2"
        assert platform.calls_to(ITEMS)[-1].path == f"{ITEMS}?type_id=3&page=b%3D2"

    @pytest.mark.parametrize(
        "link",
        [
            '<http://127.0.0.1:1/elsewhere>; rel="next"',
            '<{base}/courses/2/lineitems?type_id=3>; rel="next"',
            '<{base}/x>; rel="prev", <{base}/y>; rel="nextish"',
            'rel="next"',
        ],
    )
    def test_a_token_goes_nowhere_else_and_no_page_is_asked_for_twice(
        self, find: Any, platform: Platform, link: str
    ) -> None:
        platform.script[ITEMS] += [
            Answer.of_json([], Link=link.format(base=platform.base_url)),
            Answer.of_json(item(4), status=201),
        ]
        find()
        assert [call.method for call in platform.calls_to(ITEMS)] == ["GET", "POST"]

    @pytest.mark.parametrize("body", [b"<html>", b"[" * 100_000, b'{"id": 3}', b'{"id": "javascript:x"}', b"[]"])
    def test_a_column_that_does_not_say_where_it_is_is_an_error(
        self, find: Any, platform: Platform, body: bytes
    ) -> None:
        platform.script[ITEMS] += [Answer.of_json([]), Answer(status=201, body=body)]
        with pytest.raises(ServiceError):
            find()

    @pytest.mark.parametrize("listed", [{}, "x", [None, 3, {"id": None}, {"id": ["x"]}]])
    def test_what_is_no_list_of_line_items_holds_none(self, find: Any, platform: Platform, listed: Any) -> None:
        platform.script[ITEMS] += [Answer.of_json(listed), Answer.of_json(item(4), status=201)]
        assert find() == "https://lms.example.edu/items/4"


def recorded(name: str) -> Iterator[dict[str, Any]]:
    document = json.loads((shared("samples/lti") / name).read_text(encoding="utf-8"))
    yield from document.get("exchanges", [document])


@pytest.mark.parametrize(
    ("name", "links"),
    [("moodle/ags-lineitems-paging.json", 3), ("canvas/ags-lineitems-list.json", 1), ("canvas/ags-results.json", 1)],
)
def test_recorded_next_pages_are_found(name: str, links: int) -> None:
    headers = [one["response"]["headers"].get("Link", "") for one in recorded(name)]
    found = [match[1] for match in map(NEXT.search, headers) if match]
    assert len(found) in (links, links - 1)
    assert all("from=0" not in one and "page=1&" not in one for one in found)


def test_a_canvas_that_says_http_behind_its_https_is_called_by_https(
    database: Database, config: Config, platform: Platform
) -> None:
    host = platform.base_url.removeprefix("http://")
    row = register(database, platform, "Proxied", issuer=f"https://{host}", client_id="proxied")
    with pytest.raises(ServiceError):
        find_or_create(database, config, row, f"{platform.base_url}{ITEMS}", WANTED)
    assert platform.calls_to(ITEMS) == []


def test_changing_a_column_keeps_all_else_that_it_has(
    database: Database, config: Config, registration: Registration, platform: Platform
) -> None:
    held = item(7, resourceLinkId="9", resourceId="r", tag="t", **{"https://x.example/own": {"deep": [0.1]}})
    platform.script[ITEM] += [Answer.of_json(held), Answer.of_json({})]
    update(database, config, registration, platform.lineitem_url, "New", Decimal(10))
    put = platform.calls_to(ITEM)[-1]
    assert (put.method, put.headers["Content-Type"]) == ("PUT", ITEM_TYPE)
    assert json.loads(put.body) == {**held, "label": "New", "scoreMaximum": 10}


@given(st.decimals(0, 10**6, places=2))
def test_decimals_become_numbers(number: Decimal) -> None:
    assert json.loads(to_json({"n": number}), parse_float=Decimal)["n"] == number


def test_parameters_are_added_to_those_that_a_url_has() -> None:
    assert with_query("https://x/y?a=1&b=", limit=5, rlid="q&r") == "https://x/y?a=1&b=&limit=5&rlid=q%26r"
    assert with_query("https://x/y", limit=5) == "https://x/y?limit=5"


@pytest.mark.parametrize(
    ("name", "count"),
    [("moodle/ags-results.json", None), ("openedx/ags-results.json", None), ("canvas/ags-results.json", 1)],
)
def test_recorded_results_are_read(
    database: Database, config: Config, registration: Registration, platform: Platform, name: str, count: int | None
) -> None:
    body = next(recorded(name))["response"]["body"]
    platform.script["/courses/2/lineitems/7/lineitem/results"].append(Answer.of_json(body))
    results = read_results(database, config, registration, platform.lineitem_url)
    assert len(results) == (count or len(body))
    assert [result.user_sub for result in results] == [one["userId"] for one in body]
    assert all(result.maximum > 0 for result in results)
    assert platform.calls[-1].path.endswith("/results?type_id=3")


def test_students_without_a_score_have_no_result(
    database: Database, config: Config, registration: Registration, platform: Platform
) -> None:
    body = [
        {"userId": "a", "resultScore": None, "resultMaximum": 10},
        {"userId": "b", "resultScore": 3.5, "resultMaximum": 10},
        {"userId": 4, "resultScore": 1, "resultMaximum": 1},
        {"userId": "c", "resultScore": True, "resultMaximum": 1},
        "x",
    ]
    platform.script["/courses/2/lineitems/7/lineitem/results"].append(Answer.of_json(body))
    assert read_results(database, config, registration, platform.lineitem_url) == [
        Result("b", Decimal("3.5"), Decimal(10))
    ]
