"""The protocol's endpoints: where an LMS sends its users, and where it finds the tool's keys."""

import structlog
from flask import Blueprint, Response, g, jsonify, make_response, redirect, render_template, request, url_for

from lti_app.lti.claims import LaunchClaims, LinkingClaims, ReviewClaims
from lti_app.lti.keys import public_key_set
from lti_app.lti.launch import verify_launch
from lti_app.lti.login import begin_login
from lti_app.lti.login_failures import CookieMissing
from lti_app.lti.login_states import LIFETIME, find_state, new_browser_secret, use_state
from lti_app.lti.platform_storage import STORAGE_TARGET, PlatformStorage, storage_of
from lti_app.services import Attempt, Launch, LoginState, Role
from lti_app.services.launches import open_launch
from lti_app.services.linking import open_visit
from lti_app.services.reviews import attempt_to_review
from lti_app.web import cookies
from lti_app.web.carrying import carry, is_own_form
from lti_app.web.errors import log_refusal
from lti_app.web.headers import allow_forms_to_lead_anywhere, let_forms_say_where_they_come_from
from lti_app.web.tool import tool

bp = Blueprint("lti", __name__, template_folder="templates")

log = structlog.get_logger(__name__)

PROOF = "browser_secret"
"""The field in which a launch brings what the platform kept; empty where it kept nothing."""


@bp.route("/lti/login", methods=["GET", "POST"])
def login() -> Response:
    """Begin the login that a platform initiates, and send the browser back there to be told who it is."""
    here = tool()
    parameters = request.values.to_dict()
    begun = begin_login(here.database, here.config, parameters)
    # Safari has said where a page opens since 16.4.
    place = request.headers.get("Sec-Fetch-Dest", "iframe" if STORAGE_TARGET in parameters else "document")
    target = url_for("lti.cookie_check", state=begun.state) if place == "iframe" else begun.auth_url
    response = make_response(redirect(target, 302))
    name = cookies.login_cookie(here.config, begun.state)
    cookies.set_cookie(response, name, begun.browser_secret, int(LIFETIME.total_seconds()))
    return response


@bp.get("/lti/login/cookie")
def cookie_check() -> Response:
    """Go on with a login in a frame if the browser keeps its cookie, or the platform keeps what it should hold.

    It is found out here and not at the launch, because Moodle takes a launch's hints only once: what has been there
    and back cannot begin again in another tab. ``?storage=failed`` says that the platform does not.
    """
    here = tool()
    state = request.args.get("state", "")
    try:
        found = find_state(here.database, state, request.cookies.get(cookies.login_cookie(here.config, state)))
    except CookieMissing as missing:
        storage = storage_of(missing.login)
        if storage is None or "storage" in request.args:
            raise
        return _store(storage, missing.login)
    return make_response(redirect(found.auth_url, 302))


@bp.post("/lti/launch")
def launch() -> Response:
    """Check a launch, open it, and show its first page."""
    here, form = tool(), request.form
    login_cookie = cookies.login_cookie(here.config, form.get("state", ""))
    kept = request.cookies.get(login_cookie)
    proof = form.get(PROOF) if is_own_form() else None  # in another site's form it would be that site's own login
    try:
        verified = verify_launch(here.database, here.config, here.key_sets, form, kept or proof)
    except CookieMissing as missing:
        storage = storage_of(missing.login)
        if storage is None or PROOF in form:
            raise
        let_forms_say_where_they_come_from()
        return make_response(render_template("lti/prove_login.html", storage=storage, form=form))
    g.launch_locale = verified.claims.locale
    # What a lost launch has brought, the next one brings again; whatever is stored in it later makes it safe, too.
    with here.database.writing(waits_for_disk=False) as session:
        use_state(session, verified.state)
        match verified.claims:
            case ReviewClaims() as claims:
                opened = open_launch(session, claims, here.config)
                visit_id, secret = opened.launch.id, opened.secret
                first_page = _review_page(opened.launch, attempt_to_review(session, opened.launch, claims.for_user_sub))
            case LaunchClaims() as claims:
                opened = open_launch(session, claims, here.config)
                visit_id, secret = opened.launch.id, opened.secret
                first_page = url_for("student.home", launch_id=visit_id)
            case LinkingClaims() as claims:
                linking = open_visit(session, claims, here.config)
                visit_id, secret = linking.visit.id, linking.secret
                first_page = url_for("linking.pick", launch_id=visit_id)
    log.info("launched", launch=visit_id)
    if not kept:
        carry(secret)
    response = make_response(redirect(first_page, 303))
    cookies.drop_cookies(response, [login_cookie, *cookies.surplus_launch_cookies(here.config, request.cookies)])
    name = cookies.launch_cookie(here.config, visit_id)
    cookies.set_cookie(response, name, secret, int(here.config.launch_lifetime.total_seconds()))
    return response


@bp.get("/lti/jwks")
def jwks() -> Response:
    """Show the public halves of the tool's keys."""
    response = jsonify(public_key_set(tool().database))
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@bp.errorhandler(CookieMissing)
def offer_new_tab(refusal: CookieMissing) -> Response:
    """Offer to begin the login again in a tab of its own, where the browser keeps cookies."""
    allow_forms_to_lead_anywhere()
    page = render_template("lti/new_tab.html", refusal=refusal, reference=log_refusal(refusal))
    return make_response(page, refusal.status)


def _store(storage: PlatformStorage, login: LoginState) -> Response:
    """Have the platform keep what ties the login to its browser, then go on with it."""
    return make_response(
        render_template(
            "lti/store_login.html",
            storage=storage,
            value=new_browser_secret(tool().database, login.state),
            onward=login.auth_url,
            failed=url_for("lti.cookie_check", state=login.state, storage="failed"),
        )
    )


def _review_page(launch: Launch, attempt: Attempt | None) -> str:
    """Return where a submission review leads: to the attempt, as the one who looks at it may see it."""
    if launch.role is Role.INSTRUCTOR:
        if attempt is None:
            return url_for("instructor.no_attempt", launch_id=launch.id)
        return url_for("instructor.attempt", launch_id=launch.id, user_id=attempt.user_id, number=attempt.number)
    if attempt is None or attempt.submitted_at is None:
        return url_for("student.home", launch_id=launch.id)
    return url_for("student.result", launch_id=launch.id, number=attempt.number)
