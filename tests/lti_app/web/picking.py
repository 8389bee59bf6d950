"""How a teacher in a test picks quizzes for the course and sends them to the LMS, or uploads one."""

import re
from typing import Any

import jwt

from tests.lti_app.web.classroom import Classroom, Visitor, words

LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/"
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
TIDES = b"Quiz title: Tides\n\n1. High?\n*a) Yes\nb) No\n"


def answer_in(page: str, classroom: Classroom) -> dict[str, Any]:
    """The claims of the answer that a page sends, by the published key; its form goes where the LMS wants it."""
    assert 'action="https://lms.example.edu/answer?x=1"' in page
    token = re.search(r'name="JWT" value="([^"]+)"', page)
    assert token is not None
    (key,) = classroom.app.test_client().get("/lti/jwks").get_json()["keys"]
    assert jwt.get_unverified_header(token[1])["kid"] == key["kid"]
    return jwt.decode(token[1], jwt.PyJWK(key), ["RS256"], audience="https://lms.example.edu")


def add(picker: Visitor, classroom: Classroom, *quiz_ids: str, **fields: str) -> list[dict[str, Any]]:
    """Send quizzes to the LMS; return the content items."""
    form = {f"title.{quiz_id}": f"The {quiz_id}" for quiz_id in quiz_ids}
    form |= {name.replace("__", "."): value for name, value in fields.items()}
    response = picker.post("/link/settings", quiz=list(quiz_ids), **form)
    assert response.status_code == 200, words(response.text)
    items: list[dict[str, Any]] = answer_in(response.text, classroom)[f"{LINKING}content_items"]
    return items


def upload(picker: Visitor, name: str, data: bytes) -> Any:
    """Send a file as browsers do; the test client would keep a long one in a file of its own."""
    parts = [
        b'Content-Disposition: form-data; name="csrf_token"\r\n\r\n' + picker.csrf_token.encode(),
        f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode() + data,
    ]
    body = b"".join(b"--border\r\n" + part + b"\r\n" for part in parts) + b"--border--\r\n"
    return picker.client.post(f"{picker.home}/link/", data=body, content_type="multipart/form-data; boundary=border")
