"""The blueprint that the instructor's pages share."""

from flask import Blueprint

from lti_app.web.access import require_instructor

bp = Blueprint("instructor", __name__, url_prefix="/launches/<launch_id>/teach", template_folder="templates")


@bp.before_request
def only_instructors() -> None:
    """Refuse whoever does not teach here."""
    require_instructor()
