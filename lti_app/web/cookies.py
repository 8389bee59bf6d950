"""The tool's cookies: one for each login under way, one for each launch.

They live inside other sites' pages, so they are ``SameSite=None``, and ``Partitioned``, which browsers accept even
where they block third-party cookies. Chromium and Firefox take ``Secure`` cookies from http://localhost, too.
"""

from collections.abc import Iterable

from flask import Response

from lti_app.config import Config

# A browser sends all of them with each request, and servers take about 8 KB of headers.
MAX_LAUNCHES = 40


def launch_cookie(config: Config, launch_id: str) -> str:
    """Return the name of the cookie that proves a launch."""
    return _name(config, launch_id)


def login_cookie(config: Config, state: str) -> str:
    """Return the name of the cookie that ties a login to its browser."""
    return _name(config, f"login-{state[-8:]}")


def surplus_launch_cookies(config: Config, names: Iterable[str]) -> list[str]:
    """Return the names of the oldest launches' cookies, as many as leave room for one more.

    Browsers send older cookies first (RFC 6265, section 5.4).
    """
    launches = [name for name in names if name.startswith(_name(config, "")) and "-login-" not in name]
    return launches[: max(0, len(launches) - MAX_LAUNCHES + 1)]


def set_cookie(response: Response, name: str, value: str, max_age: int) -> None:
    """Add a cookie that lives ``max_age`` seconds."""
    response.set_cookie(
        name, value, max_age=max_age, path="/", secure=True, httponly=True, samesite="None", partitioned=True
    )


def drop_cookies(response: Response, names: Iterable[str]) -> None:
    """Make the browser forget cookies of this tool."""
    for name in names:
        response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="None", partitioned=True)


def _name(config: Config, name: str) -> str:
    return f"__Host-qf-{name}" if config.https else f"qf-{name}"
