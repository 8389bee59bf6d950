"""The gradebook: line items, the newest score of each student in each, and every score that was ever sent here."""

import itertools
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from lti_app.demo_lms.course import Course


@dataclass(frozen=True, slots=True, kw_only=True)
class LineItem:
    """A column of the gradebook."""

    id: str
    label: str
    score_maximum: Decimal
    resource_link_id: str = ""
    resource_id: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score as the tool sent it. ``given`` is None where the tool takes a score back."""

    line_item_id: str
    person_id: str
    given: Decimal | None
    maximum: Decimal
    timestamp: datetime
    final: bool
    comment: str = ""

    def points_of(self, column: LineItem) -> Fraction:
        """Return the points in a column whose maximum may differ from the score's own."""
        return Fraction(self.given or 0) / Fraction(self.maximum) * Fraction(column.score_maximum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One line of the history: a score that was sent here, and the HTTP status it was answered with.

    What the sender wrote stands as it came. ``status`` is 0 where the connection broke without an answer.
    """

    received_at: datetime
    column: str
    line_item_id: str
    person_id: str
    given: str
    maximum: str
    timestamp: str
    status: int
    reason: str

    @property
    def accepted(self) -> bool:
        """Whether the LMS took the score."""
        return self.status in range(200, 300)


class OldScoreError(Exception):
    """The score is not newer than the one that is stored; ``equal`` where both are of the same second."""

    def __init__(self, *, equal: bool) -> None:
        super().__init__()
        self.equal = equal


class Gradebook:
    """All columns and scores; safe to use from several threads."""

    def __init__(self, course: Course) -> None:
        self._lock = threading.RLock()
        self._ids = map(str, itertools.count(1))
        self._columns: dict[str, LineItem] = {}
        self._scores: dict[tuple[str, str], Score] = {}
        self._history: list[Receipt] = []
        for activity in filter(lambda activity: activity.points, course.activities):
            self.add(label=activity.title, score_maximum=activity.points, resource_link_id=activity.id)

    def add(self, *, label: str, score_maximum: Decimal, **rest: str) -> LineItem:
        """Make a column and return it."""
        with self._lock:
            column = LineItem(id=next(self._ids), label=label, score_maximum=score_maximum, **rest)
            self._columns[column.id] = column
            return column

    def replace(self, column: LineItem) -> None:
        """Put a column in the place of the one with the same id; its scores stay."""
        with self._lock:
            self._columns[column.id] = column

    def remove(self, column_id: str) -> None:
        """Delete a column and its scores."""
        with self._lock:
            self._columns.pop(column_id, None)
            self._scores = {key: score for key, score in self._scores.items() if score.line_item_id != column_id}

    def column(self, column_id: str) -> LineItem | None:
        """Return the column with this id, or None."""
        return self._columns.get(column_id)

    def columns(self, wanted: Mapping[str, str] | None = None) -> list[LineItem]:
        """Return the columns whose fields have the ``wanted`` values, oldest first."""
        with self._lock:
            columns = list(self._columns.values())
        filters = (wanted or {}).items()
        return [column for column in columns if all(getattr(column, name) == value for name, value in filters)]

    def record(self, score: Score, *, takes_equal: bool = False) -> None:
        """Take in a score; raise OldScoreError unless it is newer than the stored one, or as new where that will do.

        Times count in whole seconds, as in Moodle. A score that is not final leaves the stored one as it is; one
        without points removes it (AGS 2.0, section 3.4.6: the platform clears the score it has).
        """
        key = (score.line_item_id, score.person_id)
        with self._lock:
            stored = self._scores.get(key)
            if stored:
                before, now = (one.timestamp.replace(microsecond=0) for one in (stored, score))
                if now < before or (now == before and not takes_equal):
                    raise OldScoreError(equal=now == before)
            if score.given is None:
                self._scores.pop(key, None)
            elif score.final:
                self._scores[key] = score

    def score(self, column_id: str, person_id: str) -> Score | None:
        """Return the newest score of a person in a column, or None."""
        return self._scores.get((column_id, person_id))

    def note(self, column: LineItem, body: Mapping[str, object], status: int, reason: str = "") -> None:
        """Add to the history what was sent here and how it was answered."""

        def sent(name: str) -> str:
            return str(body.get(name, ""))[:80]

        receipt = Receipt(
            received_at=datetime.now(UTC),
            column=column.label,
            line_item_id=column.id,
            person_id=sent("userId"),
            given=sent("scoreGiven"),
            maximum=sent("scoreMaximum"),
            timestamp=sent("timestamp"),
            status=status,
            reason=reason,
        )
        with self._lock:
            self._history.append(receipt)

    def history(self) -> list[Receipt]:
        """Return every score that was sent here, the latest first."""
        with self._lock:
            return self._history[::-1]
