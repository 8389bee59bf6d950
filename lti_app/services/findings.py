"""What the self-test of a registration finds, in words."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

import requests

from lti_app.lti.launch import LEEWAY
from lti_app.lti.service_errors import ServiceError

PERMISSIONS_REMEDY = "Switch these services on, in the tool’s settings in the LMS."


class Outcome(StrEnum):
    """What came of one check."""

    OK = "ok"
    FAILED = "failed"
    NOT_TESTED = "not tested"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the result: what was tried, what came of it in a sentence, and where it failed, what to do."""

    subject: str
    outcome: Outcome
    sentence: str
    remedy: str = ""


def framing(answer: requests.Response) -> Finding:
    """Look for headers that something before the tool added, and that keep its pages out of an LMS's frame."""
    policy = answer.headers.get("Content-Security-Policy", "")
    remedy = "Have the web server before Quizferry pass its headers on as they are, and add no X-Frame-Options."
    if "X-Frame-Options" in answer.headers:
        value = answer.headers["X-Frame-Options"]
        return Finding("Frame", Outcome.FAILED, f"Something before Quizferry adds X-Frame-Options: {value}.", remedy)
    if policy.count("frame-ancestors") != 1 or "frame-ancestors *" not in policy:
        sentence = "Something before Quizferry changes its Content-Security-Policy."
        return Finding("Frame", Outcome.FAILED, sentence, remedy)
    return Finding("Frame", Outcome.OK, "Pages may be shown inside the LMS.")


def clock(date: str, now: datetime) -> Finding:
    """Compare the time of an answer, from its header, with the moment at which it came."""
    try:
        seconds = (parsedate_to_datetime(date) - now).total_seconds()
    except (ValueError, TypeError):
        return Finding("Clock", Outcome.NOT_TESTED, "The LMS does not say what time it has.")
    if abs(seconds) < 2:  # the header counts in whole seconds
        return Finding("Clock", Outcome.OK, "The LMS’s clock and Quizferry’s agree.")
    skew = f"{abs(seconds):.0f} seconds {'ahead of' if seconds > 0 else 'behind'} Quizferry’s"
    if abs(seconds) > LEEWAY.total_seconds() / 2:
        return Finding("Clock", Outcome.FAILED, f"The LMS’s clock is {skew}.", "Set both servers’ clocks by NTP.")
    return Finding("Clock", Outcome.OK, f"The LMS’s clock is {skew}; up to {LEEWAY.total_seconds():.0f} do no harm.")


def permissions(missing: list[str]) -> Finding:
    """Tell which scopes are not granted."""
    if not missing:
        return Finding("Permissions", Outcome.OK, "All that Quizferry can use are granted.")
    names = ", ".join(scope.rpartition("/")[2] for scope in missing)
    return Finding("Permissions", Outcome.FAILED, f"These are not granted: {names}.", PERMISSIONS_REMEDY)


def reason(error: ServiceError) -> str:
    """Return what the LMS answered, in short: its status and the beginning of what it said."""
    said = " ".join(error.body.split())[:160] or "nothing"
    return f"status {error.status}, “{said}”." if error.status else f"{said}."
