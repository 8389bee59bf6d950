"""Dynamic registration as an LMS's admin sees it: a page in a frame of the LMS, opened by an invitation link."""

from flask import Response, make_response, render_template, request

from lti_app.services.dynamic_registration import complete, make_offer
from lti_app.services.invitations import find_invitation
from lti_app.web.admin.blueprint import bp
from lti_app.web.admin.words import asked_for, lacking, lms_name, places
from lti_app.web.tool import tool


@bp.get("/register/<token>")
def offer(token: str) -> str:
    """Show what the LMS is asked for; opened outside of an LMS, how the link is used."""
    here = tool()
    configuration_url = request.args.get("openid_configuration")
    if not configuration_url:
        with here.database.reading() as session:
            invitation = find_invitation(session, token)
        # Not as the request says it: before this server a proxy may have taken the https away.
        url = here.config.public_url + request.path
        return render_template("admin/invitation.html", invitation=invitation, url=url)
    found = make_offer(here.database, here.config, token, configuration_url)
    return render_template(
        "admin/offer.html",
        offer=found,
        lms=lms_name(found.platform.product),
        asked_for=asked_for(found.wishes),
        places=places(found.wishes),
        lacking=lacking(found.wishes),
        token=token,
        configuration_url=configuration_url,
        registration_token=request.args.get("registration_token", ""),
    )


@bp.post("/register/<token>")
def register(token: str) -> Response:
    """Register, and say what is left to do."""
    here = tool()
    configuration_url = request.form.get("openid_configuration", "")
    stored = complete(here.database, here.config, token, configuration_url, request.form.get("registration_token", ""))
    return make_response(render_template("admin/registered.html", platform=stored))
