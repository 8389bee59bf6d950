"""The Flask app of the demo LMS."""

import secrets
from collections.abc import Sequence

from flask import Flask

from lti_app.demo_lms import (
    headers,
    lineitems,
    linking,
    members,
    oidc,
    pages,
    registration,
    rooms,
    scores,
    service,
    tokens,
)
from lti_app.demo_lms.behaviours import STRICT, Behaviour
from lti_app.demo_lms.course import Activity, Course
from lti_app.demo_lms.lms import Lms, ToolRegistration


def create_demo_lms(
    base_url: str, tool: ToolRegistration, activities: Sequence[Activity], behaviour: Behaviour = STRICT
) -> Flask:
    """Return the LMS as a Flask app that browsers and the tool reach at ``base_url`` (no path, no final slash).

    Its first course holds the ``activities``, each with a line item. What it knows and receives is in
    ``app.extensions["demo_lms"]``, an `Lms`.
    """
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=secrets.token_hex(),
        SESSION_COOKIE_NAME="demo-lms",
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=64 * 1024,
    )
    app.before_request(rooms.enter)
    app.extensions["demo_lms"] = Lms(base_url, tool, Course(activities=tuple(activities)), behaviour)
    for room in (pages, linking, registration, oidc, tokens, lineitems, scores, members):
        app.register_blueprint(room.bp)
    app.add_url_rule(behaviour.authorize_path, "authorize_as", oidc.authorize, methods=["GET", "POST"])
    headers.add_headers(app)
    service.register_refusals(app)
    return app
