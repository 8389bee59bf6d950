"""Markdown in, safe HTML or plain text out."""

import html
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from content.characters import drop_forbidden
from content.prose.sanitiser import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

Math: TypeAlias = Literal["tex", "mathml"]
r"""What TeX becomes: ``\(x\)`` and ``\[x\]``, which Canvas and Moodle show as formulas, or MathML."""

PLAIN_LINE = re.compile(r"[^\\`*_\[\]<&~$\n\r\t\xa0]*")
"""A line in which nothing means anything to Markdown or HTML, except perhaps its beginning."""

BLOCK_START = re.compile(r"[#>+=-]|\d+[.)]")
IMAGE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
TAG = re.compile(r"<[^>]*>")


def to_html(markdown: str, *, inline: bool = False, math: Math = "tex") -> str:
    """Return the text as HTML that is safe anywhere and that Canvas and Moodle keep as it is.

    It is made of whole elements (``<p>..</p>``), where void ones have no end (``<br>``, ``<img>``); its only entities
    are those of XML. Where ``inline``, as for a choice, a single paragraph comes without its ``<p>``, and a
    single line is never a list, a quotation or a heading: ``> 5`` and ``1986. A year`` stay what they are.
    """
    text = markdown.strip()
    if PLAIN_LINE.fullmatch(text) and (inline or not BLOCK_START.match(text)):
        line = html.escape(drop_forbidden(text), quote=False)
        return line if inline or not line else f"<p>{line}</p>"
    return _rendered(text, inline, math)


def to_plain(markdown: str, *, inline: bool = False) -> str:
    """Return the text without markup: of an image its alt text, of a formula its TeX, paragraphs on their own lines.

    Where ``inline``, a single line is never a list, a quotation or a heading, as in `to_html`.
    """
    text = markdown.strip()
    if PLAIN_LINE.fullmatch(text) and (inline or not BLOCK_START.match(text)):
        return drop_forbidden(text)
    made = IMAGE.sub(r"\1", _rendered(text, inline, "plain").replace("<br>", "\n"))
    return html.unescape(TAG.sub("", made)).strip()


@lru_cache(maxsize=2048)  # a quiz says "Correct!" a thousand times, and its page is shown to a thousand students
def _rendered(text: str, inline: bool, math: str) -> str:
    text = drop_forbidden(text)
    env = {"math": math}
    if inline and "\n" not in text:
        return clean(_parser().renderInline(text, env).strip(), mathml=math == "mathml")
    made = clean(_parser().render(text, env).strip(), mathml=math == "mathml")
    return _unwrapped(made) if inline else made


@cache
def _parser() -> "MarkdownIt":
    from content.prose.markdown import make_parser  # most texts need no parser, and it takes long to load

    return make_parser()


def _unwrapped(made: str) -> str:
    """Return the content of the paragraph where the HTML is a single one."""
    single = made.startswith("<p>") and made.find("</p>") == len(made) - len("</p>")
    return made.removeprefix("<p>").removesuffix("</p>") if single else made
