"""Texts among the questions: text blocks, and what stands at the head of a section."""

import html
from decimal import Decimal

from content.prose import to_html
from content.questions import Question, TextBlock
from content.quiz import Section
from qti_export import qti12
from qti_export.canvas.items.common import new_item
from qti_export.xml_text import Xml


def text_block(question: Question, ident: str, title: str) -> Xml:
    """Return the item, which has no response processing: an empty one is invalid, and nothing reads it."""
    return _item(question, to_html(question.stem), ident, title)


def section_head(section: Section, ident: str) -> Xml:
    """Return the item with the section's title and text: Canvas drops those of a section itself."""
    title = f"<h3>{html.escape(section.title, quote=False)}</h3>" if section.title else ""
    block = TextBlock(stem=section.text, points=Decimal(0))
    return _item(block, title + to_html(section.text), ident, section.title or "Section")


def _item(block: Question, text: str, ident: str, title: str) -> Xml:
    return new_item(block, ident, title, "text_only_question", qti12.presentation(text))
