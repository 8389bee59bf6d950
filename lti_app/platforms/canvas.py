"""Canvas."""

from lti_app.platforms.platform import Meaning, Platform, Sign

CANVAS = Platform(
    name="Canvas",
    families=("canvas",),
    # Instructure's cloud; a Canvas on a server of its own is its own issuer.
    issuers=("https://canvas.instructure.com",),
    login_path="/api/lti/authorize_redirect",
    signs=(
        # Canvas compares with the result's own time of change; an equal timestamp passes (its scores controller).
        Sign(400, Meaning.NEWER_THERE, "before last updated timestamp"),
        Sign(403, Meaning.TOO_MANY_CALLS, "rate limit exceeded"),
        Sign(422, Meaning.NO_ATTEMPTS_LEFT, "maximum number of allowed attempts"),
        # Also for the test student, in unpublished and concluded courses, and where the tool's privacy is "private".
        Sign(422, Meaning.NO_STUDENT_NOW, "user not found in course or is not a student"),
    ),
    roster_by_link=True,
    roster_page=100,
    # Each request that is under way takes 50 of an allowance of 700 (Canvas's request throttle); there are others, too.
    grades_at_once=8,
    # Without it each score makes a new submission and uses up an attempt (Canvas's scores API).
    submission_key="https://canvas.instructure.com/lti/submission",
)
