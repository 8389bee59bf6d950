"""The tool behind a port of loopback, for platforms that call it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask
from werkzeug.serving import make_server

from lti_app.app import create_app
from lti_app.config import Config


@contextmanager
def serving_tool(config: Config) -> Iterator[Flask]:
    """Serve the tool until the block ends; its public URL is where it is served."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        app = create_app(replace(config, public_url=f"http://localhost:{listener.getsockname()[1]}"))
        server = make_server("localhost", 0, app, threaded=True, fd=listener.fileno())
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield app
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            app.extensions["quizferry"].database.close()
