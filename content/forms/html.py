"""HTML from values: every text and every attribute is escaped on its way in."""

from html import escape
from typing import TypeAlias

Html: TypeAlias = str
"""A piece of HTML that is whole: its tags are closed, its texts escaped."""

VOID = frozenset({"img", "input", "link", "meta"})


def text(value: object) -> Html:
    """Return a value as a text in HTML."""
    return escape(str(value))


def tag(name: str, /, *content: Html, **attributes: object) -> Html:
    """Return an element. ``class_`` means ``class``, ``aria_label`` ``aria-label``; False and None leave one out."""
    given = "".join(_attribute(key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    return f"<{name}{given}>" if name in VOID else f"<{name}{given}>{''.join(content)}</{name}>"


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
