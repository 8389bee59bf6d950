"""The guard of the admin pages. There are no accounts: a link made by the operator's command opens them in one browser.

The session is a cookie that no other site can make a browser send, and the pages can be framed by nobody.
"""

import hashlib
import hmac
from typing import ClassVar

from flask import Response, g, make_response, redirect, render_template, request, url_for

from content.sentences import Sentence
from lti_app.lti.failures import Refused
from lti_app.services.admin_access import SESSION_LIFETIME, is_open, open_session
from lti_app.web.access import SAFE_METHODS, NotOurForm
from lti_app.web.admin.blueprint import bp
from lti_app.web.headers import let_nobody_frame
from lti_app.web.tool import tool

COMMAND = "quizferry admin-link"


class AdminsOnly(Refused):
    """An admin page without an admin's session."""

    code = "admin-needed"
    status = 403
    heading: ClassVar[str] = Sentence("This page is for whoever runs Quizferry")
    sentence = Sentence("It opens with a link that works once, for an hour.")
    remedy = Sentence("On Quizferry’s server, “%(command)s” prints one.", command=COMMAND)
    why = Sentence("The browser has no session of the admin pages, or that is over: a link opens them for eight hours.")


class LinkUnusable(AdminsOnly):
    """A link that is unknown, used or too old."""

    code = "admin-link"
    heading = Sentence("This link opens nothing")
    sentence = Sentence("It was used before, is more than an hour old, or was not copied whole.")
    why = Sentence(
        "A link works once, for an hour. If nobody here used it, somebody else may have: look at what has changed."
    )


@bp.before_request
def guard() -> None:
    """Ask for the session, and for the token of forms, where a page below /admin is asked for."""
    if not request.path.startswith("/admin"):
        return
    let_nobody_frame()
    if request.endpoint in ("admin.door", "admin.enter"):
        return
    secret = request.cookies.get(_cookie(), "")
    with tool().database.reading() as session:
        if not is_open(session, secret):
            raise AdminsOnly
    g.admin_secret = secret
    if request.method not in SAFE_METHODS and not hmac.compare_digest(
        request.form.get("csrf_token", "").encode(), admin_token().encode()
    ):
        raise NotOurForm("the token is missing or wrong")


@bp.get("/admin/enter/<token>")
def door(token: str) -> str:
    """Show a button and use up nothing: chats and mail programs open links, too, to show what is behind them."""
    return render_template("admin/door.html", token=token)


@bp.post("/admin/enter/<token>")
def enter(token: str) -> Response:
    """Turn the link into a session of this browser."""
    with tool().database.writing() as session:
        secret = open_session(session, token)
    if secret is None:
        raise LinkUnusable
    response = make_response(redirect(url_for("admin.home"), 303))
    response.set_cookie(
        _cookie(), secret, max_age=SESSION_LIFETIME, path="/", secure=True, httponly=True, samesite="Strict"
    )
    return response


def admin_token() -> str:
    """Return what a form of an admin page must carry as ``csrf_token``."""
    secret: str = g.admin_secret
    return hmac.new(secret.encode(), b"admin form", hashlib.sha256).hexdigest()


def _cookie() -> str:
    return "__Host-qf-admin" if tool().config.https else "qf-admin"
