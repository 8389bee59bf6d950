"""D2L Brightspace, as its documentation and its users say."""

from lti_app.demo_lms.behaviours.behaviour import Behaviour, Reply

D2L = Behaviour(
    name="Brightspace",
    product_family="desire2learn",
    authorize_path="/d2l/lti/authenticate",
    keeps_for_tools=False,
    id_token_seconds=1800,
    not_before=True,
    assertion_audience="https://api.brightspace.com/auth/token",
    # Only `lineitems` comes with links that were made by hand.
    names_column=False,
    wrong_accept=None,
    not_a_student=Reply(403, "The user is not enrolled in the org unit."),
    pages_members=True,
)
