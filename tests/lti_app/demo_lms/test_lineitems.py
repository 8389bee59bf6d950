import pytest

from lti_app.demo_lms import Lms
from tests.lti_app.demo_lms.stub_tool import ITEM, ITEMS, StubTool


def items_url(lms: Lms, query: str = "") -> str:
    return f"{lms.base_url}/services/course-1/lineitems?deployment=7{query}"


def item_url(lms: Lms, number: int) -> str:
    return f"{lms.base_url}/services/course-1/lineitems/{number}/lineitem?deployment=7"


def labels(lms: Lms, tool: StubTool, query: str = "") -> list[str]:
    response = tool.call(lms, "lineitem", "GET", items_url(lms, query), accept=ITEMS)
    assert (response.status_code, response.headers["Content-Type"]) == (200, ITEMS)
    return [item["label"] for item in response.json()]


def test_each_activity_has_a_line_item(lms: Lms, tool: StubTool) -> None:
    response = tool.call(lms, "lineitem.readonly", "GET", items_url(lms), accept=ITEMS)
    assert response.json()[0] == {
        "id": item_url(lms, 1),
        "label": "Scaling",
        "scoreMaximum": 3,
        "resourceLinkId": "7",
    }
    assert len(response.json()) == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Scaling", "Serving", "Extra"]),
        ("&resource_link_id=8", ["Serving", "Extra"]),
        ("&tag=late", ["Extra"]),
        ("&resource_id=week-9&resource_link_id=8", ["Extra"]),
        ("&resource_id=week-9&resource_link_id=7", []),
        ("&tag=none", []),
    ],
)
def test_line_items_are_found_by_link_resource_and_tag(lms: Lms, tool: StubTool, query: str, found: list[str]) -> None:
    lms.gradebook.add(label="Extra", score_maximum=1, resource_link_id="8", resource_id="week-9", tag="late")
    assert labels(lms, tool, query) == found


def test_a_line_item_is_made_shown_changed_and_deleted(lms: Lms, tool: StubTool) -> None:
    body = {"label": "Essay", "scoreMaximum": 12.5, "resourceId": "essay", "tag": "t", "resourceLinkId": "8"}
    made = tool.call(lms, "lineitem", "POST", items_url(lms), media=ITEM, body=body)
    assert (made.status_code, made.headers["Content-Type"]) == (201, ITEM)
    url = made.headers["Location"]
    assert made.json() == {"id": url, **body}
    assert tool.call(lms, "lineitem.readonly", "GET", url, accept=ITEM).json() == made.json()

    changed = tool.call(lms, "lineitem", "PUT", url, media=ITEM, body={"label": "Essay 2", "scoreMaximum": 10})
    assert changed.json() == {"id": url, "label": "Essay 2", "scoreMaximum": 10}

    assert tool.call(lms, "lineitem", "DELETE", url).status_code == 204
    assert tool.call(lms, "lineitem", "GET", url, accept=ITEM).status_code == 404


@pytest.mark.parametrize("accept", ["*/*", "application/json", f"{ITEMS}, */*", ITEM])
def test_a_list_is_given_to_who_asks_for_exactly_that(lms: Lms, tool: StubTool, accept: str) -> None:
    assert tool.call(lms, "lineitem", "GET", items_url(lms), accept=accept).status_code == 406


def test_a_list_is_given_to_who_names_no_media_type(lms: Lms, tool: StubTool) -> None:
    assert tool.call(lms, "lineitem", "GET", items_url(lms)).status_code == 200


def test_a_line_item_of_another_media_type_is_refused(lms: Lms, tool: StubTool) -> None:
    body = {"label": "Essay", "scoreMaximum": 1}
    response = tool.call(lms, "lineitem", "POST", items_url(lms), media="application/json", body=body)
    assert response.status_code == 415


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"scoreMaximum": 1}, 400),
        ({"label": "", "scoreMaximum": 1}, 400),
        ({"label": "A"}, 400),
        ({"label": "A", "scoreMaximum": 0}, 400),
        ({"label": "A", "scoreMaximum": "1"}, 400),
        ({"label": "A", "scoreMaximum": True}, 400),
        ({"label": ["A"], "scoreMaximum": 1}, 400),
        ({"label": "A", "scoreMaximum": 1, "tag": 3}, 400),
        ({"label": "A", "scoreMaximum": 1, "resourceLinkId": "99"}, 403),
    ],
    ids=str,
)
def test_a_wrong_line_item_is_refused(lms: Lms, tool: StubTool, body: object, status: int) -> None:
    assert tool.call(lms, "lineitem", "POST", items_url(lms), media=ITEM, body=body).status_code == status
    assert labels(lms, tool) == ["Scaling", "Serving"]


def test_who_may_only_read_changes_nothing(lms: Lms, tool: StubTool) -> None:
    body = {"label": "A", "scoreMaximum": 1}
    for method, url in (("POST", items_url(lms)), ("PUT", item_url(lms, 1)), ("DELETE", item_url(lms, 1))):
        assert tool.call(lms, "lineitem.readonly", method, url, media=ITEM, body=body).status_code == 403
    assert labels(lms, tool) == ["Scaling", "Serving"]


@pytest.mark.parametrize("lost", ["lineitems", "lineitems/1/lineitem"])
def test_a_url_that_lost_its_query_is_not_found(lms: Lms, tool: StubTool, lost: str) -> None:
    url = f"{lms.base_url}/services/course-1/{lost}"
    assert tool.call(lms, "lineitem", "GET", url).status_code == 404


def test_another_course_is_not_found(lms: Lms, tool: StubTool) -> None:
    url = f"{lms.base_url}/services/course-2/lineitems"
    assert tool.call(lms, "lineitem", "GET", f"{url}?deployment=7").status_code == 404
    assert tool.call(lms, "lineitem", "GET", f"{url}/1/lineitem?deployment=7").status_code == 404
