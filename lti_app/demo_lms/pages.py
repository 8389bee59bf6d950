"""The pages that people see: the people, the course, an activity with the tool in it, the gradebook, the switch."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import wraps

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lti_app.demo_lms.course import Person
from lti_app.demo_lms.gradebook import LineItem
from lti_app.demo_lms.lms import lms
from lti_app.demo_lms.outage import Outage
from lti_app.demo_lms.rooms import stay
from lti_app.demo_lms.sign_in import sign_in, signed_in

bp = Blueprint("pages", __name__)

Page = Callable[..., Response | str]


def for_people(view: Page) -> Page:
    """Show a page to who is signed in, and the start page to anyone else; the view gets the person."""

    @wraps(view)
    def guarded(**values: str) -> Response | str:
        person = signed_in()
        return redirect(url_for("pages.home")) if person is None else view(person, **values)

    return guarded


@bp.before_request
def refuse_other_sites() -> None:
    """Refuse a form that a page of another site sends."""
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)


@bp.app_context_processor
def names_in_every_page() -> dict[str, object]:
    """Return what every page shows."""
    courses = [room.course for room in list(lms().rooms.values())]
    here = {"course": lms().course, "courses": courses, "person": signed_in()}
    return {**here, "behaviour": lms().behaviour, "outage": lms().outage.now, "Outage": Outage}


@bp.get("/")
def home() -> str:
    """Show the people to click on."""
    return render_template("home.html")


@bp.post("/sign-in")
def enter() -> Response:
    """Sign in as someone and go where the form says: to an activity, else to the course."""
    person = lms().course.person(request.form.get("person"))
    if person is None:
        abort(404)
    sign_in(person)
    activity_id = request.form.get("activity")
    known = lms().room_with(activity_id)
    target = url_for("pages.show_activity", activity_id=activity_id) if known else url_for("pages.show_course")
    return redirect(target, 303)


@bp.get("/course")
@for_people
def show_course(person: Person) -> str:
    """Show the activities of the course, to a student with the own grades."""
    return render_template("course.html", rows=_grades_of(person), tool_name=lms().tool.name)


@bp.get("/courses/<course_id>")
@for_people
def enter_course(_person: Person, course_id: str) -> Response:
    """Go to a course."""
    if course_id not in lms().rooms:
        abort(404)
    stay()
    return redirect(url_for("pages.show_course"))


@bp.post("/course/copy")
@for_people
def copy_course(person: Person) -> Response:
    """Copy the course, as is done from one term to the next, and go to the copy."""
    if not person.teaches:
        abort(403)
    return redirect(url_for("pages.enter_course", course_id=lms().copy_course().course.id), 303)


@bp.get("/activities/<activity_id>")
@for_people
def show_activity(_person: Person, activity_id: str) -> str:
    """Show an activity: the tool in a frame."""
    activity = lms().course.activity(activity_id)
    if activity is None:
        abort(404)
    stay()
    launch = url_for("oidc.launch", activity_id=activity.id)
    return render_template("activity.html", activity=activity, tool=lms().tool, launch=launch)


@bp.get("/activities/<activity_id>/submissions/<person_id>")
@for_people
def review(_person: Person, activity_id: str, person_id: str) -> str:
    """Show what a student did in an activity, by the tool in a frame."""
    activity, student = lms().course.activity(activity_id), lms().course.person(person_id)
    if activity is None or student is None:
        abort(404)
    launch = url_for("oidc.launch", activity_id=activity.id, review=student.id)
    return render_template("activity.html", activity=activity, tool=lms().tool, launch=launch, student=student)


@bp.get("/gradebook")
@for_people
def show_gradebook(person: Person) -> str:
    """Show all grades to a teacher, the own ones to a student."""
    students = lms().course.students if person.teaches else (person,)
    columns = lms().behaviour.shown_columns(lms().gradebook.columns())
    rows = [(student, [(column, _points(column, student)) for column in columns]) for student in students]
    history = [receipt for receipt in lms().gradebook.history() if person.teaches or receipt.person_id == person.id]
    return render_template("gradebook.html", columns=columns, rows=rows, history=history)


@bp.route("/outage", methods=["GET", "POST"])
def switch_outage() -> Response | str:
    """Show the switch that makes the LMS refuse scores, or set it."""
    if request.method == "GET":
        return render_template("outage.html")
    if request.form.get("outage") not in set(Outage):
        abort(400)
    lms().outage.set(Outage(request.form["outage"]))
    return redirect(url_for("pages.switch_outage"), 303)


@bp.app_template_filter("exactly")
def exactly(points: Fraction | Decimal) -> str:
    """Return points for machines: a decimal with all the digits that a double can tell apart."""
    return f"{float(points):.15g}"


@bp.app_template_filter("shortly")
def shortly(points: Fraction | Decimal) -> str:
    """Return points for people: at most two decimals, none that are zeros."""
    return f"{float(points):.2f}".rstrip("0").rstrip(".")


def _grades_of(person: Person) -> list[tuple[object, Fraction | None]]:
    columns = {column.resource_link_id: column for column in lms().behaviour.shown_columns(lms().gradebook.columns())}
    return [
        (activity, _points(columns[activity.id], person) if activity.id in columns else None)
        for activity in lms().course.activities
    ]


def _points(column: LineItem, person: Person) -> Fraction | None:
    score = lms().gradebook.score(column.id, person.id)
    return score.points_of(column) if score else None
