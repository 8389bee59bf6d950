"""The authors' Markdown on a page, with the quiz's images."""

from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from content.forms import Prose
from lti_app.services import QuizRevision


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """A section's title and text, or a text block, between the questions. ``title`` is plain and may be empty."""

    title: str
    text: Markup


def prose_of(revision: QuizRevision) -> Prose:
    """Return what turns the revision's Markdown into HTML: formulas into MathML, images to where they are."""
    digests = {picture.name: picture.digest for picture in revision.pictures}

    def link(name: str) -> str | None:
        return url_for("pictures.picture", digest=digests[name]) if name in digests else None

    return Prose(link)


def block(prose: Prose, source: str) -> Markup:
    """Return an author's Markdown as HTML of whole paragraphs."""
    return Markup(prose.block(source))  # noqa: S704 - sanitised by content.prose


def inline(prose: Prose, source: str) -> Markup:
    """Return an author's Markdown as HTML for within a line."""
    return Markup(prose.inline(source))  # noqa: S704 - sanitised by content.prose
