"""The answers that stand below a question."""

from dataclasses import dataclass

from content.readers.quiz_text.blocks import Block


@dataclass(slots=True)
class Answer:
    """One answer of a question: its block, and the block of the feedback below it."""

    block: Block
    feedback: Block | None = None
