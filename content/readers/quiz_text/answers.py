"""How questions are answered: each kind of answer has a mark of its own and a function that builds its questions.

A new kind is one more entry in `KINDS`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from content.quiz import Choice, MultipleChoice, MultipleResponse, Question, TrueFalse
from content.readers.quiz_text.blocks import Block


@dataclass(slots=True)
class Answer:
    """One answer of a question: its block, and the block of the feedback below it."""

    block: Block
    feedback: Block | None = None

    def as_choice(self) -> Choice:
        """Return the answer as a choice; a star in its mark says that it is right."""
        feedback = self.feedback.text if self.feedback else ""
        return Choice(text=self.block.text, correct="*" in self.block.written, feedback=feedback)


Built: TypeAlias = tuple[type[Question], dict[str, Any]]
"""The class of a question, and the fields that are its own."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer: the pattern of its mark, and words that tell of it in a problem.

    ``build`` is None for what text2qti has and is not read yet.
    """

    pattern: str
    words: str
    build: Callable[[Sequence[Answer]], Built] | None = None


def build_letters(answers: Sequence[Answer]) -> Built:
    """Return a multiple choice question, or a true/false question where the choices are just these two words."""
    choices = [answer.as_choice() for answer in answers]
    if sorted(choice.text.lower() for choice in choices) == ["false", "true"]:
        return TrueFalse, {"choices": tuple(replace(choice, text=choice.text.capitalize()) for choice in choices)}
    return MultipleChoice, {"choices": tuple(choices)}


def build_boxes(answers: Sequence[Answer]) -> Built:
    """Return a multiple response question."""
    return MultipleResponse, {"choices": tuple(answer.as_choice() for answer in answers)}


SPACE = r"(?=[ \t\xa0]|$)"
"""What must follow a mark that could also begin an ordinary text."""

KINDS: Mapping[str, Kind] = {
    "letter": Kind(rf"\*?[A-Za-z](?:\)|\.{SPACE})", "choices with letters", build_letters),
    "box": Kind(r"\[[ \t\xa0]?\]|\[\*\]", "choices with boxes", build_boxes),
    "short": Kind(rf"\*{SPACE}", "Short answers ('*')"),
    "number": Kind(rf"={SPACE}", "Numerical answers ('=')"),
    "essay": Kind(r"_{3,}[ \t]*$", "Essays ('___')"),
    "upload": Kind(r"\^{3,}[ \t]*$", "File uploads ('^^^')"),
}
