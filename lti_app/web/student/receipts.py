"""The receipt of a submitted attempt, as a text to keep."""

from flask import Response, abort, g, make_response
from flask_babel import gettext, ngettext

from lti_app.services import Attempt, attempts, quizzes, receipts
from lti_app.web.access import current_launch
from lti_app.web.display import display_name, plain_moment
from lti_app.web.student.pages import bp, own
from lti_app.web.tool import tool


@bp.get("/attempts/<int(max=2147483647):number>/receipt")
def receipt(launch_id: str, number: int) -> Response:  # noqa: ARG001 - the guard has found the launch
    """Return the receipt as a text file, signed word for word."""
    launch = current_launch()
    with tool().database.reading() as session:
        found = own(attempts.find_attempt(session, launch.resource_link_id, launch.user_id, number))
        if found.submitted_at is None:
            abort(404)
        made = receipts.receipt_of(session, found)
        text = _text(found, made)
        signature = receipts.sign_text(session, launch.course.id, text)
    response = make_response(f"{text} {signature}\n")
    response.content_type = "text/plain; charset=utf-8"
    response.headers.set("Content-Disposition", "attachment", filename=f"receipt-{made.code}.txt")
    g.content_security_policy = "default-src 'none'; sandbox"
    return response


def _text(attempt: Attempt, made: receipts.Receipt) -> str:
    """Return what the receipt says; its last word will be its signature."""
    launch = current_launch()
    answered = ngettext(
        "%(answered)s of %(num)s question", "%(answered)s of %(num)s questions", made.asked, answered=made.answered
    )
    facts = (
        (gettext("Quiz"), quizzes.load(attempt.revision).title),
        (gettext("Course"), launch.course.title),
        (gettext("Student"), display_name(launch.user)),
        (gettext("Attempt"), str(attempt.number)),
        (gettext("Submitted"), plain_moment(attempt.submitted_at) if attempt.submitted_at else ""),
        (gettext("Answered"), answered),
        (gettext("Receipt code"), made.code),
    )
    # Names hold what others typed: no line of theirs may look like one of ours.
    told = "\n".join(f"{name}: {' '.join(value.split())}" for name, value in facts if value)
    how = gettext("Your teacher can check this receipt in Quizferry, by its code or by this whole text.")
    # Outside of an f-string, in which no text is found for the catalogues.
    title, signature = gettext("Receipt"), gettext("Signature")
    return f"{title}\n\n{told}\n\n{how}\n\n{signature}:"
