"""The operator's pages: the registered LMSs, what waits for approval, and the self-test of each."""

from flask import Response, abort, make_response, redirect, render_template, url_for

from lti_app.services import Registration, audit
from lti_app.services.findings import Outcome
from lti_app.services.platforms import approve_platform, kind_of, list_platforms
from lti_app.services.self_test import run_self_test
from lti_app.web.admin.access import admin_token
from lti_app.web.admin.blueprint import bp
from lti_app.web.admin.words import OUTCOMES
from lti_app.web.tool import tool


@bp.get("/admin")
def home() -> str:
    """Show the LMSs."""
    with tool().database.reading() as session:
        platforms = [(platform, kind_of(platform).name) for platform in list_platforms(session)]
    return render_template("admin/platforms.html", platforms=platforms, token=admin_token())


@bp.post("/admin/platforms/<int:platform_id>/approve")
def approve(platform_id: int) -> Response:
    """Let an LMS launch."""
    platform = _find(platform_id)
    if not platform.approved:
        with tool().database.writing() as session:
            approve_platform(session, platform.name)
            audit.record(session, audit.ADMIN, "platform.approved", platform=platform.name)
    return make_response(redirect(url_for("admin.home"), 303))


@bp.post("/admin/platforms/<int:platform_id>/test")
def test(platform_id: int) -> str:
    """Run the self-test and show what came of it."""
    here, platform = tool(), _find(platform_id)
    findings = list(run_self_test(here.database, here.config, platform))
    failed = sum(finding.outcome is Outcome.FAILED for finding in findings)
    return render_template(
        "admin/test.html", platform=platform, findings=findings, failed=failed, outcomes=OUTCOMES, token=admin_token()
    )


def _find(platform_id: int) -> Registration:
    with tool().database.reading() as session:
        found = [platform for platform in list_platforms(session) if platform.id == platform_id]
    return found[0] if found else abort(404)
