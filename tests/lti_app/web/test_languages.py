"""In which language a page is: by the LMS's launch, else by the browser, else English."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from content.sentences import Counted, Sentence, together
from lti_app.lti.failures import Refused
from lti_app.lti.registration_configuration import PLATFORM_CONFIGURATION
from lti_app.lti.registration_failures import RegistrationRefused
from lti_app.models import PassbackState, Role
from lti_app.services.admin_access import make_link_token
from lti_app.services.refusals import SENTENCES, Problem
from lti_app.web.admin.access import AdminsOnly
from lti_app.web.admin.setup import LMSS
from lti_app.web.asking import understood
from lti_app.web.display import in_points, moment, percent, points
from lti_app.web.languages import LANGUAGES, translated
from tests.lti_app.platform import Answer
from tests.lti_app.registering import ANSWER, Admin, configuration
from tests.lti_app.web.classroom import Classroom, Visitor, words
from tests.lti_app.web.quizzes import ALL_RIGHT
from tests.lti_app.web.untranslated import untranslated


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


def test_pages_refusals_and_what_scripts_read_speak_the_language(classroom: Classroom) -> None:
    ada = classroom.launch("Ada", quiz_id="sea", locale="de")
    for expected in ("Fragen 3", "Zum Bestehen 80 %", "Versuche Unbegrenzt", "Beginnen"):
        assert expected in words(ada.get())
    assert "Diese Seite ist für Lehrpersonen" in words(ada.get("/teach/", 403))
    ada.post("/attempts")
    refused = ada.save(1, "nowhere", [0])
    assert refused.json["sentence"] == "Dieser Versuch hat keine solche Frage."


def test_what_an_lms_said_of_a_grade_is_translated_where_it_is_shown(classroom: Classroom) -> None:
    classroom.launch("Ada", quiz_id="sea").take(**ALL_RIGHT)
    classroom.set_grade(PassbackState.FAILED, last_error=SENTENCES[Problem.REFUSED])
    page = words(classroom.launch("Grace", Role.INSTRUCTOR, "sea", locale="es").get("/teach/"))
    assert "Atascada. El LMS rechaza esta calificación" in page


def test_a_page_brings_the_words_of_its_scripts_with_every_form_of_a_count(classroom: Classroom) -> None:
    brought = re.search(
        r'<script type="application/json" id="words">(.*?)</script>',
        classroom.launch("Ada", quiz_id="sea", locale="ar").get(),
    )
    assert brought is not None
    known = json.loads(brought[1])
    assert known["Submit quiz"] == "تسليم الاختبار"
    assert set(known["%(num)s word"]) == {"zero", "one", "two", "few", "many", "other"}
    assert known["%(num)s word"]["two"] == "كلمتان"
    assert 'id="words"' not in classroom.launch("Ada", quiz_id="sea").get()


def admin_pages(admin: Admin) -> Iterator[tuple[str, str]]:
    """Yield every page for those who run Quizferry or an LMS, by what happens there."""
    client = admin.client
    for path in ("/setup", *(f"/setup/{lms}" for lms in LMSS), "/admin", "/register/nowhere"):
        yield path, client.get(path).text
    with admin.database.writing() as session:
        link = f"/admin/enter/{make_link_token(session)}"
    yield "link", client.get(link).text
    client.post(link)
    yield "no platforms", client.get("/admin").text
    yield "used link", client.post(link).text
    path = admin.invite(needs_approval=True)
    yield "invitation", client.get(path).text
    said = configuration(admin.platform, **{PLATFORM_CONFIGURATION: {"messages_supported": []}}, scopes_supported=[])
    admin.serve(said, said)
    yield "offer of little", admin.open(path).text
    admin.serve_answer(Answer.of_json(ANSWER))
    yield "waits for approval", admin.confirm(path).text
    yield "used invitation", admin.open(path).text
    (platform,) = admin.registered()
    placements = [{"type": "LtiDeepLinkingRequest", "placements": ["ContentArea"]}]
    said = configuration(admin.platform, **{PLATFORM_CONFIGURATION: {"messages_supported": placements}})
    path = admin.invite(renews=platform)
    admin.serve(said, said)
    yield "offer to renew", admin.open(path).text
    admin.serve_answer(Answer.of_json(ANSWER))
    yield "renewed", admin.confirm(path).text
    page = client.get("/admin").text
    yield "platforms", page
    found = re.search(r'name="csrf_token" value="([0-9a-f]+)"', page)
    assert found
    yield "test", client.post(f"/admin/platforms/{platform.id}/test", data={"csrf_token": found[1]}).text
    yield "foreign form", client.post(f"/admin/platforms/{platform.id}/test").text


def test_no_page_for_those_who_run_an_lms_says_anything_in_english(admin: Admin) -> None:
    admin.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ar"
    pages = dict(admin_pages(admin))
    assert {spoken(page) for page in pages.values()} == {("ar", "rtl")}
    assert {where: untranslated(page) for where, page in pages.items() if untranslated(page)} == {}


def test_every_refusal_and_finding_for_admins_is_known_to_the_catalogues() -> None:
    """What stands as plain text in the services would reach the page in English."""
    unmarked = [
        text
        for failure in (RegistrationRefused, *of_kind(RegistrationRefused), AdminsOnly, *of_kind(AdminsOnly))
        for text in (failure.heading, failure.remedy)
        if not isinstance(text, Sentence)
    ]
    assert unmarked == []


def of_kind(failure: type[Refused]) -> Iterator[type[Refused]]:
    """Every refusal that is one of this kind."""
    for kind in failure.__subclasses__():
        yield kind
        yield from of_kind(kind)


@pytest.fixture
def german(classroom: Classroom) -> Iterator[None]:
    with classroom.app.test_request_context(headers={"Accept-Language": "de"}):
        yield


@pytest.mark.usefixtures("german")
def test_values_are_written_as_the_language_has_them() -> None:
    assert points(Fraction(8, 3)) == "2,67"
    assert points(Decimal(1500)) == "1500"  # as a field takes it
    assert percent(Fraction(2, 3)) == "66,6\xa0%"
    assert in_points(Decimal("0.5")) == "0,5 Punkte"
    assert in_points(Decimal(4), Fraction(5, 3), big=True) == '<span class="big">1,67</span> von 4 Punkten'
    assert moment(datetime(2026, 5, 3, 14, 2, tzinfo=UTC)).endswith(">3. Mai, 14:02 UTC</time>")
    assert understood("numerical", "2.5e40") == "Gelesen als 2,5E+40"
    assert understood("numerical", "drei").startswith("Das lässt sich nicht als Zahl lesen")


@pytest.mark.usefixtures("german")
def test_sentences_of_lower_floors_are_translated_with_all_that_is_in_them() -> None:
    both = together(
        Sentence("Points must be from 0 to %(most)s.", most=Decimal("2.5")), Sentence("Not known anywhere.")
    )
    assert translated(both) == "Die Punkte müssen zwischen 0 und 2,5 liegen. Not known anywhere."
    late = "Reduced for being %(num)s day late.", "Reduced for being %(num)s days late."
    assert translated(Counted(*late, 1)) == "Abzug für 1 Tag Verspätung."
    assert translated(Counted(*late, 2)) == "Abzug für 2 Tage Verspätung."
    assert translated("") == ""


def test_a_form_of_a_count_goes_with_numbers_that_are_not_whole(classroom: Classroom) -> None:
    for language, half in {"en": "1.5 points", "fr": "1,5 point", "ar": "1.5 نقطة"}.items():
        with classroom.app.test_request_context(headers={"Accept-Language": language}):
            assert in_points(Decimal("1.5")) == half
