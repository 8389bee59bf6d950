"""Questions as Aiken: a line of text, lettered choices, the letter of the right one. Nothing else can be said in it."""

from string import ascii_uppercase

from content.prose import to_plain
from content.questions import MultipleChoice, Question, TrueFalse


def can_write(question: Question) -> bool:
    """Return whether Aiken has words for the question: one pick, of no more choices than there are letters.

    A text of a single character has no line of its own: Moodle passes over lines as short as that.
    """
    if not isinstance(question, MultipleChoice | TrueFalse) or len(question.choices) > len(ascii_uppercase):
        return False
    return len(_line(question.stem)) > 1 and all(_line(choice.text) for choice in question.choices)


def write_aiken(question: MultipleChoice | TrueFalse) -> str:
    """Return the question, each of its texts in one line: Moodle's reader takes a second line for another question."""
    lines = [_line(question.stem)]
    letters = ascii_uppercase[: len(question.choices)]
    lines += [f"{letter}. {_line(choice.text)}" for letter, choice in zip(letters, question.choices, strict=True)]
    [key] = question.key
    return "\n".join([*lines, f"ANSWER: {letters[key]}", ""])


def _line(markdown: str) -> str:
    return " ".join(to_plain(markdown).split())
