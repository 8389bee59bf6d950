"""The gradebook columns of a link: one for the whole quiz, or one for each section where these are graded apart.

With grades in columns of both kinds the LMS's total would count them twice. So a link keeps the kind with which its
first grade was wanted, and where sections are graded apart nothing goes to the column that the LMS has for the link.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.quiz import Quiz, Section
from content.scoring import QuizScore, to_decimal
from content.sentences import Sentence
from lti_app.lti.line_items import LINE_ITEM_SCOPE
from lti_app.models import LinkSettings, Placement, ResourceLink
from lti_app.services.platforms import kind_of
from lti_app.services.quizzes import load, newest_revision, settings_at

WHOLE_QUIZ = ""
"""In place of a section's id: the only column of a link."""

OUTSIDE = "-"
"""In place of a section's id, which begins with a letter: the questions outside of all sections."""

DECIMAL_PLACES = 10
"""Of points as they leave the house; the gradebooks of the LMSs keep fewer."""


@dataclass(frozen=True, slots=True)
class Column:
    """A gradebook column: ``section_id`` is that of its section, `OUTSIDE` or `WHOLE_QUIZ`.

    ``title`` tells it from the others of its link; ``share`` is its part 0..1 of the quiz's points.
    """

    section_id: str
    title: str = ""
    share: Fraction = Fraction(1)

    def of(self, points: Decimal) -> Decimal:
        """Return how many of the whole quiz's points are the column's."""
        return points if self.share == 1 else to_decimal(Fraction(points) * self.share, DECIMAL_PLACES)


ONLY = Column(WHOLE_QUIZ)


class Kind(StrEnum):
    """Why a link has the columns that it has."""

    WHOLE = "whole"
    APART = "apart"
    # The quiz asks for sections graded apart; the LMS lets the tool make no columns for them, or shows none.
    NOT_ALLOWED = "not allowed"
    # It asks for them since it was edited; by then grades had gone to the one column.
    TOO_LATE = "too late"


def columns(session: Session, link: ResourceLink) -> tuple[Column, ...]:
    """Return the columns of the link, in the order of the quiz; those outside of sections come last."""
    may_have_several = link.graded_apart is not False and may_make_columns(link) and not is_ungraded(link)
    if not (link.graded_apart or may_have_several):
        return (ONLY,)
    revision = newest_revision(session, link.quiz_id or "")
    quiz = load(revision) if revision else None
    if quiz is None or not (link.graded_apart or (quiz.settings.grade_sections_apart and _shows_columns(link))):
        return (ONLY,)
    return tuple(_by_section(quiz))


def keep_kind(session: Session, link: ResourceLink) -> None:
    """Have the link's columns be of the present kind from now on, whatever becomes of the quiz's settings."""
    if link.graded_apart is None:
        # Of two first grades one waits for the other. The weaker lock lets others refer to the link.
        session.refresh(link, ["graded_apart"], with_for_update={"key_share": True})
    if link.graded_apart is None:
        link.graded_apart = columns(session, link) != (ONLY,)


def kind_of_columns(session: Session, link: ResourceLink) -> Kind:
    """Return why the link has the columns that it has."""
    if columns(session, link) != (ONLY,):
        return Kind.APART
    has_grade = link.lineitem_url is not None or (may_make_columns(link) and not is_ungraded(link))
    if not has_grade or not settings_at(session, link).grade_sections_apart:
        return Kind.WHOLE
    return Kind.TOO_LATE if may_make_columns(link) and _shows_columns(link) else Kind.NOT_ALLOWED


def is_apart(session: Session, placement: Placement) -> bool:
    """Return whether a placed quiz has columns of its sections: then the LMS is to make none for the link.

    Links of the placement that have sent grades keep the kind that they have.
    """
    kinds = select(ResourceLink.graded_apart).join(LinkSettings).where(LinkSettings.placement_id == placement.id)
    found = set(session.scalars(kinds.where(ResourceLink.graded_apart.is_not(None))))
    revision = newest_revision(session, placement.quiz_id)
    asked_for = revision is not None and load(revision).settings.grade_sections_apart
    shown = kind_of(placement.course.deployment.registration).shows_free_columns
    return True in found or (asked_for and shown and False not in found)


def is_ungraded(link: ResourceLink) -> bool:
    """Return whether the teacher who placed the quiz wants no grade for it."""
    return link.settings is not None and link.settings.points is None


def may_make_columns(link: ResourceLink) -> bool:
    """Return whether the LMS lets the tool make columns.

    The launch says what the tool may do, not the token endpoint: Open edX hands out tokens for more than it wants used.
    """
    return link.lineitems_url is not None and LINE_ITEM_SCOPE in link.ags_scopes


def _shows_columns(link: ResourceLink) -> bool:
    return kind_of(link.course.deployment.registration).shows_free_columns


def by_section(quiz: Quiz, score: QuizScore) -> dict[str, QuizScore]:
    """Return what an attempt at a drawn quiz earned in each section, by the section's id, and `OUTSIDE` of all.

    Those in which nothing can be earned are left out.
    """
    of_questions = {question.id: one for question, one in zip(quiz.questions, score.scores, strict=True)}
    found: dict[str, tuple[str, ...]] = {}
    for part in quiz.parts:
        key = part.id if isinstance(part, Section) else OUTSIDE
        ids = (one.id for one in part.parts) if isinstance(part, Section) else (part.id,)
        found[key] = (*found.get(key, ()), *ids)
    scores = {key: QuizScore(scores=tuple(of_questions[id_] for id_ in ids)) for key, ids in found.items()}
    return {key: one for key, one in scores.items() if one.possible}


def _by_section(quiz: Quiz) -> Iterator[Column]:
    sections = [part for part in quiz.parts if isinstance(part, Section)]
    for number, section in enumerate(sections, start=1):
        if section.points:
            title = section.title or Sentence("Section %(number)s", number=number)
            yield Column(section.id, title, Fraction(section.points) / Fraction(quiz.points))
    outside = quiz.points - sum(section.points for section in sections)
    if outside:
        yield Column(OUTSIDE, Sentence("Other questions"), Fraction(outside) / Fraction(quiz.points))
