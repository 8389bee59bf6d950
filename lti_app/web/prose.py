"""The authors' Markdown on a page, with the quiz's images."""

import re
from dataclasses import dataclass
from html import unescape
from unicodedata import bidirectional

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from content.forms import Prose
from content.prose import to_html
from content.questions import BLANK
from lti_app.services import QuizRevision
from lti_app.web.languages import page_direction

NOT_SAID = re.compile(r"<(math|code)[ >].*?</\1>|<[^>]*>", re.DOTALL)
"""What is no letter of a text, in the HTML that is made of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """A section's title and text, or a text block, between the questions. ``title`` is plain and may be empty."""

    title: str
    text: Markup


def prose_of(revision: QuizRevision) -> Prose:
    """Return what turns the revision's Markdown into HTML: formulas into MathML, images to where they are.

    Each image is a link to itself, of which zoom.js makes more.
    """
    digests = {picture.name: picture.digest for picture in revision.pictures}

    def link(name: str) -> str | None:
        return url_for("pictures.picture", digest=digests[name]) if name in digests else None

    return Prose(link, zoom=gettext("Show the picture large"))


def block(prose: Prose, source: str) -> Markup:
    """Return an author's Markdown as HTML of whole paragraphs."""
    return Markup(prose.block(source))  # noqa: S704 - sanitised by content.prose


def direction_of(source: str) -> str:
    """Return in which direction an author's text runs, ``ltr`` or ``rtl``: its first letter's, else the page's.

    Formulas, code and the names of pictures and blanks are no letters of it.
    """
    html = to_html(BLANK.sub("", source), math="mathml")
    for letter in unescape(NOT_SAID.sub("", html)):
        kind = bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return page_direction()


def inline(prose: Prose, source: str) -> Markup:
    """Return an author's Markdown as HTML for within a line."""
    return Markup(prose.inline(source))  # noqa: S704 - sanitised by content.prose
