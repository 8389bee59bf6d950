import gzip
import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
import requests

from lti_app.lti import http
from lti_app.lti.http import PlatformSession, UnacceptableAnswer
from tests.lti_app.platform import Answer, Platform


@pytest.fixture
def session() -> Iterator[PlatformSession]:
    with PlatformSession(allow_private_addresses=True) as session:
        yield session


def test_it_names_itself_and_sends_no_accept_header_unasked(session: PlatformSession, platform: Platform) -> None:
    session.get(platform.jwks_url)
    (call,) = platform.calls
    assert call.headers["User-Agent"].startswith("Quizferry")
    assert "Accept" not in call.headers


def test_redirects_are_not_followed(session: PlatformSession, platform: Platform) -> None:
    platform.script["/jwks"].append(Answer(status=302, headers={"Location": f"{platform.base_url}/token"}))
    assert session.get(platform.jwks_url).status_code == 302
    assert len(platform.calls) == 1


def test_an_answer_that_is_too_long_is_not_read_to_its_end(session: PlatformSession, platform: Platform) -> None:
    platform.script["/jwks"].append(Answer(body=b" " * (http.MAX_BYTES + 1)))
    with pytest.raises(UnacceptableAnswer, match="more than"):
        session.get(platform.jwks_url)


def test_an_answer_that_is_too_long_once_unpacked_is_not_unpacked_to_its_end(
    session: PlatformSession, platform: Platform
) -> None:
    body = gzip.compress(b" " * 50_000_000)
    platform.script["/jwks"].append(Answer(body=body, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(UnacceptableAnswer, match="more than"):
        session.get(platform.jwks_url)


def test_an_answer_that_breaks_off_or_cannot_be_unpacked_fails_like_any_other_call(
    session: PlatformSession, platform: Platform
) -> None:
    platform.script["/jwks"].append(Answer(body=b"no gzip", headers={"Content-Encoding": "gzip"}))
    with pytest.raises(requests.RequestException):
        session.get(platform.jwks_url)


def test_an_answer_that_trickles_is_given_up(session: PlatformSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "TOTAL_SECONDS", 0.2)
    with _trickling_server() as url, pytest.raises(UnacceptableAnswer, match="trickle"):
        session.get(url)


@pytest.mark.parametrize("private", [True, False])
def test_headers_that_trickle_are_given_up(private: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "TOTAL_SECONDS", 0.2)
    monkeypatch.setattr(http, "_require_public", lambda connected: connected)
    with (
        _trickling_server(b"HTTP/1.1 200 OK\r\nX-Slow: ") as url,
        PlatformSession(allow_private_addresses=private) as session,
        pytest.raises(UnacceptableAnswer, match="trickle"),
    ):
        session.get(url)


def test_a_tls_handshake_that_trickles_is_given_up(session: PlatformSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "CONNECT_SECONDS", 0.2)
    # The beginning of a TLS record of 16,000 bytes.
    with _trickling_server(b"\x16\x03\x03\x3e\x80\x02") as url, pytest.raises(requests.RequestException, match="timed"):
        session.get(url.replace("http:", "https:"))


def test_a_connection_that_is_used_again_is_not_cut_by_the_time_of_the_call_before(
    session: PlatformSession, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = threading.active_count()
    for _ in range(3):
        assert session.get(platform.jwks_url).status_code == 200
    assert threading.active_count() <= before + 1  # that of the platform which serves the connection


def test_the_proxies_of_the_environment_are_not_used(
    session: PlatformSession, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    assert session.get(platform.jwks_url).status_code == 200


def test_a_server_that_never_answers_is_given_up(session: PlatformSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "READ_SECONDS", 0.2)
    with closing(socket.create_server(("127.0.0.1", 0))) as server, pytest.raises(requests.Timeout):
        session.get(f"http://127.0.0.1:{server.getsockname()[1]}/")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1"])
def test_private_addresses_are_not_called(platform: Platform, host: str) -> None:
    port = platform.base_url.rpartition(":")[2]
    with PlatformSession(allow_private_addresses=False) as session, pytest.raises(requests.RequestException) as caught:
        session.get(f"http://{host}:{port}/jwks")
    assert "::1" in host or "QUIZFERRY_ALLOW_PRIVATE_ADDRESSES" in str(caught.value)
    assert platform.calls == []


@pytest.mark.parametrize(
    "url",
    ["http://", "http://[", "http://x:99999999/", "gopher://x/", "http://\x00/", "http://a b/", "http://.../", "x"],
)
def test_what_is_no_address_fails_like_any_other_call(session: PlatformSession, url: str) -> None:
    with pytest.raises(requests.RequestException):
        session.get(url)


def test_a_netrc_file_does_not_replace_the_token(
    session: PlatformSession, platform: Platform, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"  # type: ignore[operator]
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    session.get(platform.jwks_url, headers={"Authorization": "Bearer token"})
    assert platform.calls[0].headers["Authorization"] == "Bearer token"


class _trickling_server:  # noqa: N801 - used like a function
    """Serve an endless answer, a byte every hundredth of a second, after this beginning."""

    def __init__(self, beginning: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> None:
        self.beginning = beginning

    def __enter__(self) -> str:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()
        return f"http://127.0.0.1:{self.server.getsockname()[1]}/"

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.thread.join()
        self.server.close()

    def _serve(self) -> None:
        connection, _ = self.server.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(self.beginning)
            for _ in itertools.count():
                if self.stopped.wait(0.01):
                    return
                try:
                    connection.sendall(b" ")
                except OSError:
                    return
