"""Who may see what: every page below /launches belongs to one launch in one browser."""

import hashlib
import hmac

from flask import Flask, abort, g, request

from content.sentences import Sentence
from lti_app.lti.failures import Refused
from lti_app.services import Launch, LinkingVisit, Role
from lti_app.services.launches import find_launch
from lti_app.services.linking import find_visit
from lti_app.web.carrying import carry, sent_secret
from lti_app.web.cookies import launch_cookie
from lti_app.web.tool import tool

LINKING = "linking"
"""The blueprint whose pages belong to a visit of a deep linking request."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class LaunchNeeded(Refused):
    """The browser has no open launch for this page: it never had one, it is over, or its cookie is gone."""

    code = "launch-needed"
    status = 403
    heading = Sentence("Open the quiz from your course")
    sentence = Sentence("Quizferry does not know who you are: your visit is over, or your browser forgot it.")
    why = Sentence(
        "The page belongs to a launch that is over (after eight hours), or that was opened in another browser, or "
        "whose cookie is gone. Opening the quiz from the course again helps."
    )


class InstructorsOnly(Refused):
    """A learner asked for an instructor's page."""

    code = "instructors-only"
    status = 403
    heading = Sentence("This page is for instructors")
    sentence = Sentence("In this course you are a student, and this page is for its instructors.")
    remedy = Sentence(
        "If you teach this course, ask whoever looks after your course site to give you a teaching role in it."
    )
    why = Sentence(
        "The person has no teaching role in this course: roles in the institution give no rights here. Give the role "
        "in the LMS, and open the quiz from the course again."
    )


class NotOurForm(Refused):
    """A change that was not sent by one of the launch's own pages (cross-site request forgery)."""

    code = "foreign-form"
    status = 403
    heading = Sentence("Nothing was changed")
    sentence = Sentence("This was not sent from one of Quizferry’s own pages, or from one that is too old.")
    why = Sentence(
        "A form or script of another site, or of a page that was open across two launches, tried to change something. "
        "Reloading the page helps; if it happens to everybody, a proxy changes the Origin header or the public "
        "address."
    )


def guard_launches(app: Flask) -> None:
    """Make every page below /launches ask for its launch, and every change for its token."""
    app.before_request(_refuse_nul)
    app.before_request(_guard)
    app.context_processor(lambda: {"launch": g.get("launch")})
    app.jinja_env.globals["csrf_token"] = csrf_token


def current_launch() -> Launch:
    """Return the launch whose page this is."""
    launch: Launch = g.launch
    return launch


def current_visit() -> LinkingVisit:
    """Return the visit, opened by a deep linking request, whose page this is."""
    visit: LinkingVisit = g.launch
    return visit


def require_instructor() -> Launch:
    """Return the launch whose page this is; raise InstructorsOnly if it is a learner's."""
    launch = current_launch()
    if launch.role is not Role.INSTRUCTOR:
        raise InstructorsOnly(f"launch {launch.id}")
    return launch


def csrf_token() -> str:
    """Return what a form must carry as ``csrf_token``, and a script's request as the header ``X-CSRF-Token``."""
    secret: str = g.launch_secret
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()


def _refuse_nul() -> None:
    """Answer 400 to a NUL in any parameter: nothing that the tool gave out has one, and PostgreSQL fails at them."""
    if any("\0" in text for text in (request.path, *request.values.values())):
        abort(400)


def _guard() -> None:
    if not request.path.startswith("/launches/") or request.view_args is None:
        return
    launch_id = request.view_args["launch_id"]
    kept = request.cookies.get(launch_cookie(tool().config, launch_id), "")
    secret = kept or sent_secret()
    # Those who pick quizzes for a course have a visit that is no launch: there is no link yet.
    find = find_visit if request.blueprint == LINKING else find_launch
    with tool().database.reading() as session:
        launch = find(session, launch_id, secret)
    if launch is None:
        raise LaunchNeeded(f"launch {launch_id}, {'with a wrong or old' if secret else 'without a'} cookie")
    g.launch, g.launch_secret = launch, secret
    if not kept:
        carry(secret)
    if request.method not in SAFE_METHODS:
        _check_own_form()


def _check_own_form() -> None:
    # With "no-referrer" a browser sends `Origin: null` from our own forms, which therefore says nothing.
    origin = request.headers.get("Origin", "null")
    if origin not in ("null", tool().config.public_url):
        raise NotOurForm(f"Origin is {origin}")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if site != "same-origin":
        raise NotOurForm(f"Sec-Fetch-Site is {site}")
    token = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
    if not hmac.compare_digest(token.encode(), csrf_token().encode()):
        raise NotOurForm("the token is missing or wrong")
