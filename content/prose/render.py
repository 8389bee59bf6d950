"""Markdown in, safe HTML or plain text out."""

import html
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from content.characters import drop_forbidden

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

Math: TypeAlias = Literal["tex", "mathml"]
r"""What TeX becomes: ``\(x\)`` and ``\[x\]``, which Canvas and Moodle show as formulas, or MathML."""

_PLAIN = r"[^\\`*_\[\]<&~$\n\r\t\xa0]"
_LINE = rf"(?![#>+=:|-]|\d+[.)]){_PLAIN}+"

PLAIN_LINE = re.compile(f"{_PLAIN}+")
"""A line in which nothing means anything to Markdown or HTML, except perhaps its beginning."""

PLAIN_PARAGRAPH = re.compile(rf"{_LINE}(?:(?<! )\n(?! ){_LINE})*")
"""Lines of which the beginnings mean nothing either."""

IMAGE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
TAG = re.compile(r"<[^>]*>")


def to_html(markdown: str, *, inline: bool = False, math: Math = "tex") -> str:
    """Return the text as HTML that is safe anywhere and that Canvas and Moodle keep as it is.

    It is made of whole elements (``<p>..</p>``), where void ones have no end (``<br>``, ``<img>``); its only entities
    are those of XML. Where ``inline``, as for a choice, a single paragraph comes without its ``<p>``, and a
    single line is never a list, a quotation or a heading: ``> 5`` and ``1986. A year`` stay what they are.
    """
    text = drop_forbidden(markdown).strip()
    if _is_plain(text, inline):
        escaped = text.replace(">", "&gt;")  # plain text has no other sign of HTML's in it
        return f"<p>{escaped}</p>" if escaped and not inline else escaped
    return _rendered(text, inline, math)


def to_plain(markdown: str, *, inline: bool = False) -> str:
    """Return the text without markup: of an image its alt text, of a formula its TeX, paragraphs on their own lines.

    Where ``inline``, a single line is never a list, a quotation or a heading, as in `to_html`.
    """
    text = drop_forbidden(markdown).strip()
    if _is_plain(text, inline):
        return text
    made = IMAGE.sub(r"\1", _rendered(text, inline, "plain").replace("<br>", "\n"))
    return html.unescape(TAG.sub("", made)).strip()


def formulas(markdown: str) -> tuple[str, ...]:
    """Return the TeX of each formula in the text, without what stands around it."""
    env: dict[str, Any] = {"math": "plain", "formulas": []}
    _parser().parse(drop_forbidden(markdown).strip(), env)
    return tuple(env["formulas"])


def lost_attributes(markdown: str) -> tuple[tuple[str, str], ...]:
    """Return tag and name of each attribute in the text's own HTML that is taken out, each once."""
    from content.prose.sanitiser import taken_out

    env: dict[str, Any] = {"math": "plain", "raw HTML": []}
    _parser().parse(drop_forbidden(markdown).strip(), env)
    raw = "".join(env["raw HTML"])
    return tuple(dict.fromkeys(taken_out(raw))) if raw else ()


def _is_plain(text: str, inline: bool) -> bool:
    """Return whether a parser would find nothing in the text; most texts of a quiz are like that."""
    if not text or (inline and PLAIN_LINE.fullmatch(text)):
        return True
    return PLAIN_PARAGRAPH.fullmatch(text) is not None


@lru_cache(maxsize=2048)  # a quiz says "Correct!" a thousand times, and its page is shown to a thousand students
def _rendered(text: str, inline: bool, math: str) -> str:
    from content.prose.sanitiser import clean  # it takes long to load, as the parser does

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
