"""A small server for one quiz and one person: at 127.0.0.1 only, with nothing to write and no file to ask for."""

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Lock
from urllib.parse import parse_qs, urlsplit

from qti_export.preview.document import Document
from qti_export.preview.page import STYLES_OF_FORMS, Visit, page

ADDRESS = "127.0.0.1"

FORM_MAX_BYTES = 5_000_000
"""Of a sent form; the essays of a quiz stay far below."""

MAX_FIELDS = 100_000

STATIC = {
    **{f"/{name}.css": (files("content.forms") / f"{name}.css", "text/css") for name in STYLES_OF_FORMS},
    "/forms.js": (files("content.forms") / "forms.js", "text/javascript"),
    "/preview.css": (files("qti_export.preview") / "static/preview.css", "text/css"),
    "/preview.js": (files("qti_export.preview") / "static/preview.js", "text/javascript"),
}
"""By its path every file that is served, and its type."""

POLICY = (
    "default-src 'none'; img-src 'self' https: http: data:; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy. Styles in attributes are the colours of code."""


class PreviewServer(ThreadingHTTPServer):
    """Serves the preview of a quiz file; with ``answers`` the key is shown from the beginning."""

    daemon_threads = True

    def __init__(self, file: Path, port: int, *, answers: bool) -> None:
        super().__init__((ADDRESS, port), _Handler)
        self.document = Document(file)
        self.lock = Lock()
        self.answers = answers

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://{ADDRESS}:{self.server_address[1]}/"


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    timeout = 60  # seconds for which a browser may keep a connection to itself

    def do_GET(self) -> None:
        """Answer what the page asks for."""
        if not self._is_meant_for_us():
            return
        path = urlsplit(self.path).path
        if path == "/":
            self._send_page(Visit(seed=self._seed()))
        elif path == "/version":
            with self.server.lock:
                self._send(self.server.document.refresh().encode(), "text/plain")
        elif path in STATIC:
            file, type_ = STATIC[path]
            self._send(file.read_bytes(), type_)
        elif path.startswith("/media/"):
            self._send_image(path.removeprefix("/media/"))
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """Score the sent form."""
        if not self._is_meant_for_us():
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > FORM_MAX_BYTES or urlsplit(self.path).path != "/":
            self.close_connection = True  # what was sent is not read
            self._refuse(HTTPStatus.BAD_REQUEST)
            return
        sent = self.rfile.read(int(length)).decode("utf-8", "replace")
        try:
            fields = parse_qs(sent, keep_blank_values=True, max_num_fields=MAX_FIELDS)
        except ValueError:
            self._refuse(HTTPStatus.BAD_REQUEST)
            return
        self._send_page(Visit(seed=self._seed(), fields=fields))

    def _is_meant_for_us(self) -> bool:
        """Refuse who reached us by another name: another site's, that was made to mean this computer (rebinding)."""
        port = self.server.server_address[1]
        ours = {f"{name}:{port}" for name in (ADDRESS, "localhost")}
        if self.headers.get("Host") in ours:
            return True
        self.close_connection = True
        self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
        return False

    def _seed(self) -> int:
        [*_, given] = parse_qs(urlsplit(self.path).query).get("seed", ["1"])
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 1

    def _send_page(self, visit: Visit) -> None:
        with self.server.lock:
            self.server.document.refresh()
            try:
                made = page(self.server.document, visit, answers=self.server.answers)
            except ValueError:  # the quiz is another one than the form was made for
                made = page(self.server.document, Visit(seed=visit.seed), answers=self.server.answers)
        self._send(made.encode("utf-8", "replace"), "text/html")

    def _send_image(self, number: str) -> None:
        quiz = self.server.document.quiz
        if quiz and number.isascii() and number.isdecimal() and len(number) < 6 and int(number) < len(quiz.media):
            media = quiz.media[int(number)]
            self._send(media.data, media.type)
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def _refuse(self, status: HTTPStatus) -> None:
        self._send(status.phrase.encode(), "text/plain", status)

    def _send(self, data: bytes, type_: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{type_}; charset=utf-8" if type_.startswith("text/") else type_)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing: the page asks for its version twice a second."""
