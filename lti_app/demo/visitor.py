"""A browser as far as the check needs one: cookies, links, forms, frames. It speaks with this machine only."""

from collections.abc import Mapping, Sequence
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
import requests
from lxml.html import FormElement, HtmlElement
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar, get_cookie_header

LOOPBACK = ("localhost", "127.0.0.1")
TIMEOUT = 20  # seconds


class WrongPage(Exception):  # noqa: N818
    """A page is not what it should be; the message says in what."""


class Visitor:
    """Someone who goes from page to page; ``page`` is the present one."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy stands between this machine and itself
        # Browsers take Secure cookies from http://localhost; Python's policy does so only when told.
        policy = DefaultCookiePolicy(secure_protocols=("http", "https"))
        self._session.cookies = RequestsCookieJar(policy=policy)
        loopback = _Loopback(self._session.cookies)
        self._session.mount("http://", loopback)
        self._session.mount("https://", loopback)
        self.page: HtmlElement = lxml.html.Element("html")
        self.url = ""

    def open(self, url: str) -> None:
        """Go to a page."""
        self._show(self._session.get(urljoin(self.url, url), timeout=TIMEOUT))

    def submit(self, form: FormElement, fields: Sequence[tuple[str, str]] | None = None) -> None:
        """Send a form with what stands in it, or with these fields instead."""
        data = form.form_values() if fields is None else fields
        self._show(self._session.post(urljoin(self.url, form.action), data=list(data), timeout=TIMEOUT))

    def put(self, url: str, document: object, headers: Mapping[str, str]) -> Any:
        """Send JSON as a script of the page does; return the JSON of the answer."""
        response = self._session.put(urljoin(self.url, url), json=document, headers=headers, timeout=TIMEOUT)
        _check(response)
        return response.json()

    def form(self, mark: str) -> FormElement:
        """Return the form of the page whose action contains the mark."""
        found = next((form for form in self.page.forms if mark in (form.action or "")), None)
        if found is None:
            raise WrongPage(f"{self.url} has no form for {mark!r}")
        return found

    def first(self, path: str) -> HtmlElement:
        """Return the first element of the page at an XPath."""
        found: list[HtmlElement] = self.page.xpath(path)
        if not found:
            raise WrongPage(f"{self.url} has nothing at {path}")
        return found[0]

    def close(self) -> None:
        """End the visit."""
        self._session.close()

    def _show(self, response: requests.Response) -> None:
        _check(response)
        self.url = response.url
        self.page = _parse(response)


def _parse(response: requests.Response) -> HtmlElement:
    page: HtmlElement = lxml.html.document_fromstring(response.content or b"<p>")
    return page


def _check(response: requests.Response) -> None:
    if not response.ok:
        words = " ".join(_parse(response).text_content().split())
        raise WrongPage(f"{response.url} answered {response.status_code}: {words[:200]}")


class _Loopback(HTTPAdapter):
    """Sends requests to this machine only, redirects too, with the cookies of one jar.

    A session copies its jar for each request, and the copy loses the policy and with it the Secure cookies.
    """

    def __init__(self, cookies: RequestsCookieJar) -> None:
        super().__init__()
        self._cookies = cookies

    def send(self, request: requests.PreparedRequest, *arguments: Any, **options: Any) -> requests.Response:
        if urlsplit(str(request.url)).hostname not in LOOPBACK:
            raise WrongPage(f"{request.url} is not on this machine")
        request.headers.pop("Cookie", None)
        cookies = get_cookie_header(self._cookies, request)  # type: ignore[no-untyped-call]
        if cookies:
            request.headers["Cookie"] = cookies
        return super().send(request, *arguments, **options)
