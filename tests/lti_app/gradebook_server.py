"""An LMS's gradebook over loopback HTTP, as far as grades need one: a token endpoint and a line item's scores.

It keeps Moodle's rule: a score must be newer than the stored one in whole seconds, else it is answered with 409. How
the next scores are answered can be scripted, and every score that was sent stands in ``log``.
"""

import json
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """What a scripted answer is; ``after_storing`` keeps the score all the same, status 0 cuts the connection."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    after_storing: bool = False


class GradebookServer:
    """The state of the server; `log` has (user, points, status) for every score, in the order of their arrival."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.lineitem_url = f"{self.url}/lineitems/1?type=2"
        self.lineitems_url = f"{self.url}/lineitems?type=2"
        self.token_url = f"{self.url}/token"
        self.line_items: list[dict[str, Any]] = []
        self.columns_made = 0
        self.column_script: deque[Reply] = deque()
        self.scores: dict[str, dict[str, Any]] = {}  # the last of each user, in whatever column
        self.by_column: dict[tuple[int, str], dict[str, Any]] = {}
        self._last_column: dict[str, int] = {}
        self.log: list[tuple[str, Decimal, int]] = []
        self.timestamps: list[tuple[str, str]] = []
        self.script: deque[Reply] = deque()
        self.token_script: deque[Reply] = deque()
        self.always: Reply | None = None
        self.tokens_given = 0
        self.good_tokens: set[str] = set()
        self.during: Callable[[], None] = lambda: None
        self._changed = threading.Condition()

    def revoke_tokens(self) -> None:
        """Take no token any more that was given out before."""
        self.good_tokens.clear()

    def take_token_request(self) -> tuple[Reply, object]:
        with self._changed:
            if self.token_script:
                return self.token_script.popleft(), {}
            self.tokens_given += 1
            token = f"token-{self.tokens_given}"
            self.good_tokens.add(token)
            return Reply(200), {"access_token": token, "token_type": "Bearer", "expires_in": 3600}

    def list_columns(self) -> tuple[Reply, object]:
        with self._changed:
            return (self.column_script.popleft(), {}) if self.column_script else (Reply(200), self.line_items)

    def make_column(self, document: dict[str, Any]) -> tuple[Reply, object]:
        """Make a line item; the first has the address that `lineitem_url` is from the start."""
        with self._changed:
            self.columns_made += 1
            self.line_items.append({**document, "id": f"{self.url}/lineitems/{self.columns_made}?type=2"})
            return Reply(201), self.line_items[-1]

    def take_score(self, column: int, score: dict[str, Any], token: str) -> Reply:
        """Take in a score for the column of this number, from 1."""
        with self._changed:
            user = score["userId"]
            is_old = self._is_old(column, score)
            reply = self._reply(token, is_old=is_old)
            if reply.after_storing and is_old:
                reply = Reply(409)
            if reply.status in (200, 204) or reply.after_storing:
                self.scores[user] = self.by_column[column, user] = score
                self._last_column[user] = column
            self.log.append((score["userId"], score["scoreGiven"], reply.status))
            self.timestamps.append((score["userId"], score["timestamp"]))
            self._changed.notify_all()
        self.during()
        return reply

    def points(self, user: str) -> dict[str, tuple[Decimal, Decimal]]:
        """Return the scores of a user, as points of how many, by the labels of the columns that they are in."""
        labels = {int(item["id"].rpartition("/")[2].partition("?")[0]): item["label"] for item in self.line_items}
        mine = {labels[column]: score for (column, whose), score in self.by_column.items() if whose == user}
        return {label: (score["scoreGiven"], score["scoreMaximum"]) for label, score in mine.items()}

    def _reply(self, token: str, *, is_old: bool) -> Reply:
        if token.removeprefix("Bearer ") not in self.good_tokens:
            return Reply(401)
        if self.script:
            return self.script.popleft()
        if self.always is not None:
            return self.always
        return Reply(409) if is_old else Reply(200)

    def _is_old(self, column: int, score: dict[str, Any]) -> bool:
        user = score["userId"]
        is_last = self._last_column.get(user, column) == column
        stored = self.scores.get(user) if is_last else self.by_column.get((column, user))
        return stored is not None and _whole_second(score) <= _whole_second(stored)

    def wait_until(self, condition: Callable[[], bool], seconds: float = 60) -> None:
        """Return once the condition holds, looked at after each score; fail when it takes too long."""
        with self._changed:
            assert self._changed.wait_for(condition, seconds), f"only this came: {self.log}"


def _whole_second(score: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(score["timestamp"]).replace(microsecond=0)


@contextmanager
def serving_gradebook() -> Iterator[GradebookServer]:
    """Serve a gradebook on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/token":
                reply, document = state.take_token_request()
            elif self.path == "/lineitems?type=2":
                assert self.headers["Content-Type"] == "application/vnd.ims.lis.v2.lineitem+json"
                reply, document = state.make_column(json.loads(body))
            else:
                column = re.fullmatch(r"/lineitems/(\d+)/scores\?type=2", self.path)
                assert column
                assert int(column[1]) <= max(1, state.columns_made)
                assert self.headers["Content-Type"] == "application/vnd.ims.lis.v1.score+json"
                score = json.loads(body, parse_float=Decimal, parse_int=Decimal)
                reply, document = state.take_score(int(column[1]), score, self.headers["Authorization"]), {}
            self.answer(reply, json.dumps(document))

        def do_GET(self) -> None:
            assert self.path == "/lineitems?type=2"
            assert self.headers["Accept"] == "application/vnd.ims.lis.v2.lineitemcontainer+json"
            reply, document = state.list_columns()
            self.answer(reply, json.dumps(document))

        def answer(self, reply: Reply, text: str) -> None:
            if reply.status == 0:
                self.close_connection = True
                return
            content = (reply.body or text).encode()
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A worker that is killed leaves broken pipes."""

    with Server(("127.0.0.1", 0), Handler) as server:
        state = GradebookServer(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
