"""Addresses of platforms, as an admin enters them or a platform names them."""

import re
from urllib.parse import urlsplit

from content.sentences import Sentence

NO_ADDRESS = Sentence("A web address looks like https://lms.example.edu/…")
NOT_BARE = Sentence("It must have no “#” and no user name.")
NO_HTTPS = Sentence(
    "It must begin with https://; for an LMS on your own machine, set QUIZFERRY_ALLOW_PRIVATE_ADDRESSES=true."
)


def address_problem(url: str, *, http_allowed: bool) -> Sentence | None:
    """Return what keeps the URL from being the address of a platform's endpoint, or None."""
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        has_host = False
    if not has_host or parts.scheme not in ("https", "http") or re.search(r"[\s\x00-\x1f]", url):
        return NO_ADDRESS
    if parts.fragment or parts.username is not None:
        return NOT_BARE
    if parts.scheme == "http" and not http_allowed:
        return NO_HTTPS
    return None


def origin(url: str) -> str:
    """Return scheme, host and port of an address that has no problem, in a form that compares."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{parts.hostname}:{port}"
