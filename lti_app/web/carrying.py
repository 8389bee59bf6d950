"""Sessions in browsers that keep no cookies in frames: each page carries the launch's secret on to the next.

The secret is in no address. It goes in a field of the forms that a page sends, and in a header of what its scripts
ask for; a page that is read, which a browser asks for without a body, is asked for by a form too, at its address below
``/carried``. ``static/js/carry.js`` turns links into such forms, and answers that redirect become pages that send one.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, Response, g, render_template, request

from lti_app.web.headers import let_forms_say_where_they_come_from
from lti_app.web.tool import tool

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/carried"
FIELD = "launch_secret"
HEADER = "X-Launch-Secret"


def carry_sessions(app: Flask) -> None:
    """Let pages of the app be read by forms that carry the secret."""
    app.wsgi_app = _ReadByForm(app.wsgi_app)  # type: ignore[method-assign]
    app.after_request(_carry_redirect)
    app.context_processor(lambda: {"carried_secret": g.get("carried_secret")})


def carry(secret: str) -> None:
    """Have the answer to this request carry the launch's secret on."""
    g.carried_secret = secret
    let_forms_say_where_they_come_from()


def sent_secret() -> str:
    """Return the secret that this request carries, empty if it carries none.

    A form must come from the tool's own pages: another site's could show somebody the launch of somebody else. These
    pages have a referrer policy of their own, with which every browser says where their forms come from.
    """
    if HEADER in request.headers:
        return request.headers[HEADER]
    return request.form.get(FIELD, "") if is_own_form() else ""


def is_own_form() -> bool:
    """Return whether this request is a form of one of the tool's pages that let it say where it comes from."""
    return request.headers.get("Origin") == tool().config.public_url


def _carry_redirect(response: Response) -> Response:
    """Turn a redirect into a page that goes there by a form; scripts follow redirects with their header."""
    if "carried_secret" not in g:
        return response
    if response.location and response.location.startswith("/launches/") and HEADER not in request.headers:
        response.data = render_template("carry.html", action=PREFIX + response.location, field=FIELD)
        response.status_code = 200
        del response.headers["Location"]
    return response


class _ReadByForm:
    """Hands the app a form that was sent to an address below ``/carried`` as a request to read the page there."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] == "POST" and path.startswith(f"{PREFIX}/launches/"):
            environ = {**environ, "REQUEST_METHOD": "GET", "PATH_INFO": path.removeprefix(PREFIX)}
        return self._app(environ, start_response)
