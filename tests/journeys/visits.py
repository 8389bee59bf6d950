"""From a launch in the classroom to a browser that shows its pages."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext
from werkzeug.serving import make_server

from content.quiz import Quiz
from tests.lti_app.web.classroom import Classroom, Visitor


@contextmanager
def running_classroom(database_url: str, *quizzes: Quiz) -> Iterator[Classroom]:
    """Run a classroom's tool, at ``classroom.config.public_url``, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        public_url = f"http://localhost:{listener.getsockname()[1]}"
        classroom = Classroom(database_url, *quizzes, public_url=public_url)
        server = make_server("localhost", 0, classroom.app, threaded=True, fd=listener.fileno())
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield classroom
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            classroom.close()


def sign_in(context: BrowserContext, classroom: Classroom, visitor: Visitor) -> str:
    """Give the browser the launch's cookie; return the launch's address."""
    name, value = visitor.cookie
    context.add_cookies(
        [
            {
                "name": name,
                "value": value,
                "domain": "localhost",
                "path": "/",
                "httpOnly": True,
                "sameSite": "None",
                "secure": True,
            }
        ]
    )
    return classroom.config.public_url + visitor.home
