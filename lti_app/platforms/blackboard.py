"""Blackboard Learn."""

from lti_app.platforms.platform import Meaning, Platform, Sign

BLACKBOARD = Platform(
    name="Blackboard",
    families=("BlackboardLearn",),
    issuers=("https://blackboard.com",),
    login_path="developer.blackboard.com/",
    signs=(Sign(400, Meaning.NO_STUDENT, "user could not be found"),),
    roster_by_link=True,
)
