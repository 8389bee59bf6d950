"""The images of quizzes, each at the SHA-256 of its bytes.

Such an address is known only to who has seen the image, or has the file: of a question that is not asked yet, nobody
can guess it. So it needs no session, which browsers that keep no cookies in frames could not send for an image; and as
what it shows never changes, it is fetched once.
"""

from flask import Blueprint, Response, abort, g, make_response

from lti_app.services.quizzes import find_picture
from lti_app.web.tool import tool

bp = Blueprint("pictures", __name__)


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
