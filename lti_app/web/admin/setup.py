"""Steps and values to set the tool up in each LMS. Public: nothing here is a secret."""

from urllib.parse import urlsplit

from flask import Response, abort, jsonify, render_template

from content.sentences import Sentence
from lti_app.lti.registration_request import CUSTOM
from lti_app.services.platforms import canvas_json, tool_values
from lti_app.web.admin.blueprint import bp
from lti_app.web.tool import tool

# By the words of their addresses, in the order of the list: name, and how the tool gets in.
LMSS = {
    "moodle": ("Moodle", Sentence("by invitation, or by hand")),
    "canvas": ("Canvas", Sentence("by invitation, or with a configuration URL")),
    "brightspace": ("Brightspace", Sentence("by invitation, or by hand")),
    "blackboard": ("Blackboard Learn", Sentence("by hand")),
    "sakai": ("Sakai", Sentence("by invitation, or by hand")),
    "openedx": ("Open edX", Sentence("by hand, in each course")),
    "other": (Sentence("Another LMS"), Sentence("by invitation, or by hand")),
}


@bp.get("/setup")
def setup() -> str:
    """Show the LMSs."""
    return render_template("admin/setup/index.html", lmss=LMSS)


@bp.get("/setup/<lms>")
def setup_lms(lms: str) -> str:
    """Show the steps for one LMS, with every value to paste."""
    if lms not in LMSS:
        abort(404)
    config = tool().config
    return render_template(
        f"admin/setup/{lms}.html",
        name=LMSS[lms][0],
        tool=tool_values(config),
        domain=urlsplit(config.public_url).netloc,
        public_url=config.public_url,
        custom="\n".join(f"{name}={variable}" for name, variable in CUSTOM.items()),
    )


@bp.get("/setup/canvas.json")
def canvas_configuration() -> Response:
    """Show the configuration that Canvas fetches."""
    return jsonify(canvas_json(tool().config))
