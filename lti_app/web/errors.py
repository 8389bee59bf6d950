"""Pages for what goes wrong. Each shows a code and a reference that the log has, too."""

import secrets
from typing import Any

import structlog
from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from content.sentences import Sentence
from lti_app.lti.failures import TRY_AGAIN, Refused
from lti_app.services import metrics
from lti_app.web.languages import translated

log = structlog.get_logger()

# By HTTP status: heading, sentence, what to do.
PAGES = {
    404: (Sentence("There is no such page"), Sentence("The address leads nowhere in Quizferry."), TRY_AGAIN),
    405: (Sentence("This page cannot be opened like that"), Sentence("It is a step on the way to a quiz."), TRY_AGAIN),
    413: (Sentence("That was too much at once"), Sentence("More was sent than a quiz ever needs."), TRY_AGAIN),
    500: (
        Sentence("Something went wrong in Quizferry"),
        Sentence("It is not your doing, and the answers that were saved are safe."),
        Sentence("Try again in a minute. If that does not help, show this page to your instructor."),
    ),
}
OTHER = (Sentence("This did not work"), Sentence("Quizferry could not make sense of what was sent."), TRY_AGAIN)


def show_errors(app: Flask) -> None:
    """Make the app answer refusals, HTTP errors and its own faults with pages."""
    app.register_error_handler(Refused, _show_refusal)
    app.register_error_handler(HTTPException, _show_http_error)
    app.register_error_handler(Exception, _show_fault)


def log_refusal(refusal: Refused) -> str:
    """Write a log line for a refusal; return the reference that ties it to the page."""
    reference = _new_reference()
    metrics.FAILURES.labels(refusal.code).inc()
    log.warning("refused", code=refusal.code, reference=reference, detail=refusal.detail, route=str(request.url_rule))
    return reference


def answer_not_taken(sentence: str) -> Response:
    """Return what a student reads who has sent something that cannot be an answer; ``sentence`` says why."""
    heading = Sentence("One of your answers cannot be taken")
    remedy = Sentence("Go back to the quiz and change that answer. Nothing of the page that you sent was stored.")
    return _page(422, heading=heading, sentence=sentence, remedy=remedy, code="http-422")


def _show_refusal(refusal: Refused) -> Response:
    return _page(
        refusal.status,
        heading=refusal.heading,
        sentence=refusal.sentence,
        remedy=refusal.remedy,
        why=refusal.why,
        code=f"{refusal.code} {log_refusal(refusal)}",
    )


def _show_http_error(error: HTTPException) -> Response:
    status = error.code or 500
    heading, sentence, remedy = PAGES.get(status, OTHER)
    return _page(status, heading=heading, sentence=sentence, remedy=remedy, code=f"http-{status}")


def _show_fault(error: Exception) -> Response:
    reference = _new_reference()
    metrics.FAILURES.labels("fault").inc()
    log.error("fault", reference=reference, route=str(request.url_rule), exc_info=error)
    heading, sentence, remedy = PAGES[500]
    return _page(500, heading=heading, sentence=sentence, remedy=remedy, code=f"fault {reference}")


def _page(status: int, code: str, **sentences: str) -> Response:
    words: dict[str, Any] = {name: translated(sentence) for name, sentence in sentences.items()} | {"code": code}
    body = jsonify(words) if _is_from_script() else render_template("error.html", **words)
    return make_response(body, status)


def _is_from_script() -> bool:
    """Return whether a page's script asks, which reads the answer's sentence: with JSON, or with a form for JSON."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def _new_reference() -> str:
    return secrets.token_hex(4)
