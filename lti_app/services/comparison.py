"""What the LMS's gradebook holds beside what it should hold: read back, shown, and never changed from here."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.sentences import Sentence
from lti_app.config import Config
from lti_app.lti.results import RESULT_SCOPE, Result, read_results
from lti_app.lti.service_errors import ServiceError
from lti_app.models import Database, ResourceLink, User
from lti_app.services.column_scores import column_scores
from lti_app.services.columns import ONLY, Column, columns
from lti_app.services.gradebook import GradebookRow, gradebook
from lti_app.services.grading import CountedScore, rule_of
from lti_app.services.line_items import gradebook_column
from lti_app.services.passback import GradeState
from lti_app.services.platforms import kind_of
from lti_app.services.refusals import Problem, judge

log = structlog.get_logger(__name__)

ROUNDING = Fraction(1, 100)
"""In points: gradebooks round, Canvas and Sakai to two decimals."""

CANNOT_READ = Sentence(
    "The LMS does not let Quizferry read this gradebook column, so there is nothing to compare with."
)
NO_COLUMN = Sentence("The LMS has no gradebook column for this link yet, so there is nothing to compare with.")
READING_PROBLEMS = {
    Problem.NOT_LET_IN: Sentence(
        "The LMS does not let Quizferry in; please ask its admin to check Quizferry's registration."
    ),
    Problem.NOT_ALLOWED: CANNOT_READ,
    Problem.COLUMN_GONE: Sentence(
        "The gradebook column of this quiz is no longer in the LMS; open the quiz from the course."
    ),
}
OTHER_PROBLEM = Sentence("The LMS did not tell its grades; try again in a minute.")


class Found(StrEnum):
    """How one student's grade in the LMS compares with Quizferry's."""

    SAME = "same"
    # The LMS took Quizferry's grade, and has another one now.
    OTHER = "other"
    # The LMS took Quizferry's grade, and has none now.
    MISSING = "missing"
    # Quizferry's has not arrived yet, or never will without help.
    NOT_SENT = "not sent"
    # The LMS has one that Quizferry knows nothing of.
    NO_ATTEMPT = "no attempt"


@dataclass(frozen=True, slots=True)
class Compared:
    """One student: what the LMS should have, in points of its column, and what it has. ``user`` may be unknown here."""

    user: User | None
    found: Found
    ours: Fraction | None
    theirs: Decimal | None
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """All who have a grade in a column of a link, here or there; or, where the LMS tells nothing, why, in ``problem``.

    ``maximum`` is what the column is worth in the LMS where that is not what Quizferry sends scores out of
    (``our_maximum``): the LMS scales them.
    """

    rows: tuple[Compared, ...] = ()
    maximum: Decimal | None = None
    our_maximum: Decimal | None = None
    problem: str = ""
    column: Column = ONLY

    @property
    def differing(self) -> tuple[Compared, ...]:
        """The rows that are not the same on both sides."""
        return tuple(row for row in self.rows if row.found is not Found.SAME)


def compare(database: Database, config: Config, link_id: int) -> list[Comparison]:
    """Read the LMS's results for each of the link's columns and compare.

    Takes as long as the LMS, and changes nothing anywhere.
    """
    with database.reading() as session:
        of_link = columns(session, session.get_one(ResourceLink, link_id))
    return [_compare(database, config, link_id, column) for column in of_link]


def _compare(database: Database, config: Config, link_id: int, column: Column) -> Comparison:
    with database.reading() as session:
        link = session.get_one(ResourceLink, link_id)
        url, registration = gradebook_column(link, column.section_id), link.course.deployment.registration
        allowed = RESULT_SCOPE in link.ags_scopes
    if not url:
        return Comparison(problem=NO_COLUMN, column=column)
    if not allowed:
        return Comparison(problem=CANNOT_READ, column=column)
    try:
        results = {result.user_sub: result for result in read_results(database, config, registration, url)}
    except ServiceError as error:
        log.warning("results not read", link=link_id, error=str(error))
        problem = judge(error, kind_of(registration)).problem
        return Comparison(problem=READING_PROBLEMS.get(problem, OTHER_PROBLEM), column=column)
    with database.reading() as session:
        return _compared(session, session.get_one(ResourceLink, link_id), column, results)


def _compared(session: Session, link: ResourceLink, column: Column, results: Mapping[str, Result]) -> Comparison:
    given = link.settings.points if link.settings else None
    out_of = column.of(given) if given is not None else None
    ours = _scores(session, link, column)
    rows = [_row(row, column, score, results.get(row.user.sub), out_of) for row, score in ours]
    strangers = sorted(results.keys() - {row.user.sub for row, _ in ours})
    of_platform = User.registration_id == link.course.deployment.registration_id
    people = {user.sub: user for user in session.scalars(select(User).where(of_platform, User.sub.in_(strangers)))}
    rows += [
        Compared(people.get(sub), Found.NO_ATTEMPT, None, results[sub].score, results[sub].maximum) for sub in strangers
    ]
    possible = {out_of or score.possible for _, score in ours}
    maxima = {result.maximum for result in results.values()} - possible
    return Comparison(
        rows=tuple(rows),
        maximum=max(maxima, default=None) if possible else None,
        our_maximum=max(possible) if possible and maxima else None,
        column=column,
    )


def _scores(session: Session, link: ResourceLink, column: Column) -> list[tuple[GradebookRow, CountedScore]]:
    """Return the students whose attempts count something in the column, and what."""
    rule, of_link = rule_of(session, link), columns(session, link)
    scores = ((row, column_scores(row.attempts, rule, of_link)) for row in gradebook(session, link))
    return [(row, found[column.section_id]) for row, found in scores if column.section_id in found]


def _row(
    row: GradebookRow, column: Column, score: CountedScore, result: Result | None, out_of: Decimal | None
) -> Compared:
    state = next((grade.state for grade in row.grades if grade.column == column), GradeState.NONE)
    maximum = result.maximum if result is not None else out_of or score.possible
    ours = score.share * Fraction(maximum)
    theirs = result.score if result is not None else None
    if state is not GradeState.SENT:
        found = Found.NOT_SENT
    elif theirs is None:
        found = Found.MISSING
    else:
        found = Found.SAME if abs(Fraction(theirs) - ours) <= ROUNDING else Found.OTHER
    return Compared(row.user, found, ours, theirs, maximum)
