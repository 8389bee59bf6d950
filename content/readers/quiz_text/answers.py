"""The answers that stand below a question, and the question that is made of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from content.questions import Question
from content.readers.quiz_text.blocks import Block


@dataclass(slots=True)
class Answer:
    """One answer of a question: its block, and the block of the feedback below it."""

    block: Block
    feedback: Block | None = None

    @property
    def told(self) -> str:
        """The text of the feedback."""
        return self.feedback.text if self.feedback else ""


class Built(NamedTuple):
    """What the answers make of a question: its class, and the fields that only this class has.

    ``blocks`` are those of the answers, in the order in which `content.checks` counts them. ``broken`` says that some
    could not be read and were reported; then it is no news that others are missing.
    """

    cls: type[Question]
    fields: dict[str, Any]
    blocks: Sequence[Block]
    broken: bool = False
