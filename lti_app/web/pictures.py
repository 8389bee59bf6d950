"""The images of quizzes, each at the SHA-256 of its bytes.

Such an address is known only to who has seen the image, or has the file: of a question that is not asked yet, nobody
can guess it. So it needs no session, which browsers that keep no cookies in frames could not send for an image; and as
what it shows never changes, it is fetched once.
"""

from importlib.resources import files

from flask import Blueprint, Response, abort, g, make_response, send_file

from lti_app.services.quizzes import find_picture
from lti_app.web.tool import tool

bp = Blueprint("pictures", __name__)

FORMS = {"forms.css": "text/css", "forms.js": "text/javascript"}


@bp.get("/pictures/<digest>")
def picture(digest: str) -> Response:
    """Return an image; none can run a script, whoever opens it by itself."""
    with tool().database.reading() as session:
        found = find_picture(session, digest) or abort(404)
    response = make_response(found.data)
    response.content_type = found.type
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    g.content_security_policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@bp.get("/forms/<any('forms.css', 'forms.js'):name>")
def form_file(name: str) -> Response:
    """Return what questions look like, and how their items are moved: the same as in the preview of a quiz file."""
    return send_file(str(files("content.forms") / name), mimetype=FORMS[name], max_age=3600)
