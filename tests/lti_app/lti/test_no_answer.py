"""What an admin is told of a call that nobody answered, for each way in which that happens."""

import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from lti_app.lti import http
from lti_app.lti.http import PlatformSession
from lti_app.lti.no_answer import why_no_answer
from tests.lti_app.platform import rsa_key

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)

Answering = Callable[[socket.socket], None]


@contextmanager
def server(answering: Answering) -> Iterator[str]:
    """Yield the host and port of a server that treats its one caller like this."""

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            answering(connection)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"localhost:{listener.getsockname()[1]}"
        thread.join()


def hang_up(connection: socket.socket) -> None:
    connection.recv(65536)


def wait(connection: socket.socket) -> None:
    """Say nothing until the caller has had enough."""
    while connection.recv(65536):
        pass


def speak_no_tls(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def speak_tls(certificate: Path) -> Answering:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def answering(connection: socket.socket) -> None:
        with pytest.raises(ssl.SSLError):
            context.wrap_socket(connection, server_side=True)

    return answering


def why(url: str, trusted: Path | None = None) -> str:
    """Call the URL and return what is said of that."""
    with PlatformSession(allow_private_addresses=True) as session:
        session.verify = str(trusted) if trusted else True
        with pytest.raises(requests.RequestException) as caught:
            session.get(url)
    return why_no_answer(caught.value, url)


def test_a_port_where_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        host = f"127.0.0.1:{listener.getsockname()[1]}"
    assert why(f"http://{host}/keys").startswith(f"Nothing takes calls at {host}.")


def test_a_name_that_nobody_has(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_args: object, **_kwargs: object) -> None:  # no test asks the name servers of where it runs
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert why("https://lms.example.edu/keys").startswith("No server has the name lms.example.edu.")


def test_a_server_that_keeps_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "READ_SECONDS", 0.05)
    with server(wait) as host:
        assert why(f"http://{host}/keys").startswith(f"{host} does not answer in time.")


def test_a_server_that_hangs_up() -> None:
    with server(hang_up) as host:
        assert why(f"http://{host}/keys").startswith(f"The connection to {host} broke off")


def test_an_answer_that_is_too_slow_says_that_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "TOTAL_SECONDS", -1)
    with server(hang_up) as host:
        assert why(f"http://{host}/keys") == "The answer trickles in, and would take too long."


def test_a_server_without_https() -> None:
    with server(speak_no_tls) as host:
        assert why(f"https://{host}/keys").startswith(f"No encrypted connection to {host} comes about.")


@pytest.mark.parametrize(
    ("name", "ends", "trusted", "said"),
    [
        ("localhost", NOW + DAY, False, "is not trusted."),
        ("localhost", NOW - DAY, True, "has expired."),
        ("lms.example.edu", NOW + DAY, True, "is for another name."),
    ],
)
def test_a_certificate_that_is_no_good(
    tmp_path: Path, name: str, ends: datetime.datetime, *, trusted: bool, said: str
) -> None:
    path = certificate(tmp_path / "certificate.pem", name, ends)
    with server(speak_tls(path)) as host:
        assert why(f"https://{host}/keys", path if trusted else None).startswith(f"The certificate of {host} {said}")


def certificate(path: Path, name: str, ends: datetime.datetime) -> Path:
    """Write a certificate that signs itself, with its key; return the path."""
    key, subject = rsa_key("server"), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(NOW - 2 * DAY)
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
