"""What the items of all kinds share."""

from collections.abc import Mapping
from types import MappingProxyType

from lxml import etree

from content.prose import to_html
from content.questions import Question
from qti_export import qti12
from qti_export.xml_tree import add

NOTHING: Mapping[str, str] = MappingProxyType({})


def new_item(
    question: Question, ident: str, title: str, question_type: str, more: Mapping[str, str] = NOTHING
) -> etree._Element:
    """Return an item with the metadata that both importers read, and ``more`` of it.

    New Quizzes wants ``points_possible`` in lower case and the type spelled exactly so.
    """
    fields = {"question_type": question_type, "points_possible": f"{question.points:f}", **more}
    return qti12.new_item(ident, title, fields)


def add_stem(item: etree._Element, html: str) -> etree._Element:
    """Append a presentation with the question's text, and return it for the responses."""
    presentation = add(item, "presentation")
    qti12.add_material(presentation, html)
    return presentation


def add_plain(parent: etree._Element, text: str) -> None:
    """Append plain text. Classic shows the right sides of pairs, blanks and dropdowns as they are, tags and all."""
    add(add(parent, "material"), "mattext", text, texttype="text/plain")


def add_feedback(item: etree._Element, question: Question, of_answers: Mapping[str, str]) -> None:
    """Append the feedback of the question, then that of its answers: Markdown by the ident that it is shown under.

    Both importers find the first three by these idents; no condition needs to show them.
    """
    whole = question.feedback
    named = {"general_fb": whole.general, "correct_fb": whole.correct, "general_incorrect_fb": whole.incorrect}
    for ident, markdown in {**named, **of_answers}.items():
        if markdown:
            qti12.add_feedback(item, ident, feedback_html(markdown))


def feedback_html(markdown: str) -> str:
    """Return a feedback's HTML such that Classic keeps it as HTML.

    Classic unwraps a lone ``<p>`` without attributes and stores its HTML as plain text, so that ``a &lt; b`` (and
    ``&nbsp;``, as it writes that) shows in just these letters. A paragraph with an attribute is not unwrapped.
    """
    html = to_html(markdown)
    if not _shows_entities(html):
        return html
    # A comment that is never closed is a text without a paragraph.
    return html.replace("<p>", '<p dir="auto">', 1) if "<p>" in html else f'<div dir="auto">{html}</div>'


def inline_html(markdown: str) -> str:
    """Return the HTML of a left side such that Classic keeps it as HTML; see `feedback_html`. It is never empty."""
    html = to_html(markdown, inline=True)
    return f'<div dir="auto">{html}</div>' if not html or _shows_entities(html) else html


def _shows_entities(html: str) -> bool:
    return "&" in html or "\xa0" in html
