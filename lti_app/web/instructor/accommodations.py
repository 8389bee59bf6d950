"""Extra time, extra attempts and other dates for single students: shown, given, taken back."""

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lti_app.services import Session
from lti_app.services.accommodations import accommodations_at
from lti_app.services.giving_extra import give, students_of, take_back
from lti_app.services.quizzes import load, newest_revision
from lti_app.services.terms import terms_of
from lti_app.web.access import current_launch
from lti_app.web.instructor.accommodation_form import AccommodationForm
from lti_app.web.instructor.blueprint import bp
from lti_app.web.tool import tool


@bp.get("/accommodations")
def accommodations(launch_id: str) -> str:  # noqa: ARG001 - the guard has found the launch
    """Show who has what beyond the others, and the form that gives it."""
    with tool().database.reading() as session:
        return _page(session, AccommodationForm())


@bp.post("/accommodations")
def accommodate(launch_id: str) -> Response | tuple[str, int]:
    """Give what the form says; where a field makes no sense, say so first."""
    launch = current_launch()
    form = AccommodationForm.sent(request.form)
    with tool().database.writing() as session:
        link = session.merge(launch.resource_link, load=True)
        student = next((user for user in students_of(session, link) if str(user.id) == form.student), None)
        extra = form.decide(student)
        if student is None or extra is None:
            return _page(session, form), 422
        give(session, link, student, extra, launch.user, course=form.course)
    return redirect(url_for("instructor.accommodations", launch_id=launch_id), 303)


@bp.post("/accommodations/<int(max=2147483647):user_id>/remove")
def take_accommodation_back(launch_id: str, user_id: int) -> Response:
    """Have a student be as the others, in this quiz or in the whole course, as ``where`` says."""
    launch = current_launch()
    with tool().database.writing() as session:
        link = session.merge(launch.resource_link, load=True)
        student = next((user for user in students_of(session, link) if user.id == user_id), None) or abort(404)
        take_back(session, link, student, launch.user, course=request.form.get("where") == "course")
    return redirect(url_for("instructor.accommodations", launch_id=launch_id), 303)


def _page(session: Session, form: AccommodationForm) -> str:
    link = current_launch().resource_link
    revision = newest_revision(session, link.quiz_id or "") or abort(404)
    return render_template(
        "instructor/accommodations.html",
        given=accommodations_at(session, link),
        students=students_of(session, link),
        terms=terms_of(load(revision).settings, link),
        form=form,
    )
