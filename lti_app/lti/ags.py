"""Assignment and Grade Services 2.0: scores for a platform's gradebook."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from pylti1p3.assignments_grades import AssignmentsGradesService
from pylti1p3.grade import Grade

from lti_app.config import Config
from lti_app.lti.connector import PlatformConnector
from lti_app.lti.http import session_of_thread
from lti_app.lti.service_errors import FailureKind, ServiceError
from lti_app.models import Database, Registration

__all__ = ["SCORE_SCOPE", "FailureKind", "OutgoingScore", "ServiceError", "send_score"]

SCORE_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/score"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingScore:
    """A score of a finished attempt: ``points`` out of ``possible``, which is above 0.

    ``timestamp`` is the score's own and must grow with every new score of a student, by whole seconds;
    ``started_at`` and ``submitted_at`` are when the student worked, which decides about lateness. ``extensions`` are
    members of a platform's own.
    """

    user_sub: str
    points: Decimal
    possible: Decimal
    timestamp: datetime
    started_at: datetime
    submitted_at: datetime
    comment: str = ""
    extensions: Mapping[str, object] = field(default_factory=dict)


def send_score(
    database: Database, config: Config, registration: Registration, lineitem_url: str, score: OutgoingScore
) -> None:
    """Send a score to a line item; return once the platform has taken it.

    Takes as long as the platform, up to a minute. A kept access token that the platform does not take any more is
    renewed once. Raises ServiceError.
    """
    http = session_of_thread(allow_private_addresses=config.allow_private_addresses)
    connector = PlatformConnector(database, registration, http)
    # One scope: a platform that forbids another one of several refuses the token for all (Sakai).
    _Grades(connector, {"scope": [SCORE_SCOPE], "lineitem": lineitem_url}).put_grade(_FinalGrade(score))


def url_with_ending(lineitem_url: str, ending: str) -> str:
    """Return the URL of a line item's scores or results. A query stays behind the path (AGS 2.0, 3.4), as in Moodle."""
    path, mark, query = lineitem_url.partition("?")
    return f"{path.rstrip('/')}/{ending}{mark}{query}"


class _Grades(AssignmentsGradesService):
    @staticmethod
    def _add_url_path_ending(url: str, url_path_ending: str) -> str:
        return url_with_ending(url, url_path_ending)


class _FinalGrade(Grade):
    """A grade that stands: Moodle erases a grade that is not FullyGraded."""

    def __init__(self, score: OutgoingScore) -> None:
        self._score = score

    def get_value(self) -> str:
        """Return the score as JSON, its points digit by digit: pylti1p3's own go through floats."""
        score = self._score
        rest = {
            "userId": score.user_sub,
            "activityProgress": "Completed",
            "gradingProgress": "FullyGraded",
            "timestamp": _iso(score.timestamp),
            "submission": {"startedAt": _iso(score.started_at), "submittedAt": _iso(score.submitted_at)},
            **score.extensions,
        }
        if score.comment:
            rest["comment"] = score.comment
        numbers = f'"scoreGiven": {_digits(score.points)}, "scoreMaximum": {_digits(score.possible)}'
        return f"{{{numbers}, {json.dumps(rest).removeprefix('{')}"


def _digits(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _iso(moment: datetime) -> str:
    """Return the moment as AGS wants it: with zone and fractions of a second."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
