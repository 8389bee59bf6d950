"""Questions and parts that a text format has no words for: left out or taken apart, and named."""

from collections.abc import Iterator

from content.problem import Problem
from content.quiz import Pool, Quiz, Section
from qti_export.named_settings import named_settings
from qti_export.report import NotExportable, loss, refusal


def refuse_empty(quiz: Quiz, flat: Quiz, format_: str) -> None:
    """Raise NotExportable where no question is left."""
    if not flat.questions:
        sentence = f"{format_} has no words for any question of this quiz."
        raise NotExportable([refusal("nothing-arrives", sentence, "Choose another target.", quiz)])


def left_out(quiz: Quiz, flat: Quiz, format_: str) -> Iterator[Problem]:
    """Yield a loss for the quiz itself, for its sections and pools, and for each question that is not in ``flat``."""
    given = ["answers in their order", *named_settings(quiz)]
    if quiz.settings.shuffle_answers:
        given = list(named_settings(quiz))
    if quiz.description:
        given.append("the description")
    sentence = f"{format_} brings questions, but no quiz. Its title, description and settings do not arrive"
    yield loss("no-quiz", f"{sentence}: {', '.join(given)}." if given else f"{sentence}.", "Set them in the LMS.", quiz)
    for part in quiz.all_parts:
        if isinstance(part, Pool | Section):
            what = "groups of questions" if isinstance(part, Pool) else "sections"
            yield loss("parts", f"{format_} has no {what}: all questions come one after the other.", "", part)
    kept = {question.id for question in flat.questions}
    for question in quiz.questions:
        if question.id not in kept:
            kind = question.kind.replace("_", " ")
            sentence = f"{format_} has no words for this question of the kind '{kind}': it is left out."
            yield loss("left-out", sentence, "Use the target moodle-backup or moodle-xml.", question)
