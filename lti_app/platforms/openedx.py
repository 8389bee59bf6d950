"""Open edX (its LTI consumer), which sends no product_family_code."""

from lti_app.platforms.platform import Meaning, Platform, Sign

OPENEDX = Platform(
    name="Open edX",
    login_path="/api/lti_consumer/",
    signs=(
        Sign(400, Meaning.NEWER_THERE, "can only be updated to a later point in time"),
        Sign(400, Meaning.NEWER_THERE, "score already exists for the provided timestamp"),
    ),
    roster_page=200,
    # Only the score of a line item that is tied to the link becomes a grade (its consumer's signals).
    shows_free_columns=False,
    # Its line items answer 403 to DELETE.
    columns_deletable=False,
)
