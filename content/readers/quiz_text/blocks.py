"""From lines to blocks: a mark at the beginning of a line, and the text that it marks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from content.readers.quiz_text.lines import Line

UNMARKED = "unmarked"
FENCE = "fence"
TAB_WIDTH = 4


@dataclass(slots=True)
class Block:
    """A marked text. ``mark`` is the name of its mark, ``prefix`` all that stands before the text on the first line.

    A block with the name `UNMARKED` begins with a line that has no mark; one with the name `FENCE` is unindented code.
    """

    mark: str
    written: str
    prefix: str
    first: str
    line: int
    after_blank: bool
    more: list[str] = field(default_factory=list)

    @property
    def column(self) -> int:
        """Where the text begins on its first line, in characters from 1."""
        return len(self.prefix) + 1

    @property
    def text(self) -> str:
        """The text as Markdown, its further lines moved left to where it began, without blank lines around it."""
        if not self.more:
            return self.first.strip(" \t")
        cut = min((_indent(line) for line in self.more if line.strip(" \t")), default=0)
        if self.first.strip(" \t"):
            cut = min(cut, len(self.prefix.expandtabs(TAB_WIDTH)))
        return "\n".join([self.first, *(_cut(line, cut) for line in self.more)]).strip(" \t\n")


def blocks_of(lines: Iterable[Line], marks: re.Pattern[str]) -> Iterator[Block]:
    """Return the blocks. Every line that is indented, and every blank one, continues the block above it.

    ``marks`` matches a mark at the beginning of a line and the white space behind it; the mark's name is the name of
    the group that matched.
    """
    block: Block | None = None
    blanks: list[str] = []
    for number, text in lines:
        if block and block.mark == FENCE:
            block.more.append(text)
            if _closes(text, block.written):
                yield block
                block = None
        elif not text.strip(" \t"):
            blanks.append(text)
        elif block and (text[0] in " \t" or (block.mark == UNMARKED and not blanks and not marks.match(text))):
            block.more += [*blanks, text]
            blanks = []
        else:
            if block:
                yield block
            block = _begun(number, text, marks, after_blank=bool(blanks))
            blanks = []
    if block:
        yield block


def _begun(number: int, text: str, marks: re.Pattern[str], *, after_blank: bool) -> Block:
    found = marks.match(text)
    if found is None or found.lastgroup is None:
        return Block(UNMARKED, "", "", text, number, after_blank)
    end = found.end()
    return Block(found.lastgroup, found[found.lastgroup], text[:end], text[end:], number, after_blank)


def _closes(line: str, fence: str) -> bool:
    return line.startswith(fence) and not line.rstrip().strip(fence[0])


def _indent(line: str) -> int:
    """Return how many columns of white space the line begins with."""
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(TAB_WIDTH))


def _cut(line: str, columns: int) -> str:
    """Return the line without so many columns of leading white space; what stands behind them stays as it is."""
    at = 0
    for place, char in enumerate(line):
        if at >= columns or char not in " \t":
            return " " * (at - columns) + line[place:]
        at += TAB_WIDTH - at % TAB_WIDTH if char == "\t" else 1
    return ""
