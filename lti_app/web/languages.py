"""Which language a page speaks, and its catalogue.

It is the language that the LMS says its reader has, else the one that the browser asks for, else English.
"""

import json
from decimal import Decimal
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale, negotiate_locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_decimal_symbol
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, gettext, ngettext
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from content.numbers import write_number
from content.sentences import Counted, Sentence

LANGUAGES = {"en": "en-GB", "de": "de", "es": "es", "fr": "fr", "ar": "ar-u-nu-latn"}
"""The languages, by their codes, each with the locale whose numbers and dates it has (BCP 47).

Arabic has the digits that stand in quizzes, formulas and fields for numbers.
"""

ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
"""What stands around a text that keeps its own direction, where there is no markup (Unicode's FSI and PDI)."""

CATALOGUES = Path(__file__).parent.parent / "translations"

COUNTS = range(201)
"""Among these every form that a count can have stands for one at least, but for those of whole millions."""


def speak_languages(app: Flask) -> None:
    """Make every page of the app speak its reader's language."""
    babel = Babel(app, locale_selector=_code)
    babel.domain_instance = _Catalogues()
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.filters["translated"] = translated
    app.context_processor(_language_of_page)


def page_language() -> str:
    """Return the code of the language that this request is answered in."""
    launch = g.get("launch")
    told = launch.locale if launch else g.get("launch_locale", "")
    asked = (tag for tag, quality in request.accept_languages if quality > 0)  # the best first
    return next(filter(None, map(known_language, (told, *asked))), "en")


def known_language(locale: str) -> str | None:
    """Return which of the languages suits a locale best: ``de`` for ``de-AT``, ``fr`` for ``fr_CA``; None for none."""
    return negotiate_locale([locale.replace("_", "-").lower()], list(LANGUAGES), sep="-")


def formats() -> Locale:
    """Return the locale by which this request's numbers and dates are written."""
    return _locale_of(_code())


@cache
def _locale_of(language: str) -> Locale:
    return Locale.parse(LANGUAGES[language].partition("-u-")[0], sep="-")


def page_direction() -> str:
    """Return in which direction this request's language is written: ``ltr`` or ``rtl``."""
    return Locale.parse(_code()).text_direction


def form_of(number: Decimal) -> int:
    """Return a whole number whose form of words goes with this one, too: French has ``1,5 point`` as ``1 point``."""
    if number == int(number):
        return int(number)
    category = formats().plural_form
    return next(count for count in COUNTS if category(count) == category(number))


def say(pattern: str, /, **values: object) -> str:
    """Return a text in the language of this request, numbers in it written as the language has them."""
    return translated(Sentence(pattern, **values))


def translated(text: str) -> str:
    """Return a text that was written where nobody knows of languages, in that of this request."""
    match text:
        case "":
            return ""
        case Counted():
            values = {name: value for name, value in _translated_values(text).items() if name != "num"}
            return str(ngettext(text.one, text.pattern, text.num, **values))
        case Sentence():
            return str(gettext(text.pattern, **_translated_values(text)))
        case _:
            return str(gettext(text))


def _translated_values(text: Sentence) -> dict[str, object]:
    return {name: _translated_value(value) for name, value in text.values.items()}


def _translated_value(value: object) -> object:
    match value:
        case Sentence():
            return translated(value)
        case Decimal():
            return write_number(value).replace(".", get_decimal_symbol(formats()))
        case int():
            return format_decimal(value, locale=formats())
        case str() if page_direction() == "rtl":
            return f"{ISOLATE}{value}{END_OF_ISOLATE}"  # an address, say, which keeps its own direction
        case _:
            return value


class _Catalogues(Domain):  # type: ignore[misc]
    """The catalogues as they are, without a step that compiles them."""

    def get_translations(self) -> NullTranslations:
        return catalogue(_code())


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the translations into a language, read at its first use; of English, which needs none, an empty one."""
    if language == "en":
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return Translations(compiled)


def read_catalogue(language: str) -> Catalog:
    """Return the file of a language's translations, with all that translators know."""
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def _words_of_scripts(language: str) -> Markup:
    """Return, as JSON, what scripts say, by what they say in English; where a count decides, by its form, too."""
    if language == "en":
        return Markup()
    words: dict[str, str | dict[str, str]] = {}
    translations = catalogue(language)
    for message in read_catalogue(language):
        if not any(path.endswith(".js") for path, _ in message.locations):
            continue
        if isinstance(message.id, str):
            words[message.id] = translations.ugettext(message.id)
        else:
            one, many = message.id
            category = Locale.parse(language).plural_form
            words[one] = {category(count): translations.ungettext(one, many, count) for count in COUNTS}
    return htmlsafe_json_dumps(words, dumps=partial(json.dumps, ensure_ascii=False))


def _language_of_page() -> dict[str, Any]:
    code = _code()
    return {
        "language": code,
        "direction": page_direction(),
        "format_locale": LANGUAGES[code],
        "script_words": _words_of_scripts(code),
    }


def _code() -> str:
    """Return the request's language; a page asks for it some hundred times."""
    if not has_request_context():
        return "en"
    if "language" not in g:
        g.language = page_language()
    return str(g.language)
