"""Results of Assignment and Grade Services 2.0: the grades that a platform's gradebook holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from lti_app.config import Config
from lti_app.lti.ags import url_with_ending
from lti_app.lti.connector import PlatformConnector
from lti_app.lti.http import PlatformSession
from lti_app.lti.paging import pages
from lti_app.models import Database, Registration

RESULT_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"
CONTAINER = "application/vnd.ims.lis.v2.resultcontainer+json"


@dataclass(frozen=True, slots=True)
class Result:
    """The grade of one student in the platform's gradebook: ``score`` out of ``maximum``, which is above 0."""

    user_sub: str
    score: Decimal
    maximum: Decimal


def read_results(database: Database, config: Config, registration: Registration, lineitem_url: str) -> list[Result]:
    """Return the results of a line item; raise ServiceError.

    All are read: with a filter by user Blackboard loses the comment and Open edX ignores it, and with a limit Moodle
    has no such page. Students without a score, whom Sakai lists, are left out.
    """
    with PlatformSession(allow_private_addresses=config.allow_private_addresses) as http:
        connector = PlatformConnector(database, registration, http)
        url = url_with_ending(lineitem_url, "results")
        return [result for page in pages(connector, RESULT_SCOPE, url, CONTAINER) for result in _results(page)]


def _results(page: object) -> Iterator[Result]:
    # Older Sakais answer with the bare object where there is one result.
    for item in page if isinstance(page, list) else [page]:
        if isinstance(item, Mapping) and isinstance(item.get("userId"), str):
            score, maximum = _decimal(item, "resultScore"), _decimal(item, "resultMaximum")
            if score is not None and maximum:
                yield Result(item["userId"], score, maximum)


def _decimal(item: Mapping[str, Any], name: str) -> Decimal | None:
    value = item.get(name)
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
