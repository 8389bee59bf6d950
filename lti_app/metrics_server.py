"""Where Prometheus finds the metrics: a listener of its own, so that nothing before the tool's pages can show them."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from lti_app.models import Database
from lti_app.services.metrics import exposition


def metrics_server(database: Database, address: str) -> ThreadingHTTPServer:
    """Return a server that answers at ``address`` (``host:port``) and nowhere but at /metrics; raise OSError."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer with all metrics."""
            if self.path.partition("?")[0] != "/metrics":
                self.send_error(404)
                return
            body = exposition(database)
            self.send_response(200)
            self.send_header("Content-Type", CONTENT_TYPE_PLAIN_0_0_4)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing: Prometheus asks every few seconds."""

    host, _, port = address.rpartition(":")
    return ThreadingHTTPServer((host.strip("[]"), int(port)), Handler)


def serve_metrics_beside(database: Database, address: str) -> None:
    """Serve metrics from a thread of this process until it ends; raise OSError."""
    threading.Thread(target=metrics_server(database, address).serve_forever, name="metrics", daemon=True).start()
