"""Where grades are on their way to the LMS: every try of one, sending again, and comparing with the gradebook."""

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lti_app.services import roster
from lti_app.services.column_scores import column_scores
from lti_app.services.columns import columns
from lti_app.services.comparison import compare
from lti_app.services.gradebook import student_row
from lti_app.services.grading import rule_of
from lti_app.services.sending_again import Which, send_again, tries
from lti_app.web.access import current_launch
from lti_app.web.instructor.blueprint import bp
from lti_app.web.tool import tool


@bp.get("/students/<int(max=2147483647):user_id>/grade")
def grade(launch_id: str, user_id: int) -> str:  # noqa: ARG001 - the guard has found the launch
    """Show where one student's grade is, and every try to bring it to the LMS."""
    link = current_launch().resource_link
    with tool().database.reading() as session:
        row = student_row(session, link, user_id) or abort(404)
        scores = column_scores(row.attempts, rule_of(session, link), columns(session, link))
        made = tries(session, link, row.user)
    return render_template("instructor/grade.html", row=row, scores=scores, tries=made)


@bp.post("/grades")
def send(launch_id: str) -> Response:
    """Send grades again: one student's, the stuck ones, or all, as ``which`` says."""
    launch = current_launch()
    user_id = request.form.get("user_id", type=int)
    try:
        which = Which(request.form.get("which", ""))
    except ValueError:
        abort(422)
    if (which is Which.ONE) != (user_id is not None):
        abort(422)
    with tool().database.writing() as session:
        link = session.merge(launch.resource_link, load=True)
        send_again(session, link, launch.user, which, user_id, request.form.get("section"))
    if which is Which.ONE:
        return redirect(url_for("instructor.grade", launch_id=launch_id, user_id=user_id), 303)
    return redirect(url_for("instructor.home", launch_id=launch_id), 303)


@bp.get("/compare")
def comparison(launch_id: str) -> str:  # noqa: ARG001
    """Ask the LMS which grades it has, and show which differ."""
    here, link = tool(), current_launch().resource_link
    found = compare(here.database, here.config, link.id)
    with here.database.reading() as session:
        people = roster.view(session, link)
    return render_template(
        "instructor/compare.html",
        comparisons=found,
        left=people.left if people else frozenset(),
    )
