"""Checking the receipts that students show."""

from flask import render_template, request

from lti_app.services import quizzes, receipts
from lti_app.web.access import current_launch
from lti_app.web.instructor.blueprint import bp
from lti_app.web.tool import tool


@bp.get("/receipts")
def receipt_form(launch_id: str) -> str:  # noqa: ARG001 - the guard has found the launch
    """Ask for a receipt."""
    return render_template("instructor/receipts.html", sent="", finding=None)


@bp.post("/receipts")
def check_receipt(launch_id: str) -> str:  # noqa: ARG001
    """Say whose attempt a receipt is of, and that it is genuine; or why not."""
    sent = request.form.get("receipt", "")
    with tool().database.reading() as session:
        checked = receipts.check_receipt(session, current_launch().course.id, sent)
        attempt = checked.attempt
        return render_template(
            "instructor/receipts.html",
            sent=sent,
            finding=checked.finding,
            attempt=attempt,
            title=quizzes.load(attempt.revision).title if attempt else "",
            receipt=receipts.receipt_of(session, attempt) if attempt else None,
        )
