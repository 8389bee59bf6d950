"""Every catalogue has every text of the sources, whole: so that nobody reads two languages on one page."""

import re
from collections.abc import Iterator

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message

from lti_app.translations.renew import CATALOGUES, extract
from lti_app.web.languages import COUNTS, LANGUAGES, catalogue, read_catalogue

TRANSLATED = sorted(set(LANGUAGES) - {"en"})
PLACEHOLDER = re.compile(r"%\(\w+\)s")
COUNTED = {"%(num)s", "%(points)s", "%(possible)s", "%(answered)s"}
TAG = re.compile(r"</?\w+[^>]*>")
ENGLISH = ' lang="en"'
"""What a translation may add to a tag: the name in it is one that an LMS has in English only."""


@pytest.fixture(scope="module")
def sources() -> Catalog:
    return extract()


@pytest.fixture(params=TRANSLATED)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def texts(of: Catalog) -> Iterator[Message]:
    return (message for message in of if message.id)


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else message.string


def english(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else message.id


def tags(text: str) -> list[str]:
    return sorted(tag.replace(ENGLISH, "") for tag in TAG.findall(text))


def test_there_is_a_catalogue_for_every_language_and_no_other() -> None:
    assert sorted(path.parent.parent.name for path in CATALOGUES.glob("*/LC_MESSAGES/messages.po")) == TRANSLATED


def test_the_sources_have_texts_of_pages_of_scripts_and_of_the_floors_below(sources: Catalog) -> None:
    rooms = {path for message in texts(sources) for path, _ in message.locations}
    for room in (
        "content/forms/controls.py",
        "lti_app/lti/token_failures.py",
        "lti_app/services/refusals.py",
        "lti_app/web/asking.py",
        "lti_app/web/static/js/quiz.js",
        "lti_app/web/student/templates/student/start.html",
    ):
        assert room in rooms


def test_a_catalogue_has_the_texts_of_the_sources_where_they_stand(language: str, sources: Catalog) -> None:
    """``make translations`` brings it up to date."""
    wanted = {message.id: {path for path, _ in message.locations} for message in texts(sources)}
    found = {message.id: {path for path, _ in message.locations} for message in texts(read_catalogue(language))}
    assert found == wanted


def test_a_catalogue_is_whole(language: str) -> None:
    whole = read_catalogue(language)
    assert [message.id for message in texts(whole) if message.fuzzy or not all(forms(message))] == []


def test_translations_have_the_placeholders_and_tags_of_their_texts(language: str) -> None:
    """A form that is for few counts, such as one or two, may say these in words."""
    wrong = []
    for message in texts(read_catalogue(language)):
        said = english(message)[-1]
        *few, _ = forms(message)
        for form in forms(message):
            missing = (
                set(PLACEHOLDER.findall(said)) - set(PLACEHOLDER.findall(form)) - (COUNTED if form in few else set())
            )
            unknown = set(PLACEHOLDER.findall(form)) - set(PLACEHOLDER.findall(said))
            lone_percent = "%" in re.sub(r"%\(\w+\)s|%%", "", form)
            if missing or unknown or lone_percent or tags(form) != tags(said):
                wrong.append((said, form))
    assert wrong == []


def test_a_catalogue_has_the_forms_of_its_language(language: str) -> None:
    """The form that gettext picks for a count is the one that browsers pick by its name (Unicode's plural rules)."""
    translations, category = catalogue(language), Locale.parse(language).plural_form
    for message in texts(read_catalogue(language)):
        if isinstance(message.id, tuple):
            said = [(category(count), translations.ungettext(*message.id, count)) for count in COUNTS]
            assert len({name for name, _ in said}) == len(set(said)), message.id
