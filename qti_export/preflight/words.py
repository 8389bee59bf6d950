"""What an answer is called where people read it: on the terminal and on the page."""

from qti_export.preflight.model import Arrival, Arrivals, Effect, Finding

LABELS = {
    Effect.KILLS: "kills the import",
    Effect.VANISHES: "vanishes",
    Effect.CHANGES: "changes",
    Effect.NOTES: "good to know",
}


def verdict(arrivals: Arrivals) -> str:
    """Return in a sentence or two what becomes of the file."""
    total = len(arrivals.questions)
    counted = f"{arrivals.arriving} of {_many(total, 'question')} arrive" if total else "No question arrives"
    if arrivals.killed:
        return "The import fails: nothing arrives."
    if arrivals.whole:
        return f"{counted}, as {'they are' if total != 1 else 'it is'} in the file."
    lost = [finding for finding in arrivals.all_findings if finding.severity is not Effect.NOTES]
    return f"{counted}; {_many(len(lost), 'thing is', 'things are')} lost or changed."


def kind_name(arrival: Arrival) -> str:
    """Return the LMS's word for a kind as people write it."""
    return arrival.kind.removesuffix("_question").replace("_", " ")


def points_text(arrival: Arrival) -> str:
    """Return the points, "" where the import sets none."""
    if arrival.points is None:
        return ""
    text = f"{arrival.points:f}"
    number = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{number} point" if number == "1" else f"{number} points"


def place_text(finding: Finding) -> str:
    """Return where a finding stands, "" for the file as a whole."""
    where = finding.where
    if where.member:
        return f"{where.member}:{where.line}" if where.line else where.member
    return f"line {where.line}" if where.line else ""


def _many(count: int, one: str, several: str = "") -> str:
    return f"{count} {one}" if count == 1 else f"{count} {several or f'{one}s'}"
