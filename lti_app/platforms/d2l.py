"""D2L Brightspace."""

from lti_app.platforms.platform import Meaning, Platform, Sign

D2L = Platform(
    name="Brightspace",
    families=("desire2learn",),
    login_path="/d2l/lti/authenticate",
    signs=(
        Sign(403, Meaning.NO_STUDENT, "not enrolled"),
        Sign(404, Meaning.NO_STUDENT, "does not exist"),
        # A role that cannot be graded; the body is empty.
        Sign(422, Meaning.NO_STUDENT),
    ),
)
