"""Which words of an Arabic page were left in English: those in Latin letters that the catalogue does not have."""

import html
import re

from lti_app.web.languages import read_catalogue
from tests.lti_app.web.classroom import words

ENGLISH = re.compile(r'<(code|bdi|pre)\b.*?</\1>|<(\w+) [^>]*lang="en".*?</\2>', re.DOTALL)
"""What is not to be translated: code, what somebody has named, and an LMS's own words."""
LABELS = re.compile(r'(?<![\w-])(?:aria-label|placeholder|title)="([^"]*)"')
ISOLATED = re.compile("\u2068.*?\u2069")
"""What stands in a text of the floors below the pages as it was found: addresses, commands, an LMS's answers."""


def latin_words(text: str) -> set[str]:
    """Return the words of two letters and more in Latin letters."""
    return set(re.findall(r"[A-Za-z]{2,}", text))


def untranslated(page: str, known: str = "") -> set[str]:
    """Return the words of an Arabic page that are English; those of the text ``known`` are not counted.

    Arabic texts have some Latin words, too, such as PDF and LTI.
    """
    arabic = " ".join(ENGLISH.sub("", str(message.string)) for message in read_catalogue("ar") if message.id)
    body = ENGLISH.sub("", page[page.find("<body") :])
    labels = html.unescape(" ".join(LABELS.findall(body)))
    said = ISOLATED.sub("", f"{words(body)} {labels}")
    return latin_words(said) - latin_words(f"{arabic} {known}")
