"""Moodle."""

from lti_app.platforms.platform import Meaning, Platform, Sign

MOODLE = Platform(
    name="Moodle",
    families=("moodle",),
    login_path="/mod/lti/auth.php",
    # Moodle answers 409 to an old timestamp, and 400 with an empty list for whoever holds no graded role.
    signs=(Sign(400, Meaning.NO_STUDENT),),
    # An item without one is bound to the tool that made it; one with a URL is matched by domain at each launch.
    item_has_url=False,
    roster_by_link=True,
    # Without a limit Moodle sends everybody at once.
    roster_page=200,
)
