"""How much a browser loads for a page, with an empty cache: the page, its styles, its scripts and what these import."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urljoin

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
IMPORTED = re.compile(r'^import [^;]*?"([^"]+)";', re.MULTILINE)


def every_kind() -> Quiz:
    read = read_file(showcase()).quiz
    assert read is not None
    return replace(with_ids(read), settings=Settings(time_limit=75))


def loaded(visitor: Visitor, url: str) -> Iterator[tuple[str, bytes]]:
    """Everything that is loaded for the page, each file once."""
    waiting, seen = [url], {url}
    while waiting:
        here = waiting.pop()
        with visitor.client.get(here) as response:
            assert response.status_code == 200, here
            text = response.text
        yield here, response.data
        for named in (LOADED if here == url else IMPORTED).findall(text):
            target = urljoin(here, named)
            if target not in seen:
                seen.add(target)
                waiting.append(target)


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
    assert any(url.endswith("/kept_answers.js") for url in weights["/attempts/2"])  # it follows the imports
    assert {path: weight for path, weight in weights.items() if sum(weight.values()) > ALLOWED} == {}
