"""Files that students have handed in, on their way back."""

from flask import Response, abort, g, make_response

from lti_app.services import UploadedFile


def download(found: UploadedFile | None) -> Response:
    """Return a handed-in file to be stored, never to be shown: it may be anything.

    :raise 404: where there is none
    """
    if found is None:
        abort(404)
    response = make_response(found.data)
    response.content_type = found.type
    response.headers.set("Content-Disposition", "attachment", filename=found.name)
    g.content_security_policy = "default-src 'none'; sandbox"
    return response
