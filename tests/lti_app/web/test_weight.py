"""How much a browser loads for a page, with an empty cache: the page, its style sheet and its script."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from content.identity import with_ids
from content.quiz import Quiz, Settings
from content.quizzes import showcase
from content.readers import read_file
from lti_app.models import Role
from lti_app.services.quizzes import publish
from tests.lti_app.web.classroom import Classroom, Visitor

ALLOWED = 40_000
"""Bytes, compressed as web servers do. Pictures are the author's."""

LOADED = re.compile(r'<(?:script|link)[^>]* (?:src|href)="([^"]+)"')


def every_kind() -> Quiz:
    read = read_file(showcase()).quiz
    assert read is not None
    return replace(with_ids(read), settings=Settings(time_limit=75))


def loaded(visitor: Visitor, url: str) -> Iterator[tuple[str, bytes]]:
    """Everything that is loaded for the page."""
    with visitor.client.get(url) as page:
        assert page.status_code == 200, url
        yield url, page.data
        addresses = LOADED.findall(page.text)
    for address in addresses:
        with visitor.client.get(address) as response:
            assert response.status_code == 200, address
            yield address, response.data


@pytest.mark.parametrize("locale", ["en", "de", "ar"])
def test_every_page_is_light(classroom: Classroom, locale: str) -> None:
    with classroom.database.writing() as session:
        publish(session, every_kind())
    ada = classroom.launch("Ada", quiz_id="showcase", locale=locale)
    grace = classroom.launch("Grace", Role.INSTRUCTOR, locale=locale)
    ada.post("/attempts")
    ada.post("/attempts/1/submit", confirmed="yes")
    ada.post("/attempts")
    pages = [(ada, path) for path in ("/", "/attempts/2", "/attempts/1/result")]
    pages += [
        (grace, f"/teach/{path}") for path in ("", "preview", "accommodations", "students/1/attempts/1", "receipts")
    ]
    pages.append((classroom.pick(locale=locale), "/link/"))
    weights = {
        path: {url: len(gzip.compress(data)) for url, data in loaded(visitor, visitor.home + path)}
        for visitor, path in pages
    }
    assert {len(weight) for weight in weights.values()} == {4}  # with the style sheet, the script and the icon
    assert {path: weight for path, weight in weights.items() if sum(weight.values()) > ALLOWED} == {}
