"""The settings of a quiz that Moodle's imports do not read, by name."""

from content.quiz import Quiz
from qti_export.report import percent


def named_settings(quiz: Quiz) -> tuple[str, ...]:
    """Return in words what the instructor has to set in Moodle by hand."""
    settings = quiz.settings
    named = []
    if settings.one_question_at_a_time:
        named.append("one question at a time")
    if settings.cant_go_back:
        named.append("no way back to earlier questions")
    if not settings.show_correct_answers:
        named.append("right answers stay hidden")
    if settings.pass_mark is not None:
        named.append(f"pass mark {percent(settings.pass_mark)}")
    return tuple(named)
