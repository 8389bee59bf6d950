"""What LMSs do differently: one module for each with quirks, one interface (`Platform`), and a default for all others.

Where all are served by the same careful behaviour there is no decision here: line items are always listed without a
limit and matched by the tool, URLs keep their query, and a score is always sent as it stands in the end.
"""

from content.sentences import Sentence
from lti_app.platforms.blackboard import BLACKBOARD
from lti_app.platforms.canvas import CANVAS
from lti_app.platforms.d2l import D2L
from lti_app.platforms.moodle import MOODLE
from lti_app.platforms.openedx import OPENEDX
from lti_app.platforms.platform import Meaning, Platform, Sign
from lti_app.platforms.sakai import SAKAI

__all__ = ["GENERIC", "PLATFORMS", "Meaning", "Platform", "Sign", "platform_of"]

PLATFORMS = (CANVAS, MOODLE, BLACKBOARD, D2L, SAKAI, OPENEDX)
GENERIC = Platform(name=Sentence("Any other LMS"))


def platform_of(family: str, issuer: str, auth_login_url: str) -> Platform:
    """Return what platform this is: by what its launches call it, else by its issuer or its authentication URL."""
    for platform in PLATFORMS:
        if family.casefold() in map(str.casefold, platform.families):
            return platform
    for platform in PLATFORMS:
        if issuer in platform.issuers or platform.login_path in auth_login_url:
            return platform
    return GENERIC
