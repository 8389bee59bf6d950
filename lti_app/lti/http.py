"""HTTP to platforms, as far as a stranger's server can be trusted: not to be slow, huge, or somewhere else."""

import ipaddress
import socket
import time
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

CONNECT_SECONDS = 5
READ_SECONDS = 10
# For an answer as a whole; a server that sends a byte now and then never runs into READ_SECONDS.
TOTAL_SECONDS = 20
MAX_BYTES = 512 * 1024
# Moodle's web servers often refuse clients that do not name themselves.
USER_AGENT = "Quizferry (LTI 1.3 tool)"


class UnacceptableAnswer(requests.RequestException):
    """An answer that is too long or too slow, or an address that must not be called."""


class PlatformSession(requests.Session):
    """A requests session for the endpoints of platforms.

    Redirects are not followed: endpoints are registered exactly, and a redirect could lead inside the tool's own
    network. Unless ``allow_private_addresses``, neither can a host name. Every failure is a RequestException.
    """

    def __init__(self, *, allow_private_addresses: bool) -> None:
        super().__init__()
        self.headers["User-Agent"] = USER_AGENT
        # `Accept: */*`, the default, makes Moodle refuse (section 1 of its service API: one media type or none).
        self.headers.pop("Accept", None)
        # ~/.netrc must not replace an access token.
        self.trust_env = False
        if not allow_private_addresses:
            self.mount("http://", _PublicAdapter())
            self.mount("https://", _PublicAdapter())

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        """Return the answer, read to its end, whatever its status; raise RequestException if there is none."""
        kwargs.update(allow_redirects=False, stream=True, timeout=(CONNECT_SECONDS, READ_SECONDS))
        deadline = time.monotonic() + TOTAL_SECONDS
        try:
            answer = super().request(method, url, *args, **kwargs)
        except requests.ConnectionError as error:
            raise _reason(error) from error
        with answer as response:
            try:
                response._content = _read(response.raw, deadline)  # noqa: SLF001 - where requests keeps what it read
            except UnacceptableAnswer as error:
                raise UnacceptableAnswer(f"{response.url} answers with {error}") from error
            except urllib3.exceptions.HTTPError as error:
                raise requests.ConnectionError(error, response=response) from error
            return response


def _reason(error: requests.ConnectionError) -> requests.RequestException:
    """Return the UnacceptableAnswer that urllib3 wrapped on its way here, else the error itself."""
    (wrapped, *_) = error.args or (None,)
    inner = wrapped.args[-1] if isinstance(wrapped, urllib3.exceptions.ProtocolError) and wrapped.args else None
    return inner if isinstance(inner, UnacceptableAnswer) else error


def _read(raw: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
    body = bytearray()
    # What has arrived, be it one byte; reading a fixed number of them would wait for the last.
    while chunk := raw.read1(16 * 1024, decode_content=True):
        body += chunk
        if len(body) > MAX_BYTES:
            raise UnacceptableAnswer(f"more than {MAX_BYTES} bytes")
        if time.monotonic() > deadline:
            raise UnacceptableAnswer(f"a trickle that takes more than {TOTAL_SECONDS} seconds")
    return bytes(body)


def _require_public(connected: socket.socket) -> socket.socket:
    """Return the socket; close it and raise if it leads into a private network.

    Looked at after connecting, so that no second look-up of the name can lead elsewhere than the first.
    """
    address = ipaddress.ip_address(connected.getpeername()[0].partition("%")[0])
    if not address.is_global:
        connected.close()
        raise UnacceptableAnswer(
            f"{address} is a private address; to call platforms there, set QUIZFERRY_ALLOW_PRIVATE_ADDRESSES=true"
        )
    return connected


class _PublicHTTPConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _require_public(super()._new_conn())


class _PublicHTTPSConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _require_public(super()._new_conn())


class _PublicHTTPPool(HTTPConnectionPool):
    ConnectionCls = _PublicHTTPConnection


class _PublicHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicHTTPSConnection


class _PublicAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PublicHTTPPool, "https": _PublicHTTPSPool}
