"""The LMSs as which the demo LMS can behave, by the names that commands give them."""

from lti_app.demo_lms.behaviours.behaviour import PAGE, Behaviour, Reply
from lti_app.demo_lms.behaviours.blackboard import BLACKBOARD
from lti_app.demo_lms.behaviours.canvas import CANVAS
from lti_app.demo_lms.behaviours.d2l import D2L
from lti_app.demo_lms.behaviours.moodle import MOODLE
from lti_app.demo_lms.behaviours.openedx import OPENEDX
from lti_app.demo_lms.behaviours.sakai import SAKAI
from lti_app.demo_lms.behaviours.strict import STRICT

__all__ = ["BEHAVIOURS", "PAGE", "STRICT", "Behaviour", "Reply"]

BEHAVIOURS = {
    "strict": STRICT,
    "blackboard": BLACKBOARD,
    "canvas": CANVAS,
    "d2l": D2L,
    "moodle": MOODLE,
    "openedx": OPENEDX,
    "sakai": SAKAI,
}
