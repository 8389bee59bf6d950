"""How attempts become the grade: the rule, and regrading, which is shown before it is done."""

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from lti_app.services.grading import Rule, WhichAttempt, dated_rule_of
from lti_app.services.regrading import plan_regrade
from lti_app.services.regrading import regrade as do_regrade
from lti_app.web.access import current_launch
from lti_app.web.instructor.blueprint import bp
from lti_app.web.tool import tool


@bp.get("/grading")
def grading(launch_id: str) -> str | tuple[str, int]:  # noqa: ARG001 - the guard has found the launch
    """Show the rule, and what regrading by it, or by the one that is asked for, would change."""
    link = current_launch().resource_link
    with tool().database.reading() as session:
        now = dated_rule_of(session, link)
        try:
            rule, problem = _asked(request.args, now), ""
        except ValueError:
            rule, problem = now, gettext("What a day late costs is a whole number from 0 to 100.")
        plan = plan_regrade(session, link, rule)
    page = render_template("instructor/grading.html", rule=rule, now=now, plan=plan, due=now.due, problem=problem)
    return (page, 422) if problem else page


@bp.post("/grading")
def regrade(launch_id: str) -> Response:
    """Regrade by the rule that the form holds; one that cannot be used changes nothing."""
    launch = current_launch()
    with tool().database.writing() as session:
        link = session.merge(launch.resource_link, load=True)
        try:
            rule = _asked(request.form, dated_rule_of(session, link))
        except ValueError:
            return redirect(url_for("instructor.grading", launch_id=launch_id, late="-"), 303)
        do_regrade(session, link, rule, launch.user)
    return redirect(url_for("instructor.home", launch_id=launch_id), 303)


def _asked(fields: MultiDict[str, str], now: Rule) -> Rule:
    """Return the rule that the fields ask for, the present one where they do not; raise ValueError."""
    late = fields.get("late", str(now.late_percent)).strip()
    if not late.isascii() or not late.isdecimal() or int(late[:4]) > 100:
        raise ValueError(late)
    return replace(now, which_attempt=WhichAttempt(fields.get("which", now.which_attempt)), late_percent=int(late[:4]))
