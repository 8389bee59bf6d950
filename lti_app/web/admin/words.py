"""What LTI's messages, scopes and placements mean, and what came of a check, in plain words."""

from content.sentences import Sentence
from lti_app.lti.registration_request import DEEP_LINKING, RESOURCE_LINK, SUBMISSION_REVIEW, Wishes
from lti_app.services.findings import Outcome

AGS = "https://purl.imsglobal.org/spec/lti-ags/scope"
CANVAS = "https://canvas.instructure.com/lti"

# What is asked for: what it is good for.
MEANINGS = {
    RESOURCE_LINK: Sentence("Open a quiz from a course, for whoever follows its link there"),
    DEEP_LINKING: Sentence("Let teachers pick a quiz while they build their course"),
    SUBMISSION_REVIEW: Sentence("Show a student’s attempt to the teacher, from the gradebook"),
    f"{AGS}/lineitem": Sentence("Make and change the gradebook columns of its own quizzes"),
    f"{AGS}/lineitem.readonly": Sentence("Find the gradebook columns of its own quizzes"),
    f"{AGS}/score": Sentence("Put students’ grades into these columns"),
    f"{AGS}/result.readonly": Sentence("Read back the grades in these columns, to check that they arrived"),
    "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly": Sentence(
        "See who is in a course, so that teachers see who has not started"
    ),
}

# What is missing where an LMS does not offer it.
LOSSES = {
    DEEP_LINKING: Sentence(
        "Teachers enter the tool’s address by hand, and pick the quiz when they first open the link."
    ),
    SUBMISSION_REVIEW: Sentence("Teachers look at attempts in the quiz, not from the gradebook."),
    f"{AGS}/lineitem": Sentence(
        "Quizferry cannot make gradebook columns: grades arrive only where the LMS has made one."
    ),
    f"{AGS}/score": Sentence("No grades arrive in the gradebook."),
    f"{AGS}/result.readonly": Sentence("Quizferry cannot check whether a grade has arrived."),
    "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly": Sentence(
        "Teachers see only students who have opened the quiz."
    ),
}

PLACES = {
    "ContentArea": Sentence("where teachers add activities to a course"),
    "assignment_selection": Sentence("in assignments, as submission type “External Tool”"),
    "link_selection": Sentence("in modules, as “External Tool”"),
}

OUTCOMES = {
    Outcome.OK: Sentence("ok"),
    Outcome.FAILED: Sentence("failed"),
    Outcome.NOT_TESTED: Sentence("not tested"),
}

LMS_NAMES = {
    "moodle": "Moodle",
    "canvas": "Canvas",
    "desire2learn": "Brightspace",
    "d2l": "Brightspace",
    "brightspace": "Brightspace",
    "blackboardlearn": "Blackboard",
    "blackboard": "Blackboard",
    "sakailms.org": "Sakai",
    "sakai": "Sakai",
}


def asked_for(wishes: Wishes) -> list[tuple[Sentence, str]]:
    """Return what is asked for, each in plain words and in LTI's."""
    return [(MEANINGS[wish], wish) for wish in (*wishes.messages, *wishes.scopes)]


def places(wishes: Wishes) -> list[Sentence]:
    """Return where in the LMS quizzes can be picked."""
    return [PLACES[place.removeprefix(f"{CANVAS}/")] for place in wishes.placements]


def lacking(wishes: Wishes) -> list[Sentence]:
    """Return what will not work, because the LMS does not offer what it needs."""
    return [LOSSES[wish] for wish in wishes.lacking if wish in LOSSES]


def lms_name(product: str) -> str:
    """Return the name of an LMS by its product family code; one that is not known is "LMS"."""
    return LMS_NAMES.get(product, Sentence("LMS"))
