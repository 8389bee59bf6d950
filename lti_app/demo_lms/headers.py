"""The security headers of the LMS's pages."""

from urllib.parse import urlsplit

from flask import Flask, Response

from lti_app.demo_lms.lms import ToolRegistration


def add_headers(app: Flask, tool: ToolRegistration) -> None:
    """Let pages of the LMS frame and post to themselves and the tool, and to nobody else."""
    origins = {f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for url in (tool.login_url, *tool.redirect_urls)}
    others = " ".join(sorted(origins))
    policy = (
        f"default-src 'self'; frame-src 'self' {others}; form-action 'self' {others}; frame-ancestors 'self'; "
        "base-uri 'none'; object-src 'none'"
    )

    @app.after_request
    def add(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        return response
