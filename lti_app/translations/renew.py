"""Brings the catalogues up to date with the texts in the sources: what ``make translations`` does.

New texts come untranslated, or with a guess that is marked as fuzzy; texts that are gone go. Nobody's translation is
changed. For a new language see docs/contributor/languages.md.
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

CATALOGUES = Path(__file__).parent
ROOT = CATALOGUES.parent.parent

ROOMS = ("content", "lti_app")
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("web/static/js/**.js", "javascript")]
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    # What pages say, in templates and in Python (Flask-Babel)
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    # What the floors below the pages say (content.sentences)
    "Sentence": None,
    "Counted": (1, 2),
    "say": None,
    # What scripts say (static/js/say.js), besides ``say``
    "sayCount": (1, 2),
}
NOTE = "NOTE:"
"""What a comment begins with that is meant for translators."""


def extract() -> Catalog:
    """Return the texts of the sources, each with the files that it stands in."""
    texts = Catalog(project="Quizferry", charset="utf-8", fuzzy=False)
    for room in ROOMS:
        found = extract_from_dir(ROOT / room, METHODS, OPTIONS, KEYWORDS, (NOTE,), strip_comment_tags=True)
        for path, line, text, comments, context in sorted(found, key=lambda each: each[:2]):
            texts.add(text, locations=[(f"{room}/{path}", line)], auto_comments=comments, context=context)
    return texts


def renew(language: str) -> None:
    """Bring the catalogue of a language up to date; make it, if there is none."""
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
    else:
        path.parent.mkdir(parents=True)
        catalogue = Catalog(locale=language, project="Quizferry", version="1", fuzzy=False)
    catalogue.update(extract(), update_creation_date=False)
    catalogue.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, catalogue, width=120, include_lineno=False, ignore_obsolete=True)


if __name__ == "__main__":
    for name in sys.argv[1:] or sorted(path.name for path in CATALOGUES.iterdir() if (path / "LC_MESSAGES").is_dir()):
        renew(name)
