"""The security headers of the LMS's pages."""

from urllib.parse import urlsplit

from flask import Flask, Response, g

from lti_app.demo_lms.lms import lms


def add_headers(app: Flask) -> None:
    """Let pages of the LMS frame and post to themselves and the tool, and to nobody else.

    A page that shows a tool which is about to be registered frames that, at ``g.framed_url``.
    """

    @app.after_request
    def add(response: Response) -> Response:
        tool = lms().tool
        others = " ".join(sorted({_origin(url) for url in (tool.login_url, *tool.redirect_urls)}))
        framed = _origin(g.framed_url) if "framed_url" in g else others
        response.headers["Content-Security-Policy"] = (
            f"default-src 'self'; frame-src 'self' {framed}; form-action 'self' {others}; frame-ancestors 'self'; "
            "base-uri 'none'; object-src 'none'"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        return response


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
