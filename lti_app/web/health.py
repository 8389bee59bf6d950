"""What load balancers and supervisors ask; it tells nothing of anybody."""

from flask import Blueprint

from lti_app.services.health import is_ready
from lti_app.web.tool import tool

bp = Blueprint("health", __name__)
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/healthz")
def alive() -> tuple[str, int, dict[str, str]]:
    """Say that the process answers; where it does not, it should be started again."""
    return "ok\n", 200, PLAIN


@bp.get("/readyz")
def ready() -> tuple[str, int, dict[str, str]]:
    """Say whether requests can be answered; while the database is away, they should go elsewhere."""
    return ("ready\n", 200, PLAIN) if is_ready(tool().database) else ("the database does not answer\n", 503, PLAIN)
