"""Line items of Assignment and Grade Services 2.0: the columns of a platform's gradebook."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlsplit

from content.sentences import Sentence
from lti_app.config import Config
from lti_app.lti.connector import PlatformConnector
from lti_app.lti.http import PlatformSession
from lti_app.lti.paging import json_of, pages
from lti_app.lti.service_errors import FailureKind, ServiceError
from lti_app.models import Database, Registration

LINE_ITEM_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
ITEM = "application/vnd.ims.lis.v2.lineitem+json"
CONTAINER = "application/vnd.ims.lis.v2.lineitemcontainer+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLineItem:
    """A line item that a resource link should have. ``resource_id`` and ``tag`` are the tool's own names for it.

    ``of_link`` says whether it is the link's only one. Others are tied to no link: as soon as a second one is, Moodle
    names none in its launches, and Canvas shows only the first in its gradebook. ``taken`` are the URLs of those that
    other links have.
    """

    label: str
    score_maximum: Decimal
    resource_link_id: str
    resource_id: str
    tag: str
    of_link: bool = True
    taken: Collection[str] = ()


def find_or_create(
    database: Database, config: Config, registration: Registration, lineitems_url: str, wanted: WantedLineItem
) -> str:
    """Return the URL of the line item, which is made only where none fits; raise ServiceError.

    All line items are listed and matched here: no platform breaks on a list without limit and filter, and some break
    on one with them (Moodle's pages, Open edX's filter by link).
    """
    lineitems_url = _secured(lineitems_url, registration)
    with PlatformSession(allow_private_addresses=config.allow_private_addresses) as http:
        connector = PlatformConnector(database, registration, http)
        items = [
            item
            for page in pages(connector, LINE_ITEM_SCOPE, lineitems_url, CONTAINER)
            for item in (page if isinstance(page, list) else [])
            if isinstance(item, dict) and _url_of(item)
        ]
        found = best_match(items, wanted)
        return _url_of(found) if found else _create(connector, lineitems_url, wanted)


def update(
    database: Database, config: Config, registration: Registration, url: str, label: str, score_maximum: Decimal
) -> None:
    """Change label and maximum of a line item; raise ServiceError.

    The whole of it is read and sent back: a platform empties what is not sent, the link too (AGS 2.0, section 3.2.6;
    Moodle does).
    """
    headers = {"Accept": ITEM}
    with PlatformSession(allow_private_addresses=config.allow_private_addresses) as http:
        connector = PlatformConnector(database, registration, http)
        item = json_of(connector.call([LINE_ITEM_SCOPE], "GET", url, headers))
        if not isinstance(item, dict):
            why = Sentence("%(url)s answers with something else than a gradebook column.", url=url)
            raise ServiceError(FailureKind.NO_ANSWER, why=why)
        changed = {**item, "label": label, "scoreMaximum": score_maximum}
        connector.call([LINE_ITEM_SCOPE], "PUT", url, {**headers, "Content-Type": ITEM}, to_json(changed))


def best_match(items: list[dict[str, Any]], wanted: WantedLineItem) -> dict[str, Any] | None:
    """Return the line item of the link: the tool's own of those tied to it, else the first of these, else a free one.

    The first of those tied to it is only for the link's only one.
    A free one is the tool's own by resource id and tag, tied to no link, and no other link's. Labels say nothing:
    platforms change them.
    """
    tied = [item for item in items if item.get("resourceLinkId") == wanted.resource_link_id]
    free = [item for item in items if not item.get("resourceLinkId") and item.get("id") not in wanted.taken]

    def own(item: Mapping[str, Any]) -> bool:
        return (item.get("resourceId"), item.get("tag")) == (wanted.resource_id, wanted.tag)

    fitting = [*filter(own, tied), *(tied if wanted.of_link else ()), *filter(own, free)]
    return next(iter(fitting), None)


def nameless(lineitems_url: str) -> ServiceError:
    """Return the error for an answer that says of no line item that it is the one which was made."""
    why = Sentence("%(url)s made a gradebook column and does not say which.", url=lineitems_url)
    return ServiceError(FailureKind.NO_ANSWER, why=why)


def to_json(document: Mapping[str, Any]) -> str:
    """Return the document as JSON; its decimals become numbers."""
    return json.dumps(document, default=_decimal)


def number(value: Decimal) -> int | float:
    """Return points as JSON's number; readers take the nearest double in any case."""
    return int(value) if value == value.to_integral_value() else float(value)


def _create(connector: PlatformConnector, lineitems_url: str, wanted: WantedLineItem) -> str:
    # Without the link Canvas makes another assignment, and without either id Open edX refuses.
    document = {
        "label": wanted.label,
        "scoreMaximum": wanted.score_maximum,
        **({"resourceLinkId": wanted.resource_link_id} if wanted.of_link else {}),
        "resourceId": wanted.resource_id,
        "tag": wanted.tag,
    }
    headers = {"Accept": ITEM, "Content-Type": ITEM}
    made = json_of(connector.call([LINE_ITEM_SCOPE], "POST", lineitems_url, headers, to_json(document)))
    url = _url_of(made) if isinstance(made, dict) else ""
    if not url:
        raise nameless(lineitems_url)
    return url


def _url_of(item: Mapping[str, Any]) -> str:
    url = item.get("id")
    return url if isinstance(url, str) and url.startswith(("https://", "http://")) else ""


def _secured(url: str, registration: Registration) -> str:
    """Return the URL with the issuer's scheme: a Canvas of one's own says http:// here behind its https:// proxy."""
    issuer, parts = urlsplit(registration.issuer), urlsplit(url)
    if parts.scheme == "http" and issuer.scheme == "https" and parts.netloc == issuer.netloc:
        return parts._replace(scheme="https").geturl()
    return url


def _decimal(value: object) -> int | float:
    if isinstance(value, Decimal):
        return number(value)
    raise TypeError(f"{value!r} is nothing for JSON")
