"""What of a quiz the tool cannot run yet: such a quiz is refused as a whole, rather than given in another way."""

from collections.abc import Iterator

from content.problem import Problem, Severity, Source
from content.questions import ChoiceQuestion, Question
from content.quiz import Part, Quiz, Section, Settings, Shown

RUN_SETTINGS = {"shuffle_answers", "pass_mark", "which_attempt"}
RUN_SHOWN = {Shown.AFTER_SUBMISSION, Shown.NEVER}
"""When right answers are shown; the later moments need closing dates and limits of attempts, which are not run yet."""


def not_embeddable(quiz: Quiz) -> Iterator[Problem]:
    """Yield an error for each part of the quiz that cannot be embedded yet, and one for all such settings."""
    for part in quiz.all_parts:
        if not isinstance(part, ChoiceQuestion):
            yield _error(f"{_what(part)} cannot be embedded yet.", "Take it out of the quiz.", part)
    if quiz.media:
        sentence = "Images that lie beside a quiz cannot be embedded yet."
        yield _error(sentence, "Put them on the web, and use their https addresses.", quiz)
    not_run = [name for name in quiz.settings.changed if not _is_run(name, quiz.settings)]
    if not_run:
        named = ", ".join(not_run).replace("_", " ")
        yield _error(f"A quiz with these settings cannot be embedded yet: {named}.", "Remove them.", quiz)


def _is_run(name: str, settings: Settings) -> bool:
    return settings.show_answers in RUN_SHOWN if name == "show_answers" else name in RUN_SETTINGS


def _what(part: Part) -> str:
    if isinstance(part, Question):
        return f"A question of the kind '{part.kind.replace('_', ' ')}'"
    return "A section" if isinstance(part, Section) else "A group of questions"


def _error(sentence: str, remedy: str, of: Quiz | Part) -> Problem:
    return Problem(Severity.ERROR, "not-embeddable", sentence, remedy, of.source or Source(of.id))
