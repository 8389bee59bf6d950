"""Changing grades that students have already: by a corrected quiz, or by another rule. First shown, then done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from content.drawing import draw_for
from content.questions import ChoiceQuestion, Feedback, Question
from content.quiz import Quiz
from content.scoring import QuizScore, format_points
from lti_app.models import Attempt, QuizRevision, ResourceLink, User
from lti_app.services import audit
from lti_app.services.column_scores import scores_by_column
from lti_app.services.columns import Column, by_section, columns
from lti_app.services.grading import CountedScore, Rule, rule_of
from lti_app.services.passback import want_passback
from lti_app.services.quizzes import load, newest_revision, quiz_of
from lti_app.services.scores import score_by, score_of


@dataclass(frozen=True, slots=True)
class Change:
    """A student whose grade in a column changes, and how; before, there may have been none in it."""

    user: User
    column: Column
    before: CountedScore | None
    after: CountedScore

    @property
    def lowers(self) -> bool:
        """Whether the student loses by it."""
        return self.before is not None and self.after.share < self.before.share


@dataclass(frozen=True, slots=True)
class Plan:
    """What a regrade would do: which grades change, of how many.

    ``rescored`` counts the attempts that move to the quiz's newest revision, ``kept`` those that cannot, since their
    questions or choices are others than it has; they keep their points.
    """

    changes: tuple[Change, ...]
    grades: int
    rescored: int
    kept: int


@dataclass(frozen=True, slots=True)
class _Rescored:
    attempt: Attempt
    revision: QuizRevision
    quiz: Quiz
    result: QuizScore


def plan_regrade(session: Session, link: ResourceLink, rule: Rule) -> Plan:
    """Return what regrading by the newest revision of the quiz and this rule would change; nothing is changed yet."""
    attempts = _submitted(session, link)
    rescored = _rescore(session, link, attempts)
    newest = newest_revision(session, link.quiz_id or "")
    old = sum(newest is not None and attempt.revision_id != newest.id for attempt in attempts)
    changes, grades = list[Change](), 0
    present, of_link = rule_of(session, link), columns(session, link)
    for user, of_one in groupby(attempts, key=lambda attempt: attempt.user):
        theirs = list(of_one)
        before = _by_column(theirs, {}, present.of(user.id), of_link)
        after = _by_column(theirs, rescored, rule.of(user.id), of_link)
        grades += len(after)
        changes += [
            Change(user, column, before.get(column.section_id), score)
            for column in of_link
            if (score := after.get(column.section_id)) and _differ(before.get(column.section_id), score)
        ]
    return Plan(tuple(changes), grades, len(rescored), old - len(rescored))


def regrade(session: Session, link: ResourceLink, rule: Rule, actor: User) -> Plan:
    """Do what `plan_regrade` says, have the changed grades sent, and write each into the audit trail."""
    attempts = _submitted(session, link, lock=True)
    plan = plan_regrade(session, link, rule)
    for one in _rescore(session, link, attempts).values():
        one.attempt.revision = one.revision
        one.attempt.points, one.attempt.possible = one.result.points, one.result.possible
    link.which_attempt, link.late_percent = rule.which_attempt, rule.late_percent
    who = audit.person(actor)
    audit.record(
        session,
        who,
        "grades.regraded",
        link_id=link.id,
        which_attempt=str(rule.which_attempt),
        late_percent=rule.late_percent,
        attempts=plan.rescored,
        grades=len(plan.changes),
    )
    session.flush()
    for change in plan.changes:
        want_passback(session, link, change.user, [change.column.section_id])
        record_change(session, link, who, change)
    return plan


def record_change(session: Session, link: ResourceLink, actor: str, change: Change) -> None:
    """Write into the audit trail that a grade was raised or lowered, and from what to what."""
    section_id = change.column.section_id
    audit.record(
        session,
        actor,
        "grade.lowered" if change.lowers else "grade.changed",
        link_id=link.id,
        user_id=change.user.id,
        before=_in_words(change.before) if change.before else "",
        after=_in_words(change.after),
        **({"section": section_id} if section_id else {}),
    )


def _in_words(score: CountedScore) -> str:
    return f"{format_points(score.points)} of {format_points(score.possible)} (attempt {score.attempt_number})"


def _differ(before: CountedScore | None, after: CountedScore) -> bool:
    return before is None or (before.share, before.possible, before.comment) != (
        after.share,
        after.possible,
        after.comment,
    )


def _submitted(session: Session, link: ResourceLink, *, lock: bool = False) -> list[Attempt]:
    """Return the attempts that count; those that wait for a person to grade them do not yet."""
    query = select(Attempt).where(Attempt.resource_link_id == link.id, Attempt.submitted_at.is_not(None))
    query = query.where(Attempt.needs_grading.is_(False))
    query = query.order_by(Attempt.user_id, Attempt.number)
    options = joinedload(Attempt.user), joinedload(Attempt.revision)
    return list(session.scalars(query.with_for_update(of=Attempt) if lock else query.options(*options)))


def _rescore(session: Session, link: ResourceLink, attempts: list[Attempt]) -> Mapping[int, _Rescored]:
    """Return the scores by the newest revision, by attempt, of those that were taken with an older one and fit it."""
    newest = newest_revision(session, link.quiz_id or "")
    if newest is None:
        return {}
    quiz = load(newest)
    rescored = {}
    for attempt in attempts:
        if attempt.revision_id == newest.id:
            continue
        drawn = draw_for(quiz, attempt.seed)
        result = _result(attempt, drawn)
        if result is not None:
            rescored[attempt.id] = _Rescored(attempt, newest, drawn, result)
    return rescored


def _result(attempt: Attempt, newest: Quiz) -> QuizScore | None:
    """Return what the responses earn by the newest revision as it would be drawn for the attempt.

    None where they were given to other questions.
    """
    if _answerable(quiz_of(attempt)) != _answerable(newest):
        return None
    try:
        return score_by(newest, attempt)
    except ValueError:
        return None


def _answerable(quiz: Quiz) -> dict[str, object]:
    """Return what students answered to: a key, points, wording and feedback may be corrected, choices may not move."""
    return {question.id: _places(question) for question in quiz.questions}


def _places(question: Question) -> object:
    if isinstance(question, ChoiceQuestion):
        return question.kind, tuple(choice.text for choice in question.choices)
    return replace(question, stem="", title="", points=Decimal(1), feedback=Feedback(), hints=(), tags=(), outcomes=())


def _by_column(
    attempts: Sequence[Attempt], rescored: Mapping[int, _Rescored], rule: Rule, of_link: Sequence[Column]
) -> dict[str, CountedScore]:
    """Return what one student's attempts count in each column, those that are rescored by their new scores."""
    numbered = {attempt.number: attempt for attempt in attempts}

    def sections(number: int) -> Mapping[str, QuizScore]:
        attempt = numbered[number]
        one = rescored.get(attempt.id)
        return by_section(one.quiz, one.result) if one else by_section(quiz_of(attempt), score_of(attempt))

    scores = [_score(attempt, rescored.get(attempt.id)) for attempt in attempts]
    return scores_by_column(scores, sections, rule, of_link)


def _score(attempt: Attempt, rescored: _Rescored | None) -> CountedScore:
    points, possible = attempt.points, attempt.possible
    if rescored is not None:
        points, possible = rescored.result.points, rescored.result.possible
    if points is None or possible is None or attempt.submitted_at is None:
        raise ValueError(f"attempt {attempt.id} is not submitted")
    return CountedScore(attempt.number, 0, points, possible, attempt.started_at, attempt.submitted_at)
