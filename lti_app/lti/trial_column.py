"""A column of a gradebook that is made to try it, and deleted again. It is tied to no link: no quiz meets it."""

import json
from typing import Any

from lti_app.lti.connector import PlatformConnector
from lti_app.lti.line_items import ITEM, LINE_ITEM_SCOPE, nameless
from lti_app.lti.paging import json_of

LABEL = "Quizferry self-test (can be deleted)"
RESOURCE_ID = "quizferry-self-test"
MAXIMUM = 1


def make_trial_column(connector: PlatformConnector, lineitems_url: str) -> str:
    """Return the URL of a new column with a maximum of one point; raise ServiceError."""
    document = {"label": LABEL, "scoreMaximum": MAXIMUM, "resourceId": RESOURCE_ID, "tag": RESOURCE_ID}
    headers = {"Accept": ITEM, "Content-Type": ITEM}
    made: Any = json_of(connector.call([LINE_ITEM_SCOPE], "POST", lineitems_url, headers, json.dumps(document)))
    url = made.get("id") if isinstance(made, dict) else None
    if not isinstance(url, str):
        raise nameless(lineitems_url)
    return url


def delete_trial_column(connector: PlatformConnector, url: str) -> None:
    """Delete the column; raise ServiceError."""
    connector.call([LINE_ITEM_SCOPE], "DELETE", url, {})
