"""What can be wrong with a quiz, its settings, its pools and its sections."""

from collections.abc import Iterator
from datetime import datetime

from content.checks.findings import Finding, check_names, error, warning
from content.checks.questions import check_question
from content.problem import Problem, Source
from content.questions import Question, TextBlock
from content.quiz import UNLIMITED, Part, Pool, Quiz, Section, Seen, Settings, Shown


def check(quiz: Quiz) -> tuple[Problem, ...]:
    """Return every problem of the quiz: its own, then its parts' in their order, each placed where the part stands."""
    whole = quiz.source or Source(quiz.title or "quiz")
    problems = [found.at(whole) for found in check_quiz(quiz)]
    with_id: dict[str, Source] = {}
    for part in quiz.all_parts:
        source = part.source or whole
        problems += [found.at(source) for found in _check_part(part)]
        if part.id in with_id:
            problems.append(duplicate_id(part.id, with_id[part.id]).at(source))
        elif part.id:
            with_id[part.id] = source
    return tuple(problems)


def _check_part(part: Part) -> Iterator[Finding]:
    match part:
        case Section():
            return check_section(part)
        case Pool():
            return check_pool(part)
        case Question():
            return check_question(part)


def check_quiz(quiz: Quiz) -> Iterator[Finding]:
    """Return what is wrong with the quiz apart from its parts."""
    yield from check_names(quiz.title, quiz.id)
    if not quiz.title.strip():
        yield error("no-title", "title", "The quiz has no title.", "Give it one.")
    if all(isinstance(question, TextBlock) for question in quiz.questions):
        yield error("no-questions", "parts", "The quiz has no questions.", "Write at least one.")
    if quiz.settings.grade_sections_apart and not any(isinstance(part, Section) and part.points for part in quiz.parts):
        sentence = "The quiz has no section with questions, so there is nothing to be graded apart."
        remedy = "Put questions between SECTION and END_SECTION, or leave out 'grade sections apart'."
        yield error("no-sections", "grade_sections_apart", sentence, remedy)
    yield from _check_settings(quiz.settings)
    yield from _check_moments(quiz.settings)


def _check_settings(settings: Settings) -> Iterator[Finding]:
    if settings.cant_go_back and not settings.one_question_at_a_time:
        sentence = "Students can only be kept from going back where they see one question at a time."
        remedy = "Turn on 'One question at a time', or leave out 'Can't go back'."
        yield warning("cant-go-back", "cant_go_back", sentence, remedy)
    if settings.pass_mark is not None and not 0 <= settings.pass_mark <= 1:
        sentence = "The pass mark is not between 0% and 100% of the points."
        yield error("bad-pass-mark", "pass_mark", sentence, "Write it as in '80%'.")
    if settings.time_limit is not None and settings.time_limit < 1:
        yield error("bad-time-limit", "time_limit", "The time limit is no time at all.", "Write it as in '30 min'.")
    if settings.wait_between_attempts is not None and settings.wait_between_attempts < 1:
        sentence = "The wait between attempts is no time at all."
        yield error("bad-wait", "wait_between_attempts", sentence, "Write it as in '30 min', or leave it out.")
    if settings.attempts is not None and settings.attempts < UNLIMITED:
        sentence = "The number of attempts is below 1."
        yield error("bad-attempts", "attempts", sentence, "Write it as in '3', or 'unlimited'.")
    yield from _check_shown(settings)


def _check_shown(settings: Settings) -> Iterator[Finding]:
    if settings.show_feedback is Shown.NEVER and settings.students_see is not Seen.EVERYTHING:
        sentence = "Students see nothing of their attempts: 'show feedback: never' goes before 'students see'."
        yield warning("never-shown", "students_see", sentence, "Leave out one of the two.")
    yield from _check_at_once(settings)
    for field in ("show_answers", "show_feedback"):
        when: Shown = getattr(settings, field)
        if when is Shown.AFTER_CLOSE and settings.closes is None:
            sentence = "The quiz never closes, so what is to be shown after it closes is never shown."
            yield warning("never-shown", field, sentence, "Say when it closes, as in 'closes: 2026-11-30 18:00 UTC'.")
        if when is Shown.AFTER_LAST_ATTEMPT and settings.attempts == UNLIMITED:
            sentence = "There is no last attempt, so what is to be shown after it is never shown."
            yield warning("never-shown", field, sentence, "Limit the attempts, as in 'attempts: 3'.")


