"""Headers that every answer carries."""

import re

from flask import Flask, Response, g, request

from lti_app.services import Launch, LinkingVisit

# Quizzes show pictures from anywhere on the web, and highlighted code with its colours in style attributes.
POLICY = (
    "default-src 'none'; base-uri 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data: https:; connect-src 'self'; form-action {form_action}; frame-ancestors {frame_ancestors}"
)

# Strict, as a launch has a say in it.
ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(?=[/?#]|$)")


def send_security_headers(app: Flask) -> None:
    """Make every answer of the app carry them."""
    app.after_request(_add)


def allow_forms_to_lead_anywhere() -> None:
    """Let a form of this page end at an LMS: browsers hold redirects of a form to the page's policy, too."""
    g.form_action = "*"


def let_nobody_frame() -> None:
    """Keep this page out of every frame."""
    g.frame_ancestors = "'none'"


def let_forms_say_where_they_come_from() -> None:
    """Have the browser name this site as the origin of the page's forms; without a referrer it would say ``null``."""
    g.referrer_policy = "same-origin"


def allow_forms_to_lead_to(url: str) -> None:
    """Let a form of this page end at this URL's site, besides at the tool itself."""
    origin = ORIGIN.match(url)
    g.form_action = f"'self' {origin.group()}" if origin else "'self'"


def _add(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = g.get("content_security_policy") or POLICY.format(
        form_action=g.get("form_action", "'self'"),
        frame_ancestors=g.get("frame_ancestors") or _frame_ancestors(g.get("launch")),
    )
    response.headers["Referrer-Policy"] = g.get("referrer_policy", "no-referrer")
    response.headers["X-Content-Type-Options"] = "nosniff"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _frame_ancestors(launch: Launch | LinkingVisit | None) -> str:
    """Return who may frame the page: the launch's own LMS, or anyone where there is no launch and so nothing to do."""
    if launch is None:
        return "*"
    registration = launch.course.deployment.registration
    urls = (registration.issuer, registration.auth_login_url, launch.return_url or "")
    return " ".join(["'self'", *sorted({origin.group() for origin in map(ORIGIN.match, urls) if origin})])
