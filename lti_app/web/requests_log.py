"""The number that ties all log lines of a request together, from a launch to the delivery of its grade."""

import re
import secrets

import structlog
from flask import Flask, Response, request

from lti_app.services import REQUEST_ID

HEADER = "X-Request-ID"
# What a proxy may have given; anything else could forge lines of the log.
USABLE = re.compile(r"[A-Za-z0-9._-]{8,64}")

log = structlog.get_logger(__name__)


def number_requests(app: Flask) -> None:
    """Give every request its number, that of the proxy where it gave one, and say it in answer and log."""
    app.before_request(_number)
    app.after_request(_say)


def _number() -> None:
    given = request.headers.get(HEADER, "")
    number = given if USABLE.fullmatch(given) else secrets.token_hex(8)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(**{REQUEST_ID: number})
    if request.view_args and "launch_id" in request.view_args:
        structlog.contextvars.bind_contextvars(launch=request.view_args["launch_id"])


def _say(response: Response) -> Response:
    response.headers[HEADER] = structlog.contextvars.get_contextvars().get(REQUEST_ID, "")
    if request.method != "GET":  # what changes something, or begins a launch
        log.info("request", route=str(request.url_rule), method=request.method, status=response.status_code)
    return response