def _check_at_once(settings: Settings) -> Iterator[Finding]:
    """Yield what keeps students from having their answers checked though something is to be shown at once."""
    if settings.show_answers is Shown.AT_ONCE and settings.show_feedback is not Shown.AT_ONCE:
        sentence = f"Right answers are to be shown at once, but feedback '{settings.show_feedback}': they wait for it."
        yield warning("not-at-once", "show_answers", sentence, "Write 'show feedback: at once', too.")
    if settings.show_feedback is not Shown.AT_ONCE:
        return
    if settings.show_after is not None:
        sentence = "Feedback is to be shown at once, but nothing before the moment of 'show after'."
        remedy = "Leave out 'show after', or write 'show feedback: after submission'."
        yield warning("not-at-once", "show_after", sentence, remedy)
    if not settings.students_see.holds(Seen.RIGHT_OR_WRONG):
        sentence = (
            f"Feedback is to be shown at once, but 'students see: {settings.students_see}' leaves"
            " nothing to be shown of a single question."
        )
        yield warning("not-at-once", "students_see", sentence, "Write 'students see: right or wrong', or 'everything'.")


def _check_moments(settings: Settings) -> Iterator[Finding]:
    moments = {field: getattr(settings, field) for field in ("opens", "due", "closes", "show_after")}
    given: dict[str, datetime] = {field: moment for field, moment in moments.items() if moment is not None}
    for field, moment in given.items():
        if moment.utcoffset() is None:
            sentence = "This moment has no time zone, so it means another one to each LMS."
            yield error("no-time-zone", field, sentence, "Write it as in '2026-11-30 18:00 UTC'.")
            return
    for first, then in (("opens", "due"), ("opens", "closes"), ("due", "closes")):
        if first in given and then in given and given[then] < given[first]:
            what = {"opens": "it opens", "due": "it is due", "closes": "it closes"}
            sentence = f"{what[then].capitalize()} before {what[first]}."
            yield error("bad-moment", then, sentence, "Correct one of the two.")


def check_pool(pool: Pool) -> Iterator[Finding]:
    """Return what is wrong with the pool apart from its questions, but for their points, which must be its own."""
    yield from check_names(pool.title, pool.id)
    if pool.points <= 0:
        sentence = "The questions of a group must be worth more than 0 points."
        yield error("bad-points", "points", sentence, "Write a number above 0, as in '2.5'.")
    count = len(pool.questions)
    if not count:
        yield error("empty-pool", "questions", "The group has no questions.", "Write some, or remove it.")
    elif not 1 <= pool.pick <= count:
        sentence = f"{pool.pick} questions are to be picked of this group, which has {count}."
        yield error("bad-pick", "pick", sentence, f"Pick 1 to {count}, or write more questions.")
    if any(isinstance(question, TextBlock) for question in pool.questions):
        sentence = "A text block stands in the group, where only some questions are picked."
        yield error("text-in-pool", "questions", sentence, "Move it above the group.")
    elif any(question.points != pool.points for question in pool.questions):
        sentence = "The questions of this group are not all worth the same points."
        remedy = "Remove their 'Points:' lines, and write 'Points per question:' below GROUP."
        yield error("uneven-pool", "points", sentence, remedy)


def check_section(section: Section) -> Iterator[Finding]:
    """Return what is wrong with the section apart from its parts."""
    yield from check_names(section.title, section.id)
    if not section.parts:
        yield error("empty-section", "parts", "The section has no questions.", "Write some, or remove it.")


def duplicate_id(id_: str, earlier: Source) -> Finding:
    """Return the finding that a part has the id of the one at ``earlier``."""
    where = f"on line {earlier.line}" if earlier.line else "by an earlier question"
    sentence = f"The id '{id_}' is taken twice: here and {where}."
    return error("duplicate-id", "id", sentence, "Give one of the two another id.")
