"""What the self-test of a registration finds, in words."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

import requests

from content.sentences import Counted, Sentence, together
from lti_app.lti.launch import LEEWAY
from lti_app.lti.service_errors import ServiceError

PERMISSIONS_REMEDY = Sentence("Switch these services on, in the tool’s settings in the LMS.")


FRAME, CLOCK, PERMISSIONS = Sentence("Frame"), Sentence("Clock"), Sentence("Permissions")
FRAME_REMEDY = Sentence(
    "Have the web server before Quizferry pass its headers on as they are, and add no %(header)s.",
    header="X-Frame-Options",
)
LONGEST_QUOTE = 160


class Outcome(StrEnum):
    """What came of one check."""

    OK = "ok"
    FAILED = "failed"
    NOT_TESTED = "not tested"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the result: what was tried, what came of it in a sentence, and where it failed, what to do."""

    subject: Sentence
    outcome: Outcome
    sentence: Sentence
    remedy: Sentence | None = None


def framing(answer: requests.Response) -> Finding:
    """Look for headers that something before the tool added, and that keep its pages out of an LMS's frame."""
    policy = answer.headers.get("Content-Security-Policy", "")
    if "X-Frame-Options" in answer.headers:
        header = f"X-Frame-Options: {answer.headers['X-Frame-Options']}"
        added = Sentence("Something before Quizferry adds %(header)s.", header=header)
        return Finding(FRAME, Outcome.FAILED, added, FRAME_REMEDY)
    if policy.count("frame-ancestors") != 1 or "frame-ancestors *" not in policy:
        changed = Sentence("Something before Quizferry changes its %(header)s.", header="Content-Security-Policy")
        return Finding(FRAME, Outcome.FAILED, changed, FRAME_REMEDY)
    return Finding(FRAME, Outcome.OK, Sentence("Pages may be shown inside the LMS."))


def clock(date: str, now: datetime) -> Finding:
    """Compare the time of an answer, from its header, with the moment at which it came."""
    try:
        seconds = (parsedate_to_datetime(date) - now).total_seconds()
    except (ValueError, TypeError):
        return Finding(CLOCK, Outcome.NOT_TESTED, Sentence("The LMS does not say what time it has."))
    if abs(seconds) < 2:  # the header counts in whole seconds
        return Finding(CLOCK, Outcome.OK, Sentence("The LMS’s clock and Quizferry’s agree."))
    skew = _skew(round(seconds))
    if abs(seconds) > LEEWAY.total_seconds() / 2:
        return Finding(CLOCK, Outcome.FAILED, skew, Sentence("Set both servers’ clocks by NTP."))
    harmless = Sentence("Up to %(most)s do no harm.", most=int(LEEWAY.total_seconds()))
    return Finding(CLOCK, Outcome.OK, together(skew, harmless))


def _skew(seconds: int) -> Sentence:
    if seconds > 0:
        return Counted(
            "The LMS’s clock is %(num)s second ahead of Quizferry’s.",
            "The LMS’s clock is %(num)s seconds ahead of Quizferry’s.",
            seconds,
        )
    return Counted(
        "The LMS’s clock is %(num)s second behind Quizferry’s.",
        "The LMS’s clock is %(num)s seconds behind Quizferry’s.",
        -seconds,
    )


def permissions(missing: list[str]) -> Finding:
    """Tell which scopes are not granted."""
    if not missing:
        return Finding(PERMISSIONS, Outcome.OK, Sentence("All that Quizferry can use are granted."))
    names = ", ".join(scope.rpartition("/")[2] for scope in missing)
    refused = Sentence("These are not granted: %(names)s.", names=names)
    return Finding(PERMISSIONS, Outcome.FAILED, refused, PERMISSIONS_REMEDY)


def reason(error: ServiceError) -> Sentence:
    """Return why a call failed: why there was no usable answer, else the LMS's status and the start of its words."""
    if error.why:
        return error.why
    said = " ".join(error.body.split())[:LONGEST_QUOTE]
    if not said or said.startswith("<"):  # a page of the web server says nothing of use
        return Sentence("It answers with status %(status)s, and does not say why.", status=error.status or 0)
    return Sentence("It answers with status %(status)s: “%(said)s”.", status=error.status or 0, said=said)
