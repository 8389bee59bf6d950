"""What a student's attempts count in each gradebook column of their link."""

from collections.abc import Callable, Mapping, Sequence

from content.scoring import QuizScore
from lti_app.models import Attempt
from lti_app.services.columns import ONLY, WHOLE_QUIZ, Column, by_section
from lti_app.services.grading import CountedScore, Rule, counted_of, counted_parts, graded
from lti_app.services.quizzes import quiz_of
from lti_app.services.scores import score_of


def column_scores(attempts: Sequence[Attempt], rule: Rule, columns: Sequence[Column]) -> dict[str, CountedScore]:
    """Return what one student's attempts count by the rule of their link, by section id of its columns.

    Empty before an attempt counts; a section of which these attempts asked nothing is left out.
    """
    numbered = {attempt.number: attempt for attempt in attempts}

    def sections(number: int) -> Mapping[str, QuizScore]:
        return by_section(quiz_of(numbered[number]), score_of(numbered[number]))

    return scores_by_column(graded(attempts), sections, rule.of(attempts[0].user_id), columns) if attempts else {}


def scores_by_column(
    scores: Sequence[CountedScore],
    sections: Callable[[int], Mapping[str, QuizScore]],
    rule: Rule,
    columns: Sequence[Column],
) -> dict[str, CountedScore]:
    """Return what the scores of one student's attempts count by the rule as it is for them, by section id of columns.

    ``sections`` returns what an attempt earned in each section, by its number; it is asked only where that matters.
    """
    if tuple(columns) == (ONLY,):
        score = counted_of(scores, rule)
        return {WHOLE_QUIZ: score} if score else {}
    found = counted_parts(scores, sections, rule)
    return {column.section_id: found[column.section_id] for column in columns if column.section_id in found}
