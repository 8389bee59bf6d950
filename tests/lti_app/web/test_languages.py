"""In which language a page is: by the LMS's launch, else by the browser, else English."""

import re

import pytest

from lti_app.models import Role
from lti_app.web.languages import LANGUAGES
from tests.lti_app.web.classroom import Classroom, Visitor


def spoken(page: str) -> tuple[str, str]:
    """The language and the direction that a page says it has."""
    found = re.search(r'<html lang="([^"]*)" dir="([^"]*)"', page)
    assert found is not None
    return found[1], found[2]


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("es_MX", "es"),
        ("fr_ca", "fr"),
        ("ar-EG", "ar"),
        ("AR", "ar"),
        ("de_kids", "de"),  # a language pack of Moodle's
        ("en-GB", "en"),
        ("zz-ZZ", "en"),
        ("$Person.locale", "en"),
        ("_", "en"),
        ("-", "en"),
        ("de" * 500, "en"),
    ],
)
def test_the_lms_says_which_language_its_reader_has(classroom: Classroom, told: str, language: str) -> None:
    page = classroom.launch("Ada", quiz_id="sea", locale=told).get()
    assert spoken(page) == (language, "rtl" if language == "ar" else "ltr")


def test_so_it_does_for_those_who_teach_and_those_who_pick_quizzes(classroom: Classroom) -> None:
    assert spoken(classroom.launch("Grace", Role.INSTRUCTOR, "sea", locale="fr").get("/teach/"))[0] == "fr"
    assert spoken(classroom.pick(locale="es-ES").get("/link/"))[0] == "es"


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("de-CH, en;q=0.5", "de"),
        ("pt, fr;q=0.8, en;q=0.5", "fr"),
        ("ja", "en"),
        ("", "en"),
        ("*", "en"),
        ("=;,", "en"),
        ("de;q=0, es", "es"),
    ],
)
def test_where_the_lms_says_none_that_is_known_the_browser_does(
    classroom: Classroom, asked: str, language: str
) -> None:
    for told in ("", "ja"):
        ada = classroom.launch("Ada", quiz_id="sea", locale=told)
        page = ada.client.get(f"{ada.home}/", headers={"Accept-Language": asked}).text
        assert spoken(page)[0] == language


def test_the_language_of_the_lms_goes_before_that_of_the_browser(classroom: Classroom) -> None:
    ada = classroom.launch("Ada", quiz_id="sea", locale="es")
    assert spoken(ada.client.get(f"{ada.home}/", headers={"Accept-Language": "de"}).text)[0] == "es"


def test_pages_without_a_launch_speak_the_language_of_the_browser(ada: Visitor) -> None:
    for path in ("/nowhere", "/launches/0000000000000000/", "/lti/login"):
        page = ada.client.get(path, headers={"Accept-Language": "ar"}).text
        assert spoken(page) == ("ar", "rtl")


def test_every_language_has_a_locale_for_its_numbers(classroom: Classroom) -> None:
    for language, formats in LANGUAGES.items():
        assert f'data-locale="{formats}"' in classroom.launch("Ada", quiz_id="sea", locale=language).get()
