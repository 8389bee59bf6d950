"""Lists that a platform's service gives in pages (LTI Advantage: Link headers with rel="next", RFC 8288)."""

import html
import json
import re
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import requests

from content.sentences import Sentence
from lti_app.lti.connector import PlatformConnector
from lti_app.lti.service_errors import FailureKind, ServiceError

# Moodle writes rel=“next” with curly quotes, which arrive as other letters, and "&amp;" in the address.
NEXT = re.compile(r"<([^<>]*)>[^<>,]*;\s*rel=[^a-z<>,]*next(?![a-z])")
MAX_PAGES = 500
# For all pages together.
TOTAL_SECONDS = 90


def pages(connector: PlatformConnector, scope: str, url: str, media_type: str) -> Iterator[Any]:
    """Yield the JSON of each page, its numbers exact; raise ServiceError.

    Only pages at the service's own origin are followed, each once: a token must not be sent elsewhere.
    """
    deadline = time.monotonic() + TOTAL_SECONDS
    seen: set[str] = set()
    following: str | None = url
    while following is not None and following not in seen and len(seen) < MAX_PAGES:
        if time.monotonic() > deadline:
            why = Sentence("%(url)s takes more than %(most)s seconds for all its pages.", url=url, most=TOTAL_SECONDS)
            raise ServiceError(FailureKind.NO_ANSWER, why=why)
        seen.add(following)
        answer = connector.call([scope], "GET", following, {"Accept": media_type})
        yield json_of(answer)
        following = _next(answer, following)


def json_of(answer: requests.Response) -> Any:
    """Return what an answer says, its numbers exact; raise ServiceError if that is no JSON."""
    try:
        return json.loads(answer.content, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        why = Sentence("What %(url)s answers is no JSON.", url=answer.url)
        raise ServiceError(FailureKind.NO_ANSWER, why=why) from error


def with_query(url: str, **parameters: str | int) -> str:
    """Return the URL with more parameters; Blackboard's and Moodle's services have a query already."""
    parts = urlsplit(url)
    query = [*parse_qsl(parts.query, keep_blank_values=True), *((name, str(one)) for name, one in parameters.items())]
    return urlunsplit(parts._replace(query=urlencode(query)))


def _next(answer: requests.Response, url: str) -> str | None:
    found = NEXT.search(answer.headers.get("Link", ""))
    if found is None:
        return None
    following = urljoin(url, html.unescape(found[1]))
    return following if urlsplit(following)[:2] == urlsplit(url)[:2] else None
