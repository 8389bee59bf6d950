"""Sakai."""

from lti_app.platforms.platform import Meaning, Platform, Sign

SAKAI = Platform(
    name="Sakai",
    # The second in its openid-configuration, the first in launches.
    families=("sakai", "sakailms.org"),
    login_path="/imsoidc/lti13/oidc_auth",
    signs=(
        Sign(400, Meaning.NO_STUDENT, "user does not belong to site"),
        Sign(403, Meaning.READ_ONLY, "read-only"),
    ),
    roster_page=200,
)
