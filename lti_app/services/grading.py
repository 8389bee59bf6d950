"""How attempts become the grade: which of them counts, and what lateness costs."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from content.quiz import WhichAttempt
from content.scoring import QuizScore
from content.sentences import Counted, Sentence, together
from lti_app.models import Attempt, ResourceLink
from lti_app.services.accommodations import other_dues
from lti_app.services.quizzes import load, newest_revision

__all__ = [
    "CountedScore",
    "Rule",
    "WhichAttempt",
    "counted",
    "counted_of",
    "counted_parts",
    "dated_rule_of",
    "graded",
    "rule_of",
]


@dataclass(frozen=True, slots=True)
class Rule:
    """Which attempt counts, and how many per cent of the possible points each begun day after ``due`` costs.

    ``other_dues`` are those of students who have a date of their own, by user id.
    """

    which_attempt: WhichAttempt = WhichAttempt.HIGHEST
    late_percent: int = 0
    due: datetime | None = None
    other_dues: Mapping[int, datetime] = field(default_factory=dict)

    def of(self, user_id: int) -> "Rule":
        """Return the rule as it is for one student."""
        return replace(self, due=self.other_dues.get(user_id, self.due), other_dues={})


@dataclass(frozen=True, slots=True)
class CountedScore:
    """The score that counts for a student at a resource link, exact, and the attempt that earned it.

    ``attempts`` is how many were submitted, ``days_late`` what the score has been reduced for already. An average has
    number, times and possible points of the latest attempt.
    """

    attempt_number: int
    attempts: int
    points: Fraction
    possible: Decimal
    started_at: datetime
    submitted_at: datetime
    days_late: int = 0
    average: bool = False

    @property
    def share(self) -> Fraction:
        """The part of the possible points that was earned, 0..1; 0 where nothing can be earned.

        A quiz may have changed from attempt to attempt.
        """
        return self.points / Fraction(self.possible) if self.possible else Fraction(0)

    @property
    def comment(self) -> str:
        """What the gradebook says beside the score; nothing where it is that of an only attempt in time."""
        said: list[Sentence] = []
        if self.average:
            said.append(Counted("Average of %(num)s attempt.", "Average of %(num)s attempts.", self.attempts))
        elif self.attempts > 1:
            said.append(
                Sentence("Attempt %(number)s of %(total)s counts.", number=self.attempt_number, total=self.attempts)
            )
        if self.days_late:
            said.append(
                Counted("Reduced for being %(num)s day late.", "Reduced for being %(num)s days late.", self.days_late)
            )
        return together(*said)


def rule_of(session: Session, link: ResourceLink) -> Rule:
    """Return the rule at the link, without dates where lateness costs nothing."""
    return dated_rule_of(session, link) if link.late_percent else Rule(link.which_attempt)


def dated_rule_of(session: Session, link: ResourceLink) -> Rule:
    """Return the rule at the link with its dates. Due is what was set when the quiz was placed, else its own date."""
    return Rule(link.which_attempt, link.late_percent, _due(session, link), other_dues(session, link))


def _due(session: Session, link: ResourceLink) -> datetime | None:
    if link.settings is not None:
        return link.settings.due
    revision = newest_revision(session, link.quiz_id or "")
    return load(revision).settings.due if revision else None


def counted(attempts: Sequence[Attempt], rule: Rule) -> CountedScore | None:
    """Return what one student's submitted attempts count by the rule of their link, or None before the first.

    Of equally high ones the earliest counts, which is the least late. An attempt counts once it is graded as a whole:
    Moodle erases a grade when it is sent another that is not ``FullyGraded``.
    """
    scores = graded(attempts)
    return counted_of(scores, rule.of(attempts[0].user_id)) if scores else None


def graded(attempts: Sequence[Attempt]) -> list[CountedScore]:
    """Return the scores of one student's attempts that are graded as a whole, first to last, as they were earned."""
    return [
        CountedScore(attempt.number, 0, attempt.points, attempt.possible, attempt.started_at, attempt.submitted_at)
        for attempt in sorted(attempts, key=lambda attempt: attempt.number)
        if attempt.points is not None
        and attempt.possible is not None
        and attempt.submitted_at is not None
        and not attempt.needs_grading
    ]


def counted_of(scores: Sequence[CountedScore], rule: Rule) -> CountedScore | None:
    """Return what the scores of one student's attempts, first to last, count by the rule as it is for them."""
    return _chosen(_all_reduced(scores, rule), rule.which_attempt) if scores else None


def counted_parts(
    scores: Sequence[CountedScore], parts: Callable[[int], Mapping[str, QuizScore]], rule: Rule
) -> dict[str, CountedScore]:
    """Return what counts for each part of the quiz; the parts of a quiz add up to what `counted_of` returns.

    ``parts`` returns what was earned in each part of an attempt, by its number. The attempt that counts is the one that
    counts for the whole quiz, and what lateness costs is taken from each part by what was earned there.
    """
    pairs = list(zip(scores, _all_reduced(scores, rule), strict=True))
    if pairs and rule.which_attempt is not WhichAttempt.AVERAGE:
        best = _chosen([after for _, after in pairs], rule.which_attempt)
        pairs = [pair for pair in pairs if pair[1].attempt_number == best.attempt_number]
    found: dict[str, list[CountedScore]] = {}
    for before, after in pairs:
        kept = after.points / before.points if before.points else Fraction(0)
        for name, part in parts(after.attempt_number).items():
            found.setdefault(name, []).append(replace(after, points=part.points * kept, possible=part.possible))
    return {name: _chosen(of_one, rule.which_attempt) for name, of_one in found.items()}


def _all_reduced(scores: Sequence[CountedScore], rule: Rule) -> list[CountedScore]:
    return [_reduced(replace(score, attempts=len(scores)), rule) for score in scores]


def _chosen(scores: Sequence[CountedScore], which: WhichAttempt) -> CountedScore:
    match which:
        case WhichAttempt.HIGHEST:
            return max(scores, key=lambda score: score.share)
        case WhichAttempt.FIRST:
            return scores[0]
        case WhichAttempt.LATEST:
            return scores[-1]
        case WhichAttempt.AVERAGE:
            share = sum(score.share for score in scores) / len(scores)
            points = share * Fraction(scores[-1].possible)
            return replace(scores[-1], points=Fraction(points), average=len(scores) > 1)


def _reduced(score: CountedScore, rule: Rule) -> CountedScore:
    """Take off what lateness costs; as in Canvas that is a part of the possible points, and nobody gets below 0."""
    if rule.due is None or not rule.late_percent or score.submitted_at <= rule.due:
        return score
    days = math.ceil((score.submitted_at - rule.due) / timedelta(days=1))
    lost = Fraction(score.possible) * days * rule.late_percent / 100
    return replace(score, points=max(Fraction(0), score.points - lost), days_late=days)
