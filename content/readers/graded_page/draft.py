"""A question as its page shows it: what `assembly` makes of the pieces, and `evidence` weighs."""

from dataclasses import dataclass, field

from content.readers.graded_page.doubt import Doubt
from content.readers.graded_page.labels import Verdict
from content.readers.graded_page.pieces import Points
from content.readers.graded_page.signs import State


@dataclass(slots=True)
class Words:
    """A text that grows line by line; paragraphs stay paragraphs."""

    lines: list[str] = field(default_factory=list)

    def add(self, line: str, *, gap: bool = False) -> None:
        """Add a line, below an empty one where ``gap`` says so."""
        if self.lines and gap:
            self.lines.append("")
        if self.lines or line:
            self.lines.append(line)

    @property
    def text(self) -> str:
        """The words as they stand on the page."""
        return "\n".join(self.lines).strip()


def words_of(line: str) -> Words:
    """Return the words of one line."""
    return Words([line] if line else [])


@dataclass(slots=True)
class DraftChoice:
    """A choice as the page shows it."""

    line: int
    state: State
    circle: bool
    words: Words
    indent: int = 0


@dataclass(slots=True)
class DraftMark:
    """A verdict with its feedback. ``below`` is the position of the choice that it stands below."""

    line: int
    verdict: Verdict
    below: int
    words: Words


@dataclass(slots=True)
class Draft:
    """A question as the page shows it, before it is known what is right.

    ``ends_page``: nothing stands below it, so that some of it may have been cut off.
    """

    line: int
    number: int | None
    stem: str = ""
    points: Points | None = None
    choices: list[DraftChoice] = field(default_factory=list)
    marks: list[DraftMark] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    ends_page: bool = False
