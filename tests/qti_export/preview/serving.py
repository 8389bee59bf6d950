"""A preview that is served, as a person starts it."""

import http.client
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import urlencode

from qti_export.preview.server import PreviewServer


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode()


class Served:
    def __init__(self, server: PreviewServer) -> None:
        self.server = server
        self.url = server.url

    def ask(self, path: str = "/", *, form: object = None, host: str | None = None, method: str = "") -> Answer:
        connection = http.client.HTTPConnection(*self.server.server_address[:2], timeout=10)
        headers = {"Host": host} if host is not None else {}
        body = None if form is None else form if isinstance(form, str) else urlencode(form, doseq=True)
        connection.request(method or ("GET" if body is None else "POST"), path, body, headers)
        response = connection.getresponse()
        answer = Answer(response.status, dict(response.headers), response.read())
        connection.close()
        return answer


@contextmanager
def served(file: Path, *, answers: bool = False) -> Iterator[Served]:
    with PreviewServer(file, 0, answers=answers) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield Served(server)
        finally:
            server.shutdown()
            thread.join()
