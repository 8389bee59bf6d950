"""What the items of all kinds share."""

from collections.abc import Mapping
from types import MappingProxyType

from content.prose import to_html
from content.questions import Question
from qti_export import qti12
from qti_export.xml_text import Xml, element

NOTHING: Mapping[str, str] = MappingProxyType({})


def new_item(
    question: Question, ident: str, title: str, question_type: str, *content: Xml, more: Mapping[str, str] = NOTHING
) -> Xml:
    """Return an item with this content, and the metadata that both importers read, and ``more`` of it.

    New Quizzes wants ``points_possible`` in lower case and the type spelled exactly so.
    """
    fields = {"question_type": question_type, "points_possible": f"{question.points:f}", **more}
    return qti12.item(ident, title, fields, *content)


def plain(text: str) -> Xml:
    """Return plain text. Classic shows the right sides of pairs, blanks and dropdowns as they are, tags and all."""
    return element("material", element("mattext", text, texttype="text/plain"))


def feedback(question: Question, of_answers: Mapping[str, str] = NOTHING) -> list[Xml]:
    """Return the feedback of the question, then that of its answers: Markdown by the ident that it is shown under.

    Both importers find the first three by these idents; no condition needs to show them.
    """
    whole = question.feedback
    named = {"general_fb": whole.general, "correct_fb": whole.correct, "general_incorrect_fb": whole.incorrect}
    told = {**named, **of_answers}
    return [qti12.feedback(ident, feedback_html(markdown)) for ident, markdown in told.items() if markdown]


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
