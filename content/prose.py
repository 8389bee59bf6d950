"""From an author's Markdown to HTML that every LMS keeps, and to plain text."""

import html
from typing import Literal

import nh3
from markdown_it import MarkdownIt

from content.characters import drop_forbidden

Math = Literal["tex", "mathml"]

_markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def to_html(markdown: str, *, inline: bool = False, math: Math = "tex") -> str:
    """Return safe HTML."""
    text = nh3.clean(_markdown.render(drop_forbidden(markdown))).strip()
    if inline and text.startswith("<p>") and text.endswith("</p>") and text.count("<p>") == 1:
        return text[3:-4]
    return text


def to_plain(markdown: str) -> str:
    """Return the text without any markup."""
    return html.unescape(nh3.clean(to_html(markdown), tags=set())).strip()
