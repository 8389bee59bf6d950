r"""Where the formulas are: rules for markdown-it that find ``$x$``, ``$$x$$``, ``\(x\)`` and ``\[x\]``.

Both rules remember where a search for an end has failed, so that hostile text takes linear time.
"""

import re
from typing import NamedTuple

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

INLINE = "math_inline"
DISPLAY = "math_display"
BLOCK = "math_block"
TOKENS = frozenset({INLINE, DISPLAY, BLOCK})


class Delimiter(NamedTuple):
    """What begins a formula, what ends it, and the token that it makes inside a paragraph."""

    opening: str
    closing: re.Pattern[str]
    token: str


DELIMITERS = (
    Delimiter("$$", re.compile(r"(?<!\\)\$\$"), DISPLAY),
    Delimiter("$", re.compile(r"(?<!\\)\$"), INLINE),
    Delimiter("\\[", re.compile(r"(?<!\\)\\\]"), DISPLAY),
    Delimiter("\\(", re.compile(r"(?<!\\)\\\)"), INLINE),
)


def _delimiter_at(text: str, place: int) -> Delimiter | None:
    return next((delimiter for delimiter in DELIMITERS if text.startswith(delimiter.opening, place)), None)


def find_inline(state: StateInline, silent: bool) -> bool:
    """Find a formula inside a paragraph. The content of its token is the TeX."""
    if state.src[state.pos] not in "$\\":
        return False
    delimiter = _delimiter_at(state.src, state.pos)
    if delimiter is None:
        return False
    start = state.pos + len(delimiter.opening)
    endless = state.env.setdefault("endless TeX", {})
    key = (delimiter.opening, state.posMax, state.src)
    if start >= endless.get(key, state.posMax):
        return False
    end = delimiter.closing.search(state.src, start, state.posMax)
    if end is None:
        endless[key] = start
        return False
    tex = state.src[start : end.start()]
    if not tex.strip() or (
        delimiter.opening == "$" and not _between_dollars(tex, state.src[end.end() : end.end() + 1])
    ):
        return False
    if not silent:
        state.push(delimiter.token, "", 0).content = tex.strip()
    state.pos = end.end()
    return True


def _between_dollars(tex: str, behind: str) -> bool:
    """Return whether what stands between a dollar and the next one is a formula and not prose between two prices.

    As in Pandoc there is no space inside the dollars and no digit behind them, so that in "$5 and $6, so $x$ is 11"
    only the x is one. Of code and a formula the code wins: "$5 for `$HOME`".
    """
    return not (tex[0].isspace() or tex[-1].isspace() or behind.isdigit() or "`" in tex)


def find_block(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Find a formula that fills lines of its own; what looks like a list or a heading in it is still TeX."""
    start = state.bMarks[first] + state.tShift[first]
    delimiter = _delimiter_at(state.src, start)
    if delimiter is None or delimiter.token != DISPLAY or state.is_code_block(first):
        return False
    endless = state.env.setdefault("endless TeX", {})
    if first in endless.get(delimiter.opening, ()):
        return False
    lines: list[str] = []
    start += len(delimiter.opening)
    for line in range(first, last):
        if line > first:
            start = state.bMarks[line] + state.tShift[line]
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            break
        end = delimiter.closing.search(state.src, start, state.eMarks[line])
        if end:
            lines.append(state.src[start : end.start()])
            return _take_block(state, (first, line), end.end(), "\n".join(lines).strip(), silent)
        lines.append(state.src[start : state.eMarks[line]])
    endless[delimiter.opening] = range(first, first + len(lines))
    return False


def _take_block(state: StateBlock, lines: tuple[int, int], end: int, tex: str, silent: bool) -> bool:
    first, last = lines
    if not tex or state.src[end : state.eMarks[last]].strip():
        return False
    if not silent:
        token = state.push(BLOCK, "", 0)
        token.block = True
        token.content = tex
        token.map = [first, last + 1]
        state.line = last + 1
    return True
