"""What a Common Cartridge does not hold of a quiz."""

from collections.abc import Iterator
from dataclasses import replace

from content.problem import Problem
from content.questions import Essay, MultipleResponse, PartialCredit, Question, ShortAnswer
from content.quiz import UNLIMITED, Pool, Quiz, Section, Settings
from qti_export.cartridge.items import has_weight
from qti_export.common_cartridge.nearest import nearest_kind
from qti_export.named_settings import named_settings
from qti_export.report import loss, refusal
from qti_export.typed_answers import left_to_the_lms, of_letters

MOST_ATTEMPTS = 5
"""The profile knows 1 to 5 attempts, and unlimited ones."""

LONGEST_TIME = 527_040
"""Minutes that the profile knows: a year."""


def keeps_attempts(settings: Settings) -> bool:
    """Return whether the profile can say how many attempts there are."""
    return settings.attempts is not None and (settings.attempts == UNLIMITED or settings.attempts <= MOST_ATTEMPTS)


def keeps_time_limit(settings: Settings) -> bool:
    """Return whether the profile can say the time limit."""
    return settings.time_limit is not None and settings.time_limit <= LONGEST_TIME


def nothing_goes(quiz: Quiz) -> Problem:
    """Return the refusal of a quiz of which no question can go."""
    sentence = "A Common Cartridge has no words for any question of this quiz."
    return refusal("nothing-arrives", sentence, "Use the target qti21, or that of your LMS.", quiz)


def of(quiz: Quiz, flat: Quiz) -> Iterator[Problem]:
    """Yield what does not arrive, or arrives changed; ``flat`` is the quiz as it goes into the cartridge."""
    yield from _of_parts(quiz)
    yield from _of_quiz(quiz)
    if any(isinstance(question, ShortAnswer) for question in flat.questions):
        yield left_to_the_lms(quiz, "A cartridge")
    for question in flat.questions:
        yield from _of_question(question)


def _of_parts(quiz: Quiz) -> Iterator[Problem]:
    for part in quiz.all_parts:
        match part:
            case Section() if part.title or part.text:
                sentence = "A cartridge has no sections: the section's title and text do not arrive; its questions do."
                yield loss("section", sentence, "Add them in your LMS.", part)
            case Pool():
                sentence = f"All {len(part.questions)} questions of the group arrive, not {part.pick} of them."
                yield loss("pool", sentence, "Make a random group of them in your LMS.", part)
            case Question():
                yield from _of_kind(part)


def _of_kind(question: Question) -> Iterator[Problem]:
    nearest, kind = nearest_kind(question), question.kind.replace("_", " ")
    if nearest is None:
        sentence = f"A cartridge has no words for this question of the kind '{kind}': it is left out."
        yield loss(
            "left-out", sentence, "Add it in your LMS, or use the target qti21 if your LMS reads that.", question
        )
    elif nearest.kind != question.kind:
        sentence = f"This question of the kind '{kind}' arrives as '{nearest.kind.replace('_', ' ')}'."
        yield loss("kind", sentence, "Nothing needs doing.", question)


def _of_quiz(quiz: Quiz) -> Iterator[Problem]:
    settings = quiz.settings
    written = replace(
        settings,
        time_limit=None if keeps_time_limit(settings) else settings.time_limit,
        attempts=None if keeps_attempts(settings) else settings.attempts,
    )
    named = named_settings(replace(quiz, settings=written))
    if named:
        sentence = f"A cartridge has no place for some of how the quiz is given: {', '.join(named)}."
        yield loss("settings", sentence, "Set it in your LMS.", quiz)
    if quiz.description:
        yield loss(
            "description", "The quiz's description does not arrive.", "Paste it into the quiz in your LMS.", quiz
        )
    for name in ("tags", "outcomes", "hints"):
        if any(getattr(question, name) for question in quiz.questions):
            what = "learning outcomes" if name == "outcomes" else name
            yield loss(name, f"The questions arrive without their {what}.", "Nothing needs doing.", quiz)


def _of_question(question: Question) -> Iterator[Problem]:
    if not has_weight(question):
        sentence = f"A cartridge knows whole points from 1 to 99, and not the {question.points:f} of this question."
        yield loss("points", sentence, "Set them in your LMS.", question)
    match question:
        case MultipleResponse() if question.partial_credit is not PartialCredit.ALL_OR_NOTHING:
            sentence = f"A cartridge says only what is wholly right; '{question.partial_credit}' is not kept."
            yield loss("partial-credit", sentence, "Set how it is graded in your LMS.", question)
        case ShortAnswer():
            yield from of_letters(question)
        case Essay() if question.feedback.correct or question.feedback.incorrect:
            sentence = "A person grades this question, so its feedback for right and wrong responses does not arrive."
            yield loss("combined-feedback", sentence, "Put it into the general feedback.", question)
