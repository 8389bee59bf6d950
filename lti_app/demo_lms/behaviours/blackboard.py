"""Blackboard Learn, as its documentation says."""

from lti_app.demo_lms.behaviours.behaviour import INSTITUTION, Behaviour, Reply
from lti_app.demo_lms.course import Role

BLACKBOARD = Behaviour(
    name="Blackboard",
    product_family="BlackboardLearn",
    login_by_get=True,
    id_token_seconds=3600,
    launch_roles={
        Role.LEARNER: (Role.LEARNER.value, f"{INSTITUTION}Student"),
        Role.INSTRUCTOR: (Role.INSTRUCTOR.value, f"{INSTITUTION}Faculty"),
    },
    wrong_accept=None,
    not_a_student=Reply(400, {"status": 400, "message": "User could not be found: somebody"}),
    pages_members=True,
)
