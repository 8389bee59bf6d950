"""The Markdown parser: CommonMark with tables, strikethrough and TeX, and what teachers' texts need besides."""

import html

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, hr, html_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from content.prose import tex
from content.prose.sanitiser import is_kept, keep_as_text

INTERRUPTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def make_parser() -> MarkdownIt:
    """Return a parser whose HTML is still to be sanitised.

    ``env["math"]`` says what becomes of TeX, see `_formula`; ``env["formulas"]`` lists the TeX that was found,
    ``env["raw HTML"]`` the HTML.
    """
    parser = MarkdownIt("commonmark", {"html": True, "highlight": _highlight})
    parser.enable(["table", "strikethrough"])
    parser.block.ruler.at("hr", _rule_but_no_blank, INTERRUPTS)
    parser.block.ruler.before("fence", "tex", tex.find_block, INTERRUPTS)
    parser.inline.ruler.before("escape", "tex", tex.find_inline)
    parser.block.ruler.at("html_block", _html_block, INTERRUPTS)
    parser.inline.ruler.before("emphasis", "blank", _blank)
    parser.core.ruler.push("finish", _finish)
    return parser


def _highlight(code: str, info: str, _attributes: str) -> str:
    from content.prose.highlighting import highlight  # Pygments takes long to load, and most quizzes have no code

    return highlight(code, info)


def _rule_but_no_blank(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Find a rule across the page. A line of underscores is none, but a blank to be filled in."""
    start = state.bMarks[first] + state.tShift[first]
    return not state.src.startswith("_", start) and hr(state, first, last, silent)


def _blank(state: StateInline, silent: bool) -> bool:
    """Find three underscores or more: a blank to be filled in, which neither begins nor ends emphasis."""
    end = state.pos
    while end < state.posMax and state.src[end] == "_":
        end += 1
    if end - state.pos < 3:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def _html_block(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Find a block of HTML. What begins with a tag that will not be kept is a paragraph about that tag."""
    start = state.bMarks[first] + state.tShift[first]
    return is_kept(state.src, start) and html_block(state, first, last, silent)


def _finish(state: StateCore) -> None:
    """Settle what the renderer has no rule of its own for: formulas, raw HTML and the tag of struck text."""
    for token in state.tokens:
        for one in (token, *(token.children or ())):
            if one.type in tex.TOKENS:
                state.env.setdefault("formulas", []).append(one.content)
            _finish_token(one, state.env)


def _finish_token(token: Token, env: EnvType) -> None:
    if token.type in tex.TOKENS:
        token.content = _formula(token, env["math"])
        token.type = "html_inline"
    elif token.type in ("html_inline", "html_block"):
        env.setdefault("raw HTML", []).append(token.content)
        token.content = keep_as_text(token.content)
    elif token.tag == "s":
        token.tag = "del"  # HTML Purifier knows `s`, Canvas does not
    elif token.type == "image":
        for child in token.children or ():
            child.type = "text" if child.type in tex.TOKENS else child.type


def _formula(token: Token, form: str) -> str:
    r"""Return the formula: ``plain`` is the TeX alone, ``tex`` is within ``\(..\)`` or ``\[..\]``, and then ``mathml``.

    Canvas and Moodle both let MathJax loose on these two pairs; neither takes a single dollar for a formula.
    """
    display = token.type != tex.INLINE
    if form == "mathml":
        made = _mathml(token.content, display=display)
    else:
        text = html.escape(token.content, quote=False)
        made = text if form == "plain" else f"\\[{text}\\]" if display else f"\\({text}\\)"
    return f"<p>{made}</p>\n" if token.block else made


def _mathml(source: str, *, display: bool) -> str:
    from content.prose.mathml import to_mathml  # latex2mathml takes long to load, and most quizzes have no formula

    try:
        return to_mathml(source, display=display)
    except ValueError:
        return f"<code>{html.escape(source)}</code>"
