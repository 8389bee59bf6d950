"""Serving the LMS on a loopback port."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from werkzeug.serving import WSGIRequestHandler, make_server

from lti_app.demo_lms.app import create_demo_lms
from lti_app.demo_lms.behaviours import STRICT, Behaviour
from lti_app.demo_lms.course import Activity
from lti_app.demo_lms.lms import Lms, ToolRegistration
from lti_app.demo_lms.outage import Outage

HOST = "127.0.0.1"


class _Handler(WSGIRequestHandler):
    # One request for each connection: an LMS that has stopped answers nobody who kept a connection open.
    protocol_version = "HTTP/1.0"


@contextmanager
def serving_demo_lms(
    tool: ToolRegistration, activities: Sequence[Activity], port: int = 0, behaviour: Behaviour = STRICT
) -> Iterator[Lms]:
    """Serve a demo LMS in a thread until the block ends; yield its state. Port 0 takes any free one."""
    with socket.create_server((HOST, port)) as listener:
        base_url = f"http://{HOST}:{listener.getsockname()[1]}"
        app = create_demo_lms(base_url, tool, activities, behaviour)
        server = make_server(HOST, port, app, threaded=True, request_handler=_Handler, fd=listener.fileno())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="demo-lms")
    thread.start()
    lms: Lms = app.extensions["demo_lms"]
    try:
        yield lms
    finally:
        lms.outage.set(Outage.NONE)
        server.shutdown()
        thread.join()
