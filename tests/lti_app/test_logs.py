"""The log, as a process that serves writes it."""

import json
import subprocess
import sys

FAULT = """
import structlog
from lti_app.logs import configure_logs

configure_logs()
try:
    secret = "do not " + "tell"
    raise ValueError("broken")
except ValueError:
    structlog.get_logger().exception("fault", reference="1a2b")
"""


def test_an_event_is_one_line_of_json_and_a_traceback_tells_no_secrets() -> None:
    done = subprocess.run([sys.executable, "-c", FAULT], capture_output=True, text=True, check=True)

    [line] = done.stderr.splitlines()
    event = json.loads(line)
    assert (event["event"], event["level"], event["reference"]) == ("fault", "error", "1a2b")
    assert event["timestamp"].endswith("Z")
    assert "ValueError: broken" in event["exception"]
    assert "do not tell" not in event["exception"]
