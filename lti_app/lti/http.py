"""HTTP to platforms, as far as a stranger's server can be trusted: not to be slow, huge, or somewhere else."""

import http.client
import io
import ipaddress
import socket
import threading
import time
from http.cookiejar import DefaultCookiePolicy
from typing import Any, ClassVar

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from content.sentences import Sentence

CONNECT_SECONDS = 5
READ_SECONDS = 10
# For an answer as a whole; a server that sends a byte now and then never runs into READ_SECONDS.
TOTAL_SECONDS = 20
MAX_BYTES = 512 * 1024
# Moodle's web servers often refuse clients that do not name themselves.
USER_AGENT = "Quizferry (LTI 1.3 tool)"


class UnacceptableAnswer(requests.RequestException):
    """An answer that is too long or too slow, or an address that must not be called; ``why`` says it to an admin."""

    def __init__(self, why: Sentence, url: str = "") -> None:
        super().__init__(f"{url}: {why}" if url else why)
        self.why = why


TRICKLE = Sentence("The answer trickles in, and would take too long.")


_of_thread = threading.local()


def session_of_thread(*, allow_private_addresses: bool) -> "PlatformSession":
    """Return this thread's own session, which keeps its connections: a handshake takes longer than a score."""
    sessions: dict[bool, PlatformSession] = _of_thread.__dict__.setdefault("sessions", {})
    if allow_private_addresses not in sessions:
        sessions[allow_private_addresses] = PlatformSession(allow_private_addresses=allow_private_addresses)
    return sessions[allow_private_addresses]


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
        # A cookie would tie the calls of one course to those of another.
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        # ~/.netrc must not replace an access token. The proxies of the environment are not used either: behind one,
        # nobody here sees which address is called.
        self.trust_env = False
        adapter = _Adapter() if allow_private_addresses else _PublicAdapter()
        self.mount("http://", adapter)
        self.mount("https://", adapter)

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        """Return the answer, read to its end, whatever its status; raise RequestException if there is none."""
        kwargs.update(allow_redirects=False, stream=True, timeout=(CONNECT_SECONDS, READ_SECONDS))
        try:
            with super().request(method, url, *args, **kwargs) as response:
                response._content = _read(response.raw)  # noqa: SLF001 - where requests keeps what it read
                return response
        except UnacceptableAnswer as error:
            raise UnacceptableAnswer(error.why, _shown(url)) from error
        except (requests.ConnectionError, urllib3.exceptions.HTTPError) as error:
            if refused := _unacceptable(error):
                raise UnacceptableAnswer(refused.why, _shown(url)) from error
            raise requests.ConnectionError(error) from error


def _unacceptable(error: Exception) -> UnacceptableAnswer | None:
    """Return the UnacceptableAnswer that libraries wrapped on its way here, as the last of their arguments."""
    inner: object = error
    while isinstance(inner, Exception) and not isinstance(inner, UnacceptableAnswer) and inner.args:
        inner = inner.args[-1]
    return inner if isinstance(inner, UnacceptableAnswer) else None


def _shown(url: str | bytes) -> str:
    return f"{url!r:.300}"


def _read(raw: urllib3.BaseHTTPResponse) -> bytes:
    body = bytearray()
    while chunk := raw.read1(16 * 1024, decode_content=True):
        body += chunk
        if len(body) > MAX_BYTES:
            raise UnacceptableAnswer(
                Sentence("The answer is longer than any good one: more than %(most)s bytes.", most=MAX_BYTES)
            )
    return bytes(body)


def _require_public(connected: socket.socket) -> socket.socket:
    """Return the socket; close it and raise if it leads into a private network.

    Looked at after connecting, so that no second look-up of the name can lead elsewhere than the first.
    """
    address = ipaddress.ip_address(connected.getpeername()[0].partition("%")[0])
    if not address.is_global:
        connected.close()
        raise UnacceptableAnswer(
            Sentence(
                "It is at %(address)s, a private address. To let Quizferry call an LMS there, set "
                "QUIZFERRY_ALLOW_PRIVATE_ADDRESSES=true.",
                address=str(address),
            )
        )
    return connected


class _PunctualReader(io.RawIOBase):
    """What arrives over a connection, until a moment of the monotonic clock.

    The timeout of a socket is for each piece that arrives; a server that sends its headers byte by byte never runs
    into it. Handshakes of TLS need no such care: ``ssl`` keeps the timeout for all of one.
    """

    def __init__(self, pieces: io.RawIOBase, sock: socket.socket, deadline: float) -> None:
        self._pieces, self._sock, self._deadline = pieces, sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise UnacceptableAnswer(TRICKLE)
        self._sock.settimeout(min(left, READ_SECONDS))
        try:
            return self._pieces.readinto(buffer)
        except TimeoutError:
            if left < READ_SECONDS:
                raise UnacceptableAnswer(TRICKLE) from None
            raise

    def close(self) -> None:
        self._pieces.close()
        super().close()


class _PunctualResponse(http.client.HTTPResponse):
    """An answer that is cut off TOTAL_SECONDS after it was asked for."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        pieces = self.fp.detach()
        self.fp = io.BufferedReader(_PunctualReader(pieces, sock, time.monotonic() + TOTAL_SECONDS))


class _HTTPConnection(HTTPConnection):
    response_class = _PunctualResponse


class _HTTPSConnection(_HTTPConnection, HTTPSConnection):
    pass


class _PublicHTTPConnection(_HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _require_public(super()._new_conn())


class _PublicHTTPSConnection(_PublicHTTPConnection, HTTPSConnection):
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _HTTPConnection


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _HTTPSConnection


class _PublicHTTPPool(HTTPConnectionPool):
    ConnectionCls = _PublicHTTPConnection


class _PublicHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicHTTPSConnection


class _Adapter(HTTPAdapter):
    pools: ClassVar[dict[str, type[HTTPConnectionPool]]] = {"http": _HTTPPool, "https": _HTTPSPool}

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self.pools


class _PublicAdapter(_Adapter):
    pools: ClassVar[dict[str, type[HTTPConnectionPool]]] = {"http": _PublicHTTPPool, "https": _PublicHTTPSPool}
