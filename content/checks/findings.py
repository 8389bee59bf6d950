"""What a rule finds, and the rules that every part of a quiz shares."""

from collections.abc import Iterator
from typing import NamedTuple

from content.problem import Problem, Severity, Source
from content.quiz import is_valid_id

TITLE_MAX_LENGTH = 255
"""Canvas refuses a quiz or a question with a longer title; Moodle's cartridge restore ends in a database error."""


class Finding(NamedTuple):
    """What a rule found, before its place in a file is known.

    ``field`` is the field of the quiz, its settings or the question that is wrong. Where it is one of the answers,
    ``answer`` is its position among all choices, accepted answers, pairs (then distractors) or items of the question.
    """

    severity: Severity
    code: str
    field: str
    sentence: str
    remedy: str
    answer: int | None = None

    def at(self, source: Source) -> Problem:
        """Return the finding as a problem with this place."""
        return Problem(self.severity, self.code, self.sentence, self.remedy, source)


def error(code: str, field: str, sentence: str, remedy: str, answer: int | None = None) -> Finding:
    """Return a finding that keeps the quiz from being used."""
    return Finding(Severity.ERROR, code, field, sentence, remedy, answer)


def warning(code: str, field: str, sentence: str, remedy: str, answer: int | None = None) -> Finding:
    """Return a finding that the author should know of."""
    return Finding(Severity.WARNING, code, field, sentence, remedy, answer)


def shows_nothing(markdown: str) -> bool:
    """Return whether nothing is left of the text once it is HTML; a plain text is not looked into."""
    if not markdown.lstrip().startswith(("<", "[")):
        return False
    from content.prose import to_html  # most texts begin with a letter

    return not to_html(markdown, inline=True).strip()


def check_names(title: str, id_: str) -> Iterator[Finding]:
    """Return what is wrong with a title and an id."""
    if len(title) > TITLE_MAX_LENGTH:
        sentence = f"The title has {len(title)} characters; an LMS takes at most {TITLE_MAX_LENGTH}."
        yield error("long-title", "title", sentence, "Shorten it.")
    if id_ and not is_valid_id(id_):
        remedy = "Use at most 64 letters (a-z), digits and single hyphens or underscores between them, a letter first."
        yield error("bad-id", "id", f"'{id_[:80]}' cannot be an id.", remedy)
