"""What the services of the LMS share: refusals, exact media types, JSON with exact numbers, URLs."""

import html
import json
import socket
from collections.abc import Sequence
from decimal import Decimal
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Flask, Response, request

from lti_app.demo_lms.behaviours import PAGE, Reply
from lti_app.demo_lms.lms import lms

Line = TypeVar("Line")


class ServiceError(Exception):
    """A request that is not served; answered with ``status`` and, as JSON, an error and its description."""

    def __init__(self, status: int, description: str, error: str | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.error = error or HTTPStatus(status).phrase


class BehavedError(ServiceError):
    """A request that is refused with just the reply that the LMS has which this one behaves as."""

    def __init__(self, reply: Reply, description: str) -> None:
        super().__init__(reply.status, description)
        self.reply = reply


class HungUpError(ServiceError):
    """A request that gets no answer at all."""

    def __init__(self) -> None:
        super().__init__(HTTPStatus.SERVICE_UNAVAILABLE, "The connection broke without an answer.")


def register_refusals(app: Flask) -> None:
    """Have the app answer a ServiceError as it says."""

    @app.errorhandler(ServiceError)
    def refuse(refusal: ServiceError) -> Response:
        document = {"error": refusal.error, "error_description": refusal.description}
        response = answer(document, "application/json", refusal.status)
        if refusal.status == HTTPStatus.SERVICE_UNAVAILABLE:
            response.headers["Retry-After"] = "1"
        return response

    @app.errorhandler(BehavedError)
    def refuse_as_behaved(refusal: BehavedError) -> Response:
        return reply_with(refusal.reply)

    @app.errorhandler(HungUpError)
    def hang_up(_refusal: HungUpError) -> Response:
        connection: socket.socket = request.environ["werkzeug.socket"]
        connection.shutdown(socket.SHUT_RDWR)
        return Response()


def require_accept(media_type: str) -> None:
    """Refuse a request that would take anything but exactly this media type; who refuses ``*/*``, too, is Moodle."""
    accept, refused_with = request.headers.get("Accept", media_type), lms().behaviour.wrong_accept
    if refused_with is None and accept == "*/*":
        return
    if accept != media_type:
        raise ServiceError(refused_with or 406, f"Accept is {accept!r}; this service answers with {media_type} only.")


def json_body(media_type: str) -> dict[str, Any]:
    """Return the JSON object that was sent, its numbers exact; refuse any other media type and anything else."""
    if request.mimetype != media_type:
        raise ServiceError(415, f"Content-Type is {request.mimetype!r}; this service takes {media_type} only.")
    try:
        body = json.loads(request.get_data(), parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise ServiceError(400, "The body is not JSON.") from error
    if not isinstance(body, dict):
        raise ServiceError(400, "The body is no JSON object.")
    return body


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def text_of(body: dict[str, Any], name: str, *, required: bool = False) -> str:
    """Return a text field of a body, "" where it is absent or null; refuse any other value."""
    value = body.get(name)
    if value is None and not required:
        return ""
    if not isinstance(value, str) or (required and not value):
        raise ServiceError(400, f"{name} must be a text.")
    return value


LARGEST_NUMBER = Decimal(10) ** 9


def number_of(body: dict[str, Any], name: str) -> Decimal:
    """Return a number field of a body; refuse what is absent, no number, negative or beyond all reason."""
    value = body.get(name)
    if not isinstance(value, Decimal) or not 0 <= value <= LARGEST_NUMBER:
        raise ServiceError(400, f"{name} must be a number from 0 to {LARGEST_NUMBER}.")
    return value


def answer(document: object, media_type: str, status: int = 200) -> Response:
    """Return the document as a JSON response. Its exact numbers become JSON's, which are doubles everywhere."""
    return Response(json.dumps(document, default=float), status, content_type=media_type)


def reply_with(reply: Reply) -> Response:
    """Return a reply as the response that it stands for."""
    if reply.body is None or isinstance(reply.body, str):
        response = Response(reply.body, reply.status, content_type="text/plain")
    else:
        response = answer(reply.body, "application/json", reply.status)
    response.headers.update(reply.headers)
    return response


def page_of(lines: Sequence[Line], *, paged: bool) -> tuple[Sequence[Line], dict[str, str]]:
    """Return the page of a list that the request is about, and the header that leads to the next one, if any."""
    if not paged:
        return lines, {}
    page = request.args.get("page", 1, int)
    more = {}
    if page * PAGE < len(lines):
        query = urlencode({**request.args, "page": page + 1})
        url = f"{lms().base_url}{request.path}?{query}"
        more["Link"] = lms().behaviour.next_link.format(url=url, escaped_url=html.escape(url))
    return lines[(page - 1) * PAGE : page * PAGE], more


def service_url(path: str) -> str:
    """Return the URL of a service of this course. Like Moodle's it ends in a query, which a tool must keep."""
    return f"{lms().base_url}/services/{lms().course.id}/{path}?deployment={lms().tool.deployment_id}"


def require_service_query() -> None:
    """Refuse a request whose URL has lost its query."""
    if request.args.get("deployment") != lms().tool.deployment_id:
        raise ServiceError(404, "There is no such service here; was the query of its URL lost?")
